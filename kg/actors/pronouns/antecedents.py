"""The noun phrases of a document, and which of them a pronoun may stand for and how likely.

Every pronoun of the third person ranks the phrases around it by a sum of weights; the weights were
fitted on GUM's training part (a log-linear ranker after Denis & Baldridge 2008, with "none of them"
as one more candidate) and lie in data/actors/coreference.csv, each with how often it was seen.
Nothing here decides: `coreference` does, with a threshold.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.actors.context import Context
from kg.actors.index import Gazetteer
from kg.actors.mentions import Ref
from kg.actors.spellings import units
from kg.actors.vocabulary import Pronoun
from kg.parsing.tree import Sentence, Token

# Sentences back in which antecedents are looked for; 98 % of GUM's third-person pronouns find theirs there.
WINDOW = 5
# How often the subject of a reported clause is who reports it: 18 of 21 in GUM.
REPORTED = 0.9

_NOT_HEADS = frozenset(
    {
        "flat",
        "compound",
        "fixed",
        "goeswith",
        "nmod:desc",
        "nmod:unmarked",
        "obl:unmarked",
        "nmod:npmod",
        "obl:tmod",
    }
)
_GROUPS = frozenset({"armed group", "population", "movement", "group"})
_PEOPLE = frozenset({"person", "population"})
_SUFFIXES = ("ist", "man", "men", "woman", "women", "ian", "eer", "person")
_NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X")
_SORTS = {"PERSON": "person", "NORP": "person", "ORG": "group", "LOC": "place"}


@dataclass(eq=False, slots=True)
class Phrase:
    """A noun phrase or pronoun that another may refer to."""

    sentence: int
    token: Token
    order: int
    kind: str  # name, nominal, indefinite, pronoun
    plural: bool
    gender: str = ""  # m, f, n or ""
    sort: str = ""  # person, group, place, thing or "": not known
    joined: bool = False  # several conjuncts taken together
    many: bool = False  # a group that is "it" or "they": "the Taliban"
    ref: Ref | None = None
    pronoun: Pronoun | None = None
    speaker: Token | None = None  # whose words they are, inside quotation marks
    antecedent: Phrase | None = None  # what a pronoun stands for
    entity: Phrase | None = None  # the first phrase of its chain, once it is known
    count: int = 1
    scores: dict[str, float] = field(default_factory=dict)  # its standing, by form of pronoun

    @property
    def first(self) -> Phrase:
        """The first phrase of its chain."""
        phrase = self
        while phrase.entity is not None:
            phrase = phrase.entity
        return phrase

    @property
    def noun(self) -> Phrase | None:
        """The noun phrase that it is, or that a pronoun stands for in the end."""
        phrase: Phrase | None = self
        while phrase is not None and phrase.pronoun is not None:
            phrase = phrase.antecedent
        return phrase

    def stand_for(self, antecedent: Phrase) -> None:
        """Become a pronoun for a phrase, and one more mention of its chain."""
        self.antecedent = antecedent
        self.join(antecedent)

    def join(self, chain: Phrase) -> None:
        """Become one more mention of a chain, which learns what this one tells."""
        first = chain.first
        if first is self:
            return
        self.entity = first
        first.count += 1
        first.gender = first.gender or self.gender
        first.sort = first.sort or self.sort


# -- the phrases of a document -------------------------------------------------------------------


def phrases(
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    context: Context | None = None,
    spoken: Mapping[tuple[int, int], Token] | None = None,
) -> list[Phrase]:
    """Every noun phrase and personal pronoun, in text order of their heads.

    `spoken` gives the speaker of words inside quotation marks, by sentence and position.
    """
    found: list[Phrase] = []
    covered = context.covered if context else {}
    pronouns, words = gazetteer.pronouns, gazetteer.words
    refs = context.refs if context else {}
    for s, sentence in enumerate(sentences):
        for token in sentence.tokens:
            pos, start = token.pos, len(found)
            if pos == "PRON":
                lower = token.text.lower()
                pronoun = pronouns.get(lower)
                if pronoun is not None and (s, token.i) not in covered:
                    if token.dep != "expl" and not _pleonastic(token, lower, words):
                        found.append(_pronoun(s, token, pronoun, start))
                elif lower in words["indefinite"]:
                    found.append(Phrase(s, token, start, "indefinite", False, sort="person"))
            elif _noun(token) and token.lemma.lower() not in words["time"]:
                found.extend(_nominal(s, token, refs.get((s, token.i)), gazetteer, start))
            if spoken and len(found) > start and (s, token.i) in spoken:
                for phrase in found[start:]:
                    phrase.speaker = spoken[s, token.i]
    return found


def _noun(token: Token) -> bool:
    """Whether a word heads a noun phrase; an adjective does with its article alone: "the latter"."""
    if token.pos == "ADJ":
        return token.base_dep in ("nsubj", "obj", "obl") and token.child("det") is not None
    return token.pos in ("NOUN", "PROPN") and token.dep not in _NOT_HEADS


def _pronoun(s: int, token: Token, pronoun: Pronoun, order: int) -> Phrase:
    person = pronoun.gender in ("m", "f") or pronoun.person < 3
    sort = "person" if person else ""
    return Phrase(s, token, order, "pronoun", pronoun.plural, pronoun.gender, sort, pronoun=pronoun)


def _nominal(s: int, token: Token, ref: Ref | None, gazetteer: Gazetteer, order: int) -> Iterator[Phrase]:
    """A noun phrase; with conjuncts also all of them together."""
    kind = "name" if token.pos == "PROPN" else "nominal"
    named = kind == "name" and ref is not None and ref.actor is not None  # "the United States" is one
    plural = (ref is not None and ref.plural) or (not named and _plural(token, gazetteer.words["quantity"]))
    gender, sort = _nature(token, ref, gazetteer)
    many = ref is not None and ref.actor is not None and ref.actor.type in _GROUPS and sort != ""
    if kind == "name" and sort == "person":
        gender = gender or given_names(gazetteer).get(next(iter(units(token.text)), ""), "")
    yield Phrase(s, token, order, kind, plural, gender, sort, many=many, ref=ref)
    if token.dep != "conj" and any(c.pos in _NOUNS for c in token.all("conj")):
        yield Phrase(s, token, order + 1, kind, True, "", sort, joined=True)


def _plural(token: Token, quantities: Collection[str]) -> bool:
    """Whether a noun is of several, by its form or by what it counts: "a number of officials"."""
    if token.tag in ("NNS", "NNPS") or "Number=Plur" in token.feats:
        return True
    counted = token.child("nmod") if token.lemma.lower() in quantities else None
    return counted is not None and _plural(counted, ())


def _nature(token: Token, ref: Ref | None, gazetteer: Gazetteer) -> tuple[str, str]:
    """Gender, and what sort of being or thing it is."""
    noun = token.lemma.lower() if token.pos == "NOUN" else ""
    gender = (ref.gender if ref is not None else None) or gazetteer.genders.get(noun, "")
    if noun in gazetteer.humans or noun.endswith(_SUFFIXES):
        return gender, "person"
    if noun in gazetteer.words["collective"] or noun in gazetteer.anaphors:
        return gender, "group"
    if ref is not None:
        return gender, _sort(ref)
    if token.ent:
        return "", _SORTS.get(token.ent, "")
    return "", "" if token.pos == "PROPN" else "thing"


def _sort(ref: Ref) -> str:
    if ref.kind == "generic" and not ref.plural and ref.actor is not None and ref.actor.type == "population":
        return ""  # "the clergy", "the settler"
    if ref.kind in ("person", "title") or (ref.actor is not None and ref.actor.type in _PEOPLE):
        return "person"
    if ref.kind in ("country", "capital", "place"):
        return "place"
    return "group" if ref.actor is not None else ""


@lru_cache(maxsize=4)
def given_names(gazetteer: Gazetteer) -> dict[str, str]:
    """The gender, m or f, that all known persons of a first name have, of names that two or more have.

    Of 49 persons in GUM whose first name is among them, it is right of all.
    """
    found: dict[str, list[str]] = {}
    for record in gazetteer.records.values():
        if record.type == "person" and record.gender:
            found.setdefault(gazetteer.plain(record.label)[0], []).append(record.gender)
    return {n: genders[0] for n, genders in found.items() if len(genders) > 1 and len(set(genders)) == 1}


def _pleonastic(token: Token, lower: str, words: Mapping[str, set[str]]) -> bool:
    """An "it" that stands for nobody, though the parser takes it for a subject.

    "It is clear that", "it is time to", "it was raining".
    """
    head = token.head
    if lower != "it" or head is None or token.base_dep != "nsubj":
        return False
    if head.child("cop") is None:
        return head.lemma.lower() in words["weather"]
    if head.lemma.lower() in words["time"]:
        return True
    clause = head.child("csubj", "ccomp", "advcl", "xcomp", "csubj:outer")
    mark = clause.child("mark") if clause is not None and clause.i > head.i else None
    return head.pos == "ADJ" and mark is not None and mark.lower in ("that", "to", "whether", "if")


# -- scoring -------------------------------------------------------------------------------------

_ROLES = frozenset({"nsubj", "obj", "obl", "nmod", "conj"})
_DISTANCE = [f"distance {n}" for n in range(5)]
_RANK = [f"rank {n}" for n in range(5)]
_FORMS = {"m": "person", "f": "person", "n": "it"}


def features(pronoun: Phrase, candidate: Phrase, rank: int) -> list[str]:
    """What speaks for and against a candidate; `rank` counts agreeing candidates between them."""
    form = form_of(pronoun)
    return standing(candidate, form) + relation(pronoun, candidate, rank, form)


def standing(candidate: Phrase, form: str) -> list[str]:
    """What holds of a candidate by itself, for any pronoun of a form (person, it, they)."""
    token = candidate.token
    role = token.base_dep if token.base_dep in _ROLES else "other"
    if token.dep == "nmod:poss":
        role = "owner" if candidate.pronoun is None else "poss"
    found = [f"role {role}", f"{form} kind {candidate.kind}"]
    if form == "they":
        number = "joined" if candidate.joined else "plural" if candidate.plural else "singular"
        if candidate.many:
            number = "many"
        found.append(f"they {number}")
        if candidate.pronoun is None:
            found.append(f"they {number} {candidate.sort or 'open'}")
    if candidate.kind == "nominal":
        determiner = token.child("det")
        article = determiner.lower if determiner is not None else "bare"
        if token.child("nmod:poss"):
            article = "owned"
        found.append(f"article {article if article in _ARTICLES else 'other'}")
    if token.head is None or (token.base_dep == "nsubj" and token.head.head is None):
        found.append("main subject")
    return found


_ARTICLES = frozenset({"the", "a", "an", "bare", "owned", "this", "no"})


def relation(pronoun: Phrase, candidate: Phrase, rank: int, form: str) -> list[str]:
    """What holds between a pronoun and a candidate, as its chain stands by then."""
    own, other, first = pronoun.token, candidate.token, candidate.first
    distance = pronoun.sentence - candidate.sentence
    found = [_DISTANCE[min(distance, 4)], f"{form} {_DISTANCE[min(distance, 2)]}", _RANK[min(rank, 4)]]
    if own.dep != "nmod:poss" and own.base_dep == other.base_dep:
        found.append("parallel")
        if own.base_dep == "nsubj":
            found.append(f"parallel subjects {min(distance, 2)}")
    count = first.count
    if count > 1:
        often = 2 if count < 4 else 4 if count < 8 else 8
        found.append(f"mentioned {often}")
    if candidate.pronoun is not None:
        found.append("same pronoun" if _same(pronoun, candidate) else "other pronoun")
        if first.pronoun is not None:
            found.append(f"{form} open chain")
    if form != "they":
        found.append(f"{form} sort {first.sort or candidate.sort or 'open'}")
    if form == "it":
        role = "subject" if own.base_dep == "nsubj" else "owner" if own.dep == "nmod:poss" else "other"
        found.append(f"it {role} sort {first.sort or candidate.sort or 'open'}")
    if form == "person" and not (first.gender or candidate.gender):
        found.append("gender open")
    if (pronoun.speaker is None) != (candidate.speaker is None):
        found.append("into quotation" if pronoun.speaker else "out of quotation")
    return found + _within(pronoun, candidate) if distance == 0 else found


def _within(pronoun: Phrase, candidate: Phrase) -> list[str]:
    """How the two stand in one sentence."""
    own, other = pronoun.token, candidate.token
    assert pronoun.pronoun is not None
    found = []
    verb = own.head
    if pronoun.pronoun.reflexive:
        subject = subject_of(verb) if verb is not None else None
        near = "subject" if other is subject else "head" if other is verb else "other"
        return [f"reflexive {near}"]
    if other.i > own.i:
        return ["after it"]
    if own.dep == "nmod:poss" and verb is not None:
        clause = next((a for a in own.ancestors() if a.child("nsubj", "nsubj:pass") is not None), None)
        if verb.head is not None and subject_of(verb.head) is other:
            found.append("owner is subject")
        elif clause is not None and clause.child("nsubj", "nsubj:pass") is other:
            found.append("owner is subject of clause")
        if verb.head is not None and verb.head is other.head:
            found.append("owner beside")
    elif verb is not None and verb is other.head:
        found.append("same verb")
    if any(a is other for a in own.ancestors()):
        found.append("inside it")
    above = _above(own, other)
    if above:
        found.append(above)
    return found


def _above(own: Token, other: Token) -> str:
    """Which clause of its own the pronoun stands in below the verb whose subject the candidate is."""
    if other.base_dep != "nsubj" or other.head is None:
        return ""
    below = own
    for ancestor in own.ancestors():
        if ancestor is other.head:
            if own.base_dep == "nsubj" and own.head is below:
                return f"next subject {below.base_dep}"
            return f"below {below.base_dep}" if below is not own else ""
        below = ancestor
    return ""


def form_of(pronoun: Phrase) -> str:
    """person, it or they."""
    assert pronoun.pronoun is not None
    return "they" if pronoun.pronoun.plural else _FORMS[pronoun.pronoun.gender]


def _same(one: Phrase, other: Phrase) -> bool:
    a, b = one.pronoun, other.pronoun
    return (
        a is not None and b is not None and (a.person, a.plural, a.gender) == (b.person, b.plural, b.gender)
    )


def subject_of(verb: Token, depth: int = 4) -> Token | None:
    """The subject of a verb, also where another verb has it: "wants to go", "came and saw".

    An object between is the subject of an infinitive: "wants Xi to call".
    """
    subject = verb.child("nsubj", "nsubj:pass")
    if subject is not None or verb.head is None or not depth:
        return subject
    if verb.dep == "xcomp":
        return verb.head.child("obj", "iobj") or subject_of(verb.head, depth - 1)
    if verb.dep in ("conj", "advcl"):
        return subject_of(verb.head, depth - 1)
    return verb.head if verb.dep == "acl" else None


# -- what grammar allows -------------------------------------------------------------------------


def possible(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether grammar allows it at all: gender, person, number, quotation, and binding."""
    own = pronoun.pronoun
    assert own is not None
    other, first = candidate.pronoun, candidate.first
    if other is not None and (other.person != own.person or other.plural != own.plural):
        return False
    gender, sort = first.gender or candidate.gender, first.sort or candidate.sort
    if own.gender in ("m", "f"):
        if sort in ("thing", "group", "place") or candidate.plural or (gender and gender != own.gender):
            return False
    elif own.gender == "n":
        if candidate.plural or sort == "person" or gender in ("m", "f"):
            return False
    elif not candidate.plural and sort == "person" and (candidate.kind == "name" or gender):
        return False
    return not _speaks(pronoun, candidate) and _bound(pronoun, candidate)


