"""Whether it is so: polarity, modality, factuality and tense of a clause, from the words that show it.

The degrees are FactBank's (Saurí & Pustejovsky 2009), seen from the clause's own source.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from kg.claims.clauses import Clause
from kg.english.lexicon import Frame, frame_of, table, words
from kg.model import Factuality, Modality, Polarity, Tense
from kg.parsing.tree import Token, conjunction_head

# From the weakest colour to the strongest: the stronger wins where two meet ("might be forced to").
MODALITIES: tuple[Modality, ...] = (
    "asserted",
    "probable",
    "possible",
    "expected",
    "intended",
    "conditional",
    "obligated",
    "requested",
    "questioned",
)
FACTUALITIES: tuple[Factuality, ...] = ("unknown", "possible", "probable", "certain")
NOT = Frame("not", "negation", polarity="negated")
OR = Frame("or", "alternative", modality="possible", factuality="possible")
ONLY = frozenset({"only", "just", "merely", "simply"})  # "not only"
TOLD = ("ccomp", "question", "about")  # what a verb of saying may have as its content
NAMED_BY_NOUN = frozenset({"copular", "apposition", "title", "nominal"})  # "an alleged spy", "a planned raid"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a clause is to be taken, and the word that shows it."""

    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    factuality: Factuality = "certain"
    tense: Tense = "past"
    cue: str | None = None

    def under(self, frame: Frame) -> "Reading":
        """This reading coloured by a frame; a second negation undoes the first."""
        polarity: Polarity = self.polarity
        if frame.polarity:
            polarity = "affirmed" if self.polarity == "negated" else "negated"
        coloured = Reading(
            polarity,
            stronger(self.modality, frame.modality),
            weaker(self.factuality, frame.factuality),
            self.tense,
            self.cue or (frame.word if frame.polarity or frame.modality or frame.factuality else None),
        )
        return replace(coloured, tense="future") if frame.tense == "future" else coloured


def stronger(one: Modality, other: str) -> Modality:
    """The modality that wins; an empty string changes nothing. What "may" come stays possible where it is
    hoped or feared."""
    if one == "possible" and other in ("expected", "intended"):
        return one
    return max((m for m in MODALITIES if m in (one, other)), key=MODALITIES.index)


def weaker(one: Factuality, other: str) -> Factuality:
    """The lesser degree of certainty; an empty string changes nothing."""
    return min((f for f in FACTUALITIES if f in (one, other)), key=FACTUALITIES.index)


def read(clause: Clause, reported: bool = False) -> Reading:
    """What the clause's own words say of it; `reported` clauses take "would" as the future of the past."""
    reading = Reading(tense=tense_of(clause))
    for frame in [*_merged_frames(clause), *_own_frames(clause)]:
        if frame.modality == "conditional" and _refuses(clause, reported):
            continue
        if frame.modality == "conditional" and reported and not _counterfactual(clause):
            frame = Frame(frame.word, frame.kind, "", "", "expected", "unknown", "future")
        reading = reading.under(frame)
    if is_negated(clause):
        reading = _denied(reading, clause)
    if _has_condition(clause) and reading.modality in ("asserted", "expected", "possible", "conditional"):
        reading = replace(reading, modality="conditional", factuality="unknown", cue=reading.cue or "if")
    return reading


def _denied(reading: Reading, clause: Clause) -> Reading:
    """The reading of a negated clause: what cannot be is certainly not so."""
    if reading.modality == "possible" and (_is_able(clause) or _is_permitted(clause)):
        reading = replace(reading, modality="asserted", factuality="certain")
    return reading.under(NOT)


def inherited(clause: Clause) -> list[Frame]:
    """What a coordinated verb without auxiliaries takes over: "will not go or [will not] write"."""
    negation = [NOT] if is_negated(clause) else []
    return [*clause.frames, *_own_frames(clause), *negation]


def tense_of(clause: Clause) -> Tense:
    """past, present or future, by the finite verb."""
    finite = clause.predicates[0]
    auxiliaries = [c for c in finite.children if c.dep in ("aux", "cop", "aux:pass")]
    tags = {t.tag for t in (finite, *auxiliaries)}
    perfect = any(c.lemma.lower() == "have" and c.dep == "aux" for c in auxiliaries)
    if "VBD" in tags or perfect or (finite.tag == "VBN" and not auxiliaries):
        return "past"
    return "present"


def _merged_frames(clause: Clause) -> Iterator[Frame]:
    """What the verbs say that are read as one with the clause's own; "has yet to" is no duty."""
    yet = any(_is_yet(c) for p in clause.predicates for c in p.children)
    yield from (f for f in clause.frames if not (yet and f.modality == "obligated"))


