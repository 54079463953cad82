"""The noun phrases and pronouns of a document, which pronouns may refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.actors.context import Context
from kg.actors.index import Gazetteer
from kg.actors.mentions import Ref
from kg.actors.pronouns import sorts
from kg.actors.spellings import units
from kg.actors.wordlists import Pronoun
from kg.parsing.signals import Signals
from kg.parsing.tree import Sentence, Token

_NOT_HEADS = frozenset({"flat", "compound", "fixed", "goeswith", "nmod:desc"}) | {
    *("nmod:unmarked", "obl:unmarked", "nmod:npmod", "obl:tmod")
}
_GROUPS = frozenset({"armed group", "population", "movement", "group"})
_PEOPLE = frozenset({"person", "population"})
_SUFFIXES = ("ist", "man", "men", "woman", "women", "ian", "eer", "person")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")
_SORTS = {"PERSON": "person", "NORP": "person", "ORG": "group", "LOC": "place"}
_CLAUSES = ("csubj", "ccomp", "advcl", "xcomp", "csubj:outer")


@dataclass(eq=False, slots=True)
class Phrase:
    """A noun phrase or pronoun that another may refer to."""

    sentence: int
    token: Token
    order: int
    kind: str  # name, nominal, indefinite, pronoun
    plural: bool
    gender: str = ""  # m, f, n or ""
    sort: str = ""  # person, group, place, thing or "": not known
    joined: bool = False  # several conjuncts taken together
    many: bool = False  # a group that is "it" or "they": "the Taliban"
    ref: Ref | None = None
    pronoun: Pronoun | None = None
    speaker: Token | None = None  # whose words they are, inside quotation marks
    antecedent: Phrase | None = None  # what a pronoun stands for
    entity: Phrase | None = None  # the first phrase of its chain, once it is known
    count: int = 1
    likely: dict[str, float] = field(default_factory=dict)  # how likely it is of each sort, by its vector
    vector: tuple[float, ...] = ()  # of its head, in a few numbers
    meant: dict[int | None, float] = field(default_factory=dict)  # whom the model takes a pronoun for
    standing: dict[str, tuple[str, ...]] = field(default_factory=dict)  # its features, by form of pronoun
    paragraph: int = 0
    named: int = 0  # how often the document names it
    fame: int | None = None  # how many of its sort the document names more often

    @property
    def key(self) -> str:
        """By what it is one with others: its actor, or its noun; empty where nothing tells."""
        actor = self.ref.actor if self.ref else None
        if self.joined or self.pronoun is not None or self.kind == "indefinite":
            return ""
        many = " many" if self.plural else ""
        return f"actor {actor.id}" if actor else f"{self.kind} {self.token.lemma.lower()}{many}"

    @property
    def first(self) -> Phrase:
        """The first phrase of its chain."""
        phrase = self
        while phrase.entity is not None:
            phrase = phrase.entity
        return phrase

    @property
    def noun(self) -> Phrase | None:
        """The noun phrase that it is, or that a pronoun stands for in the end."""
        phrase: Phrase | None = self
        while phrase is not None and phrase.pronoun is not None:
            phrase = phrase.antecedent
        return phrase

    @property
    def is_third(self) -> bool:
        """Whether it is a noun phrase or a pronoun of the third person."""
        return self.pronoun is None or self.pronoun.person == 3

    def mention(self) -> Ref:
        """The mention that a pronoun makes, not yet decided."""
        i = self.token.i
        return Ref(self.sentence, self.token, i, i + 1, "pronoun", plural=self.plural)

    def stand_for(self, antecedent: Phrase) -> None:
        """Become a pronoun for a phrase, and one more mention of its chain."""
        self.antecedent = antecedent
        self.join(antecedent)

    def join(self, chain: Phrase) -> None:
        """Become one more mention of a chain, which learns what this one tells."""
        first = chain.first
        if first is self:
            return
        self.entity = first
        first.count += 1
        first.gender = first.gender or self.gender
        first.sort = first.sort or self.sort


def phrases(
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    context: Context | None = None,
    spoken: Mapping[tuple[int, int], Token] | None = None,
) -> list[Phrase]:
    """Every noun phrase and personal pronoun, in text order of their heads.

    `spoken` gives the speaker of words inside quotation marks, by sentence and position.
    """
    reader = _Reader(gazetteer, context, sorts.signals_of(sentences))
    for s, sentence in enumerate(sentences):
        for token in sentence.tokens:
            before = len(reader.found)
            reader.read(s, token)
            if spoken and (s, token.i) in spoken:
                for phrase in reader.found[before:]:
                    phrase.speaker = spoken[s, token.i]
    _number_paragraphs(reader.found, sentences)
    _count_names(reader.found)
    return reader.found


def _number_paragraphs(found: Iterable[Phrase], sentences: Sequence[Sentence]) -> None:
    starts = [s.block.start if s.block is not None else 0 for s in sentences]
    numbers = {start: n for n, start in enumerate(dict.fromkeys(starts))}
    for phrase in found:
        phrase.paragraph = numbers[starts[phrase.sentence]]


def _count_names(found: Sequence[Phrase]) -> None:
    """Whom a document is about: how often it names everybody, and who of each sort is named most."""
    counted = Counter(p.key for p in found if p.key)
    persons = {p.key: p.sort == "person" for p in reversed(found)}
    met: Counter[bool] = Counter()
    fame: dict[str, int] = {}
    for key, _ in counted.most_common():
        if key.startswith("actor "):
            fame[key] = met[persons[key]]
            met[persons[key]] += 1
    for phrase in found:
        phrase.named, phrase.fame = counted[phrase.key], fame.get(phrase.key)


class _Reader:
    """Finds the phrases of a document word by word."""

    def __init__(self, gazetteer: Gazetteer, context: Context | None, signals: Signals | None) -> None:
        self.gazetteer = gazetteer
        self.signals = signals
        self.covered = context.covered if context else {}
        self.refs = context.refs if context else {}
        self.found: list[Phrase] = []

    def read(self, s: int, token: Token) -> None:
        """The phrase that a word heads, if it heads one."""
        if token.pos == "PRON":
            self._read_pronoun(s, token)
        elif _is_noun(token) and token.lemma.lower() not in self.gazetteer.words["time"]:
            self.found.extend(self._nominal(s, token, self.refs.get((s, token.i))))

    def _read_pronoun(self, s: int, token: Token) -> None:
        lower, order = token.text.lower(), len(self.found)
        pronoun = self.gazetteer.pronouns.get(lower)
        if pronoun is not None and (s, token.i) not in self.covered:
            if token.dep != "expl" and not _is_pleonastic(token, self.gazetteer.words):
                found = _pronoun(s, token, pronoun, order)
                found.likely = sorts.load().of(self.signals, token.start, "pronoun")
                found.vector = sorts.load().few(self.signals, token.start)
                found.meant = dict(self.signals.role("antecedent", token.start)) if self.signals else {}
                self.found.append(found)
        elif lower in self.gazetteer.words["indefinite"]:
            self.found.append(Phrase(s, token, order, "indefinite", False, sort="person"))

    def _nominal(self, s: int, token: Token, ref: Ref | None) -> Iterator[Phrase]:
        """A noun phrase; with conjuncts also all of them together."""
        order, kind = len(self.found), "name" if token.pos == "PROPN" else "nominal"
        gender, sort = _nature(token, ref, self.gazetteer)
        if kind == "name" and sort == "person":
            first = next(iter(units(token.text)), "")
            gender = gender or given_names(self.gazetteer).get(first, "")
        likely = sorts.load().of(self.signals, token.start, "noun")
        if kind == "nominal" and sort in ("", "thing") and likely:
            best = max(likely, key=likely.__getitem__)
            sort = best if likely[best] > sorts.SURE else sort
        many = sort != "" and _actor_type(ref) in _GROUPS
        plural = self._is_plural(token, ref)
        vector = sorts.load().few(self.signals, token.start)
        one = Phrase(s, token, order, kind, plural, gender, sort, many=many, ref=ref)
        one.likely, one.vector = likely, vector
        yield one
        if token.dep != "conj" and any(c.pos in _NOUNS for c in token.all("conj")):
            yield Phrase(s, token, order + 1, kind, True, "", sort, joined=True, vector=vector)

    def _is_plural(self, token: Token, ref: Ref | None) -> bool:
        """Whether a noun is of several; "the United States" is one."""
        if ref is not None and ref.plural:
            return True
        named = token.pos == "PROPN" and _actor_type(ref) is not None
        return not named and _plural(token, self.gazetteer.words["quantity"])


def _actor_type(ref: Ref | None) -> str | None:
    """The type of a mention's actor, if it has one."""
    return ref.actor.type if ref is not None and ref.actor is not None else None


