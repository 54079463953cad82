"""Which words tell an act of politics, war or diplomacy, of which type and mode, and whether it took place.

The careful model decides it by a head of its own, learnt with the trees; its card says from what, how well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.parsing.tree import Sentence, Token

NONE = "none"
HAPPENED = "happened"
# From this probability on a word is an act.
THRESHOLD = 0.5
MODE_THRESHOLD = 0.5
LIGHT = frozenset({"obj", "obl", "nsubj:pass", "xcomp", "ccomp", "nmod", "compound"})


@dataclass(frozen=True, slots=True)
class Act:
    """A word that tells an act; `sure` is how likely the type is, `happened` that it took place."""

    word: Token
    sentence: Sentence
    type: str
    mode: str | None
    happened: float
    sure: float


def acts(sentences: Sequence[Sentence], threshold: float = THRESHOLD) -> list[Act]:
    """The acts of a document in its order; none where the pipeline has no such head."""
    return [act for sentence in sentences for act in _distinct(list(_acts_of(sentence, threshold)))]


def _acts_of(sentence: Sentence, threshold: float) -> Iterator[Act]:
    signals = sentence.signals
    if not signals:
        return
    for word in sentence:
        likely = signals.of("types", word.start)
        kind, sure = max(likely.items(), key=lambda pair: pair[1], default=(NONE, 0.0))
        if kind == NONE or sure < threshold:
            continue
        mode, mode_sure = _best(signals.of("modes", word.start))
        happened = signals.of("realis", word.start).get(HAPPENED, 1.0)
        yield Act(word, sentence, kind, mode if mode_sure >= MODE_THRESHOLD else None, happened, sure)


def _best(likely: dict[str, float]) -> tuple[str | None, float]:
    return max(likely.items(), key=lambda pair: pair[1], default=(None, 0.0))


def _distinct(found: list[Act]) -> list[Act]:
    """Of a verb and its own noun that tell one act ("carried out raids") the surer."""
    by_word = {id(act.word): act for act in found}
    dropped: set[int] = set()
    for act in found:
        above = by_word.get(id(act.word.head))
        if above is not None and above.type == act.type and act.word.dep in LIGHT:
            dropped.add(id(min(above, act, key=lambda a: a.sure).word))
    return [act for act in found if id(act.word) not in dropped]
