"""Events from the words that tell acts: each is a claim read as a type of act.

Parties come from the tree, source and modality from the claim that the word stands in. What is nobody's claim
is no event.
"""

from collections.abc import Iterable, Iterator, Sequence

from kg import ids
from kg.actors.mentions import Mentions
from kg.coding import types
from kg.coding.acts import Act, acts
from kg.coding.contexts import contexts_of
from kg.coding.participants import Participants, Party
from kg.coding.realis import realis
from kg.coding.scenes import place_of
from kg.model import Actor, Claim, Document, Event, Phrase
from kg.parsing.tree import Sentence

HAPPENED = 0.5  # from this probability on an act took place, as its source tells it


def code(
    claims: Sequence[Claim], mentions: Mentions, document: Document, sentences: Sequence[Sentence]
) -> list[Event]:
    """The events of a document in its order."""
    participants = Participants(sentences, claims, mentions)
    of_sentence: dict[int, list[Claim]] = {}
    for claim in claims:
        of_sentence.setdefault(claim.sentence, []).append(claim)
    found: list[Event] = []
    for act in acts(sentences):
        told = claim_of(act, of_sentence.get(act.sentence.index, ()))
        if told is not None:
            found.append(_event(act, told, *participants.of(act), document))
    return list(_once(found))


def claim_of(act: Act, claims: Sequence[Claim]) -> Claim | None:
    """The claim that an act's word carries, else the one of the nearest word above it, else the shortest
    one around it."""
    by_head: dict[int, Claim] = {}
    for claim in claims:
        by_head.setdefault(claim.statement.relation.head, claim)
    for word in [act.word, *act.word.ancestors()]:
        if word.start in by_head:
            return by_head[word.start]
    around = [c for c in claims if c.evidence.start <= act.word.start < c.evidence.end]
    return min(around, key=lambda c: c.evidence.end - c.evidence.start, default=None)


def _event(act: Act, claim: Claim, doer: Party, target: Party, document: Document) -> Event:
    kind = types.types()[act.type]
    when = claim.statement.when
    own = act.word.start == claim.statement.relation.head
    return Event(
        claim=claim.id,
        document=document.id,
        sentence=claim.sentence,
        type=act.type,
        mode=act.mode if (act.type, act.mode) in types.modes() else None,
        contexts=contexts_of(claim.evidence.text),
        cameo=None,
        quad=kind.quad,
        score=kind.score,
        goldstein=None,
        actors=doer.actors,
        recipients=target.actors,
        date=when.value if when else None,
        date_precision=when.precision if when else None,
        date_basis=when.basis if when and when.value else None,
        place=place_of(claim),
        realis=_realis(act, claim, own),
        speaker=_speaker(claim),
        text=claim.evidence,
        confidence=round(act.sure, 3),
    )


def _realis(act: Act, claim: Claim, own: bool) -> str:
    """What the source presents: whether it took place, and if not, how it is told."""
    if act.happened >= HAPPENED:
        return "happened"
    told = realis(claim, act.type) if own else "unknown"
    return told if told != "happened" else "unknown"


def _speaker(claim: Claim) -> Actor | None:
    """Who presents it, by the claim's innermost source; one that no mention names goes by its words."""
    phrase = claim.speaker
    if phrase is None:
        return None
    return phrase.actor or _coined(phrase, claim.document)


def _coined(phrase: Phrase, document: str) -> Actor:
    label = " ".join(phrase.text.split())
    return Actor(ids.content_id("a", document, label), label)


def _once(found: Iterable[Event]) -> Iterator[Event]:
    """Events with the same type, parties and source told again in one document are one."""
    seen: set[tuple[object, ...]] = set()
    for event in found:
        key = (event.type, frozenset(event.actors), frozenset(event.recipients), event.realis)
        if event.actors and event.recipients and key in seen:
            continue
        seen.add(key)
        yield event
