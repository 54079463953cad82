"""What each repair of a tree is worth: how often it fires on text nobody tuned on, and what it gains.

usage: python -m tests.benchmarks.repairs [--corpora DIR] [--cases SCORER CASES] [--without NAME ...]

Fires are counted on a fixed sample of the sentences of raw/*.txt and on those of re3d. Gains are what the
scores lose when one repair is left out and the others stay: F1 and AUC of CaRB dev, the four shares of
PLOVER dev, and with --cases the share of assertions that hold, by a scorer with `load`, `Found` and `score`.
Repairs after --without are left out throughout, to try what goes together.

Sentences are parsed once; each trial mends copies of them, and reads a document again only where its trees
differ from those of all repairs.
"""

import argparse
import importlib.util
import os
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.actors.index import Gazetteer, load
from kg.model import Document
from kg.parsing import pipelines
from kg.parsing.repairs import REPAIRS, Repair, repair
from kg.parsing.tree import Sentence, Token, attach
from kg.pipeline import Analysis, understand
from kg.reading import read
from kg.records import claim_record, event_record
from tests.benchmarks import carb_score, plover
from tests.benchmarks.lines import split_line
from tests.benchmarks.tuples import tuples

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))
SAMPLE, SEED = 4000, 7  # sentences of raw text, and what draws their paragraphs
EDITED = ("head", "dep", "pos", "tag", "lemma")

Scores = dict[str, float]
Trees = tuple[tuple[Any, ...], ...]


class Watched(Token):
    """A token that counts what is changed about it."""

    __slots__ = ("edits",)

    def __setattr__(self, name: str, value: object) -> None:
        """Sets it, and counts it where it is part of the tree and not as before."""
        if name in EDITED and hasattr(self, "edits") and getattr(self, name) is not value:
            self.edits[0] += 1
        super().__setattr__(name, value)


def copied(sentence: Sentence, kind: type[Token] = Token) -> Sentence:
    """A sentence of its own with the same tree."""
    tokens = []
    for t in sentence:
        token = kind(t.i, t.text, t.lemma, t.pos, t.tag, t.dep, t.start)
        token.ent, token.feats, token.space = t.ent, t.feats, t.space
        tokens.append(token)
    return attach(sentence.index, tokens, [t.head.i if t.head else -1 for t in sentence])


def mended(sentences: Iterable[Sentence], repairs: Sequence[Repair]) -> list[Sentence]:
    """Copies of sentences, mended by these repairs."""
    return [repair(copied(s), repairs) for s in sentences]


def fires(sentences: Iterable[Sentence], repairs: Sequence[Repair]) -> Counter[str]:
    """How many sentences each repair changes, by its name."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        watched, edits = copied(sentence, Watched), [0]
        for token in watched:
            token.edits = edits  # type: ignore[attr-defined]
        for mend in repairs:
            before = edits[0]
            repair(watched, [mend])
            found[mend.__name__] += edits[0] > before
    return found


# ── gold sets ──


@dataclass
class Gold:
    """Texts with gold: their sentences as parsed, what is read off mended ones, and the scores of that."""

    parsed: list[list[Sentence]]
    outcome: Callable[[int, list[Sentence]], Any]
    score: Callable[[list[Any]], Scores]
    known: list[dict[Trees, Any]] = field(default_factory=list)

    def scores(self, repairs: Sequence[Repair]) -> Scores:
        """The scores with these repairs; what was read off the same trees before is not read again."""
        self.known = self.known or [{} for _ in self.parsed]
        outcomes = []
        for n, sentences in enumerate(self.parsed):
            found = mended(sentences, repairs)
            key = tuple(_tree(s) for s in found)
            if key not in self.known[n]:
                self.known[n][key] = self.outcome(n, found)
            outcomes.append(self.known[n][key])
        return self.score(outcomes)


def _tree(sentence: Sentence) -> tuple[Any, ...]:
    return tuple((t.dep, t.pos, t.tag, t.lemma, t.head.i if t.head else -1) for t in sentence)


def carb(gold: Path) -> Gold:
    """CaRB's tuples."""
    lines, golds = carb_score.read_gold(gold)
    parsed = pipelines.trees([split_line(line) for line in lines], one_sentence=True)

    def outcome(n: int, sentences: list[Sentence]) -> list[carb_score.Parts]:
        fields = [t.fields() for s in sentences for t in tuples(s)]
        return [carb_score.Parts.of(f[1], f[2:], float(f[0])) for f in fields]

    def score(outcomes: list[list[carb_score.Parts]]) -> Scores:
        found = defaultdict(list)
        for line, parts in zip(lines, outcomes, strict=True):
            found[carb_score.key(line)] += parts
        result = carb_score.score(golds, found)
        return {"CaRB F1": result.f1, "AUC": result.auc}

    return Gold(list(parsed), outcome, score)


