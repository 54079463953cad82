"""The words that tell who says a thing and whether it is so, read from the tables in data/cues/."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg import tables
from kg.parsing.tree import Token

# How a governor takes its complement. MERGING kinds make one statement of both ("began to bite"); the
# others make the complement a claim of its own.
MERGING = frozenset({"aspect", "implicative", "attempt", "seem", "modal", "hearsay"})
SPEAKING = frozenset({"report", "want", "request", "decline"})


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


def rows(name: str) -> list[dict[str, str]]:
    """The rows of data/cues/<name>.csv, one for each of the words that a line lists."""
    return [{**row, "word": word} for row in tables.rows(f"cues/{name}") for word in row["word"].split("|")]


@cache
def _verb_frames() -> dict[tuple[str, str, str], Frame]:
    frames: dict[tuple[str, str, str], Frame] = {}
    for row in rows("verbs"):
        frame = Frame(
            row["word"], row["kind"], row["control"], row["polarity"], row["modality"], row["factuality"]
        )
        for complement in row["complement"].split("|"):
            frames.setdefault((row["word"], row["voice"], complement), frame)
    return frames


@cache
def _verb_words() -> frozenset[str]:
    return frozenset(word for word, _, _ in _verb_frames())


@cache
def table(name: str) -> dict[str, Frame]:
    """The frames of a table of single words or fixed expressions: nouns, adverbs, auxiliaries, markers."""
    return {
        row["word"]: Frame(
            row["word"],
            row.get("kind", row.get("link", "")),
            "",
            row.get("polarity", ""),
            row.get("modality", ""),
            row.get("factuality", ""),
            row.get("tense", ""),
            row.get("role", ""),
        )
        for row in rows(name)
    }


WordKind = Literal[
    "manner", "honorific", "temporal", "negative", "condition", "question", "relative", "vague"
]


@dataclass(frozen=True, slots=True)
class WordRow:
    """A word that says nothing but its kind, with an example of it.

    manner: how something is done, not who does it ("shot down by mistake"); temporal: a preposition that
    goes with a time as well as with a place or a topic; vague: a subject that names nobody.
    """

    word: str
    kind: WordKind
    example: str


@cache
def words(kind: WordKind) -> frozenset[str]:
    """The words of a kind, in small letters.

    >>> "neither" in words("negative")
    True
    """
    return frozenset(row.word for row in tables.table("cues/words", WordRow) if row.kind == kind)


def voice_of(token: Token) -> str:
    """active, passive or adjective: which rows of the verb table are about this use of a word."""
    if token.pos == "ADJ" or (token.child("cop") is not None and token.pos != "VERB"):
        return "adjective"
    if token.child("aux:pass") or (
        token.tag == "VBN" and not token.child("aux") and token.dep in ("acl", "advcl")
    ):
        return "passive"
    return "active"


def lemma_of(token: Token) -> str:
    """The lemma with its particle or what the tables have with it: "rule out", "make clear", "stop short"."""
    lemma, particle = token.lemma.lower(), token.child("compound:prt")
    if particle is not None:
        return f"{lemma} {particle.lower}"
    words = (f"{lemma} {c.lower}" for c in token.children if c.dep in ("xcomp", "advmod"))
    return next((w for w in words if w in _verb_words()), lemma)


def frame_of(token: Token, complement: str) -> Frame | None:
    """What a verb or adjective implies for its complement.

    `complement` is `xcomp`, `ccomp`, a `question`, or the preposition before a gerund ("accuse of").
    """
    frames, voice, lemma = _verb_frames(), voice_of(token), lemma_of(token)
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
    frames = _verb_frames().items()
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
