"""Coreference scores: how often pronouns and names are put with the right others.

Texts are read as users' texts are, from their characters; gold trees only say where a gold mention has
its head word, by which gold and given mentions meet (head match, as CorefUD scores it).

- **CoNLL F1** of the chains of names and third-person pronouns, the mean of MUC (Vilain et al. 1995),
  B³ (Bagga & Baldwin 1998) and CEAF-e (Luo 2005), chains of one left out, as in CoNLL 2012 (Pradhan et
  al. 2012) but for common nouns, of which kg makes no chains.
- **Links**: a pronoun's is right where the phrase it is given lies in its gold chain; `to the noun`
  asks the same of the noun at the end of the links. A name's goes to the last mention of its actor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from kg.actors import index, linking
from kg.actors.context import Context
from kg.actors.index import Gazetteer
from kg.actors.pronouns import coreference, phrases, ranking
from kg.actors.pronouns.phrases import Phrase
from kg.claims.speech import Speech
from kg.parsing import pipelines
from kg.parsing.tree import Token
from tests.benchmarks import gum
from tests.benchmarks.gum import Annotated

Chains = list[set[str]]  # of mentions that are named by document and place


@dataclass
class Score:
    """Right, given and wanted: links, mentions, or shares of them."""

    right: float = 0  # of those given
    given: float = 0
    wanted: float = 0
    found: float | None = None  # of those wanted, where that is another number

    @property
    def precision(self) -> float:
        """Right of those given."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Right of those wanted."""
        found = self.right if self.found is None else self.found
        return found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def evaluate(gold: Path, model: str = pipelines.DEFAULT_MODEL) -> list[tuple[str, str]]:
    """Figures on a CoNLL-U file of GUM. Raises InputError for a file without its `Entity=` column."""
    documents = list(gum.read(gold))
    parsed = pipelines.parse([d.document.text for d in documents], model)
    read = [replace(d, sentences=s) for d, s in zip(documents, parsed, strict=True)]
    return rows(score(read, index.load()))


def rows(scores: Mapping[str, Score]) -> list[tuple[str, str]]:
    """Name and figure of each score."""
    metrics = ("MUC", "B3", "CEAF-e")
    pronouns = scores["pronouns"]
    found = [("CoNLL F1", f"{sum(scores[m].f1 for m in metrics) / 3:.3f}")]
    for name in ("mentions", *metrics, "pronouns", "pronouns to the noun", "he she", "it", "they", "names"):
        given = scores[name]
        found += [
            (f"{name}: precision", f"{given.precision:.3f}"),
            (f"{name}: recall", f"{given.recall:.3f}"),
        ]
        if name in metrics:
            found.append((f"{name}: F1", f"{given.f1:.3f}"))
    total = scores["seen"].given
    return [
        *found,
        ("pronouns resolved", f"{pronouns.given / total if total else 0:.3f}"),
        ("pronouns left unresolved", f"{total - pronouns.given:.0f} of {total:.0f}"),
    ]


def score(
    documents: Iterable[Annotated], tables: Gazetteer, threshold: float | None = None
) -> dict[str, Score]:
    """Scores by name: links of pronouns and names, mentions, and the three metrics of chains."""
    scores: dict[str, Score] = defaultdict(Score)
    gold: Chains = []
    given: Chains = []
    for annotated in documents:
        found = prepared(annotated, tables)
        for phrase, best, _ in coreference.readings(found, threshold):
            _count_pronoun(annotated, phrase, best, scores)
        _count_names(annotated, found, scores)
        gold += _gold_chains(annotated, tables)
        given += _given_chains(annotated, found)
    scores["mentions"] = _mentions(gold, given)
    scores["MUC"], scores["B3"], scores["CEAF-e"] = muc(gold, given), b_cubed(gold, given), ceaf(gold, given)
    return scores


def prepared(annotated: Annotated, tables: Gazetteer) -> list[Phrase]:
    """A document's phrases, its names and nouns linked, its pronouns not yet."""
    context = Context(annotated.document, annotated.sentences, tables)
    linking.link_names(context)
    spoken = Speech(annotated.sentences).speakers()
    return phrases.phrases(annotated.sentences, tables, context, spoken)


# -- links ---------------------------------------------------------------------------------------


def _count_pronoun(
    annotated: Annotated, phrase: Phrase, best: Phrase | None, scores: dict[str, Score]
) -> None:
    """A pronoun wants a link where its gold chain has another mention."""
    chain = annotated.chain(phrase)
    form = ranking.form_of(phrase)
    wanted = chain is not None and annotated.mentions(chain) > 1
    scores["seen"].given += 1
    for name, meant in (
        ("pronouns", best),
        ("pronouns to the noun", best and best.noun),
        ("he she" if form == "person" else form, best),
    ):
        scores[name].wanted += wanted
        if meant is not None:
            scores[name].given += 1
            scores[name].right += chain is not None and annotated.chain(meant) == chain


