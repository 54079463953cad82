"""What each repair of a tree is worth: how often it fires on text nobody tuned on, and what it gains.

usage: python -m tests.benchmarks.repairs [--corpora DIR] [--cases SCORER FOLDER] [--without NAME ...]
       python -m tests.benchmarks.repairs [--corpora DIR] --show NAME

Fires are counted, in sentences, on a fixed sample of raw/*.txt, on re3d, and on the recipe's news texts that
the language model never saw. "mended" and "broken" count the words of the development treebanks that a repair
gives the gold head and label, or takes them. The other columns are what the scores lose, in thousandths, when
one repair is left out and the others stay: F1 and AUC of CaRB dev, the four shares of PLOVER dev, and with
--cases the assertions and whole cases that hold, by a scorer with `load`, `Found` and `score`. --without
leaves repairs out throughout, to try what goes together; --show prints the sentences where one fires.

Sentences are parsed once; each trial mends copies of them, and reads a document again only where its trees
are new.
"""

import argparse
import importlib.util
import os
import random
import tomllib
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
from tests.benchmarks import carb_score, plover, trees
from tests.benchmarks.lines import split_line
from tests.benchmarks.tuples import tuples

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))
SAMPLE, SEED = 4000, 7  # sentences of raw text, and what draws their paragraphs
LEAST_WORDS = 4  # of a paragraph: less is no sentence

Scores = dict[str, float]
Tree = tuple[tuple[Any, ...], ...]
Texts = dict[str, list[Sentence]]


def copied(sentence: Sentence) -> Sentence:
    """A sentence of its own with the same tree."""
    tokens = []
    for t in sentence:
        token = Token(t.i, t.text, t.lemma, t.pos, t.tag, t.dep, t.start)
        token.ent, token.feats, token.space = t.ent, t.feats, t.space
        tokens.append(token)
    return attach(sentence.index, tokens, [t.head.i if t.head else -1 for t in sentence])


def tree_of(sentence: Sentence) -> Tree:
    """All that repairs may change: head and label first, then parts of speech and lemma."""
    return tuple((t.head.i if t.head else -1, t.dep, t.pos, t.tag, t.lemma) for t in sentence)


def changes(sentence: Sentence, repairs: Sequence[Repair]) -> Iterator[tuple[str, Tree, Tree]]:
    """Each repair that changes a sentence, with the tree before and after, all in their order."""
    mended = copied(sentence)
    before = tree_of(mended)
    for mend in repairs:
        after = tree_of(repair(mended, [mend]))
        if after != before:
            yield mend.__name__, before, after
        before = after


# ── text nobody tuned on ──


def raw(folder: Path) -> Iterator[Sentence]:
    """A sample of the sentences of text files, the same in every run."""
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    paragraphs = [line for line in lines if len(line.split()) >= LEAST_WORDS]
    random.Random(SEED).shuffle(paragraphs)
    found = (s for sentences in pipelines.trees(paragraphs) for s in sentences)
    return (s for s, _ in zip(found, range(SAMPLE), strict=False))


def re3d(folder: Path) -> Iterator[Sentence]:
    """The sentences of re3d's documents."""
    texts = (d.text for d in read(sorted(folder.glob("*.jsonl"))))
    return (s for sentences in pipelines.trees(texts) for s in sentences)


def news(folder: Path) -> Iterator[Sentence]:
    """The sentences of annotated news texts."""
    files = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml")))
    texts = (brief["text"] for file in files for brief in file["brief"])
    return (s for sentences in pipelines.trees(texts) for s in sentences)


def fires(sentences: Iterable[Sentence], repairs: Sequence[Repair]) -> Counter[str]:
    """How many sentences each repair changes."""
    return Counter(name for s in sentences for name, _, _ in changes(s, repairs))


