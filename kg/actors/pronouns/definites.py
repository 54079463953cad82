"""Definite descriptions: whom "the bloc", "the kingdom", "the army" and "the minister" stand for.

A description takes up an actor that the text has named ("the bloc": the EU), or it is of a country that the
text speaks of ("the army": Sudan's). Every such actor and country is a candidate unless number, gender or
binding forbid it: a description is never who else has a part of its own verb. Which is likeliest is learnt
as for pronouns; below the threshold it stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg import resources
from kg.actors import localities, places
from kg.actors.common_nouns import Nominals
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.actors.wordlists import Generic, Title
from kg.learned import ranker
from kg.learned.ranker import Ranker
from kg.model import Actor
from kg.parsing.tree import Token
from kg.parsing.upper import NOBODY, OUTSIDE

# Probability below which a description stays what it is, chosen by folds over the briefs.
THRESHOLD = 0.7
THRESHOLD_PERSON = 0.8
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_TELLING = ("compound", "acl:relcl", "acl", "appos", "flat", "cop", "nummod", "nmod:desc")
_STATES = frozenset({"country", "capital", "metonym", "demonym"})
_BODIES = frozenset({"government", "military", "agency"})
_FAR = 6  # sentences from which on all are alike
_REACH = 40  # sentences back in which candidates are looked for


@dataclass(frozen=True)
class Description:
    """A noun that points at somebody: what it can mean by its tables."""

    ref: Ref
    noun: str
    kind: str  # site, state, relative, title, body, group
    types: frozenset[str] = frozenset()  # of the actors that it takes up


@dataclass
class Candidate:
    """An actor that a description may take up ("is"), or a country that it may be of ("of")."""

    mode: str
    actor: Actor
    refs: list[Ref] = field(default_factory=list)
    place: int = 0  # how many others that fit were mentioned since
    rivals: int = 0  # how many others fit

    @property
    def last(self) -> Ref:
        """Its last mention."""
        return self.refs[-1]


def link(context: Context, nouns: Nominals, network: Ranker | None = None) -> None:
    """Say whom the descriptions of a document stand for, where one candidate is likely enough."""
    _link_capitals(context)
    for description in descriptions(context):
        ranked = rank(context, description, network)
        probability, best = ranked[0]
        threshold = THRESHOLD_PERSON if description.kind == "title" else THRESHOLD
        if best is not None and probability >= threshold:
            meant = outcome(context, nouns, description, best)
            if meant is not None:
                context.add(meant)


def _link_capitals(context: Context) -> None:
    """ "The Colombian capital", and "the capital" where the text has named one alone."""
    for s, sentence in enumerate(context.sentences):
        for token in sentence.tokens:
            if token.lower == "capital" and _is_definite(token):  # "Chinese capital" is money
                before = [c.i for c in token.all("amod", "compound") if c.i < token.i]
                ref = Ref(s, token, min(before, default=token.i), token.i + 1, "place")
                codes = context.country_codes(s, token)
                if len(codes) == 1:
                    _capital_of(context, ref, codes[0])
                elif not codes and _is_open(context, Ref(s, token, token.i, token.i + 1, "place")):
                    _only_capital(context, ref)


def _capital_of(context: Context, ref: Ref, code: str) -> None:
    """The capital of a country that is told, the first where it has several."""
    country = context.gazetteer.countries.get(code) if context.existed(code) else None
    name = country.capital[0] if country is not None and country.capital else None
    place = places.find(name, context.gazetteer, (code,)) if name is not None else None
    if name is not None and place is not None:
        ref.place, id = place, places.id_of(place, name)
        ref.site = context.local(id, name, "place", code)
        context.add(ref.means(None, "not same", f"a place: {name}, the capital of {code}"))


def _only_capital(context: Context, ref: Ref) -> None:
    """The place of the one capital that the text has named before, if there is one."""
    named = {r.place.name: r for r in context.before(ref, _REACH) if r.place and r.kind == "capital"}
    if len(named) == 1:
        name, meant = next(iter(named.items()))
        ref.place, ref.antecedent = meant.place, meant.head
        ref.site = meant.site or localities.called(context, meant, meant.where)
        context.add(ref.means(None, "not same", f"a place: the capital named before, {name}"))


# -- which nouns ---------------------------------------------------------------------------------


def descriptions(context: Context) -> Iterator[Description]:
    """The definite nouns that say neither by name nor by country whom they mean, in text order."""
    for s, sentence in enumerate(context.sentences):
        for token in sentence.tokens:
            known = context.at(s, token)
            if token.pos == "NOUN" or (token.pos == "PROPN" and _is_common(context, known, token)):
                description = _description(context, s, token)
                if _is_definite(token) and description is not None and _is_open(context, description.ref):
                    yield description


def _is_common(context: Context, known: Ref | None, token: Token) -> bool:
    """Whether capitals make no name of a noun: "the Government", "the Prime Minister"."""
    if known is None or known.head is not token or not _is_own(known):
        return False
    said = context.words(known).removeprefix("the ").lower()
    return any(isinstance(e.row, Generic | Title) for e in context.gazetteer.lookup(said))


def _is_definite(noun: Token) -> bool:
    determiner = noun.child("det")
    if noun.child("nmod:poss") is not None:
        return False  # whose it is, its owner tells
    return determiner is not None and determiner.lower in _POINTING


def _is_open(context: Context, ref: Ref) -> bool:
    """Whether nothing beside a noun tells who is meant, and nobody is known to be."""
    noun, s = ref.head, ref.sentence
    outside = [c for c in noun.children if not ref.start <= c.i < ref.end]
    if any(c.dep in _TELLING for c in outside) or noun.dep in ("appos", "compound", "flat", "nmod:desc"):
        return False
    if any(_is_of(child) for child in outside) or context.country_codes(s, noun):
        return False
    known = context.at(s, noun)
    return known is None or known.verdict != "same" or _is_own(known)


def _is_of(child: Token) -> bool:
    case = child.child("case") if child.base_dep == "nmod" else None
    return case is not None and case.lower in ("of", "for", "from")


def _is_own(ref: Ref) -> bool:
    """Whether a mention means somebody of whom only the noun is known."""
    actor = ref.actor
    return actor is None or not (actor.known or actor.country)


def _description(context: Context, s: int, token: Token) -> Description | None:
    """What a noun may mean, by the tables; None where they do not have it."""
    known = context.refs.get((s, token.i))
    start, end = (known.start, known.end) if known is not None else (token.i, token.i + 1)
    ref = Ref(s, token, start, end, "generic", plural=token.tag in ("NNS", "NNPS"))
    said = context.text(s, start, end).lower() if known is not None else ""
    noun = said if " " in said and context.gazetteer.lookup(said) else token.lemma.lower()
    kind, types = _kind(context, noun, ref)
    return Description(ref, noun, kind, types) if kind else None


def is_state(context: Context, noun: Token) -> bool:
    """Whether a noun stands for a state itself: "country", "kingdom"."""
    anaphor = context.gazetteer.anaphors.get(noun.lower)
    return anaphor is not None and "state" in anaphor.types


def _kind(context: Context, noun: str, ref: Ref) -> tuple[str, frozenset[str]]:
    gazetteer = context.gazetteer
    if noun in gazetteer.words["settlement"]:
        return ("", frozenset()) if ref.plural else ("site", frozenset({"place"}))
    anaphor = gazetteer.anaphors.get(noun)
    plural = ref.plural
    own = anaphor is not None and "state" in anaphor.types
    if own or noun in gazetteer.words["state"]:
        return ("", frozenset()) if plural else ("state" if own else "relative", frozenset())
    said = noun if " " in noun else ref.head.lower
    rows = [e.row for e in gazetteer.lookup(said)]
    generic = next((r for r in rows if isinstance(r, Generic)), None)
    if any(isinstance(r, Title) for r in rows) and not plural:
        return "title", frozenset({"person"})
    types = {*(anaphor.types if anaphor else ()), *((generic.type,) if generic else ())}
    if generic is not None and (generic.type in _BODIES or noun in gazetteer.words["government"]):
        return "body", frozenset(types)
    return ("group", frozenset(types)) if types else ("", frozenset())


# -- candidates ----------------------------------------------------------------------------------


def candidates(context: Context, description: Description) -> list[Candidate]:
    """Who and what may be meant, the last mentioned first."""
    found: dict[tuple[str, str], Candidate] = {}
    barred: set[tuple[str, str]] = set()
    for ref in context.before(description.ref, _REACH):
        for candidate in _meant(context, description, ref):
            key = candidate.mode, candidate.actor.id
            found.setdefault(key, candidate).refs.append(ref)
            if candidate.mode == "is" and _is_beside(ref, description.ref):
                barred.add(key)
    allowed = [c for key, c in found.items() if key not in barred]
    allowed.sort(key=lambda c: (c.last.sentence, c.last.head.i), reverse=True)
    for mode in ("is", "of"):
        same = [c for c in allowed if c.mode == mode]
        for place, candidate in enumerate(same):
            candidate.place, candidate.rivals = place, len(same) - 1
    return allowed


def _meant(context: Context, description: Description, ref: Ref) -> Iterator[Candidate]:
    """The candidates that a mention gives."""
    actor, kind = ref.actor, description.kind
    if kind == "site":
        if (site := ref.site or actor) is not None and site.type == "place":
            yield Candidate("is", site)
        return
    if actor is None or ref.verdict != "same" or actor.type in ("group", "place"):
        return
    state = context.gazetteer.state(actor.country) if actor.country in context.gazetteer.countries else None
    if kind in ("state", "relative"):
        if state is not None and (ref.kind in _STATES or actor.type in ("government", "person")):
            yield Candidate("is", state)
        return
    if actor.type in description.types and _may_be_called(context, description, ref, actor):
        yield Candidate("is", actor)
    if kind in ("body", "title") and state is not None and actor.type != "media":
        yield Candidate("of", state)  # a wire's credit says nothing of whom it reports on


def _may_be_called(context: Context, description: Description, ref: Ref, actor: Actor) -> bool:
    """Whether a noun may take up an actor of its type: by number, and by name where the noun asks for it."""
    if description.ref.plural and actor.type == "person":
        return False
    anaphor = context.gazetteer.anaphors.get(description.noun)
    if anaphor is not None and anaphor.named and description.noun not in actor.label.lower():
        return False
    return actor.known or ref.kind in ("person", "organisation")


def _is_beside(ref: Ref, other: Ref) -> bool:
    """Whether two have parts of one verb, or one is part of the other's phrase."""
    if ref.sentence != other.sentence:
        return False
    if ref.head.head is not None and ref.head.head is other.head.head and ref.head.dep != "conj":
        return other.head.base_dep not in ("obl", "advcl", "conj")
    return ref.head in other.head.children or other.head in ref.head.children


