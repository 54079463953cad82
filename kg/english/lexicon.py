"""The words that tell who says a thing and whether it is so, read from the tables in data/english/.

Each row is one use of one word, with an example that tests/test_english_tables.py runs.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

from kg import model, tables
from kg.parsing.tree import Token

# How a governor takes its complement. MERGING kinds make one statement of both ("began to bite"); the
# others make the complement a claim of its own.
MERGING = frozenset({"aspect", "implicative", "attempt", "seem", "modal", "hearsay"})
SPEAKING = frozenset({"report", "want", "request", "decline"})

# A column that may be empty says nothing there.
Polarity = Literal[model.Polarity, ""]
Modality = Literal[model.Modality, ""]
Factuality = Literal[model.Factuality, ""]
Role = Literal[
    "accompaniment",
    "capacity",
    "cause",
    "concession",
    "condition",
    "goal",
    "instrument",
    "lack",
    "manner",
    "origin",
    "other",
    "place",
    "purpose",
    "source",
    "target",
    "time",
    "topic",
]
Kind = Literal[
    "aspect",
    "attempt",
    "cause",
    "decline",
    "factive",
    "hearsay",
    "implicative",
    "modal",
    "report",
    "request",
    "seem",
    "want",
]
# What follows a verb. Of the infinitives, `xcomp` is the subject's deed, `self` what it asks for itself
# and `object` the object's; a preposition stands before a gerund.
Complement = Literal[
    "ccomp",
    "question",
    "xcomp",
    "self",
    "object",
    "gerund",
    "any",
    "about",
    "against",
    "as",
    "at",
    "for",
    "from",
    "in",
    "of",
    "on",
    "over",
    "to",
    "toward",
    "towards",
    "with",
]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a governing word implies for what it governs; empty strings leave things as they are."""

    word: str
    kind: str
    control: str = ""
    polarity: str = ""
    modality: str = ""
    factuality: str = ""
    tense: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A verb or adjective with one kind of complement; `control`: whose deed an infinitive tells."""

    word: str
    voice: Literal["active", "passive", "adjective"]
    complement: Complement
    kind: Kind
    control: Literal["subject", "object", "any", "none"]
    polarity: Polarity
    modality: Modality
    factuality: Factuality
    example: str


@dataclass(frozen=True, slots=True)
class NounRow:
    """A noun whose clause tells what is claimed, planned, feared: "the claim that …", "a plan to …"."""

    word: str
    kind: Literal["report", "want", "decline", "modal", "prospect", "factive"]
    polarity: Polarity
    modality: Modality
    factuality: Factuality
    example: str


@dataclass(frozen=True, slots=True)
class ModifierRow:
    """An adverb of a verb ("reportedly"), or an adjective of what somebody is said to be ("alleged")."""

    word: str
    kind: Literal["hearsay", "degree", "negation"]
    polarity: Polarity
    modality: Modality
    factuality: Factuality
    example: str


@dataclass(frozen=True, slots=True)
class AuxiliaryRow:
    """A modal verb."""

    word: str
    modality: Modality
    factuality: Factuality
    tense: Literal["future", ""]
    example: str


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """What introduces an adverbial clause."""

    word: str
    polarity: Polarity
    modality: Modality
    factuality: Factuality
    role: Role
    example: str
    kind: str = "advcl"


@dataclass(frozen=True, slots=True)
class PrepositionRow:
    """A preposition and the role of what it marks."""

    word: str
    role: Role
    example: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A preposition before whoever says so."""

    word: str
    kind: Literal["source"]
    modality: Modality
    factuality: Factuality
    example: str


