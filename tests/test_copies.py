"""Near-copies of wire stories, on sixty families written for it: copies are found, look-alikes are not."""

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from kg.copies import REMEMBERED, Copies, groups, share, sketch

FAMILIES = tomllib.loads((Path(__file__).parent / "cases" / "copies.toml").read_text("utf-8"))["family"]
PRECISION, RECALL = 0.98, 0.9
CREDITS = ("Reporting by our correspondents; Editing by the desk", "(Agencies)", "© The Morning Courier")
OWN_WORDS = "Our newspaper could not reach officials for comment before it went to print on the same evening."


def sentences(text):
    return re.split(r"(?<=[.!?])\s+(?=[A-Z])", text.strip())


def edited(family, number):
    """Words changed by another desk."""
    text = family["story"]
    for old, new in family["edits"]:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def cut(family, number):
    """The beginning alone, under another headline."""
    return f"{family['title']}\n\n{' '.join(sentences(family['story'])[: 2 + number % 3])}"


def reset(family, number):
    """Under another headline and dateline, a sentence left out, one of the paper's own and a credit added."""
    said = sentences(family["story"])
    del said[1 + number % (len(said) - 1)]
    credit = CREDITS[number % len(CREDITS)]
    return f"{family['title'].upper()}\n\nLONDON (Wire) — {' '.join(said)} {OWN_WORDS}\n\n{credit}"


def edited_and_cut(family, number):
    """Words changed, the end and its detail left out."""
    said = sentences(edited(family, number))
    return f"{family['title']}\n\n" + " ".join(said[: 3 + number % 2])


def rewritten(family, number):
    """Somebody else's report of the event."""
    return family["other"]


def with_background(family, number):
    """Somebody else's report that ends on the background which the wire gives too."""
    return f"{family['other']} {sentences(family['story'])[-1]}"


COPIES = (edited, cut, reset, edited_and_cut)


def corpus(half):
    """Texts with the family whose report each is a copy of: a wire story's number, or one of its own."""
    for number, family in list(enumerate(FAMILIES))[half::2]:
        yield number, family["story"]
        yield from ((number, make(family, number)) for make in COPIES)
        yield (
            f"{number} rewritten",
            rewritten(family, number) if number % 4 < 2 else with_background(family, number),
        )


def scores(half):
    """Precision and recall over pairs of texts."""
    families, texts = zip(*corpus(half), strict=True)
    found = {pair for group in groups(texts) for pair in combinations(group, 2)}
    true = {(a, b) for a, b in combinations(range(len(texts)), 2) if families[a] == families[b]}
    return len(found & true) / len(found), len(found & true) / len(true)


@pytest.mark.parametrize("half", [0, 1], ids=["chose the threshold", "kept aside"])
def test_copies_are_found_and_look_alikes_are_not(half):
    precision, recall = scores(half)
    assert (precision >= PRECISION, recall >= RECALL) == (True, True), f"{precision:.3f} {recall:.3f}"


def test_the_families_are_sixty_and_their_edits_apply():
    assert len(FAMILIES) == 60
    assert all(edited(family, 0) != family["story"] for family in FAMILIES)


def test_case_punctuation_and_layout_are_no_difference():
    story = FAMILIES[0]["story"]
    assert share(sketch(story), sketch(story.upper().replace(" ", "\n"))) == 1.0


def test_half_of_another_group_keeps_nobody_from_his_own():
    one, other, third = (FAMILIES[n]["story"] for n in range(3))
    assert groups([one, other, f"{one} {third}", third, third]) == [[0, 2], [1], [3, 4]]


def test_a_line_is_nobodys_copy():
    assert groups(["Xi calls Trump.", "Xi calls Trump."]) == [[0], [1]]


def test_a_digest_of_five_reports_does_not_make_one_of_them():
    stories = [family["story"] for family in FAMILIES[:5]]
    digest = "\n\n".join(stories)
    assert len(groups([digest, *stories])) == 5
    assert len(groups([*stories, digest])) == 5


def test_keys_name_the_first_of_a_group():
    story, other = FAMILIES[0]["story"], FAMILIES[0]["other"]
    copies = Copies()
    added = [
        copies.add(key, sketch(text)) for key, text in [("a", story), ("b", other), ("c", "Now: " + story)]
    ]
    assert added == ["a", "b", "a"]
    assert copies.of(sketch(story)) == ["a", "c"]


def test_what_thousands_of_texts_have_makes_no_pairs():
    credit = " ".join(f"word{n}" for n in range(20))
    texts = [f"{credit} " + " ".join(f"t{n}x{k}" for k in range(60)) for n in range(2 * REMEMBERED)]
    assert len(groups(texts)) == len(texts)
