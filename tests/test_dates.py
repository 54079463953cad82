import re
import subprocess
import sys
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.english.time_words import WEEKDAYS
from kg.errors import InputError
from kg.parsing import pipelines
from kg.time import doubts, expressions, find, forms, partial

FOLDER = Path(__file__).parent / "cases"
TABLE = tomllib.loads((FOLDER / "dates.toml").read_text(encoding="utf-8"))
CASES = [case for group in TABLE.values() for case in group["cases"]]
IN_TEXTS = [
    case | {"published": group["published"] or None, "parsed": group.get("parsed", True)}
    for group in tomllib.loads((FOLDER / "dates-in-texts.toml").read_text(encoding="utf-8")).values()
    for case in group["cases"]
]
FORMS = [form for table in (forms.SAID, forms.TOLD, forms.COUNTED) for form in table]
PARTIAL = st.dates().flatmap(lambda d: st.sampled_from([d.isoformat(), d.isoformat()[:7], d.isoformat()[:4]]))


@pytest.mark.parametrize("case", CASES, ids=lambda c: "|".join(c.values()))
def test_phrases(case):
    found = expressions.resolve(
        case["phrase"], case["published"] or None, case.get("tense"), case.get("anchor") or None
    )
    assert (found.value or "") == case["value"]
    assert found.precision == (partial.precision(case["value"]) if case["value"] else None)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.example)
def test_every_form_has_an_example_that_it_reads(form):
    found = expressions.resolve_exactly(form.example, "2025-05-07", anchor="2025-04-30")
    assert (found.value or "") == form.value


@pytest.mark.parametrize("case", IN_TEXTS, ids=lambda case: f"{case['text'][:40]}|{case['parsed']}")
def test_the_times_of_texts(case):
    sentences = next(pipelines.parse([case["text"]])) if case["parsed"] else ()
    found = find.expressions(case["text"], case["published"], sentences)
    assert [[e.text, e.value] for e in found] == case["times"]
    assert all(case["text"][e.start : e.end] == e.text for e in found)


@pytest.mark.parametrize("doubt", [*doubts.NO_TIMES, *doubts.ONLY_AFTER], ids=lambda doubt: doubt.example)
def test_every_doubt_has_an_example_that_it_refuses(doubt, monkeypatch):
    before, phrase, _ = re.split(r"[\[\]]", doubt.example, maxsplit=2)
    text, end = re.sub(r"[\[\]]", "", doubt.example), len(before) + len(phrase)
    assert not doubts.is_time(text, len(before), end)
    for table in ("NO_TIMES", "ONLY_AFTER"):
        monkeypatch.setattr(doubts, table, [row for row in getattr(doubts, table) if row is not doubt])
    assert doubts.is_time(text, len(before), end)


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("In May 2009 he left.", ["text"]),
        ("On Friday he left.", ["publication"]),
        ("On Friday he left, and a day later she did.", ["publication", "anchor"]),
    ],
)
def test_basis_says_what_a_time_was_read_against(text, bases):
    assert [e.basis for e in find.expressions(text, "2025-05-07")] == bases


@given(
    st.lists(st.one_of(st.sampled_from(sorted(forms.ALL_NUMBERS)), st.text(max_size=8)), max_size=30).map(
        " ".join
    )
)
def test_what_is_found_in_any_text_is_a_date(text):
    for found in find.expressions(text, "2025-05-07"):
        assert found.precision == partial.precision(found.value)
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("phrase", "basis"),
    [
        ("April 30, 2025", "text"),
        ("since 2014", "text"),
        ("2025 April 30", "text"),
        ("April 30", "publication"),
        ("1 week 2 days ago", "publication"),
        ("between 2 and 5 May", "publication"),
        ("from 2 to 5 May 2025", "text"),
        ("for months", "text"),
    ],
)
def test_basis_says_whether_the_publication_date_was_needed(phrase, basis):
    assert expressions.resolve(phrase, "2025-05-07").basis == basis


