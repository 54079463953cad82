"""Which type a claim gives: the rules of data/events/rules.csv, the most specific one first.

A rule names relations (lemma with particle: "hand over"; a verb with its noun: "take hostage"; a
noun for nominal events), and may name nouns for the object, prepositions, and a condition:

    nested            the object is another statement        nested=TYPE   … of this type
    known             … and that one has a type
    actor             the object is an actor, or a place
    person            … or speaks of one, or names people or what stands for them
    bare              there is no direct object
    transitive        there is one
    subject=WORDS     the subject holds one of these         subject!=WORDS   none of these

`@class` stands for the words of data/events/words.csv, `sector:JRN` for actors of that sector. Of the
rules that match, the winner is the one with most conditions (an object counts most), then the longest
words for the object, then the longest relation, then the first row.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg import tables
from kg.coding import types
from kg.english import morphology

Words = frozenset[str]

# Before the PLOVER sector of an actor in the object: "sector:JRN" for any medium by its name.
SECTOR = "sector:"
# Before the name of a class of words.csv.
CLASS = "@"
# What a condition is worth when two rules match; an object says more than anything else.
_OBJECT, _OTHER, _ACTOR = 4, 2, 1


@dataclass(frozen=True, slots=True)
class Features:
    """What rules look at: relation lemmas, words of subject, object and arguments, and the nested type."""

    relations: tuple[str, ...]  # most specific first
    subject: Words = frozenset()
    object: Words = frozenset()
    arguments: tuple[tuple[str, Words], ...] = ()  # preposition, words
    nested: bool = False
    nested_type: str | None = None
    actor: bool = False  # the object is one, or a place
    person: bool = False  # … or speaks of one
    bare: bool = False  # no direct object
    nominal: bool = False  # its preposition is spent: "attack on"


@dataclass(frozen=True, slots=True)
class Member:
    """A word of a class that rules name."""

    name: str
    word: str


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of rules.csv as it stands."""

    type: str
    mode: str | None
    cameo: str
    relation: tuple[str, ...]
    object: tuple[str, ...]
    preposition: frozenset[str]
    condition: str | None
    example: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of rules.csv, its words expanded."""

    row: int
    type: str
    mode: str | None
    cameo: str
    object: Words
    prepositions: Words
    nested: bool
    nested_type: str | None
    known: bool
    actor: bool
    person: bool
    bare: bool
    transitive: bool
    subject: Words
    not_subject: Words

    @property
    def weight(self) -> int:
        """How specific it is."""
        others = (self.prepositions, self.nested, self.nested_type, self.subject)
        return (
            _OBJECT * bool(self.object)
            + _OTHER * sum(map(bool, others))
            + _ACTOR * (self.actor + self.person + self.bare + self.transitive + bool(self.not_subject))
        )

    def matches(self, f: Features) -> bool:
        """Whether all its conditions hold, the relation apart."""
        return (
            self._about_nested(f)
            and not (self.subject and self.subject.isdisjoint(f.subject))
            and self.not_subject.isdisjoint(f.subject)
            and (not self.actor or f.actor)
            and (not self.bare or f.bare)
            and (not self.transitive or bool(f.object))
            and (not self.person or f.actor or f.person or not persons().isdisjoint(f.object))
            and self._about_object(f)
        )

    def _about_nested(self, f: Features) -> bool:
        if self.nested_type is not None:
            return f.nested_type == self.nested_type
        if self.nested != f.nested and not (f.nested and self.object):
            return False
        return not self.known or f.nested_type is not None

    def _about_object(self, f: Features) -> bool:
        """Object and preposition: with both, the noun may stand after the preposition."""
        if self.prepositions and not f.nominal and not self._marked(f):
            return False
        return not self.object or any(not self.object.isdisjoint(w) for w in self._places(f))

    def _marked(self, f: Features) -> list[Words]:
        return [w for p, w in f.arguments if p in self.prepositions]

    def _places(self, f: Features) -> list[Words]:
        """Where the object's words may stand."""
        marked = self._marked(f)
        return [f.object, *marked] if f.object or marked else [w for _, w in f.arguments]

    def length(self, f: Features) -> int:
        """Words of the longest entry found in the object: "air strike" says more than "strike"."""
        found = (len(w.split()) for words in self._places(f) for w in self.object & words)
        return max(found, default=0)


