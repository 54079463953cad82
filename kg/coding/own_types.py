"""A user's own types of events: a table of words (`--types FILE`), and the acts that they tell.

Columns of the table; words are lemmas, several apart by |, and may be several words long ("hand over"):

    name       how the type is called; none of kg's own types
    verbs      each claim with one of them as its relation tells such an act
    nouns      and so does each of these that somebody does, or that names its parties
    example    a sentence that has to give an event of the type
    quad       1 to 4: the quad class; may be left out

What the table says is an act of the type is one: no network weighs it, and realis does not rewrite it. Doer
and recipient, date, place and speaker are found as for kg's own types. Questions, conditions, purposes and
what is said not to be so give nothing. An event takes the place of kg's own of the same words, and keeps
what that one was coded as: the original type, CAMEO's code and the scores.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg import tables
from kg.actors.mentions import Mentions
from kg.coding import senses, types
from kg.coding.acts import NONE, act_at
from kg.coding.cast import Party, keys_of
from kg.coding.coder import Coder, distinct
from kg.coding.coordination import Group
from kg.coding.features import features
from kg.coding.judge import HOLDS, Candidate, gist, judge
from kg.coding.parties import Chosen, Parties
from kg.coding.realis import Reading, is_condition, is_open, is_purpose, told_as
from kg.coding.standing import Act
from kg.english import morphology
from kg.errors import DocumentError
from kg.model import UNFIT, Claim, Document, Event, Relation
from kg.parsing.tree import Sentence, Token, preposition_of

OnError = Callable[[DocumentError], None]

_NAME = re.compile(r"[^\W_](?:[\w -]*[^\W_])?")
_LONGEST = 60  # characters of a name, which stands in narrow columns
_BEFORE = 4  # words of an entry before its noun, at most
# What the networks that choose parties take an act for that neither a rule nor the model knows, by its quad
# class: they were taught on kg's own types. Each of these is done to whom the verb's object names.
_LIKE = {None: "SUPPORT", 1: "SUPPORT", 2: "SUPPORT", 3: "ACCUSE", 4: "COERCE"}
# How an act is told that is the object of such a one: "threatened a blockade".
_ANNOUNCED = {"THREATEN": "threatened", "AGREE": "planned"}


@dataclass(frozen=True, slots=True)
class OwnType:
    """A row of the table."""

    name: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    example: str
    quad: int | None = None


# ── the table ──


def read(file: Path, events: Callable[[str, Sequence[OwnType]], Iterable[Event]]) -> tuple[OwnType, ...]:
    """The types of a table; `events` codes an example with them.

    Raises TableError with file, line and reason for the first row that breaks a rule, or whose example gives
    no event of its type.
    """
    rows = list(tables.read(file, OwnType))
    if not rows:
        raise tables.refused(file, 1, "no type stands below the columns' names")
    for i, (line, row) in enumerate(rows):
        if reason := _fault(row, [r for _, r in rows[:i]]):
            raise tables.refused(file, line, reason)
    found = tuple(row for _, row in rows)
    for line, row in rows:
        if reason := _example_fault(row, [e.type for e in events(row.example, found)]):
            raise tables.refused(file, line, reason)
    return found


def _fault(row: OwnType, before: Sequence[OwnType]) -> str | None:
    """What is wrong with a row, by itself and beside those before it."""
    if not _NAME.fullmatch(row.name) or len(row.name) > _LONGEST:
        return f"name {row.name[:_LONGEST]!r} is not {_LONGEST} letters, digits, blanks and hyphens at most"
    if row.name.upper() in types.types():
        return f"name {row.name!r} is that of a type of kg's own (docs/events.md)"
    if any(row.name.lower() == other.name.lower() for other in before):
        return f"name {row.name!r} stands twice"
    if not (row.verbs or row.nouns):
        return f"{row.name!r} has neither verbs nor nouns"
    if row.quad is not None and row.quad not in types.QUADS:
        return f"quad {row.quad} is none of {', '.join(map(str, types.QUADS))}"
    if UNFIT.search(row.example):
        return f"the example of {row.name!r} holds what is no text"
    return _twice(row, before)


def _twice(row: OwnType, before: Sequence[OwnType]) -> str | None:
    """Whether a word of a row is another's too: nobody knows which was meant."""
    for what in ("verbs", "nouns"):
        own = {_normal(w): w for w in getattr(row, what)}
        for other in before:
            if both := own.keys() & {_normal(w) for w in getattr(other, what)}:
                return f"{own[min(both)]!r} is among the {what} of {other.name!r} and of {row.name!r}"
    return None


