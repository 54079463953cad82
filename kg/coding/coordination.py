"""A document's claims in groups that differ only in coordinated subjects and objects, and how they lie."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.coding.realis import is_purpose
from kg.model import Claim, Document, Span


@dataclass(frozen=True)
class Group:
    """Claims of one relation: "Iran and Oman sent ships and planes" makes four."""

    claims: tuple[Claim, ...]

    @property
    def first(self) -> Claim:
        """The claim that stands for all in what they share."""
        return self.claims[0]


class Groups:
    """The groups of a document in text order, looked up by sentence, and by what is told in what."""

    def __init__(self, claims: Sequence[Claim], document: Document) -> None:
        self.document = document
        grouped: dict[tuple[int, int, int], list[Claim]] = defaultdict(list)
        for c in claims:
            relation = c.statement.relation
            grouped[c.sentence, relation.start, relation.end].append(c)
        self.all = [Group(tuple(cs)) for cs in grouped.values()]
        self._of = {c.id: g for g in self.all for c in g.claims}
        self._in: dict[int, list[Group]] = defaultdict(list)
        for group in self.all:
            self._in[group.first.sentence].append(group)

    def beside(self, claim: Claim) -> list[Group]:
        """All groups of a claim's sentence."""
        return self._in[claim.sentence]

    def above(self, claim: Claim) -> Group | None:
        """The group of the claim that this one is told in."""
        return self._of.get(claim.nested_in or "")

    def nested(self, group: Group) -> Group | None:
        """The group that fills the object's place, or the infinitive right behind it: "took steps to"."""
        for claim in group.claims:
            o = claim.statement.object
            if o is not None and o.statement is not None:
                return self._of.get(o.statement)
        return next((g for g in self._behind(group) if is_purpose(g.first)), None)

    def _behind(self, group: Group) -> Iterator[Group]:
        """The groups whose verb only "to" parts from this one's object."""
        target = group.first.statement.object
        if target is not None and target.statement is None:
            for other in self.beside(group.first):
                start = other.first.statement.relation.start
                if target.end < start and self.document.text[target.end : start].split() == ["to"]:
                    yield other

    # ── stretches of text ──

    def span(self, claims: Sequence[Claim]) -> Span:
        """From the first to the last word of claims."""
        spans = [c.evidence for c in claims]
        return self.document.span(min(s.start for s in spans), max(s.end for s in spans))

    def sentence(self, claim: Claim) -> Span:
        """From the first to the last word of all claims of a sentence."""
        return self.span([c for g in self.beside(claim) for c in g.claims])
