"""What a parser reads of a paragraph, and where it stands in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.parsing.plain import plain


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Fiji&#8217;s army &mdash; all of it", "Fiji’s army — all of it"),
        ("Fiji<br>and <b>Tonga</b> left", "Fiji and Tonga left"),
        ("**Fiji** left [Suva](https://a.example/b).", "Fiji left Suva."),
        ("## Fiji", "Fiji"),
        ("It sank.[2][3] Tonga⁴ saw it.⁵", "It sank. Tonga saw it."),
        ("The min\u00adister of Fi\u00adji", "The minister of Fiji"),
        ("a with-\ndrawal", "a withdrawal"),
        ("Franco-\nGerman talks", "Franco-\nGerman talks".replace("\n", " ")),
        ("Fiji--a small state--left", "Fiji -- a small state -- left"),
        ("It isn‘t so", "It isn’t so"),
        ("Did it sink?Tonga thinks so.Fiji does not.", "Did it sink? Tonga thinks so. Fiji does not."),
        ("Fiji 🇫🇯 votes! 🗳️ #Fiji #vote", "Fiji votes!"),
        ("See https://a.example/b?c=d now", "See  now"),
        ("an area of 20 km²", "an area of 20 km²"),
        ("one\n  two\tthree", "one two three"),
    ],
)
def test_what_is_no_word_is_not_read(text: str, read: str) -> None:
    assert plain(text).text.strip() == read


@given(st.text(alphabet="aB -\n&;#<b>[]()*.!?’\u00ad\u200bé🚀1", max_size=60))
def test_every_character_has_its_place(text: str) -> None:
    found = plain(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(0 <= s <= e <= len(text) for s, e in zip(found.starts, found.ends, strict=True))
    assert found.starts == sorted(found.starts)
