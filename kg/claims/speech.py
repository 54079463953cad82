"""Who speaks where: turns and quotations, followed through a whole document.

A quotation keeps its speaker over sentences and paragraphs. Its speaker is the subject of the verb of saying
beside it, else the name behind a dash, else whom the sentence before announces ("The envoy was blunt:"), else
whoever was quoted right before it, else the person whom the sentence before it is about, else whom the
language model takes for him. Where nobody is found it is somebody's whose name is not told: what stands in a
quotation is never the article's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.english.lexicon import reports
from kg.english.quotations import CLOSING, DASHES, OPENING, STRAIGHT, Quotation, quotations
from kg.parsing.tree import Sentence, Token

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
FIRST = frozenset({"i", "we", "me", "us", "my", "our"})
LIKELIER = 0.7  # of a quotation's speaker: that it is the article's is out of the question
MAIN = frozenset({"root", "ccomp", "conj", "parataxis"})  # words that carry what is said
SURE = 0.8  # of the model: on re3d, which it has not seen, its four answers from there are right
PERSONAL = frozenset({"he", "she", "they", "i", "we", "who"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks a stretch of text: the head word of the phrase that names him, None for somebody unnamed."""

    speaker: Token | None
    cue: str  # '"' for a quotation, ":" for a turn


class Speech:
    """The voices of a document, by sentence and word."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._labels = [(s, _named(s)) for s in sentences if s.block is not None and s.block.kind == "label"]
        self._tokens = {t.start: t for s in sentences for t in s}
        self._quoted: dict[tuple[int, int], Voice] = {}
        self._turns: dict[int, Voice] = {}
        labels = {s.start: (s, name) for s, name in self._labels}
        for sentence in sentences:
            turn = sentence.block.turn if sentence.block is not None else None
            label, name = labels.get(turn, (None, None)) if turn is not None else (None, None)
            if name is not None and sentence is not label:
                self._turns[sentence.index] = Voice(name, ":")
        for sentence, speaker in _announced_speech(sentences):
            self._turns.setdefault(sentence.index, Voice(speaker, ":"))
        for quotation in _attributed(sentences):
            voice = Voice(quotation.speaker or self._likely(quotation), '"')
            for piece in quotation.pieces:
                self._quoted.update({(piece.sentence.index, t.i): voice for t in piece.tokens})

    def of(self, sentence: Sentence, token: Token) -> Voice | None:
        """Whose words a word is one of; None for the writer's."""
        return self.quoted(sentence, token) or self._turns.get(sentence.index)

    def holder(self, sentence: Sentence, token: Token) -> Token | None:
        """Whose a statement is as the language model reads it, by the statement's verb; None where it takes
        it for the article's, or is not sure."""
        likeliest = sentence.signals.holders(token.start)[:1] if sentence.signals is not None else []
        known = [self._tokens[at] for at, likely in likeliest if at in self._tokens and likely >= SURE]
        return next((t for t in known if _can_speak(t)), None)

    def _likely(self, quotation: Quotation) -> Token | None:
        """Whom the language model takes for the speaker of a quotation, where that is likelier than not."""
        inside = {t.start for p in quotation.pieces for t in p.tokens}
        said = [(p.sentence.signals, t) for p in quotation.pieces for t in p.tokens if t.dep in MAIN]
        shares: dict[int, float] = {}
        for signals, verb in said:
            for at, share in signals.holders(verb.start) if signals is not None else []:
                if at is not None and at not in inside:
                    shares[at] = shares.get(at, 0.0) + share / len(said)
        best = max(shares, key=lambda at: shares[at], default=None)
        likely = self._tokens.get(best) if best is not None and shares[best] > LIKELIER else None
        return likely if likely is not None and _can_speak(likely) else None

    def is_writers(self, sentence: Sentence, token: Token) -> bool:
        """Whether the language model takes the article for the likeliest holder of a statement; yes where it
        says nothing."""
        likely = sentence.signals.holders(token.start) if sentence.signals is not None else []
        return not likely or likely[0][0] is None

    def labels(self) -> list[tuple[Sentence, Token]]:
        """The labels of turns, each with the word by which its speaker goes."""
        return self._labels

    def speakers(self) -> dict[tuple[int, int], Token]:
        """The head word of the speaker's name for each word of a named speaker, by sentence and place."""
        found: dict[tuple[int, int], Token] = {}
        for sentence in self._sentences:
            for token in sentence:
                voice = self.of(sentence, token)
                if voice is not None and voice.speaker is not None:
                    found[sentence.index, token.i] = voice.speaker
        return found

    def quoted(self, sentence: Sentence, token: Token) -> Voice | None:
        """The voice of the quotation that a word stands in."""
        return self._quoted.get((sentence.index, token.i))


