"""Where names stand in a sentence: the tables' phrases and the parser's names, made one.

A chunk is the name alone ("Xi Jinping"); its block is the name with the titles, adjectives and
countries before it ("Chinese President Xi Jinping").
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from kg.actors import places
from kg.actors.index import Gazetteer
from kg.actors.spellings import units
from kg.actors.trie import Entry, Match
from kg.actors.vocabulary import Generic
from kg.parsing.tree import Sentence, Token

NAME_KINDS = ("name", "country", "demonym", "capital", "metonym")
_INSIDE = frozenset({"flat", "compound", "goeswith", "fixed"})
_NOT_NAMES = frozenset({"VERB", "AUX", "ADP", "SCONJ", "CCONJ", "PART", "PRON", "INTJ", "DET"})
_ACRONYM = 10  # letters
_OF = frozenset({"of", "from", "in", "for"})  # no person's name goes on behind these
_TITLE = 20  # words that a headline has at most
_BODIES = frozenset({"government", "igo", "ngo", "party", "agency", "movement", "company", "population"})
_JOINERS = frozenset("-–—/'’.")


@dataclass(frozen=True)
class Chunk:
    """A name: tokens [start, end), what the tables say of it, the parser's label, its head word."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    ent: str
    head: Token
    inside: tuple[Match, ...] = ()  # known names within a longer one: "China" in "Bank of China"

    def of(self, *kinds: str) -> list[Entry]:
        """The readings of one of these kinds."""
        return [e for e in self.entries if e.kind in kinds] if self.entries else []


def chunks(sentence: Sentence, matches: list[Match], gazetteer: Gazetteer) -> list[Chunk]:
    """The names of a sentence in text order, none inside another."""
    tokens = sentence.tokens
    known = [m for m in matches if m.of(*NAME_KINDS) and _nameable(m, tokens)]
    titled = {
        i for m in matches if m.of("title", "prefix") and not m.of("name") for i in range(m.start, m.end)
    }
    titled |= {
        t.i for t in tokens[:-1] if t.ent == "PERSON" and t.lower.strip(".") in gazetteer.words["honorific"]
    }
    taken = [_known_chunk(m, tokens, titled, known, gazetteer) for m in known]
    runs = [_trimmed(start, end, tokens, titled, gazetteer) for start, end in _runs(tokens)]
    longer = [_longer(start, end, tokens, known, titled, gazetteer) for start, end in runs if start < end]
    found = [_whole(c, tokens, matches, gazetteer) for c in _apart([*(c for c in longer if c), *taken])]
    return _apart([*_after_titles(tokens, matches, found, gazetteer), *found])


def _whole(chunk: Chunk, tokens: list[Token], matches: list[Match], gazetteer: Gazetteer) -> Chunk:
    """A name with what the recogniser left off: "Kerry | Washington", "Andy Warhol | Foundation"."""
    if chunk.ent != "PERSON":
        return chunk
    taken = {i for m in matches if not m.of("name") for i in range(m.start, m.end)}
    start, end = chunk.start, chunk.end
    if end < len(tokens) and tokens[end].pos == "PROPN" and tokens[end].text.istitle():
        kinds = {e.row.type for e in gazetteer.lookup(tokens[end].text) if isinstance(e.row, Generic)}
        body = kinds & _BODIES and tokens[end].lower not in gazetteer.words["government"]
        if body and chunk.head.head is tokens[end]:
            return Chunk(start, end + 1, (), "ORG", tokens[end])
    if end - start > 1 or chunk.entries:
        return chunk
    before, after = tokens[start - 1] if start else None, tokens[end] if end < len(tokens) else None
    if before is not None and start - 1 not in taken and _left_off(before, chunk.head, gazetteer):
        start -= 1
    elif after is not None and end not in taken and _left_off(after, chunk.head, gazetteer):
        end += 1
    if end - start == 1:
        return chunk
    return Chunk(
        start, end, same_person(tokens, start, end, gazetteer), "PERSON", head_of(tokens, start, end)
    )


def _left_off(token: Token, name: Token, gazetteer: Gazetteer) -> bool:
    """Whether a proper noun without a label belongs to the name beside it."""
    joined = (token.head is name or name.head is token) and "flat" in (token.dep, name.dep)
    plain = token.pos == "PROPN" and not token.ent and token.text.isalpha() and token.text.istitle()
    return joined and plain and token.lower not in gazetteer.words["honorific"]