def _speaks(pronoun: Phrase, candidate: Phrase) -> bool:
    """Whether one is the speaker of the other's quotation: who is quoted says "I"."""
    speakers = pronoun.speaker, candidate.speaker
    if speakers[0] is not None and speakers[0] is candidate.token:
        return True
    return speakers[1] is not None and speakers[1] is pronoun.token


def _bound(pronoun: Phrase, candidate: Phrase) -> bool:
    """Principles A and B of binding: "himself" is the subject of its verb, "him" is not."""
    assert pronoun.pronoun is not None
    if candidate.sentence != pronoun.sentence:
        return not pronoun.pronoun.reflexive
    own, other = pronoun.token, candidate.token
    if (own.head is other and own.dep == "conj") or other.head is own:
        return False
    if own.dep == "nmod:poss":
        return not any(a is other for a in own.ancestors())
    verb = own.head
    if pronoun.pronoun.reflexive or verb is None or own.dep == "conj":
        return True
    if other.head is verb and other.dep != "nmod:poss":
        return own.base_dep == "obl" and own.i > other.i
    return own.base_dep not in ("obj", "iobj") or subject_of(verb) is not other


def candidates(pronoun: Phrase, found: Sequence[Phrase]) -> list[tuple[Phrase, int]]:
    """Possible antecedents among all phrases, the nearest first, with how many stand between."""
    fitting: list[tuple[Phrase, int]] = []
    for n in range(pronoun.order - 1, -1, -1):
        phrase = found[n]
        if phrase.sentence < pronoun.sentence - WINDOW:
            break
        third = phrase.pronoun is None or phrase.pronoun.person == 3
        if third and possible(pronoun, phrase):
            fitting.append((phrase, len(fitting)))
    after = _announced(pronoun, found)
    return fitting if after is None else [*fitting, (after, 0)]


