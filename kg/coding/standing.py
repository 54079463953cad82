"""What speaks for a party as the doer of an act, or as whom it is done to.

Three kinds of features of a party, beside those of the act itself: where it stands in the tree as seen from
the act's word, what it is in the claims that tell the act, and how much the article speaks of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.claims.speech import Speech
from kg.coding.cast import SUBJECTS, Appearance, Cast, Party, is_instrument
from kg.model import Actor, Claim, Phrase, Relation
from kg.parsing.tree import Sentence, Token
from kg.parsing.upper import NOBODY as TO_NOBODY
from kg.parsing.upper import OUTSIDE

Features = dict[str, float]
# Types of acts whose object is whom they are done to; of the others it may be what is sent, signed or left.
DONE_TO_THE_OBJECT = frozenset(
    ("ACCUSE", "ASSAULT", "COERCE", "CONSULT", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN")
)
NOBODY: Features = {"nobody": 1.0}
FAR = 9  # sentences, or more: a party that was not mentioned yet
MODEL = "model "  # with this begin the features that only the careful model gives
NO_MODEL: Features = {"no model": 1.0}
_DURING = frozenset({"in", "during"})
SHORT = 3  # steps in a tree whose labels are a feature together


@dataclass(frozen=True)
class Act:
    """A word that tells an act of some type, with the claims that it is the relation of, or else the one
    that it stands in."""

    sentence: Sentence
    word: Token
    type: str
    claims: tuple[Claim, ...]
    told_in: Claim | None  # the smallest claim around the word
    above: Claim | None  # the claim that tells these


@dataclass(frozen=True)
class Path:
    """The way through a tree from one word up to a meeting point and down to another."""

    up: tuple[Token, ...]
    top: Token
    down: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.up) + len(self.down)

    @property
    def labels(self) -> str:
        """The relations on it, up and then down: "nsubj^conj|obl"."""
        return f"{'^'.join(t.dep for t in self.up)}|{'v'.join(t.dep for t in self.down)}"


def path(start: Token, end: Token) -> Path:
    """The way from a word to another of its sentence."""
    above = [start, *start.ancestors()]
    places = {id(t): i for i, t in enumerate(above)}
    down: list[Token] = []
    for token in (end, *end.ancestors()):
        if id(token) in places:
            return Path(tuple(above[: places[id(token)]]), token, tuple(reversed(down)))
        down.append(token)
    return Path(tuple(above), above[-1], tuple(reversed(down)))


def nearest(act: Act, party: Party, places: Collection[int] = ()) -> Appearance:
    """The appearance of a party that the act means: one at some places, else the nearest in its sentence by
    the tree, else the state that its members act for (who of them it was is not told), else the last one
    before, else the first."""
    here = party.within(act.sentence)
    if here:
        return min(
            here,
            key=lambda a: (
                a.head.start not in places,
                len(path(act.word, a.head)),
                abs(a.head.i - act.word.i),
            ),
        )
    return party.state or party.appearances[max(0, party.before(act.word.start) - 1)]


# Words that count what stands behind their "of".
_COUNTING = frozenset("tens dozens scores hundreds thousands millions most many some several all".split())


def subjects_of(act: Act) -> set[int]:
    """Where the head words of the active subjects stand: a name or a noun for people there is the doer."""
    active = [c.statement.subject for c in act.claims if c.statement.relation.voice == "active"]
    return _with_counted(act.sentence, {s.head for s in active if s is not None})


def objects_of(act: Act) -> set[int]:
    """Where the head words stand of whom a verb like "attack" or "accuse" is done to: a name or a noun for
    people there is the recipient."""
    if act.type not in DONE_TO_THE_OBJECT:
        return set()
    away = act.type == "ASSAULT"  # who withdraws from a pact leaves its members
    s = [c.statement for c in act.claims if not (away and is_from(c.statement.relation))]
    found = [x.object if x.relation.voice == "active" else x.subject for x in s]
    return _with_counted(act.sentence, {p.head for p in found if p is not None and p.statement is None})


def _with_counted(sentence: Sentence, heads: set[int]) -> set[int]:
    """Some words, and what they count: the people of "dozens of people", "most of the people"."""
    counting = (t for head in heads if (t := sentence.at(head)) is not None and t.lower in _COUNTING)
    return heads | {c.start for t in counting for c in t.all("nmod") if _preposition(c) == "of"}


def is_from(relation: Relation) -> bool:
    """Whether a relation's object is where something comes from: "fired from Gaza"."""
    return relation.lemma.endswith(" from")


