"""The event tables agree with each other, and every row can be reached."""

from collections import Counter

import pytest

from kg.coding import rules, tables, words


def test_there_are_16_types_in_four_quads() -> None:
    types = tables.types()
    assert len(types) == 16
    assert Counter(t.quad for t in types.values()) == {1: 4, 2: 3, 3: 4, 4: 5}
    assert types["ASSAULT"].score == -9
    assert types["ACCUSE"].score == -3
    assert types["SANCTION"].quad == 4


def test_realis_has_a_row_for_every_type_and_only_types() -> None:
    found = tables.rows("realis")
    assert [r["type"] for r in found if "-" not in r["type"]] == list(tables.types())
    assert {v for r in found for k, v in r.items() if k != "type"} <= set(tables.types())


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
def test_what_is_not_yet_or_not_done_has_another_type(type_: str, realm: tables.Realm, becomes: str) -> None:
    assert tables.rewritten(type_, realm) == becomes


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
    assert tables.derived(told, act, mode, own) == (code, new_mode)


def test_derived_codes_exist_and_belong_to_their_type() -> None:
    for row in tables.rows("derived"):
        cameo, mode = tables.derived(row["type"], row["of"], row["mode_of"] or None, None)
        if row["type"] == "REQUEST":
            cameo, mode = tables.derived(row["type"], row["of"], row["mode_of"] or None, "100")
        assert cameo in tables.codes()
        assert tables.codes()[cameo].type == row["type"]
        assert mode is None or (row["type"], mode) in modes()


def modes() -> set[tuple[str, str]]:
    return {(r["type"], r["mode"]) for r in tables.rows("modes")}


def test_rules_name_types_modes_and_codes_that_exist() -> None:
    for row in tables.rows("rules"):
        assert row["type"] in tables.types(), row
        assert not row["mode"] or (row["type"], row["mode"]) in modes(), row
        assert row["cameo"] in tables.codes(), row
        assert row["example"].endswith("."), row


def test_rules_cover_every_type_broadly() -> None:
    by_type: dict[str, set[str]] = {}
    for row in tables.rows("rules"):
        by_type.setdefault(row["type"], set()).update(row["relation"].split("|"))
    assert set(by_type) == set(tables.types())
    assert min(len(found) for found in by_type.values()) >= 30
    assert len(rules.relations()) >= 1000


def test_no_example_is_used_twice() -> None:
    examples = Counter(r["example"] for r in tables.rows("rules"))
    assert [e for e, n in examples.items() if n > 1] == []


def test_classes_that_rules_name_exist() -> None:
    for row in tables.rows("rules"):
        for cell in (row["relation"], row["object"], row["condition"]):
            named = [p for p in cell.replace("=", "|").split("|") if p.startswith("@")]
            assert {n[1:] for n in named} <= set(rules.classes()), row


def test_country_codes_are_numbers_that_no_two_countries_share() -> None:
    codes = tables.cow()
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
    found = words.runs(phrase)
    assert runs <= found
    assert not found & {"fiji", "bosnia", "improve", "haiti"}
