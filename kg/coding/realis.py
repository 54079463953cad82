"""What a rule's type comes to: acts promised or asked for, still to come, or not done.

The types change as data/events/realis.csv says (PLOVER's auxiliary modes, which its manual leaves to
the coder); a reading keeps the type and mode that were told.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.coding import senses, types
from kg.coding.senses import Rule
from kg.coding.types import Realm
from kg.english import lexicon, morphology
from kg.model import Claim, Document

# Verbs that speak of an act of their own subject: what they come to depends on the act.
COMMISSIVE = frozenset({"AGREE", "THREATEN"})
ASKED = frozenset({"requested", "obligated"})
# A rule that only names a verb is less sure than one that names what the verb is about.
BARE_RULE = 0.8
# Acts told with these are over or under way, whatever they come to: "tried to kill".
_ATTEMPTS = frozenset(
    {"try", "attempt", "seek", "bid", "struggle", "attempted", "effort", "work", "continue"}
)
_IF = frozenset({"if", "unless", "provided", "supposing", "lest", "in case"})
_BEFORE_IF = re.compile(r"\b(?:if|unless|lest|provided(?: that)?|in case)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_IF_REACH = 40  # characters before a claim
_AHEAD = frozenset({"intended", "expected", "possible", "conditional", "requested", "obligated"})
_COOPERATION = 2  # the quad classes up to this one
_AUXILIARIES = ("will", "would", "shall", "going", "be")
# What is said to be asked, blamed or threatened is not, where it is negated; a refusal may be told so.
UTTERED = frozenset({"ACCUSE", "REQUEST", "THREATEN"})
# Verbal acts: asking, blaming, refusing and threatening are done by the telling, whatever they are about.
_SPOKEN = UTTERED | {"REJECT"}


@dataclass(frozen=True)
class Reading:
    """A group read by a rule: type and mode as it comes to, and as they are told."""

    type: str
    original: str
    mode: str | None
    told_mode: str | None
    cameo: str | None
    sure: float


def told(rule: Rule) -> Reading:
    """What a rule gives, before realis."""
    sure = 1.0 if rule.weight > 1 else BARE_RULE
    return Reading(rule.type, rule.type, rule.mode, rule.mode, rule.cameo, sure)


def about(outer: Reading, below: Reading, nested: Claim) -> Reading:
    """What speaking of an act comes to: a promise to attack is a threat."""
    kind = outer.type
    if kind in COMMISSIVE:
        kind = _promised(outer.type, below, nested)
    cameo, mode = types.derived(kind, below.original, below.told_mode, outer.cameo)
    return replace(outer, type=kind, cameo=cameo, mode=mode)


def _promised(kind: str, below: Reading, nested: Claim) -> str:
    """The type of promising or threatening an act."""
    if kind == "AGREE" and below.original == "MOBILIZE" and nested.polarity == "affirmed":
        return kind  # troops are promised to somebody
    realm: Realm = "negated_future" if nested.polarity == "negated" else "future"
    if kind == "THREATEN" and below.original not in ("RETREAT", "CONCEDE"):
        return kind
    return types.rewritten(below.original, realm)


def come_to(reading: Reading, claim: Claim) -> Reading:
    """The reading after realis: what is still to come or was not done has another type."""
    type_ = types.rewritten(reading.type, realm(claim), reading.mode)
    if type_ == reading.type:
        return reading
    cameo, mode = types.derived(type_, reading.type, reading.mode, None)
    return replace(reading, type=type_, cameo=cameo, mode=mode)


def realm(claim: Claim) -> Realm:
    """Which column of the realis table a claim falls under."""
    ahead = claim.tense == "future" or (claim.modality in _AHEAD and claim.cue not in _ATTEMPTS)
    if claim.polarity == "negated":
        return "negated_future" if ahead else "negated_past"
    return "future" if ahead else "past"


def realis(claim: Claim, reading: Reading) -> str:
    """Whether an act, as what it comes to, took place: happened, or as its claim tells it."""
    return "happened" if _is_done_by_telling(claim, reading) else told_as(claim)


def told_as(claim: Claim) -> str:
    """How a claim tells its act: happened, attempted, planned, demanded, denied, conditional or possible."""
    if claim.polarity == "negated":
        return "denied"
    if claim.modality in _AHEAD and claim.cue in _ATTEMPTS:
        return "attempted"
    if claim.modality in ASKED:
        return "demanded"
    if claim.modality in ("conditional", "possible"):
        return claim.modality
    if claim.tense == "future" or claim.modality in _AHEAD:
        return "planned"
    return "possible" if claim.modality == "probable" or claim.factuality == "possible" else "happened"


def _is_done_by_telling(claim: Claim, reading: Reading) -> bool:
    """Whether what is told is the act itself: a demand, a charge, a refusal ("will not recognise") or a
    threat; and what somebody will do is promised."""
    rewritten = reading.type != reading.original
    if rewritten and claim.modality in ("conditional", "possible"):
        return False
    return reading.type in _SPOKEN or (rewritten and claim.tense == "future")


def is_denied(claim: Claim, reading: Reading | None) -> bool:
    """Whether a hostile act is only mentioned to be denied: "denied that it had attacked"."""
    hostile = reading is not None and types.types()[reading.original].quad > _COOPERATION
    return hostile and claim.polarity == "negated" and claim.nested_in is not None


def is_condition(claim: Claim, document: Document) -> bool:
    """Whether "if" or "unless" begins the claim; what depends on a condition is another matter."""
    if claim.modality != "conditional" or morphology.normal(claim.cue or "") not in _IF:
        return False
    s = claim.statement
    start = min(p.start for p in (s.subject, s.relation) if p is not None)
    return _BEFORE_IF.search(document.text[max(0, start - _IF_REACH) : start]) is not None


def is_open(claim: Claim) -> bool:
    """Whether a claim says nothing of what is or will be: a question, the condition of another, or what has
    "neither" been done nor refused."""
    if "neither" in claim.statement.relation.text.lower().split():
        return True
    if claim.modality == "asserted":
        return claim.factuality == "unknown" and claim.speaker is None
    if claim.modality == "obligated" and claim.speaker is None and claim.nested_in is None:
        return True  # what must be done, and nobody says so
    return (
        claim.modality == "questioned" or morphology.normal(claim.cue or "") in senses.classes()["potential"]
    )


def is_unsaid(claim: Claim, above: Claim | None) -> bool:
    """Whether nobody says so, or only by mistake: "nobody claims that", "wrongly reported that"."""
    if claim.modality != "asserted" or claim.factuality != "unknown":
        return False
    return claim.cue in lexicon.words("mistaken") or (above is not None and above.polarity == "negated")


def is_purpose(claim: Claim) -> bool:
    """Whether a claim only says what another act is for: "to protest against the cuts", "flew to meet"."""
    return claim.modality == "intended" and (claim.cue or "") not in _declared()


@lru_cache(maxsize=1)
def _declared() -> frozenset[str]:
    """Words by which somebody says what they will do: the verbs and nouns of extraction's tables."""
    verbs = (r.word for r in lexicon.rows("verbs") if r.kind != "cause")
    return frozenset((*verbs, *lexicon.table("nouns"), *_AUXILIARIES))
