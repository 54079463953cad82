"""Copies of one report: wire copy that others print cut, with their own headline or with words changed.

Two texts are copies where most of the shorter one's runs of words stand in the longer one as well (its
containment: Broder 1997). Reports of the same event that were written independently share names and
quotations, but few runs. A text is kept as hashes of its runs, so that it can be compared with thousands
of others without any of them being read again.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from hashlib import blake2b
from typing import Generic, TypeVar

RUN = 3  # words in a run: of 2, independent reports share more; of 5, fewer survive an edited sentence
FEWEST = 12  # runs that a text needs to be anybody's copy: two alerts of a line may well say the same
# Of the shorter text's runs, so many must stand in the longer. Chosen on the first half of
# tests/cases/copies.toml: there independent reports share .05 at most, .23 where both end on the wire's
# background; nine in ten pairs of copies share .40 and more, even where one was cut and the other edited.
SHARE = 0.35
REMEMBERED = 200  # texts for each run: what thousands have (a credit, a disclaimer) makes no pairs

_WORD = re.compile(r"[^\W_]+")

Sketch = frozenset[int]
Key = TypeVar("Key", bound=Hashable)


def sketch(text: str) -> Sketch:
    """The hashes (64 bits) of a text's runs of words, case and punctuation aside.

    >>> sketch("Iran, Iraq and Oman met.") == sketch("IRAN – Iraq and Oman met")
    True
    """
    words = _WORD.findall(text.lower())
    runs = zip(*(words[k:] for k in range(RUN)), strict=False)
    return frozenset(int.from_bytes(blake2b(" ".join(run).encode(), digest_size=8).digest()) for run in runs)


def share(one: Sketch, other: Sketch) -> float:
    """Of the shorter text's runs, the share that the longer has too (0..1); 0 for texts of a line."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= FEWEST else 0.0


class Copies(Generic[Key]):
    """Texts by key, each in the group of the report that it is a copy of."""

    def __init__(self) -> None:
        self._sketches: dict[Key, Sketch] = {}
        self._having: dict[int, list[Key]] = defaultdict(list)
        self._group: dict[Key, list[Key]] = {}

    def add(self, key: Key, text: Sketch) -> Key:
        """Remembers a text; gives the key of the first text of its group, its own where it is no copy.

        It belongs to a group if it is a copy of more than half of it: a digest that prints five reports
        does not make one of them.
        """
        near = Counter(self._group[other][0] for other in self.of(text))
        most = [(first, count) for first, count in near.items() if 2 * count > len(self._group[first])]
        group = self._group[max(most, key=lambda found: found[1])[0]] if most else []
        group.append(key)
        self._group[key], self._sketches[key] = group, text
        for run in text:
            if len(self._having[run]) < REMEMBERED:
                self._having[run].append(key)
        return group[0]

    def of(self, text: Sketch) -> list[Key]:
        """The keys of the texts that this one is a copy of, or that are copies of it."""
        shared = Counter(key for run in text for key in self._having.get(run, ()))
        # Runs that many have were not counted for all of them, so half is enough to look closer.
        needed = {key: SHARE / 2 * min(len(text), len(self._sketches[key])) for key in shared}
        likely = [key for key, count in shared.items() if count >= needed[key]]
        return [key for key in likely if share(text, self._sketches[key]) >= SHARE]


def groups(texts: Iterable[str]) -> list[list[int]]:
    """The texts, by their number, parted into reports: each group is one report and its copies.

    >>> story = "Iran said on Monday that it would not attend the talks in Oman, which begin on Friday, "
    >>> story += "unless the sanctions on its banks are lifted."
    >>> groups([story, "Peru and Chile signed a treaty on fishing in Lima.", "MUSCAT (Wire) - " + story])
    [[0, 2], [1]]
    """
    copies: Copies[int] = Copies()
    found: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        found[copies.add(number, sketch(text))].append(number)
    return list(found.values())