def agents_of(act: Act) -> set[int]:
    """Where the words stand that say who does what others suffer: "killed by the army", "died in a raid by
    the army", "lost his life in the army's raid", "was wounded in a Turkish raid"."""
    blows = [t for t in act.word.all("obl") if _preposition(t) in _DURING and is_instrument(t.lemma)]
    whose = ("nmod:poss",) if act.word.child("obj") is not None else ("nmod:poss", "amod", "compound")
    dealers = [d for b in blows for d in (*b.all(*whose), *_by(b))]
    carriers = [d for b in blows for verb in b.all("acl") for d in _by(verb)]
    agents = _by(act.word) if _is_passive(act.word) else []
    return {t.start for t in (*agents, *dealers, *carriers)}


def _by(word: Token) -> list[Token]:
    return [t for t in word.children if t.base_dep in ("obl", "nmod") and _preposition(t) == "by"]


class Standing:
    """The features of all parties of a document for each of its acts."""

    def __init__(self, cast: Cast, speech: Speech) -> None:
        self.cast, self.speech = cast, speech
        self._keys_at: dict[int, list[str]] = defaultdict(list)
        for key, party in cast.parties.items():
            for appearance in party.appearances:
                self._keys_at[appearance.head.start].append(key)

    def of(self, act: Act) -> tuple[dict[str, Features], Features]:
        """The features of each party, by its key, and those of nobody; those of the act come with each."""
        roles = dict(self._roles(act))
        nouns = [
            *(("subject", a) for a in self.unsure(act, subjects_of(act))),
            *(("object", a) for a in self.unsure(act, objects_of(act))),
        ]
        considered = self.cast.considered(act.sentence, act.word.start)
        none, told = self._by_model(act)
        shared = self._act(act, roles) | none
        parties = {
            key: shared
            | {role: 1.0 for role, keys in roles.items() if key in keys}
            | _kind(self.cast.parties[key])
            | position(act, self.cast.parties[key])
            | _instead(nouns, self.cast.parties[key])
            | self._salience(act, self.cast.parties[key], recency)
            | told.get(key, {})
            for key, recency in considered.items()
        }
        return parties, NOBODY | shared

    def _act(self, act: Act, roles: Mapping[str, set[str]]) -> Features:
        """The features of an act alone."""
        relations = [c.statement.relation for c in act.claims]
        here = self.cast.count_in(act.sentence)
        found: Features = {
            f"type={act.type}": 1.0,
            f"pos={act.word.pos}": 1.0,
            f"dep={act.word.base_dep}": 1.0,
            f"lemma={act.word.lemma.lower()}": 1.0,
            "passive": float(_is_passive(act.word)),
            "voice=passive": float(any(r.voice == "passive" for r in relations)),
            "relation": float(bool(act.claims)),
            "quoted": float(self.speech.of(act.sentence, act.word) is not None),
            "parties": 0.1 * min(len(self.cast.parties), 20),
            "parties here": 0.2 * min(here, 8),
            "has subject": float(any(c.statement.subject for c in act.claims)),
            "has object": float(any(c.statement.object for c in act.claims)),
        }
        return found | {f"some {role}": 1.0 for role in ("subject", "object", "speaker") if roles.get(role)}

    def _by_model(self, act: Act) -> tuple[Features, dict[str, Features]]:
        """How likely the careful model takes nobody, or somebody far off, for the doer and for whom it is
        done to; and the same of each party, by its key."""
        if not act.sentence.signals:
            return NO_MODEL, {}
        none: Features = {}
        parties: dict[str, Features] = defaultdict(dict)
        for side in ("doer", "target"):
            for place, likely in act.sentence.signals.role(side, act.word.start):
                if place in (TO_NOBODY, OUTSIDE):
                    none[f"{MODEL}{side} {'nobody' if place == TO_NOBODY else 'outside'}"] = likely
                for key in dict.fromkeys(self._keys_at.get(place, ()) if place is not None else ()):
                    own = parties[key]
                    own[f"{MODEL}{side}"] = own.get(f"{MODEL}{side}", 0.0) + likely
        return none, parties

    def quoted(self, act: Act) -> set[str]:
        """Whose words in quotation marks tell an act."""
        voice = self.speech.of(act.sentence, act.word)
        return self._at(voice.speaker.start) if voice is not None and voice.speaker is not None else set()

    def unsure(self, act: Act, heads: Collection[int]) -> list[Appearance]:
        """The nouns at some places of an act's sentence for whom no name is sure: "the police"."""
        return [a for a in self.cast.within(act.sentence) if a.head.start in heads and not a.sure]

    def _roles(self, act: Act) -> Iterator[tuple[str, set[str]]]:
        """What parties are in the claims that tell the act: role and keys."""
        claims = act.claims or ((act.told_in,) if act.told_in else ())
        around = "" if act.claims else " around"
        statements = [c.statement for c in claims]
        yield f"subject{around}", self._keys(s.subject for s in statements)
        yield f"object{around}", self._keys(s.object for s in statements)
        yield "speaker", self._keys(c.speaker for c in claims)
        yield "voice", self.quoted(act)
        if act.claims:
            yield "in subject", self._keys_within(s.subject for s in statements)
            yield "in object", self._keys_within(s.object for s in statements)
            arguments = [a for s in statements for a in s.arguments]
            for name in dict.fromkeys(a.preposition or a.role for a in arguments):
                yield (
                    f"argument={name}",
                    self._keys_within(a for a in arguments if (a.preposition or a.role) == name),
                )
        if act.above is not None:
            above = act.above.statement
            yield "subject above", self._keys([above.subject])
            told = [a for a in above.arguments if a.role == "recipient"]
            yield "object above", self._keys([above.object, *told])

    def _keys(self, phrases: Iterable[Phrase | None]) -> set[str]:
        found = [p for p in phrases if p is not None]
        actors = [a for p in found for a in (*p.members, *((p.actor,) if p.actor else ()))]
        return {k for a in actors if (k := self._key(a))} | {k for p in found for k in self._at(p.head)}

    def _keys_within(self, phrases: Iterable[Phrase | None]) -> set[str]:
        inside = (j for p in phrases if p is not None for j in self.cast.mentions.within(p))
        return {k for j in inside if j.actor is not None and (k := self._key(j.actor))}

    def _at(self, head: int) -> set[str]:
        judgement = self.cast.mentions.at(head)
        actor = judgement.actor if judgement is not None and judgement.verdict == "same" else None
        return {key} if actor is not None and (key := self._key(actor)) else set()

    def _key(self, actor: Actor) -> str | None:
        return self.cast.key(actor)

    def _salience(self, act: Act, party: Party, recency: int) -> Features:
        """How much the article speaks of a party, up to the act above all."""
        before = party.before(act.word.start)
        last = party.appearances[before - 1] if before else None
        found = {
            "before": 0.2 * min(before, 10),
            "share": len(party.appearances) / self.cast.mentioned,
            "sentences away": 0.2 * (min(act.sentence.index - last.sentence.index, FAR - 1) if last else FAR),
            "not yet": float(last is None),
            "recency": 0.2 * min(recency, 12),
            "frequency": 0.15 * min(self.cast.ranks[party.key], 20),
            "in lead": float(0 in party.sentences),
            "in title": float(_is_in_title(party, self.cast.document.title or "")),
            "sentences": 0.2 * min(len(party.sentences), 40),
            "subjects": 0.3 * min(party.subjects, 6),
        }
        if last is not None:
            found |= {
                "last subject": float(last.head.dep in SUBJECTS),
                "last object": float(last.head.dep in ("obj", "obl")),
            }
        return found