# -- features ------------------------------------------------------------------------------------


def rank(
    context: Context, description: Description, network: Ranker | None = None
) -> list[tuple[float, Candidate | None]]:
    """The candidates with their probabilities, likeliest first; None is "none of them"."""
    found = candidates(context, description)
    chances = (network or load()).likely(table(context, description, found))
    return sorted(zip(chances, [None, *found], strict=True), key=lambda pair: -pair[0])


@lru_cache(maxsize=1)
def load() -> Ranker:
    """The network that ships with kg."""
    return ranker.load(resources.path("data/actors/descriptions.npz"))


def table(
    context: Context, description: Description, found: Sequence[Candidate], with_model: bool = True
) -> list[dict[str, float]]:
    """What speaks for nobody and for each candidate, as the network takes it."""
    signals = context.sentences[description.ref.sentence].signals if with_model else None
    told = dict(signals.role("antecedent", description.ref.head.start)) if signals else {}
    rows = [dict.fromkeys(none_features(description), 1.0)]
    rows[0] |= {"meant none": told.get(NOBODY, 0.0), "meant far": told.get(OUTSIDE, 0.0)}
    for candidate in found:
        likely = sum(told.get(ref.head.start, 0.0) for ref in candidate.refs)
        flags = dict.fromkeys(features(description, candidate), 1.0)
        rows.append(flags | {f"meant {candidate.mode}": likely})
    return rows