def against_gold(files: Iterable[Path], repairs: Sequence[Repair]) -> tuple[Counter[str], Counter[str]]:
    """How many words of treebanks each repair gives their gold head and label, and how many it takes them."""
    mended, broken = Counter[str](), Counter[str]()
    for rows in (sentence for file in files for sentence in trees.read(file)):
        gold = [(int(row[trees.HEAD]) - 1, row[trees.DEPREL]) for row in rows]
        words = [(row[trees.FORM], "SpaceAfter=No" not in row[trees.MISC]) for row in rows]
        for sentence in next(pipelines.trees([words], one_sentence=True)):
            for name, before, after in changes(sentence, repairs):
                mended[name] += sum(a[:2] == g != b[:2] for b, a, g in zip(before, after, gold, strict=True))
                broken[name] += sum(b[:2] == g != a[:2] for b, a, g in zip(before, after, gold, strict=True))
    return mended, broken


# ── scores ──


@dataclass
class Gold:
    """Texts with gold: their sentences as parsed, what is read off mended ones, and the scores of that."""

    parsed: list[list[Sentence]]
    outcome: Callable[[int, list[Sentence]], Any]
    score: Callable[[list[Any]], Scores]
    known: dict[tuple[int, tuple[Tree, ...]], Any] = field(default_factory=dict)

    def scores(self, repairs: Sequence[Repair]) -> Scores:
        """The scores with these repairs; what was read off the same trees before is not read again."""
        return self.score([self._read(n, sentences, repairs) for n, sentences in enumerate(self.parsed)])

    def _read(self, n: int, sentences: list[Sentence], repairs: Sequence[Repair]) -> Any:
        mended = [repair(copied(s), repairs) for s in sentences]
        key = (n, tuple(tree_of(s) for s in mended))
        if key not in self.known:
            self.known[key] = self.outcome(n, mended)
        return self.known[key]


def carb(gold: Path) -> Gold:
    """CaRB's tuples."""
    lines, golds = carb_score.read_gold(gold)

    def outcome(_: int, sentences: list[Sentence]) -> list[carb_score.Parts]:
        fields = [t.fields() for s in sentences for t in tuples(s)]
        return [carb_score.Parts.of(f[1], f[2:], float(f[0])) for f in fields]

    def score(outcomes: list[list[carb_score.Parts]]) -> Scores:
        found: dict[str, list[carb_score.Parts]] = defaultdict(list)
        for line, parts in zip(lines, outcomes, strict=True):
            found[carb_score.key(line)] += parts
        result = carb_score.score(golds, found)
        return {"F1": result.f1, "AUC": result.auc}

    parsed = pipelines.trees([split_line(line) for line in lines], one_sentence=True)
    return Gold(list(parsed), outcome, score)


def plover_records(gold: Path, gazetteer: Gazetteer) -> Gold:
    """PLOVER's records."""
    records = plover.read(gold)
    documents = [r.document for r in records]

    def score(found: list[Analysis]) -> Scores:
        result = plover.score(records, [a.events for a in found])
        return {"type": result.type, "source": result.source, "target": result.target, "all": result.all}

    return Gold(_parsed(documents), _reader(documents, gazetteer), score)


def cases(scorer: ModuleType, paths: list[Path], gazetteer: Gazetteer) -> Gold:
    """Texts with what their claims, events and actors must be, as a scorer of cases reads them."""
    loaded = scorer.load(paths)
    documents = [Document(c["id"], c["text"], published=c.get("published")) for c in loaded]

    def score(analyses: list[Analysis]) -> Scores:
        rates = scorer.score(loaded, {a.document.id: _found(scorer, a) for a in analyses})[0]["TOTAL"]
        (right, total), (whole, items) = rates["all"], rates["items"]
        return {"cases": right / total, "whole": whole / items}

    return Gold(_parsed(documents), _reader(documents, gazetteer), score)


def _found(scorer: ModuleType, analysis: Analysis) -> Any:
    actors = [
        {"text": j.mention.text, "label": a.label, "id": a.id, "country": a.country, "sector": a.sector}
        for j in analysis.mentions.all
        if (a := j.actor) is not None
    ]
    claims, events = map(claim_record, analysis.claims), map(event_record, analysis.events)
    return scorer.Found(list(claims), list(events), actors)