def respelt(chunk: Chunk, tokens: list[Token], gazetteer: Gazetteer, named: Collection[str]) -> Chunk:
    """A name of one word that no table has as the country that it misspells.

    Not if it is a city, or, where the text never names that country (by code), a person.
    """
    if chunk.entries or chunk.end - chunk.start > 1:
        return chunk
    word = tokens[chunk.start].text
    code = gazetteer.misspelt(word)
    if code is None or (chunk.ent == "PERSON" and code not in named) or places.is_city(word):
        return chunk
    return replace(chunk, entries=(Entry("country", code, word),))


def unlabelled(
    sentence: Sentence, found: list[Chunk], matches: list[Match], called: set[str], gazetteer: Gazetteer
) -> list[Chunk]:
    """Proper nouns that the parser called no name, but that the text shows to be one.

    A word of a person's full name elsewhere, a name with a title set beside it, whoever says
    something.
    """
    words = gazetteer.words
    taken = {i for c in found for i in range(c.start, c.end)}
    taken |= {i for m in matches if m.of("title", "generic") for i in range(m.start, m.end)}
    titles = {i for m in matches if m.of("title") for i in range(m.start, m.end)}
    added = []
    for token in sentence.tokens:
        if token.i in taken or token.pos != "PROPN" or token.ent or not token.text[:1].isupper():
            continue
        if is_settlement(sentence.tokens, token.i, words) or gazetteer.misspelt(token.text):
            added.append(Chunk(token.i, token.i + 1, (), "LOC", token))
            continue
        before = sentence.tokens[token.i - 1].lower.strip(".") if token.i else ""
        named = bool(units(token.text)) and units(token.text)[0] in called
        if named or before in words["address"] or _titled(token, titles):
            start, end = _proper_run(sentence.tokens, token.i, taken)
            taken.update(range(start, end))
            head = head_of(sentence.tokens, start, end)
            entries = same_person(sentence.tokens, start, end, gazetteer)
            added.append(Chunk(start, end, entries, "PERSON", head))
        elif token.dep == "nsubj" and token.head is not None and token.head.lemma.lower() in words["saying"]:
            start = min([t.i for t in token.all("compound") if t.pos == "PROPN"] + [token.i])
            end = max([t.i for t in token.all("flat") if t.pos == "PROPN"] + [token.i]) + 1
            if taken.isdisjoint(range(start, end)):
                added.append(Chunk(start, end, (), "", token))
    return added


def _proper_run(tokens: list[Token], i: int, taken: set[int]) -> tuple[int, int]:
    """A word with the proper nouns on either side that nobody has labelled: "Cyd Ho"."""

    def joins(k: int) -> bool:
        token = tokens[k]
        named = token.pos == "PROPN" and not token.ent and token.text.isalpha() and token.text.istitle()
        return named and k not in taken

    start, end = i, i + 1
    while start > 0 and joins(start - 1):
        start -= 1
    while end < len(tokens) and joins(end):
        end += 1
    return start, end


def is_settlement(tokens: list[Token], i: int, words: dict[str, set[str]]) -> bool:
    """Whether a noun before a name says that it is a place: "the town of Samarra"."""
    return i > 1 and tokens[i - 1].lower == "of" and tokens[i - 2].lemma.lower() in words["settlement"]


def definitions(sentence: Sentence) -> list[tuple[int, int, int]]:
    """Acronyms that a sentence explains: start and end of the name, and where the acronym stands.

    "Organization for Northern Fisheries (ONF)": capitals before a bracket whose first letters are it.
    """
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens) - 2):
        short = tokens[i + 1].text
        if tokens[i].text not in ("(", "[") or tokens[i + 2].text not in (")", "]"):
            continue
        if short.isupper() and short.isalpha() and 2 <= len(short) <= _ACRONYM:
            start = _beginning(tokens, i, short.lower())
            if start is not None:
                found.append((start, i, i + 1))
    return found


def _beginning(tokens: list[Token], end: int, short: str) -> int | None:
    """Where the name begins whose words' first letters, small words aside, are the acronym."""
    letters = ""
    for i in range(end - 1, max(-1, end - 3 * len(short) - 1), -1):
        word = tokens[i].text
        if word[:1].isupper():
            letters = word[0].lower() + letters
            if letters == short:
                return i
        elif not (word.isalpha() and len(word) <= 3) and word not in _JOINERS:
            return None
    return None


