"""The careful model's upper part: what is told of whom, read over all paragraphs of a text at once.

The language model reads a paragraph at a time. Here copies of its upper layers, which learnt events and roles
alone, go on from its lower layers over the whole text: which word tells which type of event, who does it and
to whom, whose words a statement is, and whom a pronoun or a description means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
ROLES = ("holder", "doer", "target", "antecedent")
EVENT = ("types", "modes", "realis", "modal", "negated")
NOBODY, OUTSIDE = -1, -2  # in place of a word: the article itself, or nobody; somebody outside the window
PIECES = 360  # that are read at a time
KEPT = 8  # words of each role that are kept of a word: nobody asks for the others
PARAGRAPHS = 64  # whose places are told apart


@dataclass(frozen=True)
class Lower:
    """What the language model's lower layers make of a paragraph."""

    pieces: NDArray[np.float16]  # [pieces, width]
    words: NDArray[np.int32]  # the row of the word that each piece belongs to, -1 for none
    shapes: list[int]  # of the words

    def parts(self) -> Iterator[tuple[int, Lower]]:
        """The paragraph in parts that one window takes, each with its first row; nearly always it is one."""
        begin = 0
        while begin < len(self.words):
            end = min(begin + PIECES, len(self.words))
            if end < len(self.words):  # no word is cut in two
                end = begin + int(np.flatnonzero(np.diff(self.words[begin : end + 1]))[-1]) + 1
            inside = self.words[begin:end]
            rows = inside[inside >= 0]
            first, last = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 0)
            if last:
                words = np.where(inside < 0, -1, inside - first).astype(np.int32)
                yield first, Lower(self.pieces[begin:end], words, self.shapes[first:last])
            begin = end


@dataclass(frozen=True)
class Told:
    """What is told of whom in a window: rows are the words of its paragraphs, one after the other."""

    probabilities: dict[str, Floats]  # by head of EVENT: [rows, classes]
    places: dict[str, NDArray[np.int32]]  # by role: [rows, KEPT], likeliest first; rows, NOBODY or OUTSIDE
    likely: dict[str, NDArray[np.float16]]  # the same places' probabilities

    def of(self, role: str, row: int) -> list[tuple[int, float]]:
        """(row, probability) of the likeliest words of a role."""
        found = zip(self.places[role][row].tolist(), self.likely[role][row].tolist(), strict=True)
        return [(place, likely) for place, likely in found if likely > 0]


class Upper:
    """Reads windows of paragraphs; made of an ONNX model."""

    def __init__(self, model: bytes = b"") -> None:
        self.model = model

    @cached_property
    def _session(self) -> Any:
        return session(self.model)

    def read(self, paragraphs: Sequence[Lower]) -> Told:
        """What is told of whom in some paragraphs."""
        begin = np.cumsum([0, *(len(p.shapes) for p in paragraphs)])
        words = np.concatenate(
            [np.where(p.words < 0, -1, p.words + b) for p, b in zip(paragraphs, begin, strict=False)]
        )
        pieces = np.flatnonzero(words >= 0)
        pool = np.zeros((1, int(begin[-1]), len(words)), np.float32)
        pool[0, words[pieces], pieces] = 1
        pool /= np.maximum(pool.sum(-1, keepdims=True), 1)
        number = [np.full(len(p.words), min(i, PARAGRAPHS - 1)) for i, p in enumerate(paragraphs)]
        given = {
            "lower": np.concatenate([p.pieces for p in paragraphs])[None].astype(np.float32),
            "par": np.concatenate(number)[None].astype(np.int64),
            "pool": pool,
            "shape": np.array([[s for p in paragraphs for s in p.shapes]], np.int64),
        }
        names = [*EVENT, *ROLES]
        found = dict(zip(names, (x[0] for x in self._session.run(names, given)), strict=True))
        best = {role: likeliest(softmax(found[role])) for role in ROLES}
        return Told(
            {head: softmax(found[head]) for head in EVENT},
            {role: places for role, (places, _) in best.items()},
            {role: likely for role, (_, likely) in best.items()},
        )


def session(model: bytes) -> Any:
    """An ONNX model on one thread of the processor, so that the same text gives the same numbers.

    Its weights are widened once: else onnxruntime rounds what goes through to eight bits as well, which is
    slower, and the last digit of a number, which differs from processor to processor, changes some answers.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, by row."""
    power = np.exp(scores - scores.max(-1, keepdims=True))
    return power / power.sum(-1, keepdims=True)  # type: ignore[no-any-return]


def likeliest(shares: Floats) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
    """The likeliest KEPT columns of each row and their shares; the first two are NOBODY and OUTSIDE."""
    few = min(KEPT, shares.shape[1])
    best = np.argpartition(-shares, few - 1, axis=1)[:, :few]
    order = np.argsort(-np.take_along_axis(shares, best, 1), axis=1, kind="stable")
    best = np.take_along_axis(best, order, 1)
    wide = ((0, 0), (0, KEPT - best.shape[1]))
    likely = np.pad(np.take_along_axis(shares, best, 1), wide)
    return np.pad(np.where(best < 2, -1 - best, best - 2), wide).astype(np.int32), likely.astype(np.float16)