def _parsed(documents: list[Document]) -> list[list[Sentence]]:
    return list(pipelines.trees(d.text for d in documents))


def _reader(documents: list[Document], gazetteer: Gazetteer) -> Callable[[int, list[Sentence]], Analysis]:
    return lambda n, sentences: understand(documents[n], sentences, gazetteer)


# ── the command ──


def main() -> None:
    """Print a row for each repair, or the sentences where one fires."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--corpora", type=Path, default=CORPORA)
    cli.add_argument("--cases", type=Path, nargs=2, metavar=("SCORER", "FOLDER"))
    cli.add_argument("--without", nargs="+", default=[], metavar="NAME")
    cli.add_argument("--show", metavar="NAME")
    args = cli.parse_args()
    repairs = [r for r in REPAIRS if r.__name__ not in args.without]
    corpora: Path = args.corpora
    texts = {
        "raw": list(raw(corpora / "raw")),
        "re3d": list(re3d(corpora / "entities" / "re3d")),
        "news": list(news(ROOT / "data" / "models" / "recipe" / "later")),
    }
    if args.show:
        show(args.show, repairs, texts)
        return
    gazetteer = load()
    golds = [
        carb(corpora / "openie" / "carb-dev-gold.tsv"),
        plover_records(corpora / "events" / "plover_gsr-dev.json", gazetteer),
    ]
    if args.cases:
        golds.append(cases(_module(args.cases[0]), sorted(args.cases[1].glob("*.toml")), gazetteer))
    print("sentences: " + ", ".join(f"{name} {len(sentences)}" for name, sentences in texts.items()))
    counts = {name: fires(sentences, repairs) for name, sentences in texts.items()}
    treebanks = sorted((corpora / "treebank").glob("*-dev.conllu"))
    counts["mended"], counts["broken"] = against_gold(treebanks, repairs)
    table(repairs, counts, golds)


def show(name: str, repairs: Sequence[Repair], texts: Texts) -> None:
    """Print every sentence where a repair fires, and what it changes there."""
    for sentence in (s for sentences in texts.values() for s in sentences):
        for _, before, after in (change for change in changes(sentence, repairs) if change[0] == name):
            print(sentence.text)
            for token, old, new in zip(sentence, before, after, strict=True):
                if old != new:
                    print(f"    {token.text}: {_told(sentence, old)} → {_told(sentence, new)}")


def _told(sentence: Sentence, row: tuple[Any, ...]) -> str:
    head = sentence.tokens[row[0]].text if row[0] >= 0 else "-"
    return f"{row[1]} of {head!r}, {row[3]}"


def table(repairs: Sequence[Repair], counts: dict[str, Counter[str]], golds: Sequence[Gold]) -> None:
    """Print how often each repair fires, and what each score loses without it."""
    full, none = _scores(golds, repairs), _scores(golds, [])
    _print_row("", list(counts), list(full))
    _print_row("with all of them", ["" for _ in counts], [f"{value:.3f}" for value in full.values()])
    _print_row("with none", ["" for _ in counts], [f"{value:.3f}" for value in none.values()])
    for mend in repairs:
        name, rest = mend.__name__, _scores(golds, [r for r in repairs if r is not mend])
        gains = [f"{1000 * (full[figure] - rest[figure]):+.1f}" for figure in full]
        _print_row(name, [str(counted[name]) for counted in counts.values()], gains)


def _scores(golds: Sequence[Gold], repairs: Sequence[Repair]) -> Scores:
    return {name: value for gold in golds for name, value in gold.scores(repairs).items()}


def _print_row(name: str, counts: list[str], figures: list[str]) -> None:
    print(f"{name:28}" + "".join(f"{cell:>8}" for cell in (*counts, *figures)), flush=True)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