def _count_names(annotated: Annotated, found: Iterable[Phrase], scores: dict[str, Score]) -> None:
    """A name wants a link where a name of its gold chain stands before it."""
    last: dict[Phrase, Phrase] = {}
    named: set[str] = set()
    for phrase in found:
        if phrase.kind != "name" or phrase.joined:
            continue
        chain = annotated.chain(phrase)
        before = last.get(phrase.first)
        last[phrase.first] = phrase
        scores["names"].wanted += chain in named
        if before is not None:
            scores["names"].given += 1
            scores["names"].right += chain is not None and annotated.chain(before) == chain
        if chain is not None:
            named.add(chain)


# -- chains --------------------------------------------------------------------------------------


def _gold_chains(annotated: Annotated, tables: Gazetteer) -> Chains:
    heads = {h.start: h for h in annotated.heads.values() if _counts(h, tables)}
    return _chains(annotated, {start: annotated.chains[start] for start in heads})


def _counts(head: Token, tables: Gazetteer) -> bool:
    """Whether a mention is a name or a personal pronoun of the third person."""
    pronoun = tables.pronouns.get(head.lower) if head.pos == "PRON" else None
    return head.pos == "PROPN" or (pronoun is not None and pronoun.person == 3)


def _given_chains(annotated: Annotated, found: Iterable[Phrase]) -> Chains:
    chains: dict[int, str] = {}
    for phrase in found:
        third = phrase.pronoun is not None and phrase.pronoun.person == 3
        if not phrase.joined and (third or phrase.kind == "name"):
            head = annotated.heads.get(phrase.token.start, phrase.token)
            chains[head.start] = str(phrase.first.order)
    return _chains(annotated, chains)


def _chains(annotated: Annotated, chains: Mapping[int, str]) -> Chains:
    """Chains of two or more mentions."""
    counted = Counter(chains.values())
    found: dict[str, set[str]] = defaultdict(set)
    for start, chain in chains.items():
        if counted[chain] > 1:
            found[chain].add(f"{annotated.document.id} {start}")
    return list(found.values())


def _mentions(gold: Chains, given: Chains) -> Score:
    one, other = {m for c in gold for m in c}, {m for c in given for m in c}
    return Score(len(one & other), len(other), len(one))


def muc(gold: Chains, given: Chains) -> Score:
    """Links that are there of those that join each chain (Vilain et al. 1995).

    >>> round(muc([{"a", "b", "c"}], [{"a", "b"}, {"c", "d"}]).f1, 2)
    0.5
    """
    found, wanted = _links(gold, given)
    right, all_ = _links(given, gold)
    return Score(right, all_, wanted, found)


def _links(chains: Chains, others: Chains) -> tuple[int, int]:
    number = {m: n for n, chain in enumerate(others) for m in chain}
    parts = [len({number.get(m, m) for m in chain}) for chain in chains]
    total = sum(len(chain) - 1 for chain in chains)
    return sum(len(chain) for chain in chains) - sum(parts), total


def b_cubed(gold: Chains, given: Chains) -> Score:
    """Mean over mentions of how much of their chain they share with it (Bagga & Baldwin 1998).

    >>> round(b_cubed([{"a", "b", "c"}], [{"a", "b"}, {"c", "d"}]).recall, 3)
    0.556
    """
    found, right = _shared(gold, given), _shared(given, gold)
    return Score(right, sum(map(len, given)), sum(map(len, gold)), found)


def _shared(chains: Chains, others: Chains) -> float:
    chain_of = {m: other for other in others for m in other}
    return sum(len(chain & chain_of.get(m, set())) / len(chain) for chain in chains for m in chain)


def ceaf(gold: Chains, given: Chains) -> Score:
    """Likeness of chains matched one to one as well as can be, by φ4 (Luo 2005).

    >>> round(ceaf([{"a", "b", "c"}], [{"a", "b"}, {"c", "d"}]).precision, 2)
    0.4
    """
    at = {m: n for n, chain in enumerate(given) for m in chain}
    graph = nx.Graph()
    for g, chain in enumerate(gold):
        for n in {at[m] for m in chain if m in at}:
            other = given[n]
            graph.add_edge(
                ("gold", g), ("given", n), weight=2 * len(chain & other) / (len(chain) + len(other))
            )
    matched = nx.max_weight_matching(graph)
    likeness = sum(graph.edges[pair]["weight"] for pair in matched)
    return Score(likeness, len(given), len(gold))