def _can_speak(word: Token) -> bool:
    return word.pos in ("NOUN", "PROPN", "PRON") and word.lower not in FIRST


def _named(label: Sentence) -> Token:
    """The word of a turn's label by which its speaker goes: the last of the name, no note behind it."""
    names = [t for t in label.tokens if t.pos in ("PROPN", "NOUN")]
    return names[-1] if names else label.tokens[-1]


def _announced_speech(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Token]]:
    """The sentences of a speech without quotation marks: after "The Foreign Secretary said:", until somebody
    is quoted with marks."""
    speaker: Token | None = None
    for sentence in sentences:
        if sentence.tokens[0].text in OPENING | STRAIGHT:
            speaker = None
        if speaker is not None:
            yield sentence, speaker
        elif sentence.tokens[-1].text == ":":
            speaker = next((s for t in reversed(sentence.tokens) if (s := _says_nothing_else(t))), None)


def _says_nothing_else(token: Token) -> Token | None:
    """Who says, of a verb of saying without a content of its own."""
    content = token.child("ccomp", "xcomp", "obj", "parataxis")
    return _subject_of_saying(token) if content is None else None


# ── Whose they are ───────────────────────────────────────────────────────────────────────────────


def _attributed(sentences: Sequence[Sentence]) -> list[Quotation]:
    """The quotations with their speakers, as far as the text tells."""
    found = list(quotations(sentences))
    quoted = {id(t) for q in found for p in q.pieces for t in p.tokens}
    at = {id(s): n for n, s in enumerate(sentences)}
    for number, quotation in enumerate(found):
        last = found[number - 1] if number else None
        before = sentences[at[id(quotation.first)] - 1] if at[id(quotation.first)] else None
        after = at[id(quotation.last)] + 1
        behind = sentences[after] if after < len(sentences) else None
        quotation.speaker = (
            _beside(quotation, quoted)
            or _behind(quotation, behind, quoted)
            or _announced(_lead(quotation) or (before.tokens if before is not None else []))
            or _carried(quotation, last, before)
            or _turned_to(quotation, before, quoted)
        )
    return found


def _beside(quotation: Quotation, quoted: set[int]) -> Token | None:
    """The subject of the nearest verb of saying in the quotation's own sentences, or whom it goes by
    "according to"."""
    named: list[tuple[int, Token]] = []
    for piece in {id(p.sentence): p for p in (quotation.pieces[-1], quotation.pieces[0])}.values():
        first, final = piece.tokens[0].i, piece.tokens[-1].i
        for token in piece.sentence:
            if id(token) in quoted:
                continue
            speaker = _source_at(token, quoted)
            if speaker is not None and id(speaker) not in quoted:
                named.append((min(abs(token.i - first), abs(token.i - final)), speaker))
    return min(named, key=lambda pair: pair[0])[1] if named else None


def _source_at(token: Token, quoted: set[int]) -> Token | None:
    """Who says what is quoted, if this word outside the quotation tells it: a verb of saying, any verb that
    has the quoted clause as its content ("… you are," he snapped), "according"."""
    if token.lower == "according":
        return token.head
    governs = any(c.dep == "ccomp" and id(c) in quoted for c in token.children)
    return (
        token.child(*SUBJECTS) if governs and token.child("aux:pass") is None else _subject_of_saying(token)
    )


