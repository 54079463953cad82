"""The careful language model as one spaCy component: an encoder with all heads, run by onnxruntime.

One pass over a paragraph finds its sentences, trees, tags, features and names, and leaves in
``doc.user_data["careful"]`` a vector a word and what the upper part of the model (`kg.parsing.upper`) reads
on from. Each paragraph is run by itself on one thread, so that its trees never depend on what stands beside
it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from kg.parsing.sequence import best_path
from kg.parsing.signals import KEY
from kg.parsing.trees import best_tree
from kg.parsing.upper import EVENT, Lower, Upper, session, softmax
from kg.parsing.wordpiece import BEGIN, END, SMALL, WordPieces, shape, spelled

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Floats = NDArray[np.float32]
PIECES = 480  # that the encoder takes at a time
WORDS = 220
ABBREVIATED = 0.08  # likelihood of a sentence's start behind an abbreviation
SURE = 0.9  # of a sentence's start within what looks like a name
WRITTEN = ["HEAD", "DEP", "TAG", "POS", "MORPH", "ENT_IOB", "ENT_TYPE"]  # of a Doc, in the order of its rows
PLAIN_CASE = 6  # of pieces that are no words
# Parts of speech of words written small that gold has in names: "Bank of Japan", "bin Salman", "al-Bashir".
IN_NAMES = ("ADP", "CCONJ", "DET", "PART", "PROPN")
NEVER = -99.0  # counts of what may not be, in `best_path`


@dataclass
class Scores:
    """What the model says of a paragraph beside its parse; rows are the words that are no white space."""

    tokens: list[int]  # the token that each row stands for
    vectors: NDArray[np.float16]
    lower: Lower  # what the upper part reads
    labels: dict[str, list[str]]  # the classes of each head of the upper part
    made_with: str
    upper: Upper


class Careful:
    """The component: set up from a folder, called with a Doc."""

    def __init__(self, vocab: Vocab, name: str = "parser", keep: bool = True) -> None:
        self.vocab, self.name, self.keep = vocab, name, keep
        self.names: dict[str, list[str]] = {}
        self.steps = np.zeros((0, 0), np.float32)
        self.made_with = ""
        self._session: Any = None
        self._model = b""
        self._upper = Upper()
        self._pieces = WordPieces(())

    def set_up(
        self,
        model: bytes,
        names: dict[str, list[str]],
        steps: list[list[float]],
        vocabulary: list[str],
        upper: bytes = b"",
    ) -> Careful:
        """Take a model (ONNX), the classes of its heads, what a tag of names counts for behind each other
        one (`best_path`), the encoder's vocabulary and the upper part."""
        self._session = session(model)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._upper = Upper(upper)
        self._model, self.names, self._pieces = model, names, WordPieces(vocabulary)
        self.steps = np.array(steps, np.float32)
        self.made_with = hashlib.sha256(model).hexdigest()[:16]
        strings = self.vocab.strings
        self._keys = {k: np.array([strings.add(n) for n in names[k]], np.uint64) for k in ("deps", "tags")}
        self._keys["pos"] = np.array([strings.add(n) for n in names["pos"]], np.uint64)
        morphs = ["" if m == "_" else m for m in names["morphs"]]
        self._keys["morphs"] = np.array([self.vocab.morphology.add(m) for m in morphs], np.uint64)
        self._in_names, self._proper = np.isin(names["pos"], IN_NAMES), names["pos"].index("PROPN")
        self._root = names["deps"].index("ROOT")
        self._space = {k: strings.add(v) for k, v in (("tags", "_SP"), ("deps", "dep"), ("pos", "SPACE"))}
        self._no_feature = self.vocab.morphology.add("")
        return self

    @property
    def labels(self) -> tuple[str, ...]:
        """Relations, as a parser tells them."""
        return tuple(self.names.get("deps", ()))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a text."""
        tokens = [t.i for t in doc if not t.is_space]
        if tokens:
            self._write(doc, tokens, self._read(doc, tokens))
        elif len(doc):
            self._write_blank(doc)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Annotate texts, one after the other."""
        for doc in stream:
            yield self(doc)

    def _read(self, doc: Doc, tokens: list[int]) -> dict[str, Any]:
        """All of the model's decisions on a text's words, window by window."""
        words = [doc[i].text for i in tokens]
        pieces = [self._pieces(word) for word in spelled(words)]
        shapes = [shape(word) for word in words]
        preset = [doc[i].is_sent_start for i in tokens]
        parts: list[dict[str, Any]] = []
        start = 0
        while start < len(words):
            end, total = start, 0
            while end < len(words) and end - start < WORDS and total + len(pieces[end]) <= PIECES:
                total += len(pieces[end])
                end += 1
            part = self._run(pieces[start:end], shapes[start:end])
            starts = _starts(part, words[start:end], preset[start:end], self.names["ents"])
            taken = end - start
            if end < len(words):  # the last sentence may go on: it is read again with what follows
                last = int(np.flatnonzero(starts)[-1])
                taken = last or taken
            parts.append(self._decided(part, starts, taken, start))
            start += taken
        return {key: _joined(parts, key) for key in parts[0]} | {"shapes": shapes}

    def _run(self, pieces: list[tuple[int, ...]], shapes: list[int]) -> dict[str, Any]:
        counts = [len(p) for p in pieces]
        n, length = len(pieces), sum(counts) + 2
        ids = np.empty((1, length), np.int64)
        ids[0] = [BEGIN, *(i for p in pieces for i in p), END]
        case = np.full((1, length), PLAIN_CASE, np.int64)
        case[0, 1:-1] = np.repeat(shapes, counts)
        pool = np.zeros((1, n, length), np.float32)
        place = np.repeat(np.arange(n), counts)
        pool[0, place, np.arange(1, length - 1)] = 1.0 / np.repeat(counts, counts)
        given = {"ids": ids, "case": case, "pool": pool, "shape": np.array([shapes], np.int64)}
        got = self._session.run(self._outputs, given)
        found = {name: value[0] for name, value in zip(self._outputs, got, strict=True)}
        return found | {"names": self._tags(found, shapes), "words": np.concatenate([[-1], place, [-1]])}

    def _tags(self, found: dict[str, Any], shapes: list[int]) -> NDArray[np.int64]:
        """The tags of names, by number: the first is that of words in none. None begins or ends with a word
        that only joins its parts."""
        parts = found["pos"].argmax(1)
        small = np.array(shapes) == SMALL
        scores = found["ents"].copy()
        scores[small & ~self._in_names[parts], 1:] += NEVER
        tags = best_path(scores, self.steps)
        joins = small & (parts != self._proper)
        for order in (range(len(tags)), range(len(tags) - 1, -1, -1)):
            within = False
            for i in order:
                if joins[i] and not within:
                    tags[i] = 0
                within = tags[i] > 0
        return tags

    def _decided(
        self, part: dict[str, Any], starts: NDArray[np.bool_], taken: int, at: int
    ) -> dict[str, Any]:
        """Trees and labels of the first `taken` words of a window that begins at word `at`."""
        bounds = [*np.flatnonzero(starts[:taken]).tolist(), taken]
        heads = np.zeros(taken, np.int64)  # 0 is the root, k the k-th word of the window
        for s, e in pairwise(bounds):
            arcs = part["arcs"][s:e]
            scores = np.concatenate([arcs[:, :1], arcs[:, s + 1 : e + 1]], 1).astype(np.float64)
            tree = best_tree(scores - scores.max(1, keepdims=True)) if e - s > 1 else np.zeros(1, np.int64)
            heads[s:e] = np.where(tree == 0, 0, tree + s)
        labels = np.einsum("wld,wd->wl", part["relations"][:taken], part["governors"][heads])
        labels[:, self._root] = -1e9
        deps = np.where(heads == 0, self._root, labels.argmax(1))
        out: dict[str, Any] = {
            "heads": np.where(heads == 0, -1, heads - 1 + at),
            "deps": deps,
            "starts": starts[:taken],
        }
        out |= {key: part[key][:taken].argmax(1) for key in ("tags", "pos", "morphs")}
        out["names"] = part["names"][:taken]
        out["vectors"] = part["vectors"][:taken]
        pieces = part["words"] < taken
        out["lower"] = part["lower"][pieces].astype(np.float16)
        out["words"] = np.where(part["words"][pieces] < 0, -1, part["words"][pieces] + at).astype(np.int32)
        return out

    def _write(self, doc: Doc, tokens: list[int], found: dict[str, Any]) -> None:
        n, index = len(doc), np.array(tokens)
        rows = np.zeros((n, len(WRITTEN)), np.uint64)
        blank = np.ones(n, bool)
        blank[index] = False
        relative = np.zeros(n, np.int64)
        heads = np.where(found["heads"] < 0, np.arange(len(index)), found["heads"])
        relative[index] = index[heads] - index
        spaces = np.flatnonzero(blank)  # white space hangs on the word before it
        relative[spaces] = index[np.maximum(np.searchsorted(index, spaces) - 1, 0)] - spaces
        rows[:, 0] = relative.astype(np.uint64)
        for column, key in ((1, "deps"), (2, "tags"), (3, "pos")):
            rows[index, column] = self._keys[key][found[key]]
            rows[blank, column] = self._space[key]
        rows[index, 4], rows[blank, 4] = self._keys["morphs"][found["morphs"]], self._no_feature
        rows[:, 5] = 2
        kinds = _names(found["names"], found["starts"], self.names["ents"])
        for i, (iob, kind) in zip(tokens, kinds, strict=True):
            rows[i, 5], rows[i, 6] = iob, self.vocab.strings.add(kind) if kind else 0
        doc.from_array(WRITTEN, rows)  # type: ignore[arg-type]
        if self.keep:
            labels = {key: self.names[key] for key in EVENT}
            lower = Lower(found["lower"], found["words"], found["shapes"])
            vectors = found["vectors"].astype(np.float16)
            doc.user_data[KEY] = Scores(tokens, vectors, lower, labels, self.made_with, self._upper)

    def _write_blank(self, doc: Doc) -> None:
        rows = np.zeros((len(doc), len(WRITTEN)), np.uint64)
        rows[:, 0] = (-np.arange(len(doc), dtype=np.int64)).astype(np.uint64)
        rows[:, 1] = self._space["deps"]
        rows[0, 1] = self.vocab.strings.add("ROOT")
        rows[:, 2], rows[:, 3], rows[:, 4] = self._space["tags"], self._space["pos"], self._no_feature
        rows[:, 5] = 2
        doc.from_array(WRITTEN, rows)  # type: ignore[arg-type]

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model, the classes and the vocabulary to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "model.onnx").write_bytes(self._model)
        (folder / "upper.onnx").write_bytes(self._upper.model)
        (folder / "classes.json").write_text(json.dumps(self.names, indent=0), encoding="utf-8")
        (folder / "steps.json").write_text(json.dumps(self.steps.tolist()), encoding="utf-8")
        words = sorted(self._pieces.places, key=self._pieces.places.__getitem__)
        (folder / "pieces.txt").write_text("\n".join(words), encoding="utf-8")

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Careful:
        """Read what `to_disk` wrote."""
        folder = Path(path)
        names, steps = (
            json.loads((folder / f"{part}.json").read_text(encoding="utf-8")) for part in ("classes", "steps")
        )
        vocabulary = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")
        model, upper = ((folder / f"{part}.onnx").read_bytes() for part in ("model", "upper"))
        return self.set_up(model, names, steps, vocabulary, upper)