@given(st.text(max_size=60), PARTIAL, st.sampled_from(["past", "present", "future", None]))
def test_any_text_is_a_date_or_nothing(phrase, published, tense):
    found = expressions.resolve(phrase, published, tense)
    assert found == expressions.UNRESOLVED or found.precision == partial.precision(found.value)


_CASE_WORDS = {word for case in CASES for word in case["phrase"].split()}
_WORDS = st.sampled_from(sorted(_CASE_WORDS | {"0", "99", "0000", "9999", "-"}))


@given(st.lists(_WORDS, max_size=8).map(" ".join), PARTIAL)
def test_any_mixture_of_time_words_is_a_date_or_nothing(phrase, published):
    found = expressions.resolve(phrase, published)
    assert found == expressions.UNRESOLVED or found.precision == partial.precision(found.value)


@given(st.dates(date(1900, 1, 2), date(2100, 1, 1)), st.sampled_from(sorted(WEEKDAYS)))
def test_a_weekday_is_in_the_week_before_publication_or_after_it(day, name):
    past = date.fromisoformat(expressions.resolve(name, day.isoformat()).value)
    future = date.fromisoformat(expressions.resolve(name, day.isoformat(), "future").value)
    assert past.weekday() == future.weekday() == WEEKDAYS[name]
    assert 0 <= (day - past).days < 7
    assert 0 <= (future - day).days < 7


@given(PARTIAL, PARTIAL)
def test_order_and_containment_agree(one, other):
    assert partial.contains(one, one)
    if partial.contains(one, other) or partial.contains(other, one):
        assert not partial.before(one, other)
    if partial.before(one, other):
        assert partial.sort_key(one) < partial.sort_key(other)
        assert partial.before(other, one) is False


@given(st.dates(), st.dates(), st.dates())
def test_known_days_are_within_a_role_or_not(day, start, end):
    found = partial.within(day.isoformat(), start.isoformat(), end.isoformat())
    assert found is (start <= day < end)


@pytest.mark.parametrize(
    ("value", "start", "end", "held"),
    [
        ("2025-01-20", "2025-01-20", None, True),
        ("2025-01-20", "2021-01-20", "2025-01-20", False),
        ("2025-01", "2021-01-20", "2025-01-20", None),
        ("2020-03", "2020", None, None),
        ("2020-03", None, "2020", None),
        ("2021", None, "2020", False),
        ("2019", "2020", None, False),
        ("2019", None, None, True),
        (None, "2019", None, None),
        ("2015/2016", "2015", "2022-05", None),
        ("2015/2016", "2009-05", "2022-05", True),
    ],
)
def test_within_leaves_open_what_precision_leaves_open(value, start, end, held):
    assert partial.within(value, start, end) is held


@pytest.mark.parametrize(
    "value", ["", "2025-1", "2025-13", "31/02/2025", "2025-02-30", "2025/2024", "٢٠٢٥", "..", "0000"]
)
def test_what_is_no_date_is_refused(value):
    with pytest.raises(InputError, match=r"date|before"):
        partial.bounds(value)


@pytest.mark.parametrize(
    "text", ["31/02/2025", "04/05/2025", "yesterday", "since 2014", "in March", "soon", ""]
)
def test_a_written_date_must_say_its_date(text):
    with pytest.raises(InputError, match="is not a date"):
        expressions.as_iso(text)


def test_a_phrase_costs_little():
    phrases = [f"on {m} {d}" for m in ("April", "May", "June") for d in range(1, 28)]
    begin = time.perf_counter()
    for phrase in phrases:
        expressions.resolve(phrase, "2025-05-07")
    assert (time.perf_counter() - begin) / len(phrases) < 0.001  # dateparser takes longer


def test_dateparser_is_not_imported_for_common_forms():
    code = (
        "import sys; from kg.time.expressions import resolve; resolve('May 3', '2025-05-07'); "
        "sys.exit('dateparser' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
