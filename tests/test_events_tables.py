"""The event tables agree with each other, and every row can be reached."""

from collections import Counter

import pytest

from kg.coding import senses, types
from kg.english import morphology


def test_there_are_16_types_in_four_quads() -> None:
    found = types.types()
    assert len(found) == 16
    assert Counter(t.quad for t in found.values()) == {1: 4, 2: 3, 3: 4, 4: 5}
    assert found["ASSAULT"].score == -9
    assert found["ACCUSE"].score == -3
    assert found["SANCTION"].quad == 4


def test_realis_has_a_row_for_every_type_and_only_types() -> None:
    found = types.rows("realis")
    assert [r["type"] for r in found if "-" not in r["type"]] == list(types.types())
    assert {v for r in found for k, v in r.items() if k != "type"} <= set(types.types())


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
    for row in types.rows("derived"):
        cameo, mode = types.derived(row["type"], row["of"], row["mode_of"] or None, None)
        if row["type"] == "REQUEST":
            cameo, mode = types.derived(row["type"], row["of"], row["mode_of"] or None, "100")
        assert cameo in types.codes()
        assert types.codes()[cameo].type == row["type"]
        assert mode is None or (row["type"], mode) in modes()


def modes() -> set[tuple[str, str]]:
    return {(r["type"], r["mode"]) for r in types.rows("modes")}


def test_rules_name_types_modes_and_codes_that_exist() -> None:
    for row in types.rows("rules"):
        assert row["type"] in types.types(), row
        assert not row["mode"] or (row["type"], row["mode"]) in modes(), row
        assert row["cameo"] in types.codes(), row
        assert row["example"].endswith("."), row


def test_rules_cover_every_type_broadly() -> None:
    by_type: dict[str, set[str]] = {}
    for row in types.rows("rules"):
        by_type.setdefault(row["type"], set()).update(row["relation"].split("|"))
    assert set(by_type) == set(types.types())
    assert min(len(found) for found in by_type.values()) >= 30
    assert len(senses.relations()) >= 1000


def test_no_example_is_used_twice() -> None:
    examples = Counter(r["example"] for r in types.rows("rules"))
    assert [e for e, n in examples.items() if n > 1] == []


def test_classes_that_rules_name_exist() -> None:
    for row in types.rows("rules"):
        for cell in (row["relation"], row["object"], row["condition"]):
            named = [p for p in cell.replace("=", "|").split("|") if p.startswith("@")]
            assert {n[1:] for n in named} <= set(senses.classes()), row


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
