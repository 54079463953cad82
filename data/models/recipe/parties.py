"""Teaches who does an act and to whom it is done, from the briefs.

    python data/models/recipe/parties.py data/events PLOVER_GSR.json BRIEFS

BRIEFS are the briefs that the language model learnt on; our own texts teach beside them.

An event of a brief is placed on its trigger's word; every party that its annotation accepts is right, nobody
where it says "none" or names somebody who is none of the document's actors. Sentences teach once more
as texts of their own, for people read single sentences, in which many others are not named.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.actors.index import load
from kg.claims.speech import Speech
from kg.coding.acts import act_at
from kg.coding.cast import Cast
from kg.coding.parties import Rankers, choice
from kg.coding.standing import Act, Features, Standing, counterpart, without_model
from kg.parsing.pipelines import parse
from kg.pipeline import said

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3])]
from placing import (  # noqa: E402
    acts,
    all_files,
    in_sentence,
    is_unseen,
    listed,
    named,
    texts,
    texts_and_pieces,
)
from ranker import train as train_ranker  # noqa: E402

from tests.benchmarks import plover  # noqa: E402

EPOCHS = 8
KNOWN = 6  # how often PLOVER's records count, of which there are few


@dataclass
class Example:
    """An annotated event with the features of the document's parties; "" is nobody among the right ones."""

    cast: Cast
    act: Act
    parties: dict[str, Features]
    nobody: Features
    doers: dict[str, bool]
    recipients: dict[str, bool]

    def without_model(self) -> "Example":
        """The same as a pipeline without the careful model would see it."""
        parties = {key: without_model(features) for key, features in self.parties.items()}
        return replace(self, parties=parties, nobody=without_model(self.nobody))


def examples(files: Iterable[Path], *, pieces: bool = True) -> Iterator[Example]:
    """The events of briefs whose triggers are found, in the texts and once more in their sentences alone; of
    texts that the careful model learnt on, as a pipeline without it would see them."""
    for file in files:
        for brief, sentences in texts_and_pieces(file) if pieces else texts([file]):
            cast, told = acts(brief, sentences)
            standing = Standing(cast, Speech(sentences))
            for event, act in told:
                parties, nobody = standing.of(act)
                sides = (right(event, side, cast, parties) for side in ("actor", "recipient"))
                example = Example(cast, act, parties, nobody, *sides)
                yield example if is_unseen(file) else example.without_model()


def records(path: Path) -> Iterator[Example]:
    """PLOVER's gold records: the word that likeliest tells an act of the type, and parties by country."""
    found = plover.read(path)
    gazetteer = load()
    for record, sentences in zip(found, parse(r.document.text for r in found), strict=True):
        mentions, claims = said(record.document, sentences, gazetteer)
        cast = Cast(mentions, record.document, sentences, claims)
        standing = Standing(cast, Speech(sentences))
        words = ((s, w) for s in sentences for w in s)
        likely = {
            i: (s.signals.of("types", w.start).get(record.type, 0.0), s, w) for i, (s, w) in enumerate(words)
        }
        sure, sentence, word = max(likely.values(), key=lambda row: row[0])
        if sure < 0.3:
            continue
        act = act_at(sentence, word, record.type, in_sentence(claims, sentence))
        parties, nobody = standing.of(act)
        sides = []
        for codes in (record.sources, record.targets):
            own = {
                k: bool(
                    codes & plover.codes_of(a for seen in cast.parties[k].appearances for a in seen.actors)
                )
                for k in parties
            }
            sides.append(own | {"": not any(own.values())})
        yield Example(cast, act, parties, nobody, *sides)


def right(event: dict[str, Any], side: str, cast: Cast, parties: Iterable[str]) -> dict[str, bool]:
    """Which parties an annotated event accepts on a side."""
    names = listed(event.get(side, "none"))
    if event.get("symmetric"):
        names = names + listed(event.get("recipient" if side == "actor" else "actor", []))
    actors = {key: [a for seen in cast.parties[key].appearances for a in seen.actors] for key in parties}
    found = {key: any(named(a, names) for a in own) for key, own in actors.items()}
    return found | {"": "none" in listed(event.get(side, "none")) or not any(found.values())}


def learn(given: Iterable[Example], seeds: int = 2) -> Rankers:
    """Both rankers from examples, each of some seeds; the second one is shown the doer that is right."""
    given = [e for e in given if e.parties]
    how = {"epochs": EPOCHS, "seeds": seeds}
    doer = train_ranker([([*e.parties.values(), e.nobody], list(e.doers.values())) for e in given], **how)
    second = [_second(e, choice(doer, e.parties, e.nobody)) for e in given]
    return Rankers(doer, train_ranker(second, **how))


def _second(e: Example, likely: dict[str, float]) -> tuple[list[Features], list[bool]]:
    """The recipients of an example, once the likeliest right doer is chosen."""
    best = max((key for key, is_right in e.doers.items() if is_right), key=lambda key: likely[key])
    doer = e.cast.parties.get(best)
    about = counterpart(e.parties, doer, likely, e.cast, e.act.sentence)
    others = {key: is_right and key != best for key, is_right in e.recipients.items()}
    wanted = others if any(others.values()) else e.recipients
    return [*about.values(), e.nobody | {"no doer": float(doer is None)}], list(wanted.values())


def train(files: Iterable[Path], folder: Path, gold: Path | None = None) -> None:
    """Writes parties-doer.npz and parties-recipient.npz into a folder."""
    learned = learn([*examples(files), *(KNOWN * list(records(gold)) if gold else ())])
    learned.doer.save(folder / "parties-doer.npz")
    learned.recipient.save(folder / "parties-recipient.npz")


if __name__ == "__main__":
    folder, gold, briefs = map(Path, sys.argv[1:])
    train(all_files(briefs), folder, gold)