def defined(sentence: Sentence, found: list[Chunk], acronyms: set[str]) -> list[Chunk]:
    """A sentence's chunks with the names that it explains an acronym for, and all such acronyms."""
    tokens = sentence.tokens
    added = []
    for start, end, _ in definitions(sentence):
        over = [c for c in found if c.start < end and start < c.end]
        if not any(c.entries and c.of("name") for c in over) and not any(
            (c.start, c.end) == (start, end) for c in over
        ):
            inside = tuple(Match(c.start, c.end, c.entries) for c in over if c.entries)
            added.append(Chunk(start, end, (), "ORG", head_of(tokens, start, end), inside))
    taken = {i for c in found for i in range(c.start, c.end)}
    added += [Chunk(t.i, t.i + 1, (), "ORG", t) for t in tokens if t.text in acronyms and t.i not in taken]
    return _apart([*added, *found]) if added else found


def _titled(token: Token, titles: set[int]) -> bool:
    """Whether a title is set beside a word: "Bessent, the Treasury Secretary,"."""
    return any(c.i in titles for c in token.all("appos")) and token.child("nmod") is None


def _after_titles(
    tokens: list[Token], matches: list[Match], found: list[Chunk], gazetteer: Gazetteer
) -> Iterator[Chunk]:
    """All proper nouns behind a title, called a name or not: "Prime Minister Abbas el-Fassi"."""
    other = {i for c in found if _no_person(c, gazetteer) for i in range(c.start, c.end)} | {
        i for m in matches if m.of("title") and not m.of("name") for i in range(m.start, m.end)
    }
    for match in matches:
        start = end = match.end
        if not match.of("title") or not tokens[start - 1].text[:1].isupper():
            continue
        while start < len(tokens) - 1 and tokens[start].lower in gazetteer.words["honorific"]:
            start = end = start + 1  # "Deputy Secretary Antony Blinken"
        while end < len(tokens) and end not in other and _names_on(tokens, end, gazetteer):
            end += 1
        while end > start and tokens[end - 1].pos != "PROPN" and tokens[end - 1].text != "I":
            end -= 1
        if end > start and not any((c.start, c.end) == (start, end) for c in found):
            entries = same_person(tokens, start, end, gazetteer)
            yield Chunk(start, end, entries, "PERSON", head_of(tokens, start, end))


def _no_person(chunk: Chunk, gazetteer: Gazetteer) -> bool:
    """Whether a chunk is surely no part of a person's name."""
    if chunk.entries:
        return not any(e.kind == "name" and gazetteer.records[e.id].type == "person" for e in chunk.entries)
    return chunk.ent in ("ORG", "LOC", "NORP")


def _names_on(tokens: list[Token], i: int, gazetteer: Gazetteer) -> bool:
    """Whether a name goes on at a word: another proper noun, a particle, a numeral."""
    token = tokens[i]
    if token.text == "I":
        return tokens[i - 1].pos == "PROPN" and i + 1 < len(tokens) and tokens[i + 1].pos in ("VERB", "AUX")
    if token.text in _JOINERS or token.lower in gazetteer.words["particle"]:
        return any(t.text[:1].isupper() and t.pos == "PROPN" for t in tokens[i + 1 : i + 3])
    return token.pos == "PROPN" and token.tag != "NNPS" and not _calendar(token, gazetteer)


def _nameable(match: Match, tokens: list[Token]) -> bool:
    """Whether the words of a match can be a name here: "may" and "us" are not."""
    words = tokens[match.start : match.end]
    if len(words) > 1:
        return True
    word = words[0]
    return bool(word.ent) or word.pos not in _NOT_NAMES