def _is_noun(token: Token) -> bool:
    """Whether a word heads a noun phrase; an adjective does with its article alone: "the latter"."""
    if token.pos == "ADJ":
        return token.base_dep in ("nsubj", "obj", "obl") and token.child("det") is not None
    return token.pos in ("NOUN", "PROPN") and token.dep not in _NOT_HEADS


def _pronoun(s: int, token: Token, pronoun: Pronoun, order: int) -> Phrase:
    person = pronoun.gender in ("m", "f") or pronoun.person < 3
    sort = "person" if person else ""
    return Phrase(s, token, order, "pronoun", pronoun.plural, pronoun.gender, sort, pronoun=pronoun)


def _plural(token: Token, quantities: Collection[str]) -> bool:
    """Whether a noun is of several, by its form or by what it counts: "a number of officials"."""
    if token.tag in ("NNS", "NNPS") or "Number=Plur" in token.feats:
        return True
    counted = token.child("nmod") if token.lemma.lower() in quantities else None
    return counted is not None and _plural(counted, ())


def _nature(token: Token, ref: Ref | None, gazetteer: Gazetteer) -> tuple[str, str]:
    """Gender, and what sort of being or thing it is."""
    noun = token.lemma.lower() if token.pos == "NOUN" else ""
    gender = (ref.gender if ref is not None else None) or gazetteer.genders.get(noun, "")
    sort = _sort_of_noun(noun, gazetteer)
    if sort or ref is not None:
        return gender, sort or _sort(ref)
    if token.ent:
        return "", _SORTS.get(token.ent, "")
    return "", "" if token.pos == "PROPN" else "thing"


