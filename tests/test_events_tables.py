"""The event tables agree with each other, and every row can be reached."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import resources, tables
from kg.coding import contexts, senses, types
from kg.english import morphology
from kg.errors import TableError


def test_there_are_16_types_in_four_quads() -> None:
    found = types.types()
    assert len(found) == 16
    assert Counter(t.quad for t in found.values()) == {1: 4, 2: 3, 3: 4, 4: 5}
    assert found["ASSAULT"].score == -9
    assert found["ACCUSE"].score == -3
    assert found["SANCTION"].quad == 4


def test_realis_has_a_row_for_every_type() -> None:
    for name in types.types():
        assert types.rewritten(name, "past") in types.types()


@pytest.mark.parametrize(
    ("type_", "realm", "becomes"),
    [
        ("CONSULT", "future", "AGREE"),
        ("AID", "future", "AGREE"),
        ("COOPERATE", "negated_past", "SANCTION"),
        ("AGREE", "negated_past", "REJECT"),
        ("ASSAULT", "future", "THREATEN"),
        ("REQUEST", "future", "REQUEST"),
        ("SUPPORT", "negated_future", "REJECT"),
        ("MOBILIZE", "past", "MOBILIZE"),
    ],
)
def test_what_is_not_yet_or_not_done_has_another_type(type_: str, realm: types.Realm, becomes: str) -> None:
    assert types.rewritten(type_, realm) == becomes


@pytest.mark.parametrize(
    ("told", "act", "mode", "own", "code", "new_mode"),
    [
        ("REQUEST", "RETREAT", "release", "100", "1053", "yield"),
        ("REQUEST", "RETREAT", "release", "020", "0253", "yield"),
        ("AGREE", "CONSULT", None, "030", "036", None),
        ("THREATEN", "COERCE", "arrest", "130", "137", "arrest"),
        ("REJECT", "AID", None, "120", "122", "assist"),
        ("REQUEST", "PROTEST", None, "100", "100", None),
    ],
)
def test_speaking_of_an_act_has_a_code_of_its_own(
    told: str, act: str, mode: str | None, own: str, code: str, new_mode: str | None
) -> None:
    assert types.derived(told, act, mode, own) == (code, new_mode)


def test_derived_codes_exist_and_belong_to_their_type() -> None:
    for type_, of, mode_of in types.derivations():
        cameo, mode = types.derived(type_, of, mode_of, "100" if type_ == "REQUEST" else None)
        assert cameo in types.codes()
        assert types.codes()[cameo].type == type_
        assert mode is None or (type_, mode) in types.modes()


def test_rules_cover_every_type_broadly() -> None:
    by_type: dict[str, set[str]] = {}
    for row in senses.rule_rows():
        by_type.setdefault(row.type, set()).update(row.relation)
    assert set(by_type) == set(types.types())
    assert min(len(found) for found in by_type.values()) >= 30
    assert len(senses.relations()) >= 1000


def test_no_example_is_used_twice() -> None:
    examples = Counter(row.example for row in senses.rule_rows())
    assert [e for e, n in examples.items() if n > 1] == []


def test_every_keyword_speaks_of_its_context() -> None:
    rows = tables.table("events/keywords", contexts.Keyword)
    assert [r for r in rows if r.context not in contexts.contexts_of(f"about {r.keyword}, they say")] == []


def test_no_word_stands_twice_in_a_class() -> None:
    assert [c for c, n in Counter(tables.table("events/words", senses.Member)).items() if n > 1] == []


def test_every_irregular_form_is_of_its_verb() -> None:
    forms = tables.table("english/forms", morphology.Form)
    assert [f for f in forms if morphology.verb_of(f.form, frozenset({f.verb})) != f.verb] == []
    assert [f for f, n in Counter(f.form for f in forms).items() if n > 1] == []


@dataclass
class Faulty:
    """A table with one row that another table does not bear out."""

    name: str
    row: str
    fault: str
    read: Callable[[], object]


@pytest.mark.parametrize(
    "case",
    [
        Faulty("types", "TALK,5,1,no,Talks.", "quad 5 is none of 1, 2, 3, 4", types.types),
        Faulty("modes", "TALK,visit,They meet.", "there is no type 'TALK'", types.modes),
        Faulty("cameo", "999,Flies,1,AID,visit", "AID has no mode 'visit'", types.codes),
        Faulty(
            "realis",
            "AID-fly,AID,AID,AID,AID",
            "AID has no mode 'fly'",
            lambda: types.rewritten("AID", "past"),
        ),
        Faulty("derived", "AGREE,TALK,,6,,They agreed.", "there is no type 'TALK'", types.derivations),
        Faulty("rules", "AID,,999,help,,,,They helped.", "there is no CAMEO code '999'", senses.rule_rows),
        Faulty("rules", "AID,,070,help,@fish,,,They helped.", "there is no class 'fish'", senses.rule_rows),
        Faulty("keywords", "trout,fish", "there is no context 'fish'", lambda: contexts.contexts_of("trout")),
    ],
    ids=lambda case: f"{case.name}: {case.fault}",
)
def test_a_row_that_another_table_does_not_bear_out_is_refused(
    case: Faulty, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = resources.path(f"data/events/{case.name}.csv")
    changed = tmp_path / shipped.name
    changed.write_text(f"{shipped.read_text(encoding='utf-8')}{case.row}\n", encoding="utf-8")
    path_of = resources.path
    monkeypatch.setattr(
        tables.resources, "path", lambda name: changed if name.endswith(f"/{changed.name}") else path_of(name)
    )
    with (
        forgotten(),
        pytest.raises(TableError, match=rf"{case.name}\.csv, line \d+: {re.escape(case.fault)}"),
    ):
        case.read()


@contextmanager
def forgotten() -> Iterator[None]:
    """Tables are read anew, within and after."""
    caches = (
        *(tables.table, types.types, types.modes, types.codes, types._realis, types.derivations),
        *(senses.rule_rows, senses._members, contexts._patterns),
    )
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def test_country_codes_are_numbers_that_no_two_countries_share() -> None:
    codes = types.cow()
    assert len(codes) == len(set(codes.values())) > 190
    assert (codes["USA"], codes["PRK"], codes["VNM"]) == ("2", "731", "816")


@pytest.mark.parametrize(
    ("phrase", "runs"),
    [
        ("the States' sanctions on Fiji", {"sanction"}),
        ("Haiti's efforts to improve", {"effort"}),
        ("part of a military aid program for Bosnia", {"military aid", "part of military aid"}),
        ("The Red Cross", {"red cross"}),
    ],
)
def test_runs_are_of_the_core_of_a_phrase(phrase: str, runs: set[str]) -> None:
    found = morphology.runs(phrase)
    assert runs <= found
    assert not found & {"fiji", "bosnia", "improve", "haiti"}
