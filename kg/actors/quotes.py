"""Who speaks inside quotation marks, as far as the sentence and the quotation's run say."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kg.parse import Sentence, Token

_OPEN, _CLOSE, _EITHER = ("“", "«", "``"), ("”", "»", "''"), '"'
_COMPLEMENTS = ("ccomp", "parataxis", "obj", "xcomp")


def speakers(sentences: Sequence[Sentence], saying: Collection[str]) -> dict[tuple[int, int], Token]:
    """The speaker's head word for each word inside quotation marks, by sentence and position.

    A quotation's speaker is the subject of the verb of saying beside it; one that runs over several
    sentences keeps its speaker to its end. Words whose speaker is not named are left out.
    """
    found: dict[tuple[int, int], Token] = {}
    for quotation in _quotations(sentences):
        named = [s for run in quotation if (s := _speaker([t for _, t in run], saying)) is not None]
        if named:
            found.update({(s, t.i): named[0] for run in quotation for s, t in run})
    return found


def _quotations(sentences: Sequence[Sentence]) -> Iterator[list[list[tuple[int, Token]]]]:
    """Each quotation as its runs of words, a run a sentence; a mark left open ends with the text.

    "We won," he said. "We did." is two quotations; a second one that opens a sentence right after
    joins the first.
    """
    current: list[list[tuple[int, Token]]] = []
    is_open, last = False, -2
    for s, sentence in enumerate(sentences):
        run: list[tuple[int, Token]] = []
        for token in sentence.tokens:
            if _opens(token, is_open):
                if current and s != last and (s > last + 1 or token.i > 1):
                    yield current
                    current = []
                is_open, last = True, s
            elif is_open and token.text in (*_CLOSE, _EITHER):
                is_open = False
            elif is_open:
                run.append((s, token))
        if run:
            current.append(run)
            last = s
    if current:
        yield current


def _opens(token: Token, is_open: bool) -> bool:
    return token.text in _OPEN or (token.text == _EITHER and not is_open)


def _speaker(run: list[Token], saying: Collection[str]) -> Token | None:
    """The subject of the verb of saying that governs a quotation, or is set into it."""
    inside = {id(t) for t in run}
    for token in run:
        verbs = [token.head] if token.dep in _COMPLEMENTS and token.head is not None else []
        verbs += [c for c in token.children if c.dep == "parataxis"]
        for verb in verbs:
            if id(verb) not in inside and verb.lemma.lower() in saying:
                return verb.child("nsubj")
    return None
