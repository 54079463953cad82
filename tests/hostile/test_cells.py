"""CSV that every reader takes apart as it was put together, and that no spreadsheet runs."""

import csv
import io
import re
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import cells, rdf
from kg.exports import to_bytes
from kg.exports.coders import FORMATS, Report
from kg.store import OxigraphStore
from kg.store.oxigraph import run_query
from tests.graph_samples import ARTICLE, CLAIMS, EVENT, SENTENCES

HOSTILE = [
    "'\r", "''\t", "a\rb", "\r", "a\r\nb", "a\nb", 'a"b', "a,b", "\r=1+1", "\n=1+1", "\t=1+1",
    "=1+1", "+1+1", "-1+1",
    "@SUM(1)", '=HYPERLINK("http://evil.example","x")', "=cmd|' /C calc'!A0", "  =1", "'=1", "''=1",
    "＝1", "＠x", "+", "=", "@", "- he said", "-1.5-", "+1 202 555 0100", "-٣", "", " ",
    "-2.5", "+3", "1e9", "-1E-9", "-", "---", "x\x00y",
]  # fmt: skip
RUNS = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER = re.compile(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?|-+")


def unsafe(cell: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula."""
    return RUNS.match(cell.lstrip(" ")) is not None and not NUMBER.fullmatch(cell)


def meant(cell: str) -> str:
    """What a program takes a cell for, as the module's docstring says."""
    return cell[1:] if re.match(r"'['\s]*[=+\-@＝＋－＠]|'+[\t\r\n]", cell) else cell


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_cell_comes_back_and_runs_nowhere(cell: str) -> None:
    header, row = read(cells.to_csv(["a", "b"], [[cell, "x"]]))
    assert header == ["a", "b"]
    assert [meant(c) for c in row] == [cell, "x"]
    assert not unsafe(row[0])


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), min_size=1))
def test_any_table_comes_back(rows: list[list[str]]) -> None:
    found = read(cells.to_csv(["a", "b"], rows))
    assert [[meant(c) for c in row] for row in found[1:]] == rows
    assert not [cell for row in found for cell in row if unsafe(cell)]


@pytest.mark.parametrize("cell", HOSTILE)
def test_the_answers_of_queries_are_written_so(cell: str) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("a:s"), ox.NamedNode("a:p"), ox.Literal(cell)))
    header, row = read(run_query(store, "SELECT ?s ?o ?nothing { ?s ?p ?o }").to_csv())
    assert header == ["s", "o", "nothing"]
    assert [meant(c) for c in row] == ["a:s", cell, ""]
    assert not unsafe(row[1])


def test_exports_are_written_so() -> None:
    store = OxigraphStore()
    statement = CLAIMS[0].statement
    for number, cell in enumerate(HOSTILE):
        document = replace(ARTICLE, id=f"{cell} {number}", publisher=cell)
        subject = replace(statement.subject, actor=replace(EVENT.actors[0], id=f"a{number}", label=cell))
        claim = replace(CLAIMS[0], document=document.id, statement=replace(statement, subject=subject))
        store.put([*rdf.document_quads(document, SENTENCES, [claim]), *rdf.provenance_quads(document)])
    for name in ("csv", "csv-nodes"):
        rows = read(to_bytes(store, name).decode())
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if unsafe(cell)], name


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"plover"}))
def test_event_files_are_written_so(name: str) -> None:
    reports = []
    for cell in HOSTILE:
        actors = tuple(replace(a, label=cell) for a in EVENT.actors)
        document = replace(ARTICLE, id=cell, publisher=cell, title=cell, url=cell)
        reports.append(Report(replace(EVENT, document=cell, actors=actors), document, None))
    lines = FORMATS[name](reports).splitlines()
    found = [cell for line in lines for cell in line.split("\t") if unsafe(cell)]
    assert not found