def none_features(description: Description) -> list[str]:
    """What speaks for a description that takes up nobody named before."""
    kind, noun = description.kind, description.ref.head
    number = "many" if description.ref.plural else "one"
    return [
        f"{kind} none",
        f"{kind} none {_determiner(noun)}",
        f"{kind} none {number}",
        f"{kind} none {'modified' if noun.child('amod') is not None else 'bare'}",
        f"none of noun {description.noun}",
    ]


def _determiner(noun: Token) -> str:
    determiner = noun.child("det")
    return "the" if determiner is not None and determiner.lower == "the" else "this"


def features(description: Description, candidate: Candidate) -> list[str]:
    """What speaks for a candidate."""
    return [*_natures(description, candidate), *_distances(description, candidate)]


def _natures(description: Description, candidate: Candidate) -> Iterator[str]:
    """What the candidate is, and whether it has been called so."""
    kind, mode, actor = description.kind, candidate.mode, candidate.actor
    yield f"{kind} {mode}"
    yield f"noun {description.noun} {mode}"
    if mode == "is" and kind in ("group", "body"):
        yield f"noun {description.noun} is {actor.type}"
        yield f"{kind} is {actor.type}"
    if any(_is_called(r, description.noun) for r in candidate.refs):
        yield f"{kind} {mode} called so"
    if mode == "is" and description.noun in actor.label.lower().split():
        yield f"{kind} so by name"
    if any(r.title for r in candidate.refs):
        yield f"{kind} {mode} titled"


