"""Subtitles, SRT and WebVTT: the words without their times, a paragraph a speaker or a pause."""

import io
import re
from itertools import pairwise
from typing import Any

from kg.reading.article import Documents, article
from kg.reading.extras import library
from kg.reading.incoming import Incoming
from kg.reading.markup import paragraphs

ENDINGS: tuple[str, ...] = (".srt", ".vtt")
PAUSE = 4.0  # seconds without words that part paragraphs

_SRT = re.compile(r"\d+[ \t]*\r?\n\d+:\d\d:\d\d[,.]\d{3} -->")
_SOUND = re.compile(
    r"\[[^\[\]]{1,40}\]|\([A-Z][A-Z ,'-]{1,40}\)|♪[^♪]*♪?"
)  # [applause], (LAUGHTER), ♪ music ♪
_OTHER = re.compile(r"^[^\S\n]*(?:[-–—]|>+)[^\S\n]*(?=\S)", re.MULTILINE)  # somebody else speaks

_NAMED = re.compile(r"^[^\S\n]*(?=[A-Z][A-Z .'-]{1,40}:\s)", re.MULTILINE)  # and here it says who


def fits(incoming: Incoming) -> bool:
    """Whether it begins as subtitles do."""
    return incoming.start.startswith("WEBVTT") or _SRT.match(incoming.start) is not None


def documents(incoming: Incoming) -> Documents:
    """All that is said as one article; who says it stands before it where the subtitles tell."""
    webvtt = library(incoming.source, "webvtt", "subtitles")
    form = "vtt" if incoming.start.startswith("WEBVTT") else "srt"
    text = "\n".join(incoming.text.lstrip("\ufeff").splitlines())
    try:
        captions = list(webvtt.from_buffer(io.StringIO(text), format=form))
    except Exception as error:  # whatever is malformed within
        raise incoming.source.error(f"not subtitles that can be read: {str(error)[:80]}") from None
    text = "".join(_said(before, caption) for before, caption in pairwise([None, *captions]))
    yield article(incoming.source, incoming.source.name, paragraphs(text.split("\n\n")), {})


def _said(before: Any, caption: Any) -> str:
    """What a caption adds: it begins a paragraph where another speaks, or after a pause between sentences."""
    text = _SOUND.sub("", caption.text)
    speaker = caption.voice if before is None or caption.voice != before.voice else None
    pause = before is not None and caption.start_in_seconds - before.end_in_seconds >= PAUSE
    ended = before is not None and before.text.rstrip().endswith((".", "!", "?", "”", '"'))
    begins = "\n\n" if speaker or (pause and ended) else " "
    return begins + (f"{speaker}: " if speaker else "") + _NAMED.sub("\n\n", _OTHER.sub("\n\n", text))
