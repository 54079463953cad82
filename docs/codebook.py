"""Writes docs/events.md, the codebook of events, from the tables in data/events.

python docs/codebook.py
"""

import csv
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).with_name("events.md")
TABLES = Path(__file__).parents[1] / "data" / "events"
OWN = Path(__file__).parents[1] / "examples" / "types.csv"
QUADS = {
    "1": "Verbal cooperation",
    "2": "Material cooperation",
    "3": "Verbal conflict",
    "4": "Material conflict",
}
HEAD = """# Events: the codebook

Written by `python docs/codebook.py` from the tables in `data/events`. Types and modes are PLOVER's; each
example is a sentence that a test codes.

An **event** is an act of or towards a state, an organisation, an armed or political group, their members,
or a population, in politics, war, diplomacy, law, protest, or the economy between states: who did what to
whom.

Not coded: saying, noting, hoping, expecting, asking a question; elections, appointments, deaths by nature,
accidents, weather, sport, business without a state; what is only a condition, a question or a possibility;
a metaphor.

- `actors`, `recipients`: who did it, and to whom. Empty where the text does not say. A place, a topic, an
  instrument or who profits is no recipient. A meeting has one side as actor and the other as recipient;
  either may be either. Whoever has no country of his own gets the one where the article puts him, if it does;
  what a state's people do without a name is the state's. "Unidentified" is who did an attack of which neither
  side is told.
- `implied` names the sides, `actors` or `recipients`, that the act's sentence does not name: what stands
  around it makes them likely. `kg events` shows them in brackets, the actor graph draws no arrow for them.
- `type` is what the act comes to, `original_type` what it was told as: a visit that is planned is an AGREE
  that was told as a CONSULT. The table at the end says what becomes what.
- `realis`: whether the source presents it as happened, attempted, planned, demanded, denied, conditional or
  possible, as what it comes to: a refusal, a demand, a charge, a threat and a promise have happened when they
  are told. `speaker` is who presents it; empty where the article does. An event with a
  speaker is a claim of his: pages and queries call it *claimed*.
- `place` is the one that the text puts the act at, in its sentence, shortly before or in the dateline; empty
  where it tells none. A place that was struck, visited or talked about may be it, a capital that speaks for
  its government is not.
- `date` is a time that the text names in the act's sentence or near it, or the day of the dateline or of
  publication, where it is likely to be the act's; in the first sentence, where no time is told, that day;
  `date_basis` tells which. All others have none.
- `confidence` is how likely all of it is right: type, both sides, realis and speaker (`kg events
  --min-confidence`).
- Two reports of one event are joined when type, actors, day and realis are the same and recipients and
  places do not contradict each other (`kg events --stories`): all sources stay, copies of an agency's text
  count once.
"""
ACLED = """## As other coders have it

`kg events --format polecat`, `icews`, `gdelt` and `phoenix` write CAMEO codes and Goldstein's scale where a
rule gives one. Of ACLED's event types these come nearest; ACLED codes no diplomacy, and goes by who fights
whom:

| ACLED | here |
|---|---|
| Battles | ASSAULT between armed actors |
| Explosions/Remote violence | ASSAULT (aerial, drone, heavy-weapons, explosives, suicide-attack) |
| Violence against civilians | ASSAULT on civilians, above all abduct, beat, sexual, torture, targeted |
| Protests | PROTEST (demo, hunger, strike, boycott, obstruct) |
| Riots | PROTEST (riot, vandalize) |
| Strategic developments | COERCE (arrest, seize, curfew), RETREAT (ceasefire, withdraw, disarm), MOBILIZE |
"""


OWN_TYPES = """## Types of your own

`--types FILE` of `kg events`, `build`, `sync`, `watch` and `rebuild` (in Python `type_table`, in `kg.toml`
`types`) adds types by a table, [examples/types.csv](../examples/types.csv) for instance:

```csv
{table}```

- `verbs` and `nouns` are lemmas, several apart by `|`, and may be of several words (`write off`, `violate
  airspace`, `hunger strike`); of those that fit the longest says which type it is. An irregular form that is
  not found can be listed too.
- Each claim with one of the verbs tells an act of the type. So does a noun that somebody does (`imposed a
  blockade`), threatens or asks for, or that names its parties itself (`Iran's blockade of Qatar`). What is
  lifted, feared, refused or prevented is none.
- `example` has to give an event of its type by the language model in use. It is tried when the file is read,
  and a row that does not hold is an error that names file and line.
- `quad` (1 to 4: verbal cooperation, material cooperation, verbal conflict, material conflict) may be empty,
  or left out as a column. Events without one are grey on the page.

Doer, recipient, place, date, realis and speaker are found as for kg's own types, but no network weighs
whether it is an event: the table says so. Questions, conditions, purposes and what is denied give none. The
type is never rewritten: a blockade that is threatened is a BLOCKADE, its realis *threatened*. `confidence` is
that of the parties alone.

Such an event stands **instead** of kg's own of the same words, so that nothing counts twice, and keeps what
that one says: `original_type`, `cameo`, `goldstein` and `score`. Where kg codes the words as nothing else,
`original_type` is your type and the others are empty, as are the cells of files that want CAMEO's codes
(`icews`, `gdelt`, `phoenix`; how many is told at the end). Who demands such an act, agrees to it or condemns
it does something else, and that is an event beside it.

In the store the type is a `kg:OwnType` with its name as `skos:prefLabel`. The store keeps the table, `kg
rebuild` takes it along, and a build with another table reads its articles again.
"""


def page() -> str:
    """The codebook as Markdown."""
    own = OWN_TYPES.format(table=OWN.read_text(encoding="utf-8"))
    return "\n".join((HEAD, *_types(), own, ACLED, *_realis())) + "\n"


def _types() -> Iterator[str]:
    examples: dict[tuple[str, str], str] = {}
    for rule in _rows("rules"):
        examples.setdefault((rule["type"], rule["mode"]), rule["example"])
    codes: dict[str, list[str]] = {}
    for code in _rows("cameo"):
        codes.setdefault(code["type"], []).append(code["code"])
    for number, quad in QUADS.items():
        yield f"## {quad}\n"
        for kind in (t for t in _rows("types") if t["quad"] == number):
            yield f"### {kind['name']}\n\n{kind['definition']} CAMEO {_roots(codes[kind['name']])}.\n"
            yield "| mode | meaning | example |\n|---|---|---|"
            yield f"| – | | {examples.get((kind['name'], ''), '')} |"
            for mode in (m for m in _rows("modes") if m["type"] == kind["name"]):
                example = examples.get((kind["name"], mode["mode"]), "")
                yield f"| {mode['mode']} | {mode['definition']} | {example} |"
            yield ""


def _roots(codes: list[str]) -> str:
    return ", ".join(dict.fromkeys(code[:2] for code in codes))


def _realis() -> Iterator[str]:
    yield "## What becomes what\n"
    yield "| told as | still to come | did not happen | will not happen |\n|---|---|---|---|"
    for row in _rows("realis"):
        yield f"| {row['type']} | {row['future']} | {row['negated_past']} | {row['negated_future']} |"


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
