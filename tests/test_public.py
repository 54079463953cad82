"""What others build on: public names, a function for every verb, and each field that JSON lines have."""

import inspect
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from typer.main import get_command

import kg
from kg import pipeline, records
from kg.cli import app, main
from kg.model import Actor, Document, Judgement

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


# --- every verb is a function


def verbs(command: click.Command, name: str = "") -> Iterator[str]:
    """The names of all verbs, those of groups after their group's."""
    for word, below in getattr(command, "commands", {}).items():
        path = f"{name} {word}".strip()
        yield from verbs(below, path) if hasattr(below, "commands") else [path]


VERBS = sorted(verbs(get_command(app)))
OTHER_NAMES = {"actors list": "mentions"}  # `kg.actors` is a room, and `kg.list` lists what there is


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_a_public_function(verb: str) -> None:
    name = OTHER_NAMES.get(verb, verb.split()[-1])
    function = getattr(kg, name)
    assert name in kg.__all__
    assert inspect.isfunction(function)
    assert inspect.getdoc(function)
    assert f"`{name}`" in str(kg.__doc__)


def test_there_are_verbs_and_each_has_a_function_of_its_own() -> None:
    names = [OTHER_NAMES.get(verb, verb.split()[-1]) for verb in VERBS]
    assert len(set(names)) == len(names) >= 16


def test_the_public_names_are_there_and_no_others() -> None:
    assert kg.__all__ == sorted(kg._HOMES) == list(dir(kg))
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_the_functions_of_a_store(tmp_path: Path) -> None:
    with kg.open_store(tmp_path / "store", create=True) as store:
        document = Document("a", "Norway said that Sudan had agreed to talks.", published="2024-05-03")
        assert kg.build([document], store).written == 1
        (row,) = kg.query(store, name="documents")
        assert str(row.article) == "a"
        assert len(kg.query(store, "SELECT ?c { ?c a kg:Claim }")) == int(row.claims) > 1
        with pytest.raises(kg.KgError, match="either the text of a query or the name"):
            kg.query(store)
        with pytest.raises(kg.KgError, match="only named queries have parameters"):
            kg.query(store, "ASK {}", one="norway")
        pair = kg.query(store, name="timeline-of-pair", one="sdn", other="nor")
        assert len(pair) == 0
        assert kg.check(store) == []
        kg.backup(store, tmp_path / "copy")
        with pytest.raises(kg.KgError, match="b: no such document"):
            kg.remove(store, "b")
        kg.remove(store, "a")
        assert store.documents() == {}
    with kg.open_store(tmp_path / "copy") as copy:
        assert list(copy.documents()) == ["a"]


# --- data classes


def test_the_fields_of_documents_and_of_what_analyse_gives() -> None:
    names = ["id", "text", "title", "publisher", "url", "published", "language"]
    assert [f.name for f in fields(Document)] == names
    assert [f.name for f in fields(pipeline.Analysis)] == [
        "document",
        "claims",
        "events",
        "lost",
        "sentences",
        "mentions",
    ]
    (found,) = kg.analyse([Document("a", "Norway said that Sudan had agreed to talks.")])
    assert (found.document.id, len(found.sentences)) == ("a", 1)
    (norway, sudan) = found.mentions.all
    assert isinstance(norway, Judgement)
    assert isinstance(norway.actor, Actor)
    assert (sudan.mention.text, sudan.mention.start, sudan.mention.end) == ("Sudan", 17, 22)
    assert (norway.verdict, norway.reason) == ("same", "name of Norway")
    assert {c.document for c in found.claims} == {"a"}
    needed = {"id", "label", "type", "country", "sector", "wikidata", "known", "roles"}
    assert {f.name for f in fields(Actor)} == needed


# --- JSON lines: every field with its type; a question mark is a field that may lack