def _own_frames(clause: Clause) -> Iterator[Frame]:
    for predicate in clause.predicates:
        if not is_inverted(predicate):  # "should the bank fail" is no duty
            yield from (frame for c in predicate.children if (frame := _colour(c)) is not None)
    if _will(clause):
        yield Frame("shall", "modal", "", "", "intended", "unknown", "future")
    if clause.kind in NAMED_BY_NOUN:
        adjectives = table("adjectives")
        yield from (adjectives[c.lower] for c in clause.head.all("amod") if c.lower in adjectives)


def _colour(word: Token) -> Frame | None:
    """What an auxiliary or adverb makes of its verb: "may leave", "reportedly left"."""
    if word.dep == "aux":
        return None if _is_will(word) else table("auxiliaries").get(word.lower)
    frame = table("adverbs").get(word.lower) if word.dep == "advmod" else None
    return frame if frame is not None and frame.kind != "negation" else None


def _will(clause: Clause) -> bool:
    return any(_is_will(c) for p in clause.predicates for c in p.children)


def _is_will(word: Token) -> bool:
    """ "We shall not pay": what those who speak intend, where for others it is a duty."""
    subject = word.head.child("nsubj", "nsubj:pass") if word.head is not None else None
    first_person = subject is not None and subject.lower in ("i", "we")
    return word.dep == "aux" and word.lower == "shall" and first_person


def _is_permitted(clause: Clause) -> bool:
    """ "was not allowed to leave": that nobody allowed it is certain; not "may not be allowed to"."""
    merged = any(f.kind == "modal" for f in clause.frames)
    return merged and not any(f.modality == "possible" for f in _own_frames(clause))


def _is_able(clause: Clause) -> bool:
    """ "cannot", "could not", "was unable": what is not possible is not so."""
    return any(
        c.dep == "aux" and c.lemma.lower() in ("can", "could") for p in clause.predicates for c in p.children
    )


def is_inverted(top: Token) -> bool:
    """ "Had the army not come, the mosque would have burned": a condition without "if"."""
    subject = top.child("nsubj", "nsubj:pass")
    first = top.child("aux", "aux:pass", "cop")
    if top.dep != "advcl" or subject is None or first is None or first.i > subject.i:
        return False
    return first.lower in ("had", "were", "should")


def _refuses(clause: Clause, reported: bool) -> bool:
    """ "Officials would not comment", "would not hear of it": they did not, of their own will."""
    verb = clause.head
    speaks = any(
        f is not None and f.kind in ("report", "hearsay") for f in map(partial(frame_of, verb), TOLD)
    )
    return speaks and not reported and not _counterfactual(clause) and is_negated(clause)


def _counterfactual(clause: Clause) -> bool:
    """ "would have left": never happened."""
    return any(
        c.dep == "aux" and c.lower in ("have", "'ve", "’ve") for p in clause.predicates for c in p.children
    )


def is_negated(clause: Clause) -> bool:
    """Whether an odd number of words negates it: not, never, "no talks", "neither side", "has yet to"."""
    count = sum(_negates(c, p, clause) for p in clause.predicates for c in _modifiers(p))
    count += sum(is_none(t, t in clause.predicates) for t in _own_places(clause))
    count += not clause.shared_subject and clause.subject is not None and _is_few(clause.subject)
    return count % 2 == 1


def _modifiers(predicate: Token) -> Iterator[Token]:
    """The dependents of a predicate and of its auxiliaries: "Never had the court sat"."""
    yield from predicate.children
    yield from (c for aux in predicate.all("aux", "aux:pass", "cop") for c in aux.children)


def _own_places(clause: Clause) -> list[Token]:
    """Subject and object, without a subject that another clause has."""
    shared = clause.subject if clause.shared_subject else None
    return [t for t in (clause.subject, clause.object) if t is not None and t is not shared]


def _negates(word: Token, predicate: Token, clause: Clause) -> bool:
    """Whether a dependent of a predicate negates the clause."""
    if word.dep == "advmod":
        return _is_yet(word) or _is_negative_adverb(word) or _is_fronted_never(word)
    if word.dep == "obl":
        return _is_fronted_none(word, predicate)
    return word.dep in ("cc:preconj", "cc") and word.lower in ("neither", "nor") and word.i < predicate.i


def _is_yet(word: Token) -> bool:
    """ "has yet to": right before "to"."""
    siblings = word.head.children if word.head is not None else []
    chained = word.head is not None and word.head.child("xcomp") is not None  # "has | yet | to pay"
    before_to = any(c.lower == "to" and c.i == word.i + 1 for c in siblings)
    return word.dep == "advmod" and word.lower == "yet" and (chained or before_to)