def _is_called(ref: Ref, noun: str) -> bool:
    """Whether a noun stands with a mention: in its title, beside it or before it."""
    beside = [*ref.head.all("appos", "compound", "nmod:desc"), *([ref.head.head] if ref.head.head else [])]
    if ref.head.dep not in ("appos", "compound", "nmod:desc", "flat"):
        beside = beside[: len(beside) - (ref.head.head is not None)]
    said = (ref.title or "").lower().split()
    return noun in said or any(t.lemma.lower() == noun for t in beside)


def _distances(description: Description, candidate: Candidate) -> Iterator[str]:
    """How near and how much the text speaks of a candidate."""
    kind, mode, last = f"{description.kind} {candidate.mode}", candidate.mode, candidate.last
    distance = min(description.ref.sentence - last.sentence, _FAR)
    yield f"{kind} distance {distance}"
    yield f"{mode} distance {distance}"
    yield f"{kind} place {min(candidate.place, 3)}"
    yield f"{mode} place {min(candidate.place, 3)}"
    yield f"{kind} rivals {min(candidate.rivals, 3)}"
    yield f"{mode} rivals {min(candidate.rivals, 3)}"
    mentioned = len(candidate.refs)
    yield f"{kind} mentioned {mentioned if mentioned < 3 else 3 if mentioned < 6 else 6}"
    if last.head.base_dep == "nsubj":
        yield f"{kind} subject"
    if candidate.refs[0].sentence == 0:
        yield f"{kind} in first sentence"


# -- who it is -----------------------------------------------------------------------------------


def outcome(context: Context, nouns: Nominals, description: Description, candidate: Candidate) -> Ref | None:
    """The description's mention once it is known of whom: the actor itself, or the country's body."""
    ref, actor = description.ref, candidate.actor
    if description.kind == "site":
        meant = replace(ref, kind="place", site=actor, place=candidate.last.place)
        meant.antecedent = candidate.last.head
        return meant.means(None, "not same", f"a place: the {description.noun} named before, {actor.label}")
    if candidate.mode == "is":
        meant = replace(ref, kind="title" if description.kind == "title" else "generic")
        meant.antecedent = candidate.last.head
        meant.gender = candidate.last.gender
        return meant.means(actor, "same", f"the {description.noun} named before: {actor.label}")
    known = context.refs.get((ref.sentence, ref.head.i))
    meant = replace(known) if known is not None and known.kind in ("title", "generic") else replace(ref)
    meant.kind = "title" if description.kind == "title" else "generic"
    meant.verdict, meant.actor = "unsure", None
    if actor.country is not None:
        nouns.owned(meant, actor.country)
        meant.reason = f"the {description.noun} of {actor.label}, of which the text speaks"
    return meant if meant.actor is not None else None