def counterpart(
    standing: Mapping[str, Features],
    doer: Party | None,
    likely: Mapping[str, float],
    cast: Cast,
    sentence: Sentence,
) -> dict[str, Features]:
    """The features of each party as whom it is done to, once the doer is chosen (None: nobody)."""
    if doer is None:
        return {
            key: features | {"no doer": 1.0, "as doer": likely[key]} for key, features in standing.items()
        }
    near = doer.around(sentence)
    together = {k: len(near & cast.parties[k].around(sentence)) for k in standing if k != doer.key}
    order = {key: i for i, key in enumerate(sorted(together, key=lambda k: -together[k]))}
    home = doer.actor.country
    found = {}
    for key, features in standing.items():
        country = cast.parties[key].actor.country
        found[key] = features | {
            "is doer": float(key == doer.key),
            "as doer": likely[key],
            "doer's country": float(bool(home) and country == home and key != doer.key),
            "other country": float(bool(home and country) and country != home),
            "together": 0.2 * together.get(key, 0),
            "closest": float(order.get(key) == 0),
            "closeness": 0.2 * min(order.get(key, 6), 6),
        }
    return found


def without_model(features: Features) -> Features:
    """The same as if a pipeline without the careful model had read the text."""
    return {k: v for k, v in features.items() if not k.startswith(MODEL)} | NO_MODEL


