"""The linker's own words: titles, common nouns, pronouns and the small tables that say what they tell.

Each class is a row of the table in data/actors that its docstring names. Names of actors are in `entries`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from kg import tables
from kg.actors.spellings import phrase_units

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Title:
    """titles.csv: a title such as "prime minister" and the office that it names."""

    title: str
    office: str
    sector: str | None
    aliases: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class Noun:
    """generic.csv: a common noun with its plural, or `yes` where it is one, or `no` where it has none."""

    noun: str
    type: str
    sector: str | None
    plural: str
    example: str = ""

    def forms(self) -> "Iterator[tuple[str, Generic]]":
        """The noun as it may stand in a text, in the singular and in the plural."""
        many = self.plural in ("yes", self.noun)
        yield self.noun, Generic(self.noun, self.type, self.sector, many)
        if self.plural not in ("yes", "no"):
            yield self.plural, Generic(self.noun, self.type, self.sector, True)


@dataclass(frozen=True, slots=True)
class Generic:
    """A common noun for people who act, as it stands in a text: "police", "rebels"."""

    noun: str
    type: str
    sector: str | None
    plural: bool


@dataclass(frozen=True, slots=True)
class Prefix:
    """prefixes.csv: a word before (or hyphenated after) a title that changes what it says: "former"."""

    word: str
    effect: Literal["ended", "holds", "coming", "dead", "other", "then"]
    example: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """groups.csv: a noun that stands for actors named before: "both sides", "the two leaders"."""

    noun: str
    of: Literal["party", "country", "leader", "person"]
    number: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class Anaphor:
    """anaphors.csv: a noun that takes up an actor named before; `named` if its name must have the noun."""

    noun: str
    types: tuple[str, ...]
    named: bool
    example: str = ""


@dataclass(frozen=True, slots=True)
class Homonym:
    """homonyms.csv: a country's name that others have too, with words that speak for either."""

    phrase: str
    code: str
    cues: tuple[str, ...]
    other: str
    other_cues: tuple[str, ...]
    example: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """clashes.csv: one reading of a name, and what in a document speaks for it."""

    alias: str
    id: str | None  # an actor's or a country's; None for somebody whom no table has
    countries: tuple[str, ...]  # codes, each counted as often as the document names it
    cues: tuple[str, ...]  # words, each counted once
    example: str  # a text that decides so; what it says of others must not

    @property
    def is_default(self) -> bool:
        """Whether it is the reading where nothing speaks for another."""
        return not self.countries and not self.cues

    def weight(self, text: str, named: Mapping[str, int]) -> int:
        """How much in a document speaks for it; `named` has how often it names each country."""
        cues = sum(re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text) is not None for cue in self.cues)
        return cues + sum(named.get(code, 0) for code in self.countries)


@dataclass(frozen=True, slots=True)
class Pronoun:
    """pronouns.csv: a personal pronoun's features."""

    form: str
    person: int
    number: Literal["sing", "plur"]
    gender: Literal["m", "f", "n", ""]
    reflexive: bool
    example: str = ""

    @property
    def plural(self) -> bool:
        """Whether it stands for several."""
        return self.number == "plur"


@dataclass(frozen=True, slots=True)
class Human:
    """humans.csv: a common noun for a person, with the gender that it tells."""

    noun: str
    gender: Literal["m", "f", ""]
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """senses.csv: what a preposition, verb or noun says of a place: that it acts, or is one."""

    word: str
    part: str
    says: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """regions.csv: a region or city with the country that it lies in."""

    name: str
    code: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """words.csv: a word of one of the kinds that data/actors/README.md lists."""

    word: str
    kind: str
    example: str = ""


@dataclass(eq=False)
class Vocabulary:
    """What the small tables say, by word."""

    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # by kind
    senses: dict[tuple[str, str], str] = field(default_factory=dict)  # by part and word
    homonyms: dict[str, list[Homonym]] = field(default_factory=lambda: defaultdict(list))  # by phrase
    regions: dict[tuple[str, ...], str] = field(default_factory=dict)  # country by the pieces of a name
    pronouns: dict[str, Pronoun] = field(default_factory=dict)  # by form
    humans: set[str] = field(default_factory=set)
    genders: dict[str, str] = field(default_factory=dict)  # m or f, by noun
    anaphors: dict[str, Anaphor] = field(default_factory=dict)  # by noun

    def read(self, folder: Path) -> None:
        """Fill it from a folder of tables, any of which may be missing. Raises TableError."""
        for word in rows(folder, "words", Word):
            self.words[word.kind].add(word.word)
        for sense in rows(folder, "senses", Sense):
            self.senses[sense.part, sense.word] = sense.says
        for region in rows(folder, "regions", Region):
            self.regions[phrase_units(region.name)] = region.code
        for anaphor in rows(folder, "anaphors", Anaphor):
            self.anaphors[anaphor.noun] = anaphor
        self._read_persons(folder)

    def _read_persons(self, folder: Path) -> None:
        for human in rows(folder, "humans", Human):
            self.humans.add(human.noun)
            if human.gender:
                self.genders[human.noun] = human.gender
        for pronoun in rows(folder, "pronouns", Pronoun):
            self.pronouns[pronoun.form] = pronoun


def rows(folder: Path, name: str, row: type[R]) -> Iterator[R]:
    """The rows of a table in a folder; none where there is no such file. Raises TableError."""
    file = folder / f"{name}.csv"
    if file.exists():
        yield from (r for _, r in tables.read(file, row))