def _example_fault(row: OwnType, given: Sequence[str]) -> str | None:
    if row.name in given:
        return None
    instead = f"only {', '.join(dict.fromkeys(given))}" if given else "none"
    return f"the example of {row.name!r} gives no event of the type, but {instead}: {row.example[:120]!r}"


def _normal(words: str) -> str:
    """An entry in small letters with single blanks."""
    return " ".join(words.lower().split())


class Words:
    """The types by the words that tell them; of several that fit the longest says most."""

    def __init__(self, own: Iterable[OwnType]) -> None:
        own = list(own)
        self.verbs = {_normal(verb): row for row in own for verb in row.verbs}
        self.nouns = {_normal(noun): row for row in own for noun in row.nouns}
        self._first = frozenset(verb.partition(" ")[0] for verb in self.verbs)

    def of_relation(self, names: Iterable[str], relation: Relation, word: Token) -> OwnType | None:
        """The type that a relation tells, by all its names and by a verb that the lemmatizer did not know."""
        verb, _, rest = relation.lemma.lower().partition(" ")
        slip = None if verb in senses.verbs() else morphology.verb_of(word.lower, self._first)
        return self._longest(self.verbs, (*names, *((f"{slip} {rest}".strip(),) if slip else ())))

    def of_noun(self, sentence: Sentence, word: Token) -> OwnType | None:
        """The type that a noun tells, with the words before it: "hunger strike"."""
        if word.pos != "NOUN" or word.dep == "compound":
            return None
        lemmas = [t.lemma.lower() for t in sentence.tokens[max(0, word.i - _BEFORE) : word.i + 1]]
        return self._longest(self.nouns, (" ".join(lemmas[i:]) for i in range(len(lemmas))))

    def _longest(self, known: dict[str, OwnType], names: Iterable[str]) -> OwnType | None:
        found = max((n for n in names if n in known), key=lambda n: len(n.split()), default=None)
        return known[found] if found is not None else None


# ── the events ──


def code(
    own: Sequence[OwnType],
    claims: Sequence[Claim],
    mentions: Mentions,
    document: Document,
    sentences: Sequence[Sentence],
    on_error: OnError | None = None,
) -> list[Event]:
    """The events of a document's claims with a user's own types: kg's own first, as `coder.code` has them."""
    coder = _Coder(claims, mentions, document, sentences, judge().topics)
    candidates = list(coder.candidates(on_error))
    others = coder.chosen(candidates)
    words = {c.event: c.words for c in candidates}
    found: list[Event] = []
    for one in _once(coder.own(Words(own), on_error)):
        same = [e for e in others if _are_same(one, e, words[e])]
        others = [e for e in others if e not in same]
        found.append(_instead(one.event, same))
    return list(distinct([*others, *found]))


