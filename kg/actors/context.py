"""A document as the linker reads it: its names found, its countries counted, its mentions so far."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Container, Iterator
from itertools import pairwise

from kg import ids
from kg.actors import acronyms, clashes, names, spotting, unlabelled
from kg.actors.index import Gazetteer
from kg.actors.mentions import Ref
from kg.actors.names import Chunk
from kg.actors.spellings import phrase_units, units
from kg.actors.trie import Match
from kg.actors.wordlists import Homonym
from kg.model import Actor, Document
from kg.parsing.tree import Sentence, Token

# How far down a phrase's modifiers a country is looked for: "Chinese Foreign Ministry spokesman".
_DEPTH = 3
_BRIDGE = 4  # words on either side of a sentence break
_LAST = 500  # mentions before one that may tell what it means
_NEXT = 3  # words between two names that "and the" joins
_DESCENDS = frozenset({"compound", "nmod:desc", "nmod:poss", "amod", "flat"})
_OF_A_COUNTRY = ("country", "demonym", "capital", "metonym")
_DESCRIBING = frozenset({"ADJ", "NOUN", "NUM"})
_FROM = frozenset({"of", "from", "for"})
_IN = frozenset({"in", "at", "throughout", "across", "inside"})


class Context:
    """What every step of linking needs to know of a document."""

    def __init__(self, document: Document, sentences: list[Sentence], gazetteer: Gazetteer) -> None:
        self.document = document
        self.sentences = sentences
        self.gazetteer = gazetteer
        self.on = document.published
        self.matches: list[list[Match]] = [gazetteer.matches(s.tokens) for s in sentences]
        self.called: set[str] = set()  # the first and last words of persons' full names
        self.chunks = self._names()
        self.chunks = self._decided()
        self.countries = self._counted(*_OF_A_COUNTRY)  # how often each is named, by code
        self.spoken = self._counted("country", "demonym")
        self.chunk_at = [{i: c for c in found for i in range(c.start, c.end)} for found in self.chunks]
        self.common = [
            {i for m in found if m.of("generic", "title") for i in range(m.start, m.end)}
            for found in self.matches
        ]
        self.refs: dict[tuple[int, int], Ref] = {}  # by sentence and head word
        self._keys: list[tuple[int, int]] = []  # of the mentions, in text order
        self.covered: dict[tuple[int, int], Ref] = {}  # every word of a name and its titles
        self._types: dict[str, str] = {}
        self._words: dict[str, bool] = {}  # whether they stand in the text

    # -- names -------------------------------------------------------------------------------

    def _names(self) -> list[list[Chunk]]:
        """The names of each sentence: as found there, then with what the whole text tells."""
        found = [
            spotting.chunks(s, m, self.gazetteer) for s, m in zip(self.sentences, self.matches, strict=True)
        ]
        self.chunks = found
        for one, other in pairwise(range(len(self.sentences))):
            self._bridge(one, other)
        self.chunks = acronyms.explained(self.sentences, self.chunks)
        self.called = self._called()
        for sentence, chunks, matches in zip(self.sentences, self.chunks, self.matches, strict=True):
            chunks += unlabelled.names(sentence, chunks, matches, self.called, self.gazetteer)
        countries = self._counted(*_OF_A_COUNTRY)
        return [
            [names.respelt(c, sentence.tokens, self.gazetteer, countries) for c in chunks]
            for sentence, chunks in zip(self.sentences, self.chunks, strict=True)
        ]

    def _decided(self) -> list[list[Chunk]]:
        """The names, those that several share decided by what else the document names."""
        shared, text = self.gazetteer.clashes, self.document.text
        named = self._counted(*_OF_A_COUNTRY, without=shared)

        def decide(s: int, chunk: Chunk) -> Chunk:
            rows = shared.get(self.written(s, chunk))
            found = clashes.reading(rows, text, named) if rows else None
            if rows is None or (found is None and self._are_several_persons(chunk)):
                return chunk  # dates may decide between persons
            return clashes.decided(chunk, found)

        return [[decide(s, chunk) for chunk in found] for s, found in enumerate(self.chunks)]

    def _are_several_persons(self, chunk: Chunk) -> bool:
        people = [e for e in chunk.of("name") if self.gazetteer.is_person(e)]
        return len(people) > 1

    def written(self, s: int, chunk: Chunk) -> str:
        """A name as it is written, white space aside; one that several share as clashes.csv has it."""
        words = " ".join(self.text(s, chunk.start, chunk.end).split())
        within = words[:1].lower() + words[1:]  # a sentence
        return within if within in self.gazetteer.clashes else words

    def _bridge(self, one: int, other: int) -> None:
        """A known name that a parser has cut in two by a sentence break: both parts are it."""
        left, right = self.sentences[one].tokens, self.sentences[other].tokens
        gap = self.document.text[left[-1].end : right[0].start]
        if left[-1].pos != "PROPN" or "\n" in gap or not right[0].text[:1].isalpha():
            return
        tail = left[-_BRIDGE:]
        for match in self.gazetteer.matches([*tail, *right[:_BRIDGE]]):
            if match.start < len(tail) < match.end and match.of("name"):
                start, end = len(left) - len(tail) + match.start, match.end - len(tail)
                self.chunks[one] = names.put(self.chunks[one], left, start, len(left), match)
                self.chunks[other] = names.put(self.chunks[other], right, 0, end, match)

    def _counted(self, *kinds: str, without: Container[str] = ()) -> Counter[str]:
        """How often each country is named by a name of these kinds that only one has."""
        counted: Counter[str] = Counter()
        for s, found in enumerate(self.chunks):
            for chunk in found:
                codes = {e.id for e in chunk.of(*kinds)}
                if len(codes) == 1 and self.written(s, chunk) not in without:
                    counted.update(codes)
        return counted

    def _called(self) -> set[str]:
        """The first and last words of the persons' full names."""
        return {
            u
            for s, found in zip(self.sentences, self.chunks, strict=True)
            for c in found
            if c.ent == "PERSON" and c.end - c.start > 1
            for t in (s.tokens[c.start], s.tokens[c.end - 1])
            for u in units(t.text)
        }

    # -- mentions ----------------------------------------------------------------------------

    def add(self, ref: Ref) -> Ref:
        """Keep a mention."""
        key = ref.sentence, ref.head.i
        if key not in self.refs:
            insort(self._keys, key)
        self.refs[key] = ref
        if ref.kind in ("person", "organisation"):
            for i in range(ref.block if ref.block >= 0 else ref.start, ref.end):
                self.covered.setdefault((ref.sentence, i), ref)
        return ref

    def at(self, sentence: int, token: Token) -> Ref | None:
        """The mention whose head, or whose name, this word is."""
        return self.refs.get((sentence, token.i)) or self.covered.get((sentence, token.i))

    def before(self, ref: Ref, sentences: int | None = None) -> list[Ref]:
        """The mentions before one in text order: of the last few sentences, or the last there are."""
        end = bisect_left(self._keys, (ref.sentence, ref.head.i))
        start = 0 if sentences is None else bisect_left(self._keys, (ref.sentence - sentences, 0))
        start = max(start, end - _LAST)
        return [self.refs[key] for key in self._keys[start:end]]

    def tokens(self, ref: Ref) -> list[Token]:
        """The words of the sentence that a mention stands in."""
        return self.sentences[ref.sentence].tokens

    def text(self, sentence: int, start: int, end: int) -> str:
        """The document's text of tokens [start, end) of a sentence."""
        tokens = self.sentences[sentence].tokens
        return self.document.text[tokens[start].start : tokens[end - 1].end]

    def words(self, ref: Ref) -> str:
        """A mention's words as they stand."""
        return self.text(ref.sentence, ref.start, ref.end)

    def behind_comma(self, ref: Ref) -> list[str]:
        """The codes of the country, or of a region's, that a comma parts from a name: "Berlin, Germany",
        "Paris, Texas"."""
        tokens = self.tokens(ref)
        behind = self.chunk_at[ref.sentence].get(ref.end + 1)
        if behind is None or ref.end >= len(tokens) or tokens[ref.end].text != ",":
            return []
        region = self.gazetteer.regions.get(phrase_units(self.text(ref.sentence, behind.start, behind.end)))
        return [region] if region else [e.id for e in behind.of("country")]

    def noun(self, ref: Ref) -> str:
        """A common noun's words, in small letters unless a name stands in them."""
        text = self.words(ref)
        return text if any(c.isupper() for c in text[1:]) else text[:1].lower() + text[1:]

    def described(self, ref: Ref) -> str:
        """The noun with the adjectives that tell it from others: "senior official"."""
        tokens, start = self.tokens(ref), ref.start
        while start > 0 and tokens[start - 1].pos in _DESCRIBING and tokens[start - 1].head is ref.head:
            start -= 1
        return self.text(ref.sentence, start, ref.end)

    # -- countries of phrases ----------------------------------------------------------------

    def country_codes(self, sentence: int, head: Token, where: bool = True) -> list[str]:
        """The countries that a phrase's modifiers name: "Iraqi police", "the president of Armenia".

        `where`: whether being in a country counts ("officials in Cairo", but not "troops in Iraq").
        """
        words = _FROM | _IN if where else _FROM
        return list(dict.fromkeys(self._codes_below(sentence, head, _DEPTH, words)))

    def _codes_below(self, sentence: int, head: Token, depth: int, words: frozenset[str]) -> Iterator[str]:
        """The countries of the first modifier that has one; what is before the head comes first."""
        for child in sorted(head.children, key=lambda t: (t.i > head.i, -t.i if t.i < head.i else t.i)):
            if not self._modifies(child, words) or self._next_name(sentence, head, child):
                continue
            codes = self.codes_of(sentence, child)
            if codes:
                yield from (*codes, *self._joined(sentence, head, child))
                return
            if depth and (child.dep in _DESCENDS or child.i in self.common[sentence]):
                below = list(self._codes_below(sentence, child, depth - 1, frozenset()))
                if below:
                    yield from below
                    return

    def _joined(self, sentence: int, head: Token, child: Token) -> Iterator[str]:
        """The countries that "and" joins to one: "U.S. and Chinese officials"."""
        yield from self._other_adjectives(sentence, head, child)
        yield from self._acronym_before(sentence, child)
        for other in (*child.all("conj"), *_conjuncts_behind(head, child)):
            yield from self.codes_of(sentence, other)

    def _other_adjectives(self, sentence: int, head: Token, child: Token) -> Iterator[str]:
        """The countries of adjectives that "and" joins to this one, however the parser took them."""
        if head.child("cc") is None and child.child("cc") is None:
            return
        for other in head.all("amod", "compound"):
            if other is not child and other.i < head.i:
                yield from self.codes_of(sentence, other)

    def _acronym_before(self, sentence: int, child: Token) -> list[str]:
        """The country that capitals name before "and" and an adjective: "U.S. and Chinese officials"."""
        tokens = self.sentences[sentence].tokens[: child.i]
        if len(tokens) < 2 or tokens[-1].lower not in ("and", "or") or child.pos != "ADJ":
            return []
        return self.codes_of(sentence, tokens[-2]) if tokens[-2].text.isupper() else []

    def _next_name(self, sentence: int, head: Token, child: Token) -> bool:
        """Whether a word belongs to the next name of a list, which a parser may hang on the first."""
        chunks = self.chunk_at[sentence]
        return child.dep == "flat" and child.i > head.i and chunks.get(child.i) is not chunks.get(head.i)

    def _modifies(self, child: Token, words: frozenset[str]) -> bool:
        if child.dep in ("amod", "compound", "nmod:poss", "nmod:desc", "flat", "nmod:unmarked"):
            return True
        case = child.child("case")
        return child.base_dep in ("nmod", "obl") and case is not None and case.text.lower() in words

    def codes_of(self, sentence: int, token: Token) -> list[str]:
        """The country that a modifier names or belongs to, if it is one."""
        chunk = self.chunk_at[sentence].get(token.i)
        if chunk is None or self.is_ethnic(sentence, chunk) or self._is_origin(sentence, chunk):
            return []
        codes = [e.id for e in chunk.of(*_OF_A_COUNTRY)]
        if codes:
            return self._codes_of_country(self.refs.get((sentence, chunk.head.i)), chunk, codes)
        ref = self.at(sentence, chunk.head)
        if ref is not None and ref.where is not None:
            return [ref.where]
        if ref is not None and ref.actor is not None:
            return _code(ref.actor)
        return self._shared_country(chunk)

    def _codes_of_country(self, named: Ref | None, chunk: Chunk, codes: list[str]) -> list[str]:
        """The country that a country's name, its capital or its adjective was taken for."""
        if named is not None and named.kind == "country":
            return _code(named.actor)
        if named is not None and named.where is not None:
            return [named.where]
        code = self.one_country(codes)
        return [code] if code else []

    def is_ethnic(self, sentence: int, chunk: Chunk) -> bool:
        """Whether a people is named and not a country's citizens: "ethnic Albanians"."""
        before = self.sentences[sentence].tokens[chunk.start - 1] if chunk.start else None
        return before is not None and before.lower in self.gazetteer.words["ethnic"]

    def _is_origin(self, sentence: int, chunk: Chunk) -> bool:
        """Whether it only says where somebody is from: "Jordanian-born"."""
        behind = self.sentences[sentence].tokens[chunk.end : chunk.end + 2]
        return [t.lower for t in behind] in (["-", "born"], ["-born"])

    def _shared_country(self, chunk: Chunk) -> list[str]:
        """The country that all whom a name may mean have: of either Bush, the United States."""
        found = {c for e in chunk.of("name") for c in self.gazetteer.records[e.id].countries}
        return list(found) if len(found) == 1 else []

    def one_country(self, codes: list[str]) -> str | None:
        """The only country, or the one that the document speaks of, or none."""
        if len(set(codes)) > 1:
            codes = [c for c in codes if self.existed(c)] or codes
        distinct = set(codes)
        if len(distinct) > 1:
            named = {c for c in distinct if self.countries[c]}
            return named.pop() if len(named) == 1 else self._by_shared_name(distinct)
        return distinct.pop() if distinct else None

    def _by_shared_name(self, codes: set[str]) -> str | None:
        """The country of several that share a name, as cues decide: "Congolese" as "Congo"."""
        for phrase, homonyms in self.gazetteer.homonyms.items():
            if {h.code for h in homonyms} == codes:
                code, sure, _ = self.by_cues(phrase, homonyms)
                return code if sure else None
        return None

    def by_cues(self, text: str, homonyms: list[Homonym]) -> tuple[str | None, bool, str]:
        """A country's name that others share: who else the document speaks of decides.

        The country (the most used sense where nothing decides), whether it is sure, and why.
        """
        spoken = self._speaks_of
        best, against, code = max(_weighed(h, spoken) for h in homonyms)
        if best + against > 0:
            return code, True, f"'{text}' the country: the text speaks of {_cue(homonyms, code, spoken)}"
        if best + against < 0:
            return None, False, f"'{text}' is {homonyms[0].other} here"
        others = [c for c in self.countries if c != code]
        if others and len(homonyms) == 1:
            return code, True, f"'{text}' the country: other countries are named beside it"
        return homonyms[0].code, False, f"'{text}': the country or {homonyms[0].other}?"

    def _speaks_of(self, word: str) -> bool:
        """Whether a word stands in the text; each is looked for once."""
        if word not in self._words:
            self._words[word] = word in self.document.text
        return self._words[word]

    def existed(self, code: str) -> bool:
        """Whether a country existed when the document appeared."""
        country = self.gazetteer.countries[code]
        if self.on is None:
            return country.end is None
        low = (self.on + "-12-31")[:10] if len(self.on) == 4 else self.on
        return not ((country.end and country.end < self.on) or (country.start and country.start > low))

    # -- actors of this document -------------------------------------------------------------

    def local(
        self,
        id: str,
        label: str,
        type: str,
        country: str | None = None,
        sector: str | None = None,
    ) -> Actor:
        """An actor that no table knows; its id is never a known actor's, nor another type's."""
        if self.gazetteer.is_known(id):
            id += "-local"
        if self._types.setdefault(id, type) != type:
            id = f"{id}-{type.replace(' ', '-')}"
        return Actor(id, label, type, country, sector)

    def part(self, code: str, text: str, type: str, sector: str | None) -> Actor:
        """Those of a country by noun: "Iraqi police"."""
        country = self.gazetteer.countries[code]
        return self.local(f"{country.id}-{ids.slug(text)}", f"{country.adjective} {text}", type, code, sector)

    def by_country(
        self, ref: Ref, text: str, codes: list[str], type: str, sector: str | None, why: str
    ) -> None:
        """Let a mention mean those of the first country by noun, or of this document alone."""
        if codes and codes[0] in self.gazetteer.countries:
            ref.means(self.part(codes[0], text, type, sector), "same", why)
            return
        id = ids.content_id(ids.slug(text), self.document.id)
        ref.means(self.local(id, text, type, codes[0] if codes else None, sector), "unsure", why)

    def here(self, name: str) -> str:
        """An id for what a name means in this document alone."""
        return ids.content_id(ids.slug(name), self.document.id)

    def known(self, id: str) -> Actor:
        """A known actor as it was at the document's date."""
        return self.gazetteer.actor(id, self.on)


def _code(actor: Actor | None) -> list[str]:
    """An actor's country as a list of one; empty where it has none."""
    return [actor.country] if actor is not None and actor.country else []


def _cue(homonyms: list[Homonym], code: str, spoken: Callable[[str], bool]) -> str:
    """The first word that speaks for a country."""
    return next(c for h in homonyms if h.code == code for c in h.cues if spoken(c))


def _weighed(homonym: Homonym, spoken: Callable[[str], bool]) -> tuple[int, int, str]:
    """How many words of a text speak for a country, and (below 0) how many for the other of its name."""
    other = sum(map(spoken, homonym.other_cues))
    return sum(map(spoken, homonym.cues)), -other, homonym.code


def _conjuncts_behind(head: Token, child: Token) -> list[Token]:
    """What "and" joins to a plural noun right behind its "of": "the presidents of Peru and Chile"."""
    if head.tag not in ("NNS", "NNPS") or child.i < head.i:
        return []
    return [t for t in head.all("conj") if t.pos == "PROPN" and child.i < t.i <= child.i + _NEXT]
