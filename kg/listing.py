"""Claims, events, mentions and dates as rows that a person reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from kg.english.morphology import singular
from kg.english.time_words import MODALS
from kg.model import Argument, Claim, Document, Event, Judgement, Phrase, Relation, Side

if TYPE_CHECKING:
    from kg.actors.finding import Found
    from kg.actors.judgements import Decision
    from kg.coding.stories import Cluster
    from kg.time.find import Expression

CLAIM_COLUMNS = ("claim", "taken as", "says who")
EVENT_COLUMNS = ("date", "who", "does what", "to whom", "realis", "says who")
STORY_COLUMNS = ("date", "who", "does what", "to whom", "realis", "reports", "independent")
MENTION_COLUMNS = ("actor", "id", "country", "sector", "mention", "why")
DATE_COLUMNS = ("document", "words", "date", "precision", "basis")
DECISION_COLUMNS = ("id", "what", "actor", "other", "by", "why")
FOUND_COLUMNS = ("id", "actor", "type", "country", "documents", "also called")
NOBODY = "(somebody)"
IS = "is"  # for a copula that the text leaves out: "Bessent, the Treasury Secretary"
# Words that begin the verb of a passive told in full: "was hit", "will be hit", "got hit".
_IN_FULL = MODALS | frozenset(
    "be is are was were been being am 's ’s 're ’re get gets got getting become became has have had to"
    " not".split()
)
_MANY = frozenset({"people", "police"})  # plural by no ending


def claim_rows(claims: Iterable[Claim]) -> list[tuple[str, str, str]]:
    """For each claim: subject — relation — object, how it is to be taken, who says so."""
    kept = list(claims)
    nested = {c.id: c for c in kept}
    return [(f"{_indent(c, nested)}{sentence(c, nested)}", taken_as(c), _speaker(c)) for c in kept]


def sentence(claim: Claim, nested: dict[str, Claim]) -> str:
    """Donald Trump — insists — Xi Jinping calls first."""
    return " — ".join(filter(None, _parts(claim, nested)))


def _parts(claim: Claim, nested: dict[str, Claim]) -> tuple[str, str, str]:
    s = claim.statement
    inner = nested.get(s.object.statement) if s.object is not None and s.object.statement else None
    target = _content(inner, claim, nested) if inner is not None else _told(s.object, s.subject)
    added = (_added(a, s.relation) for a in s.arguments)
    return name(s.subject) or NOBODY, _relation(claim, inner), " ".join(filter(None, [target, *added]))


def _relation(claim: Claim, inner: Claim | None) -> str:
    """The words of a relation, and its preposition where others stand between ("reacted nervously to") or
    where who is asked stands in the object's place ("called on")."""
    s = claim.statement
    if inner is not None and inner.statement.subject is not None:
        place = inner.statement.subject.start
        preposition = next((a.preposition or "" for a in s.arguments if a.start == place), "")
    else:
        verb, _, last = s.relation.lemma.rpartition(" ")
        preposition = last if verb else ""
    words = s.relation.text.lower().split()
    if s.relation.voice == "passive" and words:
        return s.relation.text if _IN_FULL & set(words) else f"({_left_out(claim)}) {s.relation.text}"
    return (s.relation.text if preposition in words else f"{s.relation.text} {preposition}".strip()) or IS


def _left_out(claim: Claim) -> str:
    """The auxiliary of a passive that the text shares or leaves out: "five were hit and dozens wounded"."""
    if claim.tense == "future":
        return "be"
    subject = claim.statement.subject
    head = subject.text[subject.head - subject.start :].split()[0].lower() if subject is not None else ""
    many = head in _MANY or head.isdigit() or singular(head) != head
    return ("were" if many else "was") if claim.tense == "past" else "are" if many else "is"


def _added(argument: Argument, relation: Relation) -> str:
    """What a verb needs besides its object: "called it outrageous", "described them as camps"."""
    if argument.start < relation.end or argument.role not in ("manner", "capacity", "other"):
        return ""
    if argument.role == "other" and argument.preposition:
        return ""
    return " ".join(f"{argument.preposition or ''} {argument.text}".split())


def _content(claim: Claim, outer: Claim, nested: dict[str, Claim]) -> str:
    """A nested claim in a row's last place: "Xi calls first", and of the doer's own acts "to call first"."""
    subject, relation, target = _parts(claim, nested)
    within = outer.statement.object.text if outer.statement.object is not None else ""
    infinitive = re.search(rf"\bto (\w+ly )?{re.escape(relation)}", " ".join(within.split())) is not None
    if (subject == NOBODY and not infinitive) or claim.found_by == "existential":
        return " ".join(within.split())  # "it was up to Beijing", "there was no war": the text's own words
    own = (infinitive or within.startswith(relation)) and subject == name(outer.statement.subject)
    doer = "" if own or subject == NOBODY else subject
    return " ".join(filter(None, (doer, _infinitive(claim, relation) if infinitive else relation, target)))


