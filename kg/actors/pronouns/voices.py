"""Who speaks inside quotation marks, as far as the sentence and the quotation's run say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kg.parsing.tree import Sentence, Token

_OPEN, _CLOSE, _EITHER = ("“", "«", "``"), ("”", "»", "''"), '"'
_COMPLEMENTS = ("ccomp", "parataxis", "obj", "xcomp")

Run = list[tuple[int, Token]]  # the quoted words of one sentence, with its number


def speakers(sentences: Sequence[Sentence], saying: Collection[str]) -> dict[tuple[int, int], Token]:
    """The speaker's head word for each word inside quotation marks, by sentence and position.

    A quotation's speaker is the subject of the verb of saying beside it; one that runs over several
    sentences keeps its speaker to its end. Words whose speaker is not named are left out.
    """
    found: dict[tuple[int, int], Token] = {}
    quotations = list(_quotations(sentences))
    quoted = {token for quotation in quotations for run in quotation for _, token in run}
    last_words = {t: n for n, sentence in enumerate(sentences) for t in sentence.tokens[-2:]}
    for quotation in quotations:
        speaker = _speaker(quotation, sentences, quoted, saying)
        if speaker is None:
            continue
        if (at := last_words.get(speaker)) is not None:
            speaker = _whole(speaker, sentences[at : at + 2])
        found.update({(s, t.i): speaker for run in quotation for s, t in run})
    return found


def _speaker(
    quotation: list[Run], sentences: Sequence[Sentence], quoted: Collection[Token], saying: Collection[str]
) -> Token | None:
    """Whose quotation it is: by its verb, else a verb in its sentences, else the sentence before."""
    runs = [(sentences[run[0][0]], [token for _, token in run]) for run in quotation]
    for _, run in runs:
        if (speaker := _governor(run, saying)) is not None:
            return speaker
    for sentence, run in runs:
        if (speaker := _beside(sentence, run, quoted, saying)) is not None:
            return speaker
    first = quotation[0][0][0]
    return _announcer(sentences[first - 1], saying) if first else None


def announced(sentences: Sequence[Sentence], saying: Collection[str]) -> dict[int, Token]:
    """The speaker of each sentence of a speech without quotation marks: after "The minister said:".

    It lasts until somebody is quoted with marks.
    """
    found: dict[int, Token] = {}
    speaker: Token | None = None
    for n, sentence in enumerate(sentences):
        if any(t.text in (*_OPEN, _EITHER) for t in sentence.tokens):
            speaker = None
        if speaker is not None:
            found[n] = speaker
        speaker = _announcer(sentence, saying) or speaker
    return found


def _announcer(sentence: Sentence, saying: Collection[str]) -> Token | None:
    """The subject of a verb of saying before a colon that ends the sentence."""
    if sentence.tokens[-1].text != ":":
        return None
    subjects = [t.child("nsubj") for t in sentence.tokens if t.lemma.lower() in saying]
    return next((s for s in reversed(subjects) if s is not None), None)


def _quotations(sentences: Sequence[Sentence]) -> Iterator[list[Run]]:
    """Each quotation as its runs of words, a run a sentence; a mark left open ends with the text.

    "We won," he said. "We did." is two quotations; a second one that opens a sentence right after
    joins the first. An opening mark inside an open quotation is one that should have closed it.
    """
    current: list[Run] = []
    is_open, last = False, -2
    for s, sentence in enumerate(sentences):
        run: Run = []
        for token in sentence.tokens:
            if is_open and _closes(token):
                is_open = False
            elif token.text in (*_OPEN, _EITHER):
                if current and _is_new(s, token, last):
                    yield current
                    current = []
                is_open, last = True, s
            elif is_open:
                run.append((s, token))
        if run:
            current.append(run)
            last = s
    if current:
        yield current


def _closes(token: Token) -> bool:
    """Whether a mark closes an open quotation; one that opens a sentence only takes it up again."""
    return token.text in (*_CLOSE, _EITHER) or (token.text in _OPEN and token.i > 0)


def _is_new(s: int, mark: Token, last: int) -> bool:
    """Whether a mark begins another quotation than the one whose words stood in sentence `last`."""
    return s > last + 1 or (s > last and mark.i > 1)


def _governor(run: list[Token], saying: Collection[str]) -> Token | None:
    """The subject of the verb of saying that governs a quotation, or is set into it."""
    inside = set(run)
    for token in run:
        verbs = [token.head] if token.dep in _COMPLEMENTS and token.head is not None else []
        verbs += [c for c in token.children if c.dep == "parataxis"]
        for verb in verbs:
            if verb not in inside and verb.lemma.lower() in saying:
                return verb.child("nsubj")
    return None


def _beside(
    sentence: Sentence, run: list[Token], quoted: Collection[Token], saying: Collection[str]
) -> Token | None:
    """The subject of the nearest verb of saying in the sentence, or whom it goes by "according to"."""
    named: list[tuple[int, Token]] = []
    for token in sentence.tokens:
        if token in quoted:
            continue
        speaker = token.head if token.lower == "according" else None
        if token.lemma.lower() in saying:
            speaker = token.child("nsubj")
        if speaker is not None and speaker not in quoted:
            named.append((min(abs(token.i - run[0].i), abs(token.i - run[-1].i)), speaker))
    return min(named, key=lambda pair: pair[0])[1] if named else None


def _whole(speaker: Token, sentences: Sequence[Sentence]) -> Token:
    """The name behind a title that a parser has cut off at its full stop: "said Col. | Travis"."""
    if len(sentences) < 2 or sentences[0].tokens[-1].text not in (".", speaker.text):
        return speaker
    after = sentences[1].tokens[0]
    return after if speaker.pos == "PROPN" and after.pos == "PROPN" else speaker