def _announced(pronoun: Phrase, found: Sequence[Phrase]) -> Phrase | None:
    """The subject that a pronoun in front of its clause announces: "In his speech, Trump said"."""
    own = below = pronoun.token
    for verb in own.ancestors():
        subject = verb.child("nsubj", "nsubj:pass")
        if subject is not None and subject.i > own.i and verb.i > own.i:
            if below.base_dep not in ("obl", "advcl") or any(a is subject for a in own.ancestors()):
                return None
            for n in range(pronoun.order + 1, len(found)):
                phrase = found[n]
                if phrase.sentence != pronoun.sentence or phrase.token.i > subject.i:
                    return None
                agrees = phrase.plural == pronoun.plural and phrase.pronoun is None
                if phrase.token is subject and agrees and possible(pronoun, phrase):
                    return phrase
            return None
        if subject is not None and verb is not own.head:
            return None
        below = verb
    return None


def reporter(pronoun: Phrase, found: Sequence[Phrase], saying: Collection[str]) -> Phrase | None:
    """Who says what a pronoun is the subject of: "The ministry said that it would answer"."""
    clause = pronoun.token.head
    report = clause.head if clause is not None and clause.dep == "ccomp" else None
    if report is None or pronoun.token.base_dep != "nsubj" or report.lemma.lower() not in saying:
        return None
    if pronoun.sort == "person" and report.child("obj", "iobj") is not None:
        return None  # "Anna told Maria that she"
    subject = report.child("nsubj")
    for n in range(pronoun.order - 1, -1, -1):
        phrase = found[n]
        if phrase.sentence != pronoun.sentence:
            return None
        if phrase.token is subject and (phrase.joined or subject.child("conj") is None):
            article = subject.child("det")
            if article is not None and article.lower in ("a", "an"):
                return None
            fits = phrase.pronoun is None or phrase.pronoun.person == 3
            return phrase if fits and phrase.first.sort != "thing" and possible(pronoun, phrase) else None
    return None