@dataclass(frozen=True, slots=True)
class NominalRow:
    """An event noun, and the prepositions that mark to whom it is done."""

    word: str
    object: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word of a list: verbs that lend a noun their subject ("made a promise"), nouns for places."""

    word: str
    example: str


WordKind = Literal[
    "manner",
    "honorific",
    "temporal",
    "limit",
    "yardstick",
    "negative",
    "mistaken",
    "exclusion",
    "condition",
    "question",
    "relative",
    "vague",
    "particle",
    "idiom",
    "office",
    "mandative",
]


@dataclass(frozen=True, slots=True)
class KindRow:
    """A word that says nothing but its kind, with an example of it.

    mistaken: calls a report wrong ("wrongly said"); exclusion: a preposition of who has no part in it;
    manner: how something is done, not who does it ("shot down by mistake"); temporal: a preposition that
    goes with a time as well as with a place or a topic; vague: a subject that names nobody; particle: an
    adverb that belongs to the verb right before it ("was turned back"); idiom: words with a verb that tell
    nothing of anybody ("as it is"); office: makes a title with "General" behind it; mandative: a verb that
    tells what is, and before a bare verb what is to be ("insists that they leave").
    """

    word: str
    kind: WordKind
    example: str


ROWS: dict[str, type] = {
    "adjectives": ModifierRow,
    "adverbs": ModifierRow,
    "auxiliaries": AuxiliaryRow,
    "light": WordRow,
    "markers": MarkerRow,
    "nominals": NominalRow,
    "nouns": NounRow,
    "places": WordRow,
    "prepositions": PrepositionRow,
    "sources": SourceRow,
    "verbs": VerbRow,
}


def rows(name: str) -> tuple[Any, ...]:
    """The rows of data/english/<name>.csv, of the class that ROWS has for it. Raises TableError."""
    return tables.table(f"english/{name}", ROWS[name])


def _frame(row: Any) -> Frame:
    """The columns of a row that a frame has, too."""
    return Frame(*(getattr(row, f.name, "") for f in fields(Frame)))


@cache
def verb_frames() -> dict[tuple[str, str, str], Frame]:
    """The frames of verbs.csv by word, voice and complement."""
    return {(row.word, row.voice, row.complement): _frame(row) for row in rows("verbs")}


@cache
def _verb_words() -> frozenset[str]:
    return frozenset(word for word, _, _ in verb_frames())


@cache
def table(name: str) -> dict[str, Frame]:
    """The frames of a table of single words or fixed expressions: nouns, adverbs, auxiliaries, markers …"""
    return {row.word: _frame(row) for row in rows(name)}


@cache
def nominals() -> dict[str, frozenset[str]]:
    """Event nouns, and the prepositions that mark to whom it is done."""
    return {row.word: row.object for row in rows("nominals")}


def kind_rows() -> tuple[KindRow, ...]:
    """The rows of data/english/words.csv. Raises TableError."""
    return tables.table("english/words", KindRow)


@cache
def words(kind: WordKind) -> frozenset[str]:
    """The words of a kind, in small letters.

    >>> "neither" in words("negative")
    True
    """
    return frozenset(row.word for row in kind_rows() if row.kind == kind)


def voice_of(token: Token) -> str:
    """active, passive or adjective: which rows of the verb table are about this use of a word."""
    if token.pos == "ADJ" or (token.child("cop") is not None and token.pos != "VERB"):
        return "adjective"
    if token.child("aux:pass") is not None:
        return "passive"
    bare = token.tag == "VBN" and token.child("aux", "nsubj") is None
    shares = token.dep == "conj" and token.head is not None and token.head.tag == "VBN"
    if bare and shares and token.head is not None:  # "were seized and forced to strike"
        return voice_of(token.head)
    return "passive" if bare and token.dep in ("acl", "advcl") else "active"


def lemma_of(token: Token) -> str:
    """The lemma with its particle or what the tables have with it: "rule out", "make clear", "stop short"."""
    lemma, particle = token.lemma.lower(), token.child("compound:prt")
    if particle is not None:
        return f"{lemma} {particle.lower}"
    words = (f"{lemma} {c.lower}" for c in token.children if c.dep in ("xcomp", "advmod"))
    found = next((w for w in words if w in _verb_words()), lemma)
    doubled = (
        lemma.endswith("e") and lemma[-2:-1] == lemma[-3:-2]
    )  # the lemmatizer's slip: "barred" is no "barre"
    return lemma[:-2] if doubled and lemma[:-2] in _verb_words() else found


def frame_of(token: Token, complement: str) -> Frame | None:
    """What a verb or adjective implies for its complement.

    `complement` is `xcomp`, `ccomp`, a `question`, or the preposition before a gerund ("accuse of").
    """
    frames, voice, lemma = verb_frames(), voice_of(token), lemma_of(token)
    forms = [complement, "any"]
    lemmas = [lemma]
    has_object = False
    if complement == "xcomp":
        has_object = token.child("obj", "iobj") is not None
        forms = ["object", "xcomp", "any"] if has_object else ["xcomp", "self", "gerund", "any"]
        marked = _oblique_lemma(token, lemma)
        lemmas = [marked, lemma] if marked else [lemma]
    for word in lemmas:
        for form in forms:
            frame = frames.get((word, voice, form))
            if frame is not None and not (form == "xcomp" and _wrong_control(frame, token, has_object)):
                return frame
    return None


def active_frame(verb: Token, complement: str) -> Frame | None:
    """What a verb implies for its complement where it says who does it, whatever its voice."""
    return verb_frames().get((lemma_of(verb), "active", complement))


def reports(verb: Token) -> bool:
    """Whether a verb has what somebody says as its complement."""
    frame = frame_of(verb, "ccomp")
    return frame is not None and frame.kind == "report"


@cache
def verbs_of_saying() -> frozenset[str]:
    """The lemmas of verbs that report what somebody says: "say", "deny", "point out".

    >>> "warn" in verbs_of_saying(), "sign" in verbs_of_saying()
    (True, False)
    """
    frames = verb_frames().items()
    return frozenset(
        word
        for (word, voice, complement), frame in frames
        if (voice, complement, frame.kind) == ("active", "ccomp", "report")
    )


def _wrong_control(frame: Frame, token: Token, has_object: bool) -> bool:
    """Whether a request lacks somebody to be asked: "asked to join" is no request to another."""
    return (
        frame.kind == "request"
        and not has_object
        and not token.child("obl", "obl:arg")
        and voice_of(token) == "active"
    )


def _oblique_lemma(token: Token, lemma: str) -> str:
    """ "call on": the verb with the preposition of its addressee."""
    for c in token.children:
        if c.dep in ("obl", "obl:arg"):
            for case in c.children:
                if case.dep == "case" and case.lower in ("on", "upon", "to", "with", "for"):
                    return f"{lemma} {case.lower}"
    return ""


def is_negation(token: Token) -> bool:
    """not, never, n't …"""
    return token.lower in ("not", "n't", "n’t", "never") or (
        token.lower == "longer" and bool(token.child("advmod"))
    )