TEXT, NUMBER, NOTHING = (str,), (int, float), type(None)
TEXT_OR_NOTHING = (str, NOTHING)
SPAN = {"text": TEXT, "start": (int,), "end": (int,)}
ACTOR = {
    "label": TEXT, "id": TEXT, "type": TEXT, "country": TEXT_OR_NOTHING, "sector": TEXT_OR_NOTHING,
}  # fmt: skip
PHRASE = SPAN | {f"{name}?": kind for name, kind in ACTOR.items()} | {"members?": [ACTOR], "statement?": TEXT}
CLAIM = {
    "id": TEXT,
    "document": TEXT,
    "sentence": (int,),
    "evidence": SPAN,
    "subject": (PHRASE, NOTHING),
    "relation": {"text": TEXT, "lemma": TEXT, "voice": TEXT, "start": (int,), "end": (int,)},
    "object": (PHRASE, NOTHING),
    "arguments": [{"role": TEXT, "preposition": TEXT_OR_NOTHING, **PHRASE}],
    "polarity": TEXT,
    "modality": TEXT,
    "factuality": TEXT,
    "tense": TEXT,
    "speaker": (PHRASE, NOTHING),
    "cue": TEXT_OR_NOTHING,
    "nested_in": TEXT_OR_NOTHING,
    "when": (
        {**SPAN, "value": TEXT_OR_NOTHING, "precision": TEXT_OR_NOTHING, "basis": TEXT},
        NOTHING,
    ),
    "where": (PHRASE, NOTHING),
    "confidence": NUMBER,
    "found_by": TEXT,
}
EVENT = {
    "id": TEXT,
    "document": TEXT,
    "sentence": (int,),
    "claim": TEXT,
    "type": TEXT,
    "original_type": TEXT,
    "mode": TEXT_OR_NOTHING,
    "contexts": [TEXT],
    "cameo": TEXT_OR_NOTHING,
    "quad": (int,),
    "score": NUMBER,
    "goldstein": (*NUMBER, NOTHING),
    "actors": [ACTOR],
    "recipients": [ACTOR],
    "implied": [TEXT],
    "date": TEXT_OR_NOTHING,
    "date_precision": TEXT_OR_NOTHING,
    "date_basis": TEXT_OR_NOTHING,
    "place": (PHRASE, NOTHING),
    "realis": TEXT,
    "speaker": (ACTOR, NOTHING),
    "text": SPAN,
    "confidence": NUMBER,
}
MENTION = {
    "document": TEXT,
    "start": (int,),
    "end": (int,),
    "text": TEXT,
    "label": TEXT,
    "id": TEXT,
    "country": TEXT_OR_NOTHING,
    "type": TEXT,
    "sector": TEXT_OR_NOTHING,
    "verdict": TEXT,
    "why": TEXT,
}
DATE = {
    "document": TEXT,
    "start": (int,),
    "end": (int,),
    "text": TEXT,
    "value": TEXT_OR_NOTHING,
    "precision": TEXT_OR_NOTHING,
    "basis": TEXT,
}
LINES = {
    "extract": CLAIM,
    "events": EVENT,
    "actors list": MENTION,
    "dates": DATE,
}


def faults(value: object, kind: object, where: str) -> list[str]:
    """What is wrong with a value of JSON: `kind` is a dict of fields, [kind] of a list, or alternatives."""
    if isinstance(kind, dict):
        return _of_fields(value, kind, where)
    if isinstance(kind, list):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        return [f for item in value for f in faults(item, kind[0], f"{where}[]")]
    assert isinstance(kind, tuple)
    if any(isinstance(one, type) and type(value) is one for one in kind):
        return []
    nested = [one for one in kind if not isinstance(one, type)]
    if any(not faults(value, one, where) for one in nested):
        return []
    return [f"{where}: {value!r}"]


def _of_fields(value: object, kind: dict[str, object], where: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{where} is no object"]
    needed = {name for name in kind if not name.endswith("?")}
    known = {name.removesuffix("?"): below for name, below in kind.items()}
    names = [f"{where}.{name}" for name in sorted({*needed - value.keys(), *value.keys() - known.keys()})]
    return names + [f for n, v in value.items() if n in known for f in faults(v, known[n], f"{where}.{n}")]


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    """The records of the sample articles, as `--format jsonl` makes them, by verb."""
    found: dict[str, list[dict[str, object]]] = {verb: [] for verb in LINES}
    for analysis in kg.analyse(kg.read([str(ARTICLES)])):
        found["extract"] += [records.claim_record(claim) for claim in analysis.claims]
        found["events"] += [records.event_record(event) for event in analysis.events]
    return {verb: [json.loads(records.json_line(r)) for r in rows] for verb, rows in found.items()}


@pytest.mark.parametrize("verb", ["extract", "events"])
def test_claims_and_events_have_these_fields_of_these_types(verb: str, lines) -> None:
    assert len(lines[verb]) > 100
    assert [f for record in lines[verb] for f in faults(record, LINES[verb], verb)] == []
    assert {tuple(record) for record in lines[verb]} == {tuple(LINES[verb])}


def test_every_field_is_filled_somewhere(lines) -> None:
    for verb in ("extract", "events"):
        filled = {name for record in lines[verb] for name, value in record.items() if value not in (None, [])}
        assert filled == set(LINES[verb])


@pytest.mark.parametrize("verb", sorted(LINES))
def test_json_lines_on_the_command_line_have_these_fields(verb: str, tmp_path: Path, capfd) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Norway said that Sudan had attacked Egypt on 3 May 2024.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main([*verb.split(), str(article), "--format", "jsonl"])
    printed = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert (ended.value.code or 0, printed != []) == (0, True)
    for record in printed:
        assert faults(record, LINES[verb], verb) == []
        assert tuple(record) == tuple(LINES[verb])


def test_a_fault_would_be_found() -> None:
    place = {"document": "a", "start": 1, "end": 2}
    sound = place | {"text": "May", "value": None, "precision": None, "basis": "text"}
    assert faults(sound, DATE, "date") == []
    assert faults(sound | {"start": "1"}, DATE, "date") == ["date.start: '1'"]
    assert faults({"text": "May", "more": 1}, SPAN, "span") == ["span.end", "span.more", "span.start"]


def test_dates_and_mentions_come_in_text_order_each_once() -> None:
    text = "Iran met Iraq on 3 May 2024. Iran called Iraq on 5 May 2024."
    found = [(when.start, when.value) for _, when in kg.dates([Document("a", text)])]
    assert found == [(text.index("on 3"), "2024-05-03"), (text.index("on 5"), "2024-05-05")]
    names = [(d.id, j.mention.text) for d, j in kg.mentions([Document("a", text)])]
    assert names == [("a", "Iran"), ("a", "Iraq"), ("a", "Iran"), ("a", "Iraq")]