def rank(
    pronoun: Phrase, found: Sequence[Phrase], weights: Mapping[str, float]
) -> list[tuple[float, Phrase | None]]:
    """The candidates, likeliest first, each with its chain's probability; None is "none of them".

    Mentions of one actor share a chain, and their probabilities add up.
    """
    scored: list[tuple[float, Phrase | None]] = [(_sum(none_features(pronoun), weights), None)]
    form = form_of(pronoun)
    for candidate, place in candidates(pronoun, found):
        if form not in candidate.scores:
            candidate.scores[form] = _sum(standing(candidate, form), weights)
        score = candidate.scores[form] + _sum(relation(pronoun, candidate, place, form), weights)
        scored.append((score, candidate))
    top = max(score for score, _ in scored)
    total = sum(math.exp(score - top) for score, _ in scored)
    chains: dict[Phrase | None, float] = {}
    for score, phrase in scored:
        key = _chain_key(phrase)
        chains[key] = chains.get(key, 0.0) + math.exp(score - top) / total
    ranked = [(chains[_chain_key(p)], score, p) for score, p in scored]
    return [(chance, p) for chance, _, p in sorted(ranked, key=lambda r: (-r[0], -r[1]))]


def _chain_key(phrase: Phrase | None) -> Phrase | None:
    return phrase.first if phrase is not None and not phrase.joined else phrase


def _sum(found: list[str], weights: Mapping[str, float]) -> float:
    total = 0.0
    for feature in found:
        total += weights.get(feature, 0.0)
    return total


def none_features(pronoun: Phrase) -> list[str]:
    """What speaks for a pronoun that refers to no noun phrase around it."""
    form, token = form_of(pronoun), pronoun.token
    assert pronoun.pronoun is not None
    role = token.base_dep if token.base_dep in ("nsubj", "obj") else "other"
    found = [f"none {form}", f"none {form} {role}"]
    if pronoun.sentence == 0:
        found.append("none first sentence")
    head = token.head
    if form == "it" and head is not None and role == "nsubj":
        if head.child("cop") is not None:
            found.append(f"none it is {head.pos}")
        if head.child("csubj", "ccomp", "xcomp", "advcl", "acl:relcl") is not None:
            found.append("none it with clause")
    return found