class _Coder(Coder):
    """Reads the acts of a user's own types beside kg's own."""

    def own(self, words: Words, on_error: OnError | None) -> Iterator[Candidate]:
        """The acts that claims tell by verb and object, in their order, then those that only nouns tell."""
        taken: set[tuple[str, int]] = set()
        for group in self.groups.all:
            start = group.first.statement.relation.start
            lost = f"no event of an own type from the claim at character {start}"
            for found in self._alone(self._by_claim(group, words), lost, on_error):
                taken |= {(found.event.type, start) for start in found.words}
                yield found
        for sentence in self.sentences.values():
            lost = f"no event of an own type from the nouns of the sentence at character {sentence.start}"
            for found in self._alone(self._by_nouns(sentence, words), lost, on_error):
                if taken.isdisjoint((found.event.type, start) for start in found.words):
                    yield found

    def _by_claim(self, group: Group, words: Words) -> Iterator[Candidate]:
        sentence = self.sentences[group.first.sentence]
        word = sentence.at(group.first.statement.relation.head)
        told = self._told(group, words, word) if word is not None else None
        if word is None or told is None or self._is_not_told(group.first):
            return
        kind, happened = told
        reading = self._reading(group) or self._like(kind, sentence, word)
        act = act_at(sentence, word, reading.type, self._claims_in[sentence.index])
        for found in self._event(group, replace(reading, sure=1.0), act, happened, unseen=True):
            yield _as_type(kind, found)

    def _told(self, group: Group, words: Words, word: Token) -> tuple[OwnType, str] | None:
        """Which type a claim tells, and how: by its verb, or by the noun that its verb does or announces."""
        claim, names = group.first, self._names(group)
        happened = told_as(claim)
        kind = words.of_relation(names, claim.statement.relation, word) if word.pos != "NOUN" else None
        if kind is not None:
            return kind, happened
        noun, reading = self._done(claim), self._reading(group)
        kind = words.of_noun(self.sentences[claim.sentence], noun) if noun is not None else None
        carried = not _carrying().isdisjoint(names)
        how = happened if carried else _ANNOUNCED.get(reading.type if reading is not None else "")
        return (kind, how) if kind is not None and how is not None else None

    def _names(self, group: Group) -> tuple[str, ...]:
        """The names of a group's relation, its lemma as it stands among them."""
        lemma = group.first.statement.relation.lemma.lower()
        return (lemma, *features(group.claims, None, self.mentions, self.document).relations)

    def _done(self, claim: Claim) -> Token | None:
        """The head of a claim's object, or of what a passive says is done."""
        s = claim.statement
        phrase = s.subject if s.relation.voice == "passive" else s.object
        return self.sentences[claim.sentence].at(phrase.head) if phrase is not None else None

    def _by_nouns(self, sentence: Sentence, words: Words) -> Iterator[Candidate]:
        for word in sentence:
            kind = words.of_noun(sentence, word)
            if kind is None or _may_not_be(word):
                continue
            reading = self._like(kind, sentence, word)
            act = act_at(sentence, word, reading.type, self._claims_in[sentence.index])
            claim = act.claims[0] if act.claims else act.told_in
            happened = self._noun_realis(claim, act) if claim is not None else None
            if claim is not None and happened is not None and not self._is_not_told(claim):
                yield from self._of_noun(kind, Group(act.claims or (claim,)), reading, act, happened)

    def _noun_realis(self, claim: Claim, act: Act) -> str | None:
        """How a noun tells an act; None where what governs it ends the act, or says that there is none."""
        over = next((c for c in self._claims_in[claim.sentence] if self._done(c) is act.word), None)
        own = told_as(act.claims[0]) if act.claims else "happened"
        if over is None:
            return own
        names, reading = self._names(Group((over,))), self._reading(Group((over,)))
        kind = reading.type if reading is not None else ""
        if kind == "REJECT" or not _without_it().isdisjoint(names):
            return None
        return "demanded" if kind == "REQUEST" else own

    def _of_noun(
        self, kind: OwnType, group: Group, reading: Reading, act: Act, happened: str
    ) -> Iterator[Candidate]:
        """The act of a noun; without a claim of its own its parties are in its phrase, and nowhere else: who
        condemns a bombing or lifts a blockade is not its doer."""
        chooser = self.parties if act.claims else _InPhrase(self.parties.cast, self.parties.standing.speech)
        sides = chooser.of(act)
        if sides.doers or sides.recipients:
            doers, recipients = self.homes.sides(act, sides.doers, sides.recipients)
            placed = replace(sides, doers=doers, recipients=recipients)
            made = self._made(group, reading, act, placed, happened, self._speakers(group.first))
            yield _as_type(kind, made)

    def _is_not_told(self, claim: Claim) -> bool:
        """Whether a claim asks, supposes, denies, or only says what another act is for."""
        no_fact = is_condition(claim, self.document) or is_open(claim) or is_purpose(claim)
        return no_fact or claim.polarity == "negated"

    def _like(self, kind: OwnType, sentence: Sentence, word: Token) -> Reading:
        """What an act that no rule knows is taken for in choosing its parties: what the model sees in it, or
        else what is near its quad class."""
        likely = sentence.signals.of("types", word.start) if sentence.signals else {}
        best = max(likely, key=lambda name: likely[name], default=NONE)
        like = best if best != NONE else _LIKE[kind.quad]
        return Reading(like, like, None, None, None, 1.0)