def _kind(party: Party) -> Features:
    actor = party.actor
    found = {f"kind={actor.type}": 1.0, "country": float(bool(actor.country)), "known": float(actor.known)}
    if actor.type == "unnamed":
        found[f"noun={party.appearances[0].head.lemma.lower()}"] = 1.0
    return found | ({f"sector={actor.sector}": 1.0} if actor.sector else {})


def _instead(nouns: Iterable[tuple[str, Appearance]], party: Party) -> Features:
    """Whether a party is what a noun in some place speaks of, or of what kinds both are: the police may stand
    for their state, and for no party or company."""
    kind = "state" if party.is_state else party.actor.type
    found: Features = {}
    for role, noun in nouns:
        own = any(noun is seen for seen in party.within(noun.sentence))
        found[f"{role}'s noun" if own else f"{role} {_sector(noun.actors[0])}~{kind}"] = 1.0
    return found


def _sector(actor: Actor) -> str:
    return actor.sector or actor.type


def position(act: Act, party: Party) -> Features:
    """Where a party stands in the act's sentence; nothing where it does not."""
    here = party.within(act.sentence)
    if not here:
        return {}
    seen = nearest(act, party)
    head = seen.head
    found: Features = {
        "here": 1.0,
        "times here": 0.5 * len(here),
        "pronoun": float(head.pos == "PRON"),
        "possessor": float(head.dep == "nmod:poss"),
        "modifier": float(head.dep == "amod"),
        "unsure": float(not seen.sure),
    }
    return found | way_to(act.word, head)


def way_to(word: Token, other: Token) -> Features:
    """Where a word stands as seen from another of its sentence."""
    way = path(word, other)
    return {
        "steps": 0.2 * len(way),
        "steps up": 0.3 * len(way.up),
        "steps down": 0.3 * len(way.down),
        "words": 0.05 * min(abs(other.i - word.i), 40),
        "precedes": float(other.i < word.i),
        "itself": float(not len(way)),
        **_labels(way),
    }


def _labels(way: Path) -> Features:
    """The relations on a path: the first ones up, the first and the last down, all of a short one."""
    found: Features = {}
    if way.up:
        found |= {
            f"up={way.up[0].dep}": 1.0,
            f"top={way.top.pos}": 1.0,
            "top passive": float(_is_passive(way.top)),
        }
        found |= {f"up2={t.base_dep}": 1.0 for t in way.up[1:2]}
    if way.down:
        found |= {f"down={way.down[0].dep}": 1.0, f"case={_preposition(way.down[0])}": 1.0}
        found |= {f"last={t.dep}": 1.0 for t in way.down[1:][-1:]}
        found |= {f"last case={_preposition(t)}": 1.0 for t in way.down[1:][-1:]}
    if len(way) <= SHORT:
        found[f"path={way.labels}"] = 1.0
    return found


def _is_passive(token: Token) -> bool:
    return token.child("aux:pass", "nsubj:pass") is not None


def _preposition(token: Token) -> str:
    case = token.child("case")
    return case.lower if case is not None else ""


def _is_in_title(party: Party, title: str) -> bool:
    words = {w for w in party.actor.label.lower().split() if len(w) > 3}
    return not words.isdisjoint(title.lower().split())