@Language.factory(
    "kg_careful",
    assigns=["token.dep", "token.head", "token.tag", "token.pos", "token.morph", "doc.ents", "doc.sents"],
    default_config={"keep": True},
)
def make(nlp: Language, name: str, keep: bool) -> Careful:
    """The component for a pipeline; `keep` says whether docs carry the scores."""
    return Careful(nlp.vocab, name, keep)


def _joined(parts: list[dict[str, Any]], key: str) -> Any:
    return parts[0][key] if len(parts) == 1 else np.concatenate([part[key] for part in parts])


def _starts(
    part: dict[str, Any], words: list[str], preset: list[bool | None], names: list[str]
) -> NDArray[np.bool_]:
    """Where sentences begin: where the model says so and nothing forbids it; in a name only if it is sure;
    behind "U.S.", whose stop may be the sentence's too, where it half thinks so and no name goes on."""
    likely = softmax(part["start"])[:, 1]
    tags = [names[i] for i in part["names"]]
    starts: NDArray[np.bool_] = likely > 0.5
    for i in range(1, len(words)):
        tag, before = tags[i], words[i - 1]
        if tag[0] == "I" and tags[i - 1][2:] == tag[2:] and likely[i] < SURE:
            starts[i] = False
        elif tag == "O" and words[i].istitle() and before[-1:] == "." and before.count(".") > 1:
            starts[i] = likely[i] > ABBREVIATED
        if preset[i] is not None:
            starts[i] = bool(preset[i])
    starts[0] = True
    return starts


def _names(ents: NDArray[np.int64], starts: NDArray[np.bool_], names: list[str]) -> list[tuple[int, str]]:
    """(spaCy's number for B, I or O, kind) of each word; no name runs over the start of a sentence."""
    found, before = [], ""
    for number, start in zip(ents.tolist(), starts.tolist(), strict=True):
        tag = names[number]
        kind = tag[2:]
        goes_on = tag[0] == "I" and kind == before and not start
        found.append((2 if not kind else 1 if goes_on else 3, kind))
        before = kind
    return found