def plover_records(gold: Path, gazetteer: Gazetteer) -> Gold:
    """PLOVER's records."""
    records = plover.read(gold)
    documents = [r.document for r in records]

    def score(found: list[Analysis]) -> Scores:
        result = plover.score(records, [a.events for a in found])
        shares = (result.type, result.source, result.target, result.all)
        return dict(zip(("type", "source", "target", "PLOVER all"), shares, strict=True))

    return Gold(list(pipelines.trees(d.text for d in documents)), _reader(documents, gazetteer), score)


def cases(scorer: ModuleType, paths: list[Path], gazetteer: Gazetteer) -> Gold:
    """Texts with what their claims, events and actors must be, as a scorer of cases reads them."""
    loaded = scorer.load(paths)
    documents = [Document(c["id"], c["text"], published=c.get("published")) for c in loaded]

    def score(analyses: list[Analysis]) -> Scores:
        found = {a.document.id: _found(scorer, a) for a in analyses}
        right, total = scorer.score(loaded, found)[0]["TOTAL"]["all"]
        whole, items = scorer.score(loaded, found)[0]["TOTAL"]["items"]
        return {"cases": right / total, "whole": whole / items}

    return Gold(list(pipelines.trees(d.text for d in documents)), _reader(documents, gazetteer), score)


def _found(scorer: ModuleType, analysis: Analysis) -> Any:
    actors = [
        {"text": j.mention.text, "label": a.label, "id": a.id, "country": a.country, "sector": a.sector}
        for j in analysis.mentions.all
        if (a := j.actor) is not None
    ]
    claims, events = map(claim_record, analysis.claims), map(event_record, analysis.events)
    return scorer.Found(list(claims), list(events), actors)


def _reader(documents: list[Document], gazetteer: Gazetteer) -> Callable[[int, list[Sentence]], Analysis]:
    return lambda n, sentences: understand(documents[n], sentences, gazetteer)


# ── texts ──


def raw(folder: Path) -> Iterator[Sentence]:
    """A sample of the sentences of text files, the same in every run."""
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    paragraphs = [line for line in lines if len(line.split()) > 3]
    random.Random(SEED).shuffle(paragraphs)
    found = (s for sentences in pipelines.trees(paragraphs) for s in sentences)
    return (s for s, _ in zip(found, range(SAMPLE), strict=False))


def re3d(folder: Path) -> Iterator[Sentence]:
    """The sentences of re3d's documents."""
    texts = (d.text for d in read(sorted(folder.glob("*.jsonl"))))
    return (s for sentences in pipelines.trees(texts) for s in sentences)


def main() -> None:
    """Print a row for each repair, those that gain most first."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--corpora", type=Path, default=CORPORA)
    cli.add_argument("--cases", type=Path, nargs=2, metavar=("SCORER", "FOLDER"))
    cli.add_argument("--without", nargs="+", default=[], metavar="NAME")
    args = cli.parse_args()
    repairs = [r for r in REPAIRS if r.__name__ not in args.without]
    gazetteer = load()
    golds = [
        carb(args.corpora / "openie" / "carb-dev-gold.tsv"),
        plover_records(args.corpora / "events" / "plover_gsr-dev.json", gazetteer),
    ]
    if args.cases:
        golds.append(cases(_module(args.cases[0]), sorted(args.cases[1].glob("*.toml")), gazetteer))
    counted = {"raw": raw(args.corpora / "raw"), "re3d": re3d(args.corpora / "entities" / "re3d")}
    show(repairs, golds, {name: list(sentences) for name, sentences in counted.items()})


def show(repairs: Sequence[Repair], golds: Sequence[Gold], texts: dict[str, list[Sentence]]) -> None:
    """Print how often each repair fires, and what each score loses without it, in thousandths."""
    found = {name: fires(sentences, repairs) for name, sentences in texts.items()}
    full = _scores(golds, repairs)
    print("sentences " + ", ".join(f"{name} {len(sentences)}" for name, sentences in texts.items()))
    _print_row("with all", ["" for _ in texts], [f"{value:.3f}" for value in full.values()])
    _print_row("", list(texts), list(full))
    for mend in repairs:
        rest = _scores(golds, [r for r in repairs if r is not mend])
        gains = [f"{1000 * (full[name] - rest[name]):+.1f}" for name in full]
        _print_row(mend.__name__, [str(found[name][mend.__name__]) for name in texts], gains)
    none = _scores(golds, [])
    _print_row("all of them", ["" for _ in texts], [f"{1000 * (full[n] - none[n]):+.1f}" for n in full])


def _print_row(name: str, counts: list[str], figures: list[str]) -> None:
    print(
        f"{name:36}" + "".join(f"{cell:>7}" for cell in counts) + "".join(f"{f:>12}" for f in figures),
        flush=True,
    )


def _scores(golds: Sequence[Gold], repairs: Sequence[Repair]) -> Scores:
    return {name: value for gold in golds for name, value in gold.scores(repairs).items()}


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None, f"{path}: no Python file"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
