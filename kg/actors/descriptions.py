"""What a sentence says of a person around the name: title, country, gender."""

from __future__ import annotations

from dataclasses import dataclass

from kg.actors.context import Context
from kg.actors.names import Chunk, block_start
from kg.actors.spellings import phrase_units
from kg.actors.trie import Match
from kg.actors.vocabulary import Prefix, Title
from kg.parsing.tree import Token

# Forms of address and titles that tell whether a man or a woman is meant.
_MR = {"mr": "m", "mister": "m", "sir": "m", "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "madame": "f"}
_MALE = frozenset({"king", "prince", "emperor", "sultan", "sheikh", "pope", "lord", "duke"})
_FEMALE = frozenset({"queen", "princess", "empress", "lady", "duchess"})
_DOERS = ("er", "or", "ist")  # striker, governor, economist
# Effects of prefixes.csv under which somebody does not hold the title now.
NOT_NOW = frozenset({"ended", "coming", "dead", "other"})


@dataclass
class Person:
    """A person's name in a sentence with what stands around it."""

    sentence: int
    chunk: Chunk
    block: int
    units: tuple[str, ...]
    text: str
    title: Title | None = None
    title_text: str | None = None
    said: tuple[str, ...] = ()  # the title alone, in pieces
    effect: str | None = None  # former, elect … as prefixes.csv says
    codes: tuple[str, ...] = ()
    gender: str | None = None

    @property
    def is_short(self) -> bool:
        """Whether one word is all the name there is."""
        return len(self.units) == 1

    @property
    def country(self) -> str | None:
        """The one country that the sentence gives."""
        return self.codes[0] if len(self.codes) == 1 else None


def read(context: Context, sentence: int, chunk: Chunk) -> Person:
    """A name with its title, country and gender as the sentence gives them."""
    tokens = context.sentences[sentence].tokens
    block = _with_title(block_start(tokens, chunk), chunk, context.matches[sentence])
    units = tuple(u for t in tokens[chunk.start : chunk.end] for u in phrase_units(t.text))
    person = Person(sentence, chunk, block, units, context.text(sentence, chunk.start, chunk.end))
    before = tokens[block : chunk.start]
    person.gender = next((_MR[w] for t in before if (w := t.text.lower().strip(".")) in _MR), None)
    _read_title(context, person, tokens)
    person.codes = tuple(_codes(context, person, tokens))
    return person


def _with_title(block: int, chunk: Chunk, matches: list[Match]) -> int:
    """A block that takes the whole of a title in: "Minister of Defense" before a name."""
    for match in matches:
        if match.of("title") and match.start < block <= match.end <= chunk.start:
            return match.start
    return block


def _read_title(context: Context, person: Person, tokens: list[Token]) -> None:
    """The title before the name, beside it or at its beginning; else a noun that says what the person is."""
    found = context.matches[person.sentence]
    before = [m for m in found if _is_before(m, person)]
    person.effect = effect(before)
    match = _title(person, before, [m for m in found if m.of("title")])
    if match is not None:
        _take_title(context, person, match, tokens)
    elif person.block < person.chunk.start and _describes(context, tokens[person.chunk.start - 1]):
        person.title_text = context.text(person.sentence, person.block, person.chunk.start)


def _title(person: Person, before: list[Match], titles: list[Match]) -> Match | None:
    """The title nearest before the name, else one set beside it, else one that it begins with."""
    nearest = next((m for m in reversed(before) if m.of("title")), None)
    return nearest or _apposed(person, titles) or _leading(person, titles)


def _is_before(match: Match, person: Person) -> bool:
    """Whether a phrase lies in the block before the name."""
    return person.block <= match.start and match.end <= person.chunk.start


def _take_title(context: Context, person: Person, match: Match, tokens: list[Token]) -> None:
    title = match.of("title")[0].row
    assert isinstance(title, Title)
    person.title = title
    person.said = tuple(u for t in tokens[match.start : match.end] for u in phrase_units(t.text))
    start, end = match.start, match.end
    if _is_before(match, person):
        start, end = person.block, person.chunk.start
    person.title_text = context.text(person.sentence, start, end)
    person.gender = person.gender or _gender(title.title.split()[-1])


def _gender(title: str) -> str | None:
    if title in _MALE:
        return "m"
    return "f" if title in _FEMALE else None


def _apposed(person: Person, titles: list[Match]) -> Match | None:
    """A title set beside the name: "Bessent, the Treasury Secretary,", "the Treasury Secretary, Bessent,"."""
    beside = {c.i for c in _beside(person.chunk.head)}
    return next((m for m in titles if not beside.isdisjoint(range(m.start, m.end))), None)


def _beside(head: Token) -> list[Token]:
    """The words that stand in apposition to one, on either side."""
    above = [head.head] if head.dep == "appos" and head.head is not None else []
    return above + head.all("appos")


def _leading(person: Person, titles: list[Match]) -> Match | None:
    """A title that the tables or the parser took for part of the name: "King Hamad bin Isa"."""
    chunk = person.chunk
    return next((m for m in reversed(titles) if m.start == chunk.start and m.end < chunk.end), None)


def _describes(context: Context, token: Token) -> bool:
    """Whether a word before a name says what the person is: "striker Ivan Petrov"."""
    gazetteer, noun = context.gazetteer, token.lemma.lower()
    if token.text.lower().strip(".") in gazetteer.words["honorific"]:
        return True
    return noun in gazetteer.humans or noun.endswith(_DOERS)


def effect(matches: list[Match]) -> str | None:
    """What the first prefix among these says of the title: "ended" for "former"."""
    prefixes = (e.row for m in matches for e in m.of("prefix") if isinstance(e.row, Prefix))
    return next((prefix.effect for prefix in prefixes), None)


def _codes(context: Context, person: Person, tokens: list[Token]) -> list[str]:
    """The country that the name's titles and modifiers give."""
    s, chunk = person.sentence, person.chunk
    before = tokens[person.block : chunk.start]
    codes = [code for token in reversed(before) for code in context.codes_of(s, token)]
    for token in (chunk.head, *before, tokens[chunk.end - 1]):
        codes += context.country_codes(s, token)
    for beside in _beside(chunk.head):
        if beside.i in context.common[s]:  # and not the next name of a list
            codes += context.country_codes(s, beside)
    return list(dict.fromkeys(codes))
