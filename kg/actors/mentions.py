"""What linking finds: mentions of actors as judgements, looked up by where their head word stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.actors.places import Place
from kg.model import Actor, Document, Judgement, Span, Verdict
from kg.parsing.tree import Sentence, Token

# Kinds of mentions by a common noun.
_COMMON = frozenset({"generic", "title", "group"})


@dataclass
class Ref:
    """A mention in the making: where it stands, what kind of phrase it is, whom it means and why."""

    sentence: int
    head: Token
    start: int  # tokens of the sentence
    end: int
    kind: str  # person, organisation, country, demonym, capital, metonym, place, title, generic, …
    actor: Actor | None = None
    verdict: Verdict = "unsure"
    reason: str = ""
    title: str | None = None
    members: tuple[Actor, ...] = ()
    place: Place | None = None
    site: Actor | None = None  # the place that it names where that is all it does
    gender: str | None = None
    plural: bool = False
    block: int = -1  # where its titles and adjectives begin
    office: str | None = None
    said: tuple[str, ...] = ()  # the title alone, in pieces
    antecedent: Token | None = None

    @property
    def where(self) -> str | None:
        """The country of the place that it names."""
        return self.place.country if self.place is not None else None

    @property
    def taken_up(self) -> Verdict:
        """How sure it is who a word is that stands for this mention, of which it is sure that it does.

        Which officials "the officials" are may be open, but "they" are the same.
        """
        own = self.actor is not None and not self.actor.known and self.kind in _COMMON
        return "same" if own else self.verdict

    def means(self, actor: Actor | None, verdict: Verdict, reason: str) -> Ref:
        """Itself, decided."""
        self.actor, self.verdict, self.reason = actor, verdict, reason
        return self


@dataclass(frozen=True)
class Mentions:
    """The mentions of a document in text order.

    `judged` says who acts: a place where something only happens is nobody there. `all` has it as a place.
    """

    judged: tuple[Judgement, ...]
    _at: dict[int, int] = field(default_factory=dict, repr=False)
    _members: dict[int, tuple[Actor, ...]] = field(default_factory=dict, repr=False)
    _places: dict[int, Place] = field(default_factory=dict, repr=False)
    _antecedents: dict[int, int] = field(default_factory=dict, repr=False)
    _sites: dict[int, Actor] = field(default_factory=dict, repr=False)  # by index
    decisions: tuple[str, ...] = ()  # the ids of those of people that hold for the document, sorted

    def ids(self) -> set[str]:
        """The ids of all who are mentioned, members of groups too."""
        members = (a for actors in self._members.values() for a in actors)
        return {a.id for a in (*(j.actor for j in self.judged if j.actor is not None), *members)}

    @cached_property
    def all(self) -> tuple[Judgement, ...]:
        """Every mention with whom or what it names, a group's once for each of its members."""
        return tuple(one for i, j in enumerate(self.judged) for one in self._each(i, j))

    def _each(self, index: int, judgement: Judgement) -> Iterator[Judgement]:
        if index in self._sites:
            yield replace(judgement, actor=self._sites[index], verdict="same")
        elif judgement.actor is not None and index in self._groups:
            yield from (replace(judgement, actor=member) for member in self._groups[index])
        else:
            yield judgement

    @cached_property
    def _groups(self) -> dict[int, tuple[Actor, ...]]:
        """The members of each mention that stands for several."""
        return {self._at[head]: members for head, members in self._members.items()}

    def at(self, head_start: int) -> Judgement | None:
        """The mention whose phrase has its head word at this character of the document."""
        index = self._at.get(head_start)
        return None if index is None else self.judged[index]

    def within(self, span: Span) -> list[Judgement]:
        """The mentions that lie in a piece of the document, in text order."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        inside = sorted(self._by_start[first:last])
        return [self.judged[i] for i in inside if self.judged[i].mention.end <= span.end]

    @cached_property
    def _by_start(self) -> list[int]:
        return sorted(range(len(self.judged)), key=lambda i: self.judged[i].mention.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [self.judged[i].mention.start for i in self._by_start]

    def members(self, head_start: int) -> tuple[Actor, ...]:
        """The actors that a group there stands for ("both sides"); empty for anything else."""
        return self._members.get(head_start, ())

    def place(self, head_start: int) -> Place | None:
        """The place that the phrase with its head word there names."""
        return self._places.get(head_start)

    def site(self, head_start: int) -> Actor | None:
        """The place that a mention with its head word there names and does no more than name."""
        index = self._at.get(head_start)
        return None if index is None else self._sites.get(index)

    def antecedent(self, head_start: int) -> int | None:
        """Where the head word of the phrase begins that a pronoun there stands for."""
        return self._antecedents.get(head_start)


def collect(document: Document, sentences: list[Sentence], refs: Iterable[Ref]) -> Mentions:
    """The mentions for whoever asks, from the linker's working objects."""
    judgements: list[Judgement] = []
    at: dict[int, int] = {}
    members: dict[int, tuple[Actor, ...]] = {}
    places: dict[int, Place] = {}
    antecedents: dict[int, int] = {}
    sites: dict[int, Actor] = {}
    for ref in sorted(refs, key=lambda r: (r.sentence, r.head.i, r.start)):
        tokens = sentences[ref.sentence].tokens
        span = document.span(tokens[ref.start].start, tokens[ref.end - 1].end)
        judgements.append(Judgement(span, ref.actor, ref.verdict, ref.reason, title=ref.title))
        for token in _doors(tokens, ref):
            at.setdefault(token.start, len(judgements) - 1)
        at[ref.head.start] = len(judgements) - 1
        if ref.members:
            members[ref.head.start] = ref.members
        if ref.place:
            places[ref.head.start] = ref.place
        if ref.antecedent:
            antecedents[ref.head.start] = ref.antecedent.start
        if ref.site and ref.actor is None:
            sites[len(judgements) - 1] = ref.site
    return Mentions(tuple(judgements), at, members, places, antecedents, sites)


def _doors(tokens: list[Token], ref: Ref) -> list[Token]:
    """The words by which a name can be found: a parser may take the title or a later name as head."""
    if ref.kind in ("pronoun", "generic", "title", "group"):
        return []
    start = ref.block if ref.kind == "person" and ref.block >= 0 else ref.start
    return [t for t in tokens[start : ref.end] if t.pos in ("PROPN", "NOUN") or t.i >= ref.start]
