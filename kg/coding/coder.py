"""Events from claims: who did what to whom, and whether it happened.

Each group of coordinated claims is read by the rules. A claim whose object is another statement is
coded from both: agreeing, asking, refusing and threatening to do something are acts of their own,
what they are about only gives mode and code. An act that is still to come, or was not done, changes
its type as data/events/realis.csv says; the event keeps the type that it had. The careful model rules out
what tells no act, and tells acts that no rule knows. Who did it to whom is chosen among all parties of
the document. What a source says that another did is the other's act, told by the source.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from kg.actors.mentions import Mentions
from kg.claims.speech import Speech
from kg.coding import senses, types
from kg.coding.acts import act_at, told_by_model
from kg.coding.candidates import actors_of, without
from kg.coding.cast import Cast, unnamed
from kg.coding.contexts import contexts_of
from kg.coding.coordination import Group, Groups
from kg.coding.days import Days
from kg.coding.evidence import Evidence
from kg.coding.features import features
from kg.coding.homes import Homes
from kg.coding.judge import PIECE, Candidate, chosen, judge
from kg.coding.parties import Actors, Parties, Rankers, Sides, is_mishap
from kg.coding.realis import (
    ASKED,
    BARE_RULE,
    UTTERED,
    Reading,
    about,
    come_to,
    is_condition,
    is_denied,
    is_open,
    is_purpose,
    is_unsaid,
    realis,
    told,
)
from kg.coding.scenes import Scenes
from kg.coding.standing import Act
from kg.coding.unidentified import unidentified
from kg.errors import DocumentError, tell
from kg.learned.projection import Projection
from kg.learned.ranker import Ranker
from kg.model import Claim, Document, Event
from kg.parsing.tree import Sentence
from kg.time.written import day_written


def code(
    claims: Sequence[Claim],
    mentions: Mentions,
    document: Document,
    sentences: Sequence[Sentence],
    on_error: Callable[[DocumentError], None] | None = None,
) -> list[Event]:
    """The events of a document's claims: those by rules in the claims' order, then those by the model alone.

    Every event has an actor or a recipient; what the text does not tell stays empty. `sentences` are those
    that the claims were read from; without them there is no event. A claim that breaks a rule gives no event
    and goes to `on_error`; without it the DocumentError is raised.
    """
    coder = Coder(claims, mentions, document, sentences, judge().topics)
    return list(distinct(coder.chosen(list(coder.candidates(on_error)))))


class Coder:
    """Reads a document's acts: those that a rule knows, then those that only the model tells."""

    def __init__(
        self,
        claims: Sequence[Claim],
        mentions: Mentions,
        document: Document,
        sentences: Sequence[Sentence],
        topics: Projection,
        parties: Rankers | None = None,
        homes: Ranker | None = None,
    ) -> None:
        self.mentions, self.document = mentions, document
        self.sentences = {s.index: s for s in sentences}
        self.groups = Groups(claims, document)
        cast = Cast(mentions, document, sentences, claims)
        self.homes = Homes(cast, homes)
        self.parties = Parties(cast, Speech(sentences), parties)
        self.scenes = Scenes(cast)
        self.days = Days(document, sentences, day_written(document.text, document.published, sentences))
        self.evidence = Evidence(cast, topics)
        self._claims_in: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            self._claims_in[claim.sentence].append(claim)
        self._read: dict[str, Reading | None] = {}

    def candidates(self, on_error: Callable[[DocumentError], None] | None) -> Iterator[Candidate]:
        """What may be an event: by rules in the claims' order, then by the model."""
        for group in self.groups.all:
            lost = f"no event from the claim at character {group.first.statement.relation.start}"
            yield from self._alone(self._events_of(group), lost, on_error)
        for sentence in self.sentences.values():
            lost = f"no event by the model from the sentence at character {sentence.start}"
            yield from self._alone(self._told_by_model(sentence), lost, on_error)

    def chosen(self, candidates: Sequence[Candidate]) -> list[Event]:
        """The events among the candidates."""
        return chosen(candidates, is_piece=len(self.sentences) <= PIECE)

    def _alone(
        self, events: Iterator[Candidate], lost: str, on_error: Callable[[DocumentError], None] | None
    ) -> list[Candidate]:
        """The candidates; where they break nothing else is lost, and it is told what is."""
        try:
            return list(events)
        except Exception as error:  # whatever it is, the other claims go on
            tell(DocumentError.of(self.document.id, lost, error), on_error)
            return []

    # ── one act ──

    def _events_of(self, group: Group) -> Iterator[Candidate]:
        claim = group.first
        if self._is_no_event(group):
            return
        reading = self._reading(group)
        sentence = self.sentences[claim.sentence]
        word = sentence.at(claim.statement.relation.head)
        if word is None:
            return
        claims = self._claims_in[sentence.index]
        if claim.modality in ASKED and (speakers := self._named_speakers(claim)):
            yield from self._asked(group, reading, act_at(sentence, word, "REQUEST", claims), speakers)
        elif reading is not None:
            act = act_at(sentence, word, reading.type, claims)
            yield from self._event(group, reading, act, realis(claim, reading), unseen=True)

    def _told_by_model(self, sentence: Sentence) -> Iterator[Candidate]:
        for word, reading in told_by_model(sentence):
            act = act_at(sentence, word, reading.type, self._claims_in[sentence.index])
            if act.told_in is None or self._is_unreal(act, reading):
                continue
            happened = realis(act.claims[0], reading) if act.claims else "happened"
            yield from self._event(Group(act.claims or (act.told_in,)), reading, act, happened)

    def _words(self, group: Group, act: Act) -> frozenset[int]:
        """Where the words of an act stand: its own, those of its relation, and the head of its object."""
        if not act.claims:
            return frozenset((act.word.start,))
        relations = [(c.sentence, c.statement.relation) for c in group.claims]
        within = {t.start for i, r in relations for t in self.sentences[i] if r.start <= t.start < r.end}
        objects = {c.statement.object.head for c in group.claims if c.statement.object is not None}
        return frozenset((act.word.start, *within, *objects))

    def _is_unreal(self, act: Act, reading: Reading) -> bool:
        """Whether the claim of a model's act asks, supposes or denies it."""
        if not act.claims:
            return False
        claim = act.claims[0]
        undone = types.types()[reading.type].quad == types.MATERIAL_CONFLICT or reading.type in UTTERED
        denied = claim.polarity == "negated" and (undone or self._refuses(act, reading))
        unsaid = self._is_unsaid(claim)
        return denied or unsaid or is_condition(claim, self.document) or is_open(claim)

    def _refuses(self, act: Act, reading: Reading) -> bool:
        """Whether the verb itself is one of refusing, as a rule knows it: "has not turned down"."""
        by_rule = self._reading(Group(act.claims))
        return reading.type == "REJECT" and by_rule is not None and by_rule.original == "REJECT"

    def _is_unsaid(self, claim: Claim) -> bool:
        above = self.groups.above(claim)
        return is_unsaid(claim, above.first if above is not None else None)

    def _is_no_event(self, group: Group) -> bool:
        """Whether a claim asks, supposes, denies, or is what another claim's event is about."""
        claim = group.first
        return (
            is_condition(claim, self.document)
            or is_open(claim)
            or self._is_unsaid(claim)
            or is_purpose(claim)
            or is_denied(claim, self._reading(group))
            or self._is_told_above(group)
        )

    def _reading(self, group: Group) -> Reading | None:
        """What the rules and realis make of a group; made once."""
        key = group.first.id
        if key not in self._read:
            self._read[key] = None  # guards against circles
            self._read[key] = self._make_reading(group)
        return self._read[key]

    def _make_reading(self, group: Group) -> Reading | None:
        claim = group.first
        nested = self.groups.nested(group)
        below = self._reading(nested) if nested else None
        found = features(group.claims, below.original if below else None, self.mentions, self.document)
        rule = senses.find(found)
        if (
            rule is None and found.nested
        ):  # a participle may look like an object: "pardoned six men jailed for"
            rule = senses.find(replace(found, nested=False, nested_type=None))
        if rule is None:
            return None
        reading = told(rule)
        if nested is not None and below is not None and (rule.nested or rule.nested_type):
            reading = about(reading, below, nested.first)
        return come_to(reading, claim)

    def _is_told_above(self, group: Group) -> bool:
        """Whether the claim above codes this one: what is agreed, asked, refused or threatened."""
        above = self.groups.above(group.first)
        if above is None:
            return False
        reading = self._reading(above)
        if reading is None:
            return self._is_told_above(above) if above.first.modality in ASKED else False
        return group.first.modality != "asserted" or group.first.polarity == "negated"

    # ── the event ──

    def _asked(
        self, group: Group, reading: Reading | None, act: Act, speakers: Actors
    ) -> Iterator[Candidate]:
        """ "Oslo said that Minsk must free the editor": Oslo asks Minsk, who is to act."""
        subjects = (actors_of(c.statement.subject, self.mentions) for c in group.claims)
        asked = tuple(a for found in subjects for a in without(found, speakers))
        if asked:
            base = Reading("REQUEST", "REQUEST", None, None, "100", BARE_RULE)
            asking = about(base, reading, group.first) if reading else base
            yield self._made(group, asking, act, Sides(speakers, asked, 1.0), "happened", ())

    def _event(
        self, group: Group, reading: Reading, act: Act, happened: str, unseen: bool = False
    ) -> Iterator[Candidate]:
        """The event of an act, if anybody is known to do it or to have it done to them, or if somebody must
        have done it `unseen`; a mishap is none, nor is a question."""
        if types.types()[reading.original].quad == types.MATERIAL_CONFLICT and is_mishap(act):
            return
        if reading.type == "REQUEST" and self._is_question(act):
            return
        sides = self.parties.of(act)
        doers, recipients = self.homes.sides(act, sides.doers, sides.recipients)
        if unseen and not (doers or recipients):
            doers = unidentified(group, reading, self.mentions)
        if doers or recipients:
            placed = replace(sides, doers=doers, recipients=recipients)
            yield self._made(group, reading, act, placed, happened, self._speakers(group.first))

    def _is_question(self, act: Act) -> bool:
        """Whether what somebody asks is to be told something: "asked when talks begin"."""
        asked = self.groups.nested(Group(act.claims)) if act.claims else None
        return asked is not None and asked.first.modality == "questioned"

    def _speakers(self, claim: Claim) -> Actors:
        """Who says so, by name, or by the words that he is called by."""
        known = self._named_speakers(claim)
        return known if known or claim.speaker is None else (unnamed(self.document, claim.speaker),)

    def _named_speakers(self, claim: Claim) -> Actors:
        """Who says it, or asks for it."""
        above = self.groups.above(claim)
        if claim.speaker is None and claim.modality in ASKED and above is not None:
            return actors_of(above.first.statement.subject, self.mentions)
        return actors_of(claim.speaker, self.mentions)

    def _made(
        self, group: Group, reading: Reading, act: Act, sides: Sides, happened: str, speakers: Actors
    ) -> Candidate:
        claim = group.first
        kind = types.types()[reading.type]
        cameo = types.codes().get(reading.cameo or "")
        date, precision, basis = self.days.of(act)
        event = Event(
            claim=claim.id,
            document=claim.document,
            sentence=claim.sentence,
            type=reading.type,
            mode=reading.mode,
            contexts=contexts_of(claim.evidence.text),
            cameo=reading.cameo,
            quad=kind.quad,
            score=kind.score,
            goldstein=cameo.goldstein if cameo else None,
            actors=sides.doers,
            recipients=sides.recipients,
            date=date,
            date_precision=precision,
            date_basis=basis,
            place=self.scenes.of(act),
            realis=happened,
            speaker=speakers[0] if speakers else None,
            text=claim.evidence,
            original_type=reading.original,
            implied=sides.implied,
            confidence=round(reading.sure * sides.likely, 3),
        )
        evidence = partial(self.evidence.of, event, act, reading, sides)
        return Candidate(event, self._words(group, act), evidence)


def distinct(events: Iterable[Event]) -> Iterator[Event]:
    """Events of one sentence that say the same are one: the first, or the one that knows its recipients."""
    kept: dict[tuple[object, ...], Event] = {}
    for event in events:
        key = (event.sentence, event.type, frozenset(event.actors))
        other = kept.get(key)
        if other is None or (event.recipients and not other.recipients):
            kept[key] = event
        elif event.recipients and set(event.recipients) - set(other.recipients):
            kept[*key, frozenset(event.recipients)] = event
    yield from kept.values()