def _infinitive(claim: Claim, relation: str) -> str:
    """ "to carry out", "not to carry out"."""
    return f"not to {relation}" if claim.polarity == "negated" else f"to {relation}"


def name(phrase: Phrase | None) -> str:
    """The actor's label where there is one, else the text's own words on one line."""
    if phrase is None:
        return ""
    if phrase.actor is not None and phrase.statement is None:
        return phrase.actor.label
    return " ".join(phrase.text.split())


def _told(phrase: Phrase | None, subject: Phrase | None) -> str:
    """An object's name; where it is the subject's too, the words that describe it ("is the Treasury
    Secretary", whichever of the two comes first in the text)."""
    if phrase is None or subject is None or name(phrase) != name(subject):
        return name(phrase)
    words = " ".join(phrase.text.split())
    return words if words != name(phrase) else " ".join(subject.text.split())


def taken_as(claim: Claim) -> str:
    """How a claim is to be taken: asserted, or what sets it apart ("negated, possible")."""
    marks = ["negated"] if claim.polarity == "negated" else []
    if claim.modality != "asserted":
        marks.append(claim.modality)
    if claim.modality == "asserted" and claim.factuality != "certain":
        marks.append(claim.factuality)
    return ", ".join(marks) or "asserted"


def event_rows(events: Iterable[Event]) -> list[tuple[str, ...]]:
    """For each event: date, actors, type and mode, recipients, realis, speaker. Sides that its sentence does
    not name are in brackets."""
    return [
        (
            e.date or "",
            _side(e, "actors"),
            f"{e.type}{f' ({e.mode})' if e.mode else ''}",
            _side(e, "recipients"),
            e.realis,
            e.speaker.label if e.speaker else "",
        )
        for e in events
    ]


def _side(event: Event, side: Side) -> str:
    names = ", ".join(a.label for a in getattr(event, side))
    return f"({names})" if side in event.implied else names


def story_rows(stories: Iterable[Cluster]) -> list[tuple[str, ...]]:
    """For each story: date, actors, type, recipients, realis, how many documents report it, and how many of
    them independently."""
    return [(*_story_row(story.events), str(story.independent)) for story in stories]


def _story_row(events: Sequence[Event]) -> tuple[str, ...]:
    first = events[0]
    recipients = dict.fromkeys(a.label for e in events for a in e.recipients)
    documents = {e.document for e in events}
    who = ", ".join(a.label for a in first.actors)
    return first.date or "", who, first.type, ", ".join(recipients), first.realis, str(len(documents))


def mention_rows(mentions: Iterable[Judgement]) -> list[tuple[str, ...]]:
    """For each mention, sorted by actor: who it is taken for, its words, and the reason."""
    return sorted({_mention_row(j) for j in mentions})


def _mention_row(judgement: Judgement) -> tuple[str, ...]:
    actor, text = judgement.actor, " ".join(judgement.mention.text.split())
    who = (actor.label, actor.id, actor.country or "", actor.sector or "") if actor else ("", "", "", "")
    return (*who, text, judgement.reason)


def date_rows(dates: Iterable[tuple[Document, Expression]]) -> list[tuple[str, ...]]:
    """For each time expression: its words, the date that it stands for, and where that comes from."""
    return [
        (document.id, " ".join(w.text.split()), w.value or "", w.precision or "", w.basis if w.value else "")
        for document, w in dates
    ]


def decision_rows(decisions: Iterable[Decision]) -> list[tuple[str, ...]]:
    """For each decision about who is who: what it does to which actors, who decided, and why."""
    return [
        (d.id, d.do, d.keep or d.actor or "", d.drop or d.into or d.label or "", d.by, d.why)
        for d in decisions
    ]


def found_rows(found: Iterable[Found]) -> list[tuple[str, ...]]:
    """For each actor found: who it is, in how many documents of the store, and its other names."""
    return [
        (a.id, a.label, a.type, a.country or "", _count(a.documents), ", ".join(a.aliases)) for a in found
    ]


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _speaker(claim: Claim) -> str:
    return name(claim.speaker)


def _indent(claim: Claim, nested: dict[str, Claim]) -> str:
    depth, above = 0, nested.get(claim.nested_in or "")
    while above is not None:
        depth, above = depth + 1, nested.get(above.nested_in or "")
    return "  " * depth