def _is_fronted_never(word: Token) -> bool:
    """ "Never before had the court …": the negation stands with the adverb."""
    return word.lower in ("before", "again", "since") and any(c.lower == "never" for c in word.children)


def _is_fronted_none(word: Token, predicate: Token) -> bool:
    """ "At no time has the firm paid": a phrase with "no" before an auxiliary and the subject."""
    first, subject = predicate.child("aux", "aux:pass", "cop"), predicate.child("nsubj", "nsubj:pass")
    none = any(c.lower == "no" for c in word.all("det"))
    return none and first is not None and subject is not None and word.i < first.i < subject.i


def _is_negative_adverb(word: Token) -> bool:
    """ "never", "hardly"; "longer" with "no" before it."""
    frame = table("adverbs").get(word.lower)
    if word.head is not None and any(c.i == word.i + 1 and c.lower in ONLY for c in word.head.children):
        return False  # "not only"
    no_longer = word.lower == "longer" and any(c.lower == "no" for c in word.children)
    return no_longer or (frame is not None and frame.kind == "negation")


def is_none(head: Token, is_predicate: bool = False) -> bool:
    """ "nobody", "no firm", "hardly anyone"."""
    if head.lower in words("negative") or any(_is_hardly_any(c, head) for c in head.children):
        return True
    before = [c for c in head.children if c.i < head.i and c.dep in ("det", "cc:preconj", "advmod", "cc")]
    apart = is_predicate or head.dep == "conj" or head.child("conj") is not None or head.pos == "ADJ"
    return any(c.lower in words("negative") or (c.lower == "not" and not apart) for c in before)


def _is_few(head: Token) -> bool:
    """ "few banks", "few of them": not "a few"."""
    few = head if head.lower == "few" else next((c for c in head.children if c.lower == "few"), None)
    counted = (c.lower for c in (*head.children, *(few.children if few is not None else ())))
    return few is not None and not any(c in ("a", "the", "these", "those", "quite") for c in counted)


def _is_hardly_any(word: Token, head: Token) -> bool:
    """A negative adverb before "any", as of "hardly anyone", "scarcely any firm"."""
    frame = table("adverbs").get(word.lower)
    any_ = head.lower.startswith("any") or any(c.lower == "any" for c in head.children)
    return any_ and word.i < head.i and frame is not None and frame.kind == "negation"


def is_excluded(member: Token) -> bool:
    """Of what is listed together that of which it is not so: "the army, not the police", "Chad rather than
    Niger", "not the port but the barracks"; "not only" excludes nothing."""
    listed = member.dep == "conj" or member.child("conj") is not None
    if not listed or member.child("cop") is not None:
        return False
    before = [c for c in member.children if c.i < member.i and c.dep in ("advmod", "cc")]
    only = any(c.lower in ONLY for c in before)
    return not only and any(c.lower == "not" or _is_rather_than(c) for c in before)


def is_alternative(member: Token) -> bool:
    """Of what "or" lists, which need not be so each: "blocked or delayed", "the army or one of its allies"; a
    second name set off by commas is none."""
    listed = conjunction_head(member).all("conj") if member.dep == "conj" else member.all("conj")
    either = next((c for c in listed for cc in c.all("cc") if cc.lower == "or"), None)
    if either is None:
        return False
    joint = member.child("cc")
    if member.i > either.i and joint is not None and joint.lower == "and":
        return False  # "was blocked or delayed, and two ships sank"
    return len(listed) > 1 or not any(c.text == "," and c.i < either.i for c in either.all("punct"))


def among_alternatives(reading: Reading) -> Reading:
    """How one of several alternatives is to be taken: of what happened, one did; what is planned or denied
    may all be so."""
    happened = reading.tense == "past" and reading.modality == "asserted" and reading.polarity == "affirmed"
    return reading.under(OR) if happened else reading


def _is_rather_than(word: Token) -> bool:
    return word.lower in ("rather", "instead") and word.child("fixed") is not None


def _has_condition(clause: Clause) -> bool:
    adverbial = (c for p in clause.predicates for c in p.children if c.dep == "advcl")
    return any(_is_condition(top) for top in adverbial)


def _is_condition(top: Token) -> bool:
    """Whether a clause says under which condition: not "even if", "as if"."""
    mark = top.child("mark")
    if is_inverted(top):
        return True
    if mark is None or mark.lower not in words("condition"):
        return False
    before = (*mark.children, *(c for c in top.children if c.i < mark.i))
    return not any(c.lower in ("even", "as") for c in before)