def _sort_of_noun(noun: str, gazetteer: Gazetteer) -> str:
    """person or group by the noun itself."""
    if noun in gazetteer.humans or noun.endswith(_SUFFIXES):
        return "person"
    return "group" if noun in gazetteer.words["collective"] or noun in gazetteer.anaphors else ""


def _sort(ref: Ref | None) -> str:
    """What sort of being a mention's actor is."""
    type = _actor_type(ref)
    if ref is None or (ref.kind == "generic" and not ref.plural and type == "population"):
        return ""  # "the clergy", "the settler"
    if ref.kind in ("person", "title") or type in _PEOPLE:
        return "person"
    if ref.kind in ("country", "capital", "place"):
        return "place"
    return "group" if type is not None else ""


@lru_cache(maxsize=4)
def given_names(gazetteer: Gazetteer) -> dict[str, str]:
    """The gender, m or f, that all known persons of a first name have, of names that two or more have.

    Of 49 persons in GUM whose first name is among them, it is right of all.
    """
    found: dict[str, list[str]] = {}
    for record in gazetteer.records.values():
        if record.type == "person" and record.gender:
            found.setdefault(gazetteer.plain(record.label)[0], []).append(record.gender)
    return {n: genders[0] for n, genders in found.items() if len(genders) > 1 and len(set(genders)) == 1}


def _is_pleonastic(token: Token, words: Mapping[str, set[str]]) -> bool:
    """An "it" that stands for nobody, though the parser takes it for a subject.

    "It is clear that", "it is time to", "it was raining".
    """
    head = token.head
    if token.lower != "it" or head is None or token.base_dep != "nsubj":
        return False
    noun = head.lemma.lower()
    if head.child("cop") is None:
        return noun in words["weather"]
    return noun in words["time"] or (head.pos == "ADJ" and _has_clause_behind(head))


def _has_clause_behind(head: Token) -> bool:
    clause = head.child(*_CLAUSES)
    mark = clause.child("mark") if clause is not None and clause.i > head.i else None
    return mark is not None and mark.lower in ("that", "to", "whether", "if")
