"""Shapes of text that made time grow faster than the text: each is written out to any length.

A shape is a name and how it is built: a beginning, what is said again and again, and an end.
"""

from __future__ import annotations

from collections.abc import Callable

_NAMES = ("Iran", "Oman", "Chad", "Mali", "Peru", "Cuba", "Fiji", "Togo")
_DAYS = ("Monday", "Tuesday", "3 May", "last week", "in 2015", "two days later", "that evening")


def _repeated(unit: str, begin: str = "", end: str = "") -> Callable[[int], str]:
    return lambda length: begin + unit * max(1, length // len(unit)) + end


def _numbered(form: str) -> Callable[[int], str]:
    """The form again and again, with a number, a name and a day that change."""

    def text(length: int) -> str:
        pieces: list[str] = []
        size = 0
        while size < length:
            n = len(pieces)
            piece = form.format(n=n, name=_NAMES[n % 8], other=_NAMES[(n * 3 + 1) % 8], day=_DAYS[n % 7])
            pieces.append(piece)
            size += len(piece)
        return "".join(pieces)

    return text


SHAPES: dict[str, Callable[[int], str]] = {
    # white space and signs
    "blanks": _repeated(" ", "Iran left.", "Oman left."),
    "tabs": _repeated("\t", "Iran left.", "Oman left."),
    "blank lines": _repeated("\n", "Iran left.", "Oman left."),
    "lines of blanks": _repeated("    \n", "Iran left.\n", "Oman left."),
    "returns": _repeated("\r", "Iran left.", "Oman left."),
    "no-break spaces": _repeated("\u00a0", "Iran left.", "Oman left."),
    "commas": _repeated(",", "Iran left", "."),
    "commas and blanks": _repeated(", ", "Iran left", "."),
    "stops": _repeated(".", "Iran left", " Oman left."),
    "stops and blanks": _repeated(". "),
    "dashes": _repeated("-", "Iran left ", " Oman left."),
    "dashes and letters": _repeated("a-"),
    "hashes": _repeated("# ", "---\n"),
    "tags of a post": _repeated("#a ", "Iran left. "),
    "stars": _repeated("*a ", "Iran left. "),
    "strong": _repeated("**", "Iran left. "),
    "underlines": _repeated("_", "Iran left. ", "Oman left."),
    "open brackets": _repeated("(", "Iran left. ", "Oman left."),
    "square brackets": _repeated("[a", "Iran left. ", "Oman left."),
    "links": _repeated("[a](http://b.c) ", "Iran left. "),
    "open tags": _repeated("<b ", "Iran left. "),
    "entities": _repeated("&amp", "Iran left. "),
    "quotation marks": _repeated('"', "Iran left. ", " Oman left."),
    "words in quotation marks": _repeated('"a" ', "Iran left. "),
    "emoji": _repeated("\U0001f600", "Iran left. ", " Oman left."),
    "soft hyphens": _repeated("\u00ad", "Iran left. ", " Oman left."),
    "no blank": _repeated("x", "Iran left. ", " Oman left."),
    "no blank but digits": _repeated("1", "Iran left. ", " Oman left."),
    "an address": _repeated("a", "Iran left http://", " Oman left."),
    "addresses": _repeated("http://a. ", "Iran left. "),
    "ideographs": _repeated("中国", "Iran left. "),
    # words
    "one word": _repeated("Iran "),
    "capitals": _repeated("IRAN LEFT "),
    "initials": _repeated("U.S. "),
    "owners": _repeated("Trump's ", "", "aide left."),
    "names": _numbered("{name} {other}{n} "),
    "a list of names": _numbered("{name}{n}, "),
    "and": _numbered("{name} and "),
    "said that": _repeated("Lima said that ", "", "Quito left."),
    "who saw": _repeated("the man who saw ", "", "a dog left."),
    "of": _repeated("the head of ", "", "Iran left."),
    "which": _repeated("Iran, which ", "", "left."),
    "adjectives": _repeated("very old ", "The ", "man left."),
    "to": _repeated("Iran wants to ", "", "leave."),
    "titles": _repeated("President ", "", "Xi left."),
    "times": _numbered("{day} "),
    "numbers": _numbered("{n} "),
    "years": _repeated("in 2015 ", "Iran left "),
    "one paragraph": _numbered("{name} attacked {other} on {day}. "),
    "a headline and one paragraph": lambda length: (
        "Iran Attacks Oman Again\n\n" + _numbered("{name} attacked {other} on {day}. ")(length)
    ),
    # blocks
    "paragraphs": _numbered("{name} attacked {other} on {day}.\n\n"),
    "lines": _numbered("{name} attacked {other}\n"),
    "wrapped lines": _numbered("{name} attacked {other} and then it left the\nother one in peace "),
    "headlines": _numbered("{name} Attacks {other} Again\n\n"),
    "items": _numbered("- {name} attacked {other}\n"),
    "turns": _numbered("MINISTER {name}: Will {other} leave?\n\n"),
    "speakers": _numbered("{name} Smith{n}: We left.\n\n"),
    "quotations": _numbered('"We left {other}," {name} said.\n\n'),
    "an open quotation": _numbered('"We left {other}.\n\n'),
    "persons": _numbered("John Smith{n} of {name} met Ann Jones{n}. He left. "),
    "a person and pronouns": _repeated("He left and she stayed. They saw it. ", "Joe Biden met Ann Jones. "),
    "acronyms": _numbered("The Union of Free {name} {n} (UF{n}) left. "),
    "hyphens at line ends": _repeated("attack-\ned ", "Iran "),
    "credits": _repeated("Photo: Reuters\n\n"),
    "a date": _repeated("On 3 May 2024 it left. "),
}  # fmt: skip
