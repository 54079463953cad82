"""What a parser reads of a paragraph: its words without markup, each character with its place in the text.

White space becomes one blank; entities, tags, emphasis, footnote marks, soft hyphens, emoji and addresses
are no words. The text itself is never rewritten: what is read keeps the places of what stands there.
"""

import html
import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

Match = re.Match[str]

_EMOJI = "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u20e3"
_INLINE = "a|abbr|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|u"

# What each kind of piece is read as. The first that fits counts, so longer ones come first. What begins with
# white space begins where that begins: tried again at each blank of many, time would grow with their square.
_RULES: tuple[tuple[str, str, str | Callable[[Match], str]], ...] = (
    ("address", r"(?:https?://|www\.)[^\s<>()\[\]]+[^\s<>()\[\].,;:!?'\"”’]", ""),
    ("link", r"\]\((?:https?://|/)[^()\s]*\)", ""),
    ("linked", r"\[(?=[^\[\]\n]+\]\((?:https?://|/))", ""),
    ("note", r"\[(?:\d{1,3}|[a-z]|citation needed|note \d+)\]|(?<=[^\W\dm]|[.,;!?”\"’)])[⁰¹²³⁴-⁹]+", ""),
    ("break", r"(?i:<(?:br|hr|/?p|/?div|/?li)\b[^<>]{0,200}>)", " "),
    ("tag", rf"(?i:</?(?:{_INLINE})\b[^<>]{{0,200}}>)", ""),
    ("entity", r"&(?:#\d{1,7}|#x[\da-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});", lambda m: html.unescape(m[0])),
    ("unseen", "[\u00ad\u200b-\u200f\u2060\ufeff]", ""),
    ("heading", r"(?m:^[ \t]{0,3}#{1,6}[ \t]+)", ""),
    ("strong", r"\*\*(?=\S)|(?<=\S)\*\*|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)", ""),
    ("emphasis", r"(?<![\w*])\*(?=[^\s*][^*\n]{0,200}\*)|(?<=[^\s*])\*(?![\w*])", ""),
    ("hashtags", r"(?:(?<!\S)#\w+\s+)+#\w+(?!\S)|(?<!\s)(?:\s+#\w+)+\s*\Z", " "),
    ("hash", r"(?<![\w&#])#(?=[^\W\d])", ""),
    ("emoji", rf"(?:(?<!\s)\s+)?[{_EMOJI}][\u200d{_EMOJI}]*", ""),
    ("hyphen", r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[a-zà-ÿ])", "-"),
    ("dashes", r"(?<=\w)--+(?=\w)", " -- "),
    ("elision", r"(?<=[^\W\d_])[‘`´](?=(?:t|s|re|ve|ll|d|m)\b)", "’"),
    ("stop", r"(?<=[a-zà-ÿ][?!])(?=[A-Z])|(?<=[a-zà-ÿ]{2}\.)(?=[A-Z][a-zà-ÿ]*\s)", " "),
    ("blank", r"\s+", " "),
)
_PIECES = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _RULES))
_HALF = 50  # characters: no half of a word is longer
_READ_AS = {name: read for name, _, read in _RULES}


@dataclass(frozen=True, slots=True)
class Plain:
    """What is read, and where each of its characters begins and ends in the text."""

    text: str
    starts: list[int]
    ends: list[int]

    def without(self, cuts: Iterable[tuple[int, int]]) -> "Plain":
        """What is left where pieces, in their order, are cut out.

        >>> plain_as_it_is("on the way").without([(3, 7)])
        Plain(text='on way', starts=[0, 1, 2, 7, 8, 9], ends=[1, 2, 3, 8, 9, 10])
        """
        kept, done = [], 0
        for start, end in cuts:
            kept.append(slice(done, start))
            done = end
        kept.append(slice(done, None))
        return Plain(
            "".join(self.text[piece] for piece in kept),
            [start for piece in kept for start in self.starts[piece]],
            [end for piece in kept for end in self.ends[piece]],
        )


def plain_as_it_is(text: str) -> Plain:
    """A text of which nothing is left out."""
    return Plain(text, list(range(len(text))), list(range(1, len(text) + 1)))


def plain(text: str, words: Container[str] = ()) -> Plain:
    """A paragraph as a parser should read it; `words` tell whether a hyphen at a line's end is a word's own.

    >>> plain("The <b>army</b>&nbsp;left [Afrin](https://x.example/a).[3]").text
    'The army left Afrin.'
    >>> plain("fol-\\nlowing"). text, plain("well-\\nknown", {"well", "known"}).text
    ('following', 'well-known')
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(read: str, start: int, end: int) -> None:
        if len(read) == end - start:  # character by character
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(read))
            ends.extend([end] * len(read))
        pieces.append(read)

    done = 0
    for match in _PIECES.finditer(text):
        add(text[done : match.start()], done, match.start())
        add(_read(match, text, words), match.start(), match.end())
        done = match.end()
    add(text[done:], done, len(text))
    return Plain("".join(pieces), starts, ends)


def _read(match: Match, text: str, words: Container[str]) -> str:
    name = match.lastgroup or ""
    read = _READ_AS[name]
    if name == "hyphen":
        return "-" if _is_compound(text, match, words) else ""
    found = read if isinstance(read, str) else read(match)
    return " " if found.isspace() else found


def _is_compound(text: str, match: Match, words: Container[str]) -> bool:
    """Whether both halves around a hyphen are words and both together none: "well-known"."""
    before = re.search(r"[^\W\d_]+\Z", text[max(0, match.start() - _HALF) : match.start()])
    after = re.match(r"[^\W\d_]+", text[match.end() :])
    halves = [m[0].lower() for m in (before, after) if m]
    return len(halves) == 2 and all(h in words for h in halves) and "".join(halves) not in words
