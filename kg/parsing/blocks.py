"""How a text is laid out: paragraphs, items of lists, turns of a transcript, and what is no text at all.

Each block is parsed for itself, so that no sentence runs over its end. Lines are told from wrapped text by
the rule that wrapping follows: a line ends where the next word would not have fitted any more.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kg.english.time_words import MONTHS, WEEKDAYS
from kg.parsing.tree import Block, Kind

# Runs of blanks are looked at from their beginning alone, so that time grows with the text.
BLANK_LINES = r"(?<![ \t\r])[ \t\r]*\n[ \t\r]*(?:\n[ \t\r]*)+"
CODE = r"^```(?:.*\n)+?```[ \t]*$"  # fenced, as Markdown has it: no text
BETWEEN = re.compile(rf"{BLANK_LINES}|{CODE}", re.MULTILINE)
FILLED = re.compile(r"\S")
NEXT_WORD = re.compile(r"\s*(\S+)")
LINE_END = re.compile(r"(?<![ \t\r])[ \t\r]*\n")
# "• Talks stall", "- …", "1) …", "(a) …", "iv. …": what begins an item of a list.
BULLET = re.compile(
    r"[ \t]*(?:[•‣▪◦●∙·■►▶➤➢✓★*]|[-–—](?=\s)|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})\)|(?:\d{1,2})\.(?=\s))[ \t]*"
    r"(?=\S)"
)
NARROWEST, WIDEST = (
    40,
    120,
)  # characters of the longest line of a text that was wrapped by hand or by a mailer
WRAPPED_SHARE = 0.2  # of its line ends, so many are followed by a small letter

# A speaker's name before what he says: "MINISTER SIKORSKI:", "Hua Chunying:", "HALEY (United States):", "Q:".
_WORD = r"(?:[A-ZÀ-ÖØ-Þ][\w.'’&-]*|(?:de|del|da|di|van|von|der|den|bin|bint|al|el|of|the|for|and|la|le)\b)"
_TIME = r"(?P<time>\W?\d{1,2}:\d\d(?::\d\d)?\W?[ \t]*)?(?:[-–—>*]{1,2}[ \t]*)?"
_NOTE = r"(?P<note>\([^()\n]{1,60}\)|\[[^\[\]\n]{1,60}\])"
_NAME = rf"(?P<label>{_WORD}(?:[ \t]+{_WORD}){{0,6}}(?:,[ \t]+[A-Z][\w.'’ -]{{0,40}})?)"
TURN = re.compile(rf"[ \t]*{_TIME}{_NAME}[ \t]*(?:{_NOTE}[ \t]*)?:(?=\s)[ \t]*")
# "Q. …", "Q Mr. President, …", and in print of long ago "QUESTION. …".
LETTER = re.compile(r"[ \t]*(?P<label>[QA]|[A-Z]{5,})(?:[.:](?=\s)|(?<=\b[QA])(?=[ \t]+[A-Z]))[ \t]*")
HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Rt Hon|Hon|Prof|Gen|Col|Amb)\b", re.IGNORECASE)
LABELS = 2  # turns that make a transcript
REPORT = 2  # paragraphs of so many characters before the first turn: a report that quotes an exchange
PARAGRAPH = 120
NO_SPEAKERS = frozenset(
    "note update breaking related correction summary background photo video analysis opinion exclusive read "
    "editor's source sources key factbox highlights live watch caption credit ps p.s nb topics tags".split()
) | frozenset(MONTHS) | frozenset(WEEKDAYS)  # fmt: skip

# Lines that frame an article and are no part of it.
_NAMES = r"[A-Z][\w.'’-]+(?:\ [A-Z][\w.'’-]+){0,3}"
FURNITURE = re.compile(
    rf"""\s*(?:
        (?:read\ (?:more|also|next)|related|see\ also|more\ on\ this|also\ read|watch|listen|recommended|
           most\ read|you\ may\ also\ like)(?:\s*[:|>»→–—-][^\n]{{0,160}})?
      | (?:share|tweet|print|e-?mail|save)(?:\ (?:this|on|via|by|with)\b[^.\n]{{0,60}})?
      | (?:comments?|advertisement|sponsored|newsletters?)(?:\ (?:content|post|\(\d+\)))?
      | (?:subscribe|sign\ up|sign\ in|log\ in)(?:\ (?:now|today|here|to|for)\b[^\n]{{0,100}})?
      | (?:terms|privacy|cookies?|contact)(?:\ (?:of\ use|policy|us))?(?:\s*[|·/]\s*\w+(?:\ \w+){{0,4}})*
      | follow\ (?:@\w+|us)\b[^\n]{{0,120}}
      | already\ a\ subscriber[^\n]{{0,60}}
      | to\ (?:read|continue\ reading|see|access)\ the\ (?:full|whole|rest)[^\n]{{0,60}}
           \ subscribe[^\n]{{0,60}}
      | you(?:'re|’re|\ are)?\ (?:receiv(?:e|ed|ing)|get|getting|got)\ this
           \ (?:e-?mail|newsletter|message|because)[^\n]{{0,160}}
      | (?:to\ )?unsubscribe\b[^\n]{{0,160}}
      | (?:we|this\ (?:web)?site|our\ (?:web)?site)\ uses?\ cookies\b[^\n]{{0,300}}
      | we\ and\ our\ (?:\d+\ )?partners\ [^\n]{{0,120}}\b(?:cookies|your\ device)\b[^\n]{{0,200}}
      | (?:(?:file\ )?photo|photograph|image|picture|video|graphic|map|caption|credits?)\s*
           (?:by|:|©|/)[^\n]{{0,160}}
      | (?:©|\(c\)|copyright)[^\n]{{0,160}}
      | all\ rights\ reserved[^\n]{{0,60}}
      | \(?(?:additional\ )?(?:reporting|writing|editing|compiled|translated|produced)\ by\ [^\n]{{0,240}}
      | this\ (?:article|story|report)\ (?:was|has\ been)\ (?:amended|updated|corrected)[^\n]{{0,200}}
      | by\ {_NAMES}(?:(?:,|\ and)\ {_NAMES}){{0,4}}
    )\s*""",
    re.IGNORECASE | re.VERBOSE,
)
BYLINE = re.compile(r"\s*by\s", re.IGNORECASE)
# "NICOSIA, Cyprus, May 4 (Agencies) — …": where an article comes from, before its first words. What follows
# begins as a sentence does, so that "NATO – which met here – …" is none.
DATELINE = re.compile(
    r"""(?P<dateline>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’/ -]*[A-ZÀ-ÖØ-Þ]     # the place, in capitals
         (?:,\ [A-Z0-9][\w.'’ -]{2,30}){0,2}                      # its country, the day
         (?:\ \([A-Z][\w./, -]{1,30}\))?\.?\s*(?:--|[-–—]))\s+
        (?=["“„‘'«A-ZÀ-ÖØ-Þ\d])""",
    re.VERBOSE,
)

# "21:46 Water cannon …", "9.15am: …", "[14:02 GMT] …": when an entry of a live report was written.
CLOCK = re.compile(
    r"""(?P<clock>[\[(]?(?:[01]?\d|2[0-4])(?::[0-5]\d(?::[0-5]\d)?(?:\ ?[aApP]\.?[mM]\b\.?)?
                       |(?:[.][0-5]\d)?\ ?[aApP]\.?[mM]\b\.?)
         (?:\ (?:GMT|UTC|BST|EST|EDT|ET|CET|CEST|EET|IST|PT|local\ time))?[\])]?)
        \s*(?:[-–—:|•]\s*)?(?=["“„‘'«A-ZÀ-ÖØ-Þ])""",
    re.VERBOSE,
)


def blocks(text: str) -> list[Block]:
    """The blocks of a text in its order; never empty.

    >>> text = "Key points:\\n• Talks stall\\n• The envoy\\nleft."
    >>> [(b.kind, text[b.start : b.end]) for b in blocks(text)]
    [('paragraph', 'Key points:'), ('item', 'Talks stall'), ('item', 'The envoy\\nleft.')]
    >>> text = "HOST: Who fired?\\n\\nGUEST: The army did.\\n\\nIt fled."
    >>> [(b.kind, text[b.start : b.end], b.turn) for b in blocks(text)][2:]
    [('label', 'GUEST', 18), ('paragraph', 'The army did.', 18), ('paragraph', 'It fled.', 18)]
    """
    lines = [part for block in _lines(text) for part in _without_furniture(text, block)]
    told = [part for block in lines for part in _without_dateline(text, block)]
    found = [part for block in told for part in _without_clock(text, block)]
    return _turns(text, found) or [Block(0, len(text))]


# ── Paragraphs and lines ─────────────────────────────────────────────────────────────────────────


def _lines(text: str) -> Iterator[Block]:
    """Paragraphs parted by blank lines, and within them lines that were not wrapped, and items."""
    width = _width(text)
    for start, end in _between(text, BETWEEN.finditer(text)):
        first = start
        for match in LINE_END.finditer(text, start, end):
            at, after = match.span()
            if _ends_line(text, first, at, after, end, width):
                yield from _item(text, first, at)
                first = after
        yield from _item(text, first, end)


def _between(text: str, matches: Iterator[re.Match[str]]) -> Iterator[tuple[int, int]]:
    start = 0
    for match in matches:
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _width(text: str) -> int | None:
    """The width to which a text was wrapped; None where its line ends mean something.

    In wrapped text many lines go on with a small letter, and none is much longer than a screen is wide.
    """
    lines = [line.strip() for line in text.splitlines()]
    width = max(map(len, lines), default=0)
    following = [line for before, line in pairwise(lines) if before and line]
    small = sum(line[0].islower() for line in following)
    wrapped = NARROWEST <= width <= WIDEST and small > WRAPPED_SHARE * len(following)
    return width if wrapped else None


def _ends_line(text: str, first: int, at: int, after: int, end: int, width: int | None) -> bool:
    """Whether the line end between `at` and `after` parts two blocks."""
    following = NEXT_WORD.match(text, after, end)
    if following is None or not FILLED.search(text, first, at):
        return True
    if BULLET.match(text, after, end) or TURN.match(text, after, end):
        return True
    if following[1][0].islower() or text[at - 1] in "-\u00ad,":
        return False  # the sentence goes on
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if width is None:
        return True
    return len(line) + 1 + len(following[1]) <= width


def _item(text: str, start: int, end: int) -> Iterator[Block]:
    """A block without the white space around it and the bullet before it."""
    bullet = BULLET.match(text, start, end)
    kind: Kind = "item" if bullet else "paragraph"
    start = bullet.end() if bullet else start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Block(start, end, kind)


# ── What is no text ──────────────────────────────────────────────────────────────────────────────


def _without_furniture(text: str, block: Block) -> Iterator[Block]:
    """The block, marked where it only frames the article."""
    match = FURNITURE.fullmatch(text, block.start, block.end)
    names = match is None or not BYLINE.match(text, block.start) or _are_names(text[block.start : block.end])
    furniture = match is not None and names
    yield replace(block, kind="furniture") if furniture else block


def _without_dateline(text: str, block: Block) -> Iterator[Block]:
    """The block without the dateline before it, which is parsed for itself and says nothing of anybody."""
    match = DATELINE.match(text, block.start, block.end) if block.kind == "paragraph" else None
    if match is not None:
        yield Block(block.start, match.end("dateline"), "dateline")
        block = replace(block, start=match.end())
    yield block


def _without_clock(text: str, block: Block) -> Iterator[Block]:
    """The block without the time of an entry before it, which dates the entry and nothing that it tells."""
    match = CLOCK.match(text, block.start, block.end)
    if match is not None and not TURN.match(text, block.start, block.end):
        yield Block(block.start, match.end("clock"), "dateline")
        block = replace(block, start=match.end())
    yield block


def _are_names(byline: str) -> bool:
    """Whether every word behind "by" begins with a capital, "and" aside."""
    return all(word[0].isupper() or word == "and" for word in byline.split()[1:])


# ── Turns ────────────────────────────────────────────────────────────────────────────────────────


def _turns(text: str, found: list[Block]) -> list[Block]:
    """Blocks with their turns: labels apart, and everything up to the next label its speaker's; in a report
    that only quotes an exchange, no more than the turn's own paragraph."""
    labels = {b.start: m for b in found if b.kind != "furniture" and (m := _label(text, b))}
    spoken = [text[b.start : b.end] for b in found if b.start in labels]
    if not _is_transcript(spoken, list(labels.values())):
        return found
    told = [b for b in found if b.start < min(labels) and b.end - b.start >= PARAGRAPH]
    report = len(told) >= REPORT
    turned: list[Block] = []
    turn: int | None = None
    for block in found:
        match = labels.get(block.start)
        if match is not None:
            turn = match.start("label")
            turned.append(Block(turn, match.end("label"), "label", turn))
            if match.end() < block.end:
                turned.append(Block(match.end(), block.end, "paragraph", turn))
        else:
            goes_on = block.kind != "furniture" and not report
            turned.append(replace(block, turn=turn if goes_on else None))
    return turned


def _label(text: str, block: Block) -> re.Match[str] | None:
    match = TURN.match(text, block.start, block.end) or LETTER.match(text, block.start, block.end)
    if match is None or match["label"].split()[0].lower().rstrip(".,") in NO_SPEAKERS:
        return None
    return match


def _is_transcript(spoken: list[str], labels: list[re.Match[str]]) -> bool:
    """Whether labels are speakers: several, of which one comes again, is timed or asks something, or any that
    is addressed as a person ("Mr. Patel", "The PRESIDENT (Ms. Silva)").

    The headings of a column of notes stand before a colon too, each of them once, and so does a dateline.
    """
    first = [m["label"].split()[0] for m in labels]
    several = len(labels) >= LABELS
    repeated = len(set(first)) < len(first)
    timed = any(m.groupdict().get("time") for m in labels)
    asked = any("?" in turn for turn in spoken)
    return any(map(_is_addressed, labels)) or (several and (repeated or timed or asked))


def _is_addressed(label: re.Match[str]) -> bool:
    return any(HONORIFIC.search(part or "") for part in (label["label"], label.groupdict().get("note")))
