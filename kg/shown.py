"""What may be shown to a person: a line that steers no terminal, hides nothing and tells no password."""

from __future__ import annotations

import re

# In an address, up to the last @ before its path; what is no port is a password, which may hold a slash.
_LOGIN = re.compile(
    r"(\w://|https?:[/\\]*)(?:[^\s/\\?#]{0,1000}@|[^\s/\\?#:@\[]{1,1000}:(?!\d*+(?:[/\\?#\s]|$))\S{0,1000}@)",
    re.IGNORECASE,
)
_JOINERS = "\u200c\u200d"  # part of words in Persian and Hindi, and of emoji
_MOST = 1000  # characters of one message; more would hide what else is on the screen


def shown(text: str) -> str:
    r"""A text on one line as it may stand in a terminal: whatever is no letter, sign or blank, as its escape.

    >>> shown("a\x1b[2J\u202eb\n")
    'a\\x1b[2J\\u202eb\\n'
    """
    return "".join(map(_shown, text)) if not text.isprintable() else text


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return " " if character in "\xa0\u202f\u2009\u3000" else character.encode("unicode_escape").decode()


def without_login(text: str, instead: str = "…@") -> str:
    """A text without the name and password that an address may have before its host.

    >>> without_login("http://me:secret@example.org/ does not answer")
    'http://…@example.org/ does not answer'
    """
    return _LOGIN.sub(rf"\1{instead}", text)


def message(text: str) -> str:
    """A message as it may be shown: on one line, not endless, without a login."""
    line = shown(without_login(text))
    return line if len(line) <= _MOST else f"{line[:_MOST]}… ({len(line):,} characters)"