def _runs(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Stretches of words with the same name label."""
    start = 0
    for i, token in enumerate([*tokens, None]):
        if token is None or token.ent != tokens[start].ent:
            if tokens and tokens[start].ent:
                yield start, i
            start = i


def _trimmed(
    start: int, end: int, tokens: list[Token], titled: set[int], gazetteer: Gazetteer
) -> tuple[int, int]:
    """A run without determiners, titles and possessive marks at its ends; nothing of a title alone."""
    if all(i in titled for i in range(start, end)):
        return start, start
    while start < end and (
        tokens[start].pos in ("DET", "PUNCT", "ADP", "CCONJ")
        or _leading(start, tokens, titled)
        or tokens[start].lower in gazetteer.words["ethnic"]
    ):
        start += 1
    if tokens[start].ent == "PERSON":
        end = next((i for i in range(start + 1, end) if tokens[i].lower in _OF), end)
    while start < end and _trailing(tokens[end - 1], gazetteer):
        end -= 1
    return start, end


def _trailing(token: Token, gazetteer: Gazetteer) -> bool:
    if token.tag == "POS" or token.pos in ("PUNCT", "ADP", "CCONJ"):
        return True
    return token.text[:1].isupper() and token.text.isalpha() and _calendar(token, gazetteer)


def _leading(i: int, tokens: list[Token], titled: set[int]) -> bool:
    return i in titled and tokens[i].ent == "PERSON"


def _known_chunk(
    match: Match, tokens: list[Token], titled: set[int], known: list[Match], gazetteer: Gazetteer
) -> Chunk:
    """A phrase of the tables; a longer proper name around it takes it over ("Melania Trump")."""
    start, end = _proper(match, tokens, titled, known, gazetteer)
    head = head_of(tokens, start, end)
    if (start, end) == (match.start, match.end):
        return Chunk(start, end, tuple(match.of(*NAME_KINDS)), head.ent, head)
    ent = next((t.ent for t in tokens[start:end] if t.ent), "PERSON" if head.pos == "PROPN" else "")
    return Chunk(start, end, same_person(tokens, start, end, gazetteer), ent, head, (match,))


def _proper(
    match: Match, tokens: list[Token], titled: set[int], known: list[Match], gazetteer: Gazetteer
) -> tuple[int, int]:
    """The match with the words that the parser joins to it as one flat name."""
    others = {i for m in known if not m.of("name") and m is not match for i in range(m.start, m.end)} | titled
    start, end = match.start, match.end
    if start - 1 not in others and _has_given_name(match, tokens, gazetteer):
        start -= 1
    while start > 0 and start - 1 not in others and _flat(tokens[start - 1], tokens[start:end], gazetteer):
        start -= 1
    if headline(tokens):
        return start, end
    person = any(e.kind == "name" and gazetteer.records[e.id].type == "person" for e in match.entries)
    while person and end < len(tokens) and end not in others and _goes_on(tokens, end, gazetteer):
        end += 1
    while end < len(tokens) and end not in others and _flat(tokens[end], tokens[start:end], gazetteer):
        end += 1
    return start, end


def _has_given_name(match: Match, tokens: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether a proper noun that no table has makes another name of a place's: "Denzel Washington"."""
    if match.start == 0 or match.end - match.start > 1 or not match.of("capital", "country"):
        return False
    given, name = tokens[match.start - 1], tokens[match.start]
    joined = given.head is name or name.head is given
    words = gazetteer.words
    known = given.lower in words["direction"] or given.lower in words["geographic"] or given.ent
    return joined and given.pos == "PROPN" and given.text.isalpha() and given.text.istitle() and not known


def _goes_on(tokens: list[Token], i: int, gazetteer: Gazetteer) -> bool:
    """Whether another proper noun follows a person's name outside a headline: "George V. Blue"."""
    token = tokens[i]
    return token.pos == "PROPN" and token.ent in ("", "PERSON") and not _calendar(token, gazetteer)


def headline(tokens: list[Token]) -> bool:
    """Whether most words have capitals, as in a title: taggers see names everywhere in it."""
    if len(tokens) > _TITLE or tokens[-1].text == ".":
        return False
    words = [t for t in tokens if len(t.text) > 3 and t.text.isalpha()]
    return 3 * sum(t.text[0].isupper() for t in words) > 2 * len(words) > 4


def _flat(token: Token, words: list[Token], gazetteer: Gazetteer) -> bool:
    """Whether a word belongs to the same flat name as these."""
    if token.pos != "PROPN" or _calendar(token, gazetteer):
        return False
    if token.ent == "PERSON" and words[-1].ent == "PERSON" and token.i == words[-1].i + 1:
        return True
    return any(
        (w.head is token and w.dep.startswith("flat")) or (token.head is w and token.dep.startswith("flat"))
        for w in words
    )


def _longer(
    start: int,
    end: int,
    tokens: list[Token],
    known: list[Match],
    titled: set[int],
    gazetteer: Gazetteer,
) -> Chunk | None:
    """A name that the parser found, unless the tables know the very same or a longer one."""
    if all(_calendar(t, gazetteer) for t in tokens[start:end]):
        return None
    inside = tuple(m for m in known if start <= m.start and m.end <= end)
    if any((m.start, m.end) == (start, end) for m in inside):
        return None
    if any(m.start < end and start < m.end and m not in inside for m in known):
        return None  # they overlap: the table's phrase it is
    if any(m.start == start for m in inside) and headline(tokens):
        return None
    if inside and inside[0].start == start and inside[0].of("demonym") and tokens[inside[0].end].lower in _OF:
        return None  # "Russians of Latvia"
    ent = tokens[start].ent
    if inside and all(i in titled or _is_modifier(i, tokens, inside) for i in range(start, end)):
        return None  # "U.S." and "Chinese" side by side, "Chinese President Xi Jinping"
    head = head_of(tokens, start, end)
    entries = same_person(tokens, start, end, gazetteer) if ent == "PERSON" else ()
    return Chunk(start, end, entries, ent, head, inside)


def _calendar(token: Token, gazetteer: Gazetteer) -> bool:
    """Whether a word is a day, month or number, which a name recogniser may take for a name."""
    word = token.text.lower().strip(".")
    return not any(c.isalpha() for c in word) or word in gazetteer.words["time"]


def _is_modifier(i: int, tokens: list[Token], inside: tuple[Match, ...]) -> bool:
    return tokens[i].pos in ("PUNCT", "CCONJ") or any(m.start <= i < m.end for m in inside)


def same_person(tokens: list[Token], start: int, end: int, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    """Known persons whose first and last names these are, a middle name more or less."""
    said = gazetteer.plain(" ".join(t.text for t in tokens[start:end]))
    if len(said) < 2:
        return ()
    found = [i for i in gazetteer.by_surname(said[-1]) if _middle(said, i, gazetteer)]
    return tuple(Entry("name", i, gazetteer.records[i].label) for i in found)


def _middle(said: tuple[str, ...], id: str, gazetteer: Gazetteer) -> bool:
    for name in gazetteer.records[id].names:
        has = gazetteer.plain(name)
        if len(has) < 2 or (has[0], has[-1]) != (said[0], said[-1]):
            continue
        one, other = has[1:-1], said[1:-1]
        if not one or not other or all(a[0] == b[0] for a, b in zip(one, other, strict=False)):
            return True
    return False


def put(found: list[Chunk], tokens: list[Token], start: int, end: int, match: Match) -> list[Chunk]:
    """The chunks with a known name at [start, end) in the place of whatever was there."""
    kept = [c for c in found if c.end <= start or end <= c.start]
    chunk = Chunk(start, end, tuple(match.of("name")), "", head_of(tokens, start, end))
    return sorted([*kept, chunk], key=lambda c: c.start)


def head_of(tokens: list[Token], start: int, end: int) -> Token:
    """The word of [start, end) that the others hang on."""
    words = tokens[start:end]
    outside = [w for w in words if w.head is None or not start <= w.head.i < end]
    return next((w for w in outside if w.dep not in _INSIDE), outside[0] if outside else words[0])


def _apart(found: list[Chunk]) -> list[Chunk]:
    """The longest of overlapping chunks, in text order."""
    taken: set[int] = set()
    kept = []
    for chunk in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if taken.isdisjoint(range(chunk.start, chunk.end)):
            taken.update(range(chunk.start, chunk.end))
            kept.append(chunk)
    return sorted(kept, key=lambda c: c.start)


def block_start(tokens: list[Token], chunk: Chunk) -> int:
    """Where the titles and adjectives before a name begin."""
    start = chunk.start
    while start > 0 and _before(tokens[start - 1], chunk.head):
        start -= 1
    return start


def _before(token: Token, head: Token) -> bool:
    if token.pos not in ("NOUN", "PROPN", "ADJ") and token.text not in _JOINERS and token.dep != "compound":
        return False
    if token.tag == "POS":
        return False
    chain = [token, *token.ancestors()][:5]
    if any(t is head for t in chain[1:]):
        return token.dep != "appos" and token.base_dep not in ("acl", "conj", "parataxis")
    return (
        token is head.head
        and head.dep in ("flat", "appos", "compound", "nmod:desc", "nmod")
        and (token.pos in ("NOUN", "PROPN") and head.child("case", "punct") is None)
    )
