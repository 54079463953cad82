"""What kg writes into a folder of articles is not read as articles the next time."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

import kg
from kg import rdf, records
from kg.errors import InputError
from kg.exports import export
from kg.marked import page
from kg.pipeline import Findings
from tests.graph_samples import ARTICLE, CLAIMS, EVENT, SENTENCES

WRITTEN = {
    "claims.csv": "csv", "nodes.csv": "csv-nodes", "graph.rdf": "rdfxml", "graph.json": "jsonld",
    "graph.html": None, "graph.layout.json": None, "page.html": None, "claims.jsonl": None,
    "events.jsonl": None,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article, a store of it, and all that kg writes of it in forms that it reads."""
    (tmp_path / "a.txt").write_text(ARTICLE.text, encoding="utf-8")
    with kg.open_store(tmp_path / "kg-store", create=True) as store:
        store.put([*rdf.document_quads(ARTICLE, SENTENCES, CLAIMS, [EVENT]), *rdf.provenance_quads(ARTICLE)])
        store.derive()
        for name, format in WRITTEN.items():
            if format is not None:
                export(store, tmp_path / name, format)
        kg.view(store, tmp_path / "graph.html")
    found = Findings(ARTICLE, CLAIMS, [EVENT], ())
    (tmp_path / "page.html").write_text(page([found]), encoding="utf-8")
    lines = {"claims.jsonl": map(records.claim_record, CLAIMS), "events.jsonl": [records.event_record(EVENT)]}
    for name, rows in lines.items():
        (tmp_path / name).write_text("\n".join(map(records.json_line, rows)), encoding="utf-8")
    return tmp_path


def test_what_kg_wrote_into_a_folder_is_passed_over(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING, "kg")
    assert [document.id for document in kg.read([folder])] == ["a.txt"]
    told = {message.partition(": passed over")[0] for message in caplog.messages}
    assert told == {(folder / name).as_posix() for name in WRITTEN}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_kg_wrote_is_refused_where_it_is_named(name: str, folder: Path) -> None:
    with pytest.raises(InputError, match="kg has written it"):
        list(kg.read([folder / name]))


def test_a_table_of_ones_own_with_some_of_these_columns_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "text,modality,polarity\nXi called Trump on Monday.,x,y\n", encoding="utf-8"
    )
    assert len(list(kg.read([tmp_path]))) == 1
