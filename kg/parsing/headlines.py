"""Headlines in title case or capitals, put into the case that their article's own sentences show.

A parser takes the capitalised verb of "Minister Warns of Cuts" for a name. The article below says which words
are names: those that it writes with a capital inside sentences (after Lita et al., ACL 2003, from one text).
Where it does not use a word again, what the pipeline's training texts write small is small.
"""

import re
from collections.abc import Container, Iterable

from kg.english.morphology import stem

MOST_WORDS = 25  # a longer line is no headline
CAPITALS = 0.75  # share of a headline's longer words that begin with one
LONGER = 4  # letters: articles and prepositions stay small in title case
WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
# Behind these a capital says nothing: the word begins a sentence.
OPENINGS = tuple('.?!:;—–(["“‘«') + tuple(stop + mark for stop in ".?!" for mark in '"”’)')


def is_headline(line: str) -> bool:
    """Whether a paragraph is set like a headline.

    >>> is_headline("Minister Warns of New Cuts"), is_headline("The minister warned of cuts.")
    (True, False)
    """
    words: list[str] = WORD.findall(line)
    longer = [w for w in words if len(w) >= LONGER]
    if not 3 <= len(words) <= MOST_WORDS or len(longer) < 2 or line.rstrip().endswith("."):
        return False
    return sum(w[0].isupper() for w in longer) >= CAPITALS * len(longer)


class Cases:
    """Which words a text writes small, and which with a capital, inside its sentences; `common` are words
    (and their stems) that other texts write small."""

    def __init__(self, paragraphs: Iterable[str], common: Container[str] = ()) -> None:
        self.common = common
        self.small: set[str] = set()
        self.names: dict[str, str] = {}
        for paragraph in paragraphs:
            before = 0  # where the word before ends
            for match in WORD.finditer(paragraph):
                word = match[0]
                if word.islower():
                    self.small |= {word, stem(word)}
                elif before and not paragraph[before : match.start()].rstrip().endswith(OPENINGS):
                    self._remember(word)
                before = match.end()

    def _remember(self, name: str) -> None:
        """A name, as a sentence writes it rather than a dateline: "Beijing", not "BEIJING"."""
        known = self.names.setdefault(name.lower(), name)
        if known.isupper() and not name.isupper():
            self.names[name.lower()] = name

    def truecased(self, headline: str) -> str:
        """The headline, as long as before, its words written as in the text; unknown ones stay as they are.

        >>> Cases(["The minister warned Oman of new cuts."]).truecased("MINISTER WARNS OMAN OF CUTS")
        'Minister warns Oman of cuts'
        >>> Cases(["FIJI/OSLO - Oslo met Fiji."], {"talk"}).truecased("Fiji Talks to Oslo Again")
        'Fiji talks to Oslo Again'
        """
        first = WORD.search(headline)
        start = first.start() if first else 0
        return WORD.sub(lambda m: self._written(m[0], m.start() == start), headline)

    def _written(self, word: str, is_first: bool) -> str:
        lower = word.lower()
        if len(lower) != len(word):  # a letter that changes its length would move all that follows
            return word
        known = self.names.get(lower)
        if known is not None and lower not in self.small:
            return known
        if any(w in words for words in (self.small, self.common) for w in (lower, stem(lower))):
            return lower.capitalize() if is_first else lower
        return word


def as_name(label: str) -> str:
    """A speaker's name as a sentence writes it: "MR. PATEL" as "Mr. Patel"."""
    return WORD.sub(lambda m: m[0].capitalize() if m[0].isupper() and len(m[0]) > 1 else m[0], label)