class _InPhrase(Parties):
    """Chooses the sides of a noun's act among those whom its own phrase names."""

    def _doer(self, act: Act, likely: dict[str, float], subjects: set[int]) -> Chosen:
        tops = {p.key: _tops(act, p) for p in self._among(likely)}
        must = any(_surely_does(top) for found in tops.values() for top in found)
        return self._best(likely, lambda p: any(map(_may_do, tops[p.key])), must)

    def _recipient(self, act: Act, likely: dict[str, float], objects: set[int], doer: Party | None) -> Chosen:
        return self._best(likely, lambda p: not all(map(_may_do, _tops(act, p))))


def _tops(act: Act, party: Party) -> list[Token]:
    """The words on an act's noun that are, or carry, a mention of a party; not what a clause tells of it."""
    heads = [a.head for a in party.within(act.sentence)]
    around = [c for c in act.word.children if c.base_dep in ("nmod", "compound", "amod")]
    return [c for c in around for h in heads if h is c or any(a is c for a in h.ancestors())]


def _surely_does(top: Token) -> bool:
    """Whether what hangs on a noun as this word does is who does it: "Iran's blockade", "by Iran"."""
    return top.dep == "nmod:poss" or preposition_of(top) == "by"


def _may_do(top: Token) -> bool:
    """Whether it may be: "the Iranian blockade", "clashes between"."""
    return _surely_does(top) or top.dep in ("compound", "amod") or preposition_of(top) == "between"


def _may_not_be(noun: Token) -> bool:
    """Whether the words around a noun leave it open that there is such an act: "no", "fears of a"."""
    around = (*noun.children, *((noun.head,) if noun.head is not None else ()))
    return not senses.classes()["open"].isdisjoint(t.lemma.lower() for t in around)


@cache
def _carrying() -> frozenset[str]:
    """Verbs by which one does what their object names: "launch", "impose"."""
    return frozenset().union(*(senses.classes()[name] for name in ("light", "impose", "carry")))


@cache
def _without_it() -> frozenset[str]:
    """Verbs whose object is no act: it ends ("lift", "call off"), or may never be ("fear", "reject")."""
    return frozenset().union(*(senses.classes()[name] for name in ("lift", "stop", "refuse", "open")))


def _as_type(kind: OwnType, found: Candidate) -> Candidate:
    """A candidate as one of a user's type; its confidence is that of its parties, as far as it holds."""
    event = replace(
        found.event,
        type=kind.name,
        original_type=kind.name,
        mode=None,
        cameo=None,
        quad=kind.quad,
        score=None,
        goldstein=None,
        confidence=round(HOLDS * found.event.confidence, 3),
    )
    return replace(found, event=event)


# ── beside kg's own ──


def _once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Of those that say the same of the same parties and day the first."""
    said: set[object] = set()
    for c in candidates:
        what = gist(c.event), c.event.realis == "happened"
        if what not in said:
            said.add(what)
            yield c


def _are_same(own: Candidate, event: Event, words: frozenset[int]) -> bool:
    """Whether an event of kg's own tells the act of a user's type, and not only of it: who demands it, or
    condemns it, does something else."""
    alike = keys_of(own.event.actors) == keys_of(event.actors)
    likewise = (own.event.realis == "happened") == (event.realis == "happened")
    to_come = (_ANNOUNCED.get(event.type), "conditional")
    announced = event.type in _ANNOUNCED and own.event.realis in to_come  # a threat of it has happened
    return alike and (likewise or announced) and not own.words.isdisjoint(words)


def _instead(own: Event, others: Sequence[Event]) -> Event:
    """The event with what the one that it takes the place of was coded as."""
    for e in others[:1]:
        return replace(
            own, original_type=e.original_type, cameo=e.cameo, score=e.score, goldstein=e.goldstein
        )
    return own
