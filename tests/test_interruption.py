"""kill -9 at random moments of a build, then build again: the same graph as if nothing had happened."""

import json
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import rdf
from kg.store import open_store
from tests import effort
from tests.graph_samples import CHINA, IRAN, TRUMP, XI, newspapers

ARTICLES = 60
KILLS = effort.times(100)
MADE_BY = ["kg 0.1.0"]

# What `kg build` does with a store: leaves out what is there, writes the rest, derives.
BUILD = """
import json, sys
import pyoxigraph as ox
from kg.store import open_store, oxigraph

oxigraph._BATCH = 200_000  # a few articles, so that there are many moments between two batches
articles = json.load(open(sys.argv[1]))
quads = {a["id"]: list(ox.parse(a["quads"], format=ox.RdfFormat.N_QUADS)) for a in articles}
print("go", flush=True)
with open_store(sys.argv[2], create=True) as store:
    known = {id: stored.content_hash for id, stored in store.documents().items()}
    store.put_many(quads[a["id"]] for a in articles if known.get(a["id"]) != a["hash"])
    store.derive()
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    """A file of articles as a build writes them, the known actors along with each."""
    samples, found = newspapers(), []
    for number in range(ARTICLES):
        sample = samples[number % len(samples)]
        document = replace(sample.document, id=f"articles/{number}.txt")
        claims = [replace(claim, document=document.id) for claim in sample.claims]
        quads = [*rdf.document_quads(document, sample.sentences, claims)]
        quads += rdf.provenance_quads(document, MADE_BY) + rdf.actor_quads([CHINA, IRAN, TRUMP, XI])
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS).decode()
        found.append({"id": document.id, "hash": rdf.content_hash(document, MADE_BY), "quads": text})
    path = tmp_path_factory.mktemp("articles") / "articles.json"
    path.write_text(json.dumps(found))
    return path


def start(articles, folder) -> subprocess.Popen:
    """A build that has just begun to write."""
    command = [sys.executable, "-c", BUILD, str(articles), str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"go\n"
    return process


def content(folder):
    with open_store(folder) as store:
        return set(store.quads()), set(store.dump(None).splitlines()), set(store.documents())


@pytest.mark.long
def test_a_killed_build_goes_on_to_the_same_graph(articles, tmp_path):
    started = time.perf_counter()
    with start(articles, tmp_path / "whole") as process:
        assert process.wait() == 0
    took = time.perf_counter() - started
    whole = content(tmp_path / "whole")
    assert len(whole[2]) == ARTICLES
    chance, folder, killed, tries = random.Random(7), tmp_path / "store0", 0, 0
    while killed < KILLS:
        tries += 1
        assert tries < 20 * KILLS, "builds end before they can be killed"
        with start(articles, folder) as process:
            time.sleep(chance.uniform(0, 0.5) * took)
            process.kill()
            if process.wait() == -signal.SIGKILL:
                killed += 1
            else:  # it was done: begin a new one
                assert content(folder) == whole
                folder = tmp_path / f"store{tries}"
    with start(articles, folder) as process:
        assert process.wait() == 0
    assert content(folder) == whole