def _subject_of_saying(token: Token) -> Token | None:
    """Who says it, of a verb of saying: its subject, that of the verb it is coordinated with, its agent."""
    if token.pos not in ("VERB", "AUX") or not reports(token):
        return None
    if token.child("aux:pass") is not None:
        return token.child("obl:agent")
    own = token.child(*SUBJECTS)
    shares = token.dep == "conj" or token.tag == "VBG"
    return own or (token.head.child(*SUBJECTS) if shares and token.head is not None else None)


def _behind(quotation: Quotation, behind: Sentence | None, quoted: set[int]) -> Token | None:
    """A speaker cut off from his words: "… won." said the envoy; and the name behind a dash."""
    final = quotation.pieces[-1].tokens[-1].i
    rest = [t for t in quotation.last.tokens[final + 1 :] if id(t) not in quoted]
    named = _behind_dash(rest)
    if named is not None or behind is None or id(behind.tokens[0]) in quoted:
        return named
    same = behind.block is quotation.last.block
    if _behind_dash(behind.tokens) is not None and (same or not rest[1:]):
        return _behind_dash(behind.tokens)
    cut_off = same and (behind.tokens[0].text[:1].islower() or reports(behind.tokens[0]))
    return next((s for t in behind if (s := _subject_of_saying(t)) is not None), None) if cut_off else None


def _behind_dash(tokens: Sequence[Token]) -> Token | None:
    """The name that a dash introduces: — Stavros Malas, former minister."""
    words = [t for t in tokens if t.text not in CLOSING | STRAIGHT]
    if len(words) < 2 or words[0].text not in DASHES or words[1].pos not in ("PROPN", "NOUN"):
        return None
    names = [words[1]]
    for word in words[2:]:
        if word.pos != "PROPN":
            break
        names.append(word)
    heads = [t for t in names if t.head is None or t.head not in names]
    return heads[0] if heads else names[-1]


def _lead(quotation: Quotation) -> list[Token]:
    """What stands before the quotation in its own sentence, without the mark."""
    first = quotation.pieces[0].tokens[0].i
    return quotation.first.tokens[: max(first - 1, 0)]


def _announced(lead: Sequence[Token]) -> Token | None:
    """Whom words announce that end in a colon: "The bishops wrote:", "And from Mr Scholz:"."""
    if not lead or lead[-1].text != ":":
        return None
    saying = next((s for t in reversed(lead) if (s := _subject_of_saying(t)) is not None), None)
    subjects = (t for t in lead if t.dep in SUBJECTS and t.head in lead)
    nouns = [t for t in lead if t.pos in ("PROPN", "NOUN", "PRON")]
    return saying or next(subjects, None) or next((t for t in nouns if t.head not in nouns), None)


def _carried(quotation: Quotation, last: Quotation | None, before: Sentence | None) -> Token | None:
    """The speaker of the quotation right before, where the writer says nothing else in between."""
    if last is None or last.speaker is None:
        return None
    same = quotation.first is last.last
    next_sentence = before is last.last and quotation.pieces[0].tokens[0].i <= 1
    return last.speaker if same or next_sentence else None


def _turned_to(quotation: Quotation, before: Sentence | None, quoted: set[int]) -> Token | None:
    """The person whom the sentence before is about, where a quotation stands as sentences of its own:
    "Lavrov turned to the reporters. 'The deal is off.'" """
    if before is None or quotation.pieces[0].tokens[0].i > 1 or id(before.tokens[0]) in quoted:
        return None
    if quotation.first.block is not before.block:
        return None
    subject = before.root.child(*SUBJECTS)
    if subject is None:
        return None
    return subject if subject.ent == "PERSON" or subject.lower in PERSONAL else None