@cache
def _members() -> dict[str, list[str]]:
    """The words of data/events/words.csv by class, as they stand."""
    found = defaultdict(list)
    for row in tables.table("events/words", Member):
        found[row.name].append(row.word)
    return dict(found)


@cache
def classes() -> dict[str, Words]:
    """The words of data/events/words.csv by class, normalised."""
    return {name: _normal(words) for name, words in _members().items()}


def persons() -> Words:
    """Words for people and for what stands for them."""
    return classes()["person"]


def expand(parts: Iterable[str]) -> Words:
    """Words of a cell, normalised: @talks and visit give those of the class and one more."""
    parts = tuple(parts)
    named = (classes()[p[1:]] for p in parts if p.startswith(CLASS))
    return _normal(p for p in parts if not p.startswith(CLASS)).union(*named)


def _normal(parts: Iterable[str]) -> Words:
    return frozenset(p if p.startswith(SECTOR) else morphology.normal(p) for p in parts)


def _relations(parts: Iterable[str]) -> Iterable[str]:
    """A relation is a lemma already: only classes are expanded."""
    for part in parts:
        yield from _members()[part[1:]] if part.startswith(CLASS) else [part]


@cache
def rule_rows() -> tuple[RuleRow, ...]:
    """The rows of rules.csv. Raises TableError for a type, mode, code or class that there is not."""

    def fault(row: RuleRow) -> str | None:
        named = {p[1:] for p in (*row.relation, *row.object) if p.startswith(CLASS)} - set(_members())
        if named:
            return f"there is no class {min(named)!r} in words.csv"
        if row.cameo not in types.codes():
            return f"there is no CAMEO code {row.cameo!r}"
        return types.fault_of_type(row.type, row.mode)

    return tables.table("events/rules", RuleRow, fault)


@cache
def _index() -> dict[str, list[Rule]]:
    index: dict[str, list[Rule]] = {}
    for number, row in enumerate(rule_rows()):
        rule = _rule(number, row)
        for relation in dict.fromkeys(_relations(row.relation)):
            index.setdefault(relation, []).append(rule)
    return index


def _rule(number: int, row: RuleRow) -> Rule:
    condition = row.condition or ""
    conditions = dict(c.partition("=")[::2] for c in condition.split() or [""])
    return Rule(
        number,
        row.type,
        row.mode,
        row.cameo,
        expand(row.object),
        row.preposition,
        "nested" in conditions,
        conditions.get("nested") or None,
        "known" in conditions,
        "actor" in conditions,
        "person" in conditions,
        "bare" in conditions,
        "transitive" in conditions,
        _words_of(condition, "subject="),
        _words_of(condition, "subject!="),
    )


def _words_of(condition: str, key: str) -> Words:
    """The words after `subject=`, which may hold blanks: the condition's last part."""
    return expand(tables.several(condition.partition(key)[2])) if key in condition else frozenset()


def find(features: Features) -> Rule | None:
    """The most specific rule that matches, or None."""
    index = _index()
    found = [
        (rule.weight, rule.length(features), len(relation.split()), -rule.row, rule)
        for relation in features.relations
        for rule in index.get(relation, ())
        if rule.matches(features)
    ]
    return max(found, key=lambda f: f[:4])[4] if found else None


@cache
def verbs() -> frozenset[str]:
    """The first words of all relations."""
    return frozenset(relation.split()[0] for relation in _index())


def relations() -> frozenset[str]:
    """Every relation that some rule names."""
    return frozenset(_index())
