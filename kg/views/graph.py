"""The actor graph: actors, ties between them, and behind each tie its claims, made from plain rows.

Who is tied to whom, `A → B` being an ordered pair:

- **act**: a claim says that A does something to B. B is its object, or stands beside it in one of the
  roles in TIE_ROLES ("told *Xi*", "discussed trade *with Putin*"), or is the recipient of the event that
  was coded from it ("launched an attack *on Ukraine*"). Several who act together each do it; where they
  do it to each other ("Trump and Xi have not spoken", MUTUAL) it ties them both ways.
- **speech**: A says something about B, whom it names as the one who acts: "Trump insists that Xi
  calls him" is the speech Trump → Xi, and the nested "Xi calls Trump" is an act Xi → Trump of its own,
  claimed by Trump. Where what is said has no acting actor, the one acted on is taken.

Whoever is only a common noun ("officials") is not drawn: the words stand in the claim, and tie nobody.
A claim is *asserted* when the document itself says so and *claimed* when somebody in it does; *negated*
when the document says that it is not so and *denied* when somebody in it does. An actor is never tied
to itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from kg.errors import KgError
from kg.views.kept_layout import Places

Status = Literal["asserted", "claimed", "denied", "negated"]
Realis = Literal["actual", "planned", "demanded", "possible"]

# Arguments whose actor takes part; a place, a source or a time does not.
TIE_ROLES = frozenset({"recipient", "accompaniment"})

# What people do to each other: the first word of a relation's lemma.
MUTUAL = frozenset(
    "agree call clash confer consult discuss fight meet negotiate phone quarrel speak talk telephone".split()
)

# What is said, by whether it is not so and whether somebody other than the document says it.
STATUS: dict[tuple[bool, bool], Status] = {
    (False, False): "asserted",
    (False, True): "claimed",
    (True, True): "denied",
    (True, False): "negated",
}

# What a modality means for whether it has come about; the rest is "possible".
REALIS: dict[str, Realis] = {
    "asserted": "actual",
    "intended": "planned",
    "expected": "planned",
    "obligated": "demanded",
    "requested": "demanded",
}

# Kinds of actor that are drawn alike; other known types are organizations.
FAMILIES = {
    "person": "person",
    "country": "country",
    "state": "country",
    "armed group": "group",
    "rebel group": "group",
    "terrorist group": "group",
    "militia": "group",
    "group": "group",
    "movement": "group",
    "population": "group",
    "place": "other",
    "unknown": "other",
}

# PLOVER's quad classes by their number; 0 is a claim that no event was coded from, or an event of an own
# type without a class.
CLASSES = ("not coded", "verbal cooperation", "material cooperation", "verbal conflict", "material conflict")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a claim, where they stand in the sentence (characters, half-open), and whom they mean.

    `members` are the actors of a plural ("the two presidents"), for which `actor` stands otherwise.
    """

    text: str
    start: int | None = None
    end: int | None = None
    actor: str | None = None
    role: str | None = None
    node: str | None = None  # local name of the mention, after its document's ("m12-27")
    members: tuple[str, ...] = ()

    @property
    def actors(self) -> tuple[str, ...]:
        """Whom the words mean, one by one."""
        return self.members or ((self.actor,) if self.actor else ())


@dataclass(frozen=True, slots=True)
class EventRow:
    """The event coded from a claim: type and mode, CAMEO code, quad class (0 is none), who and to whom."""

    type: str
    quad: int = 0
    mode: str | None = None
    cameo: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as the store holds it, plain values only. `nested` is the claim that is its object."""

    id: str
    document: str
    sentence: str
    relation: Part
    lemma: str = ""
    subject: Part | None = None
    object: Part | None = None
    nested: str | None = None
    others: tuple[Part, ...] = ()
    speaker: Part | None = None
    cue: str | None = None
    nested_in: str | None = None
    polarity: str = "affirmed"
    modality: str = "asserted"
    factuality: str = "certain"
    tense: str = "past"
    when: str | None = None
    confidence: float = 1.0
    event: EventRow | None = None
    predicate: str = ""  # the relation's local name in the store


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An article: what the page says about where a sentence was read."""

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor as the store holds it; roles are lines of text ("President of the United States, 2025–")."""

    id: str
    label: str
    type: str = "unknown"
    country: str | None = None
    sector: str | None = None
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    wikidata: str | None = None

    @property
    def is_named(self) -> bool:
        """Whether it is somebody by name, and not a common noun of one text: "officials", "two men"."""
        return any(c.isupper() for c in self.label)


@dataclass(frozen=True, slots=True)
class GraphClaim:
    """A claim with what follows from its row and the claims around it.

    `sources` is the chain of those who say so, the nearest first; the publisher comes after them.
    `date` is when it happened or, failing that, when it was published (`basis` says which).
    """

    row: ClaimRow
    status: Status
    realis: Realis
    sources: tuple[Part, ...]
    actors: tuple[str, ...]
    date: str | None
    basis: Literal["text", "publication"] | None


@dataclass(frozen=True, slots=True)
class Tie:
    """All claims from one actor to another; `contradictions` pairs who says so with who denies it."""

    source: str
    target: str
    acts: tuple[str, ...]
    speech: tuple[str, ...]
    contradictions: tuple[tuple[str, str], ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all claims behind the tie, acts before speech."""
        return self.acts + self.speech


@dataclass(frozen=True, slots=True)
class GraphActor:
    """An actor in the picture: `size` is its number of claims; community -1 is one without ties."""

    row: ActorRow
    size: int
    community: int
    x: float
    y: float

    @property
    def family(self) -> str:
        """Which kinds of actor it is drawn like."""
        return FAMILIES.get(self.row.type, "organization")


@dataclass(frozen=True, slots=True)
class ActorGraph:
    """What a view draws. Every order in it is fixed by its content, so equal input gives equal bytes."""

    title: str
    built: str | None
    documents: tuple[DocumentRow, ...]
    actors: tuple[GraphActor, ...]
    ties: tuple[Tie, ...]
    claims: tuple[GraphClaim, ...]

    @property
    def places(self) -> Places:
        """Where every actor stands and its community, to be kept for the next time."""
        return {a.row.id: (a.x, a.y, a.community) for a in self.actors}


def actor_graph(
    rows: Iterable[ClaimRow],
    documents: Iterable[DocumentRow] = (),
    actors: Iterable[ActorRow] = (),
    against: Iterable[tuple[str, str]] = (),
    *,
    title: str | None = None,
    built: str | None = None,
    kept: Places | None = None,
) -> ActorGraph:
    """The actor graph of the claims, laid out; `kept` holds the places of an earlier one.

    `against` pairs claims that contradict each other: one that it is so, one that it is not.
    Actors and documents that a claim names and no row describes are shown by their id. Without a title it
    has the headline of the story that most articles tell. Raises KgError when there is no claim.

    >>> rows = [ClaimRow("c1", "d", "Iran seized it.", Part("seized"), subject=Part("Iran", actor="iran"),
    ...                  object=Part("a UK ship", actor="uk"))]
    >>> [(tie.source, tie.target, tie.acts) for tie in actor_graph(rows).ties]
    [('iran', 'uk', ('c1',))]
    """
    actors = list(actors)
    unnamed = frozenset(a.id for a in actors if not a.is_named)
    by_id = {row.id: _named(row, unnamed) for row in sorted(rows, key=lambda r: (r.document, r.id))}
    if not by_id:
        raise KgError("the store holds no claims, so there is no graph to draw; fill it with `kg build PATH`")
    articles = _documents(by_id, documents)
    claims = {id: _claim(row, by_id, articles[row.document]) for id, row in by_id.items()}
    ties = _ties(by_id, against)
    return ActorGraph(
        title=title or _headline(articles.values(), ties, claims),
        built=built,
        documents=tuple(articles.values()),
        actors=_actors(claims, ties, actors, kept or {}),
        ties=ties,
        claims=tuple(claims.values()),
    )


def _named(row: ClaimRow, unnamed: frozenset[str]) -> ClaimRow:
    """The claim with the words of whoever is unnamed as words alone."""

    def words(part: Part | None) -> Part | None:
        if part is None or unnamed.isdisjoint((part.actor, *part.members)):
            return part
        actor = None if part.actor in unnamed else part.actor
        return replace(part, actor=actor, members=tuple(m for m in part.members if m not in unnamed))

    def those(actors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(a for a in actors if a not in unnamed)

    event = row.event
    if event is not None:
        event = replace(event, actors=those(event.actors), recipients=those(event.recipients))
    others = tuple(o for other in row.others if (o := words(other)) is not None)
    return replace(
        row,
        subject=words(row.subject),
        object=words(row.object),
        speaker=words(row.speaker),
        others=others,
        event=event,
    )


def _documents(rows: Mapping[str, ClaimRow], known: Iterable[DocumentRow]) -> dict[str, DocumentRow]:
    found = {row.document: DocumentRow(row.document) for row in rows.values()}
    found |= {d.id: d for d in known}
    return dict(sorted(found.items()))


def _headline(articles: Iterable[DocumentRow], ties: Iterable[Tie], claims: Mapping[str, GraphClaim]) -> str:
    """Of the tie that most articles tell of, the headline of the article that tells most; the first one's
    where there are no ties."""
    titles = {a.id: a.title for a in articles if a.title}
    if not titles:
        return "Actor graph"
    told = (Counter(d for c in tie.claims if (d := claims[c].row.document) in titles) for tie in ties)
    most = max(told, key=lambda by: (len(by), by.total()), default=Counter[str]())
    first = next(iter(titles))
    return titles[most.most_common(1)[0][0] if most else first]


def _claim(row: ClaimRow, rows: Mapping[str, ClaimRow], article: DocumentRow) -> GraphClaim:
    """The claim seen from the whole: who says so, and when it was."""
    date, basis = (row.when, "text") if row.when else (article.published, "publication")
    pairs = [*_acts(row), *_speech(row, rows)]
    own = _meant([row.subject, row.object, *row.others])
    return GraphClaim(
        row=row,
        status=STATUS[row.polarity == "negated", row.speaker is not None],
        realis=REALIS.get(row.modality, "possible"),
        sources=_sources(row, rows),
        actors=tuple(dict.fromkeys([*own, *(end for pair in pairs for end in pair)])),
        date=date,
        basis=basis if date else None,  # type: ignore[arg-type]
    )


def _sources(row: ClaimRow, rows: Mapping[str, ClaimRow]) -> tuple[Part, ...]:
    """Those who say so, nearest first, read along `nested_in`; a loop in bad data ends the chain."""
    chain: list[Part] = []
    seen: set[str] = set()
    step: ClaimRow | None = row
    while step is not None and step.id not in seen:
        seen.add(step.id)
        if step.speaker and (
            not chain or step.speaker.actor is None or step.speaker.actor != chain[-1].actor
        ):
            chain.append(step.speaker)
        step = rows.get(step.nested_in) if step.nested_in else None
    return tuple(chain)


def _acts(row: ClaimRow) -> list[tuple[str, str]]:
    """The ordered pairs (who does it, to whom) of a claim."""
    doers = _meant([row.subject])
    pairs = list(product(doers, _meant([row.object, *(p for p in row.others if p.role in TIE_ROLES)])))
    if row.event:
        pairs += product(row.event.actors, row.event.recipients)
    if not pairs and _first_word(row) in MUTUAL:
        pairs += product(doers, doers)
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def _meant(parts: Iterable[Part | None]) -> list[str]:
    """The actors that the parts of a claim mean."""
    return [actor for part in parts if part is not None for actor in part.actors]


def _speech(row: ClaimRow, rows: Mapping[str, ClaimRow]) -> list[tuple[str, str]]:
    """The pairs (who speaks, of whom) of a claim whose object is another claim."""
    inner = rows.get(row.nested) if row.nested else None
    if inner is None or row.subject is None:
        return []
    named = next((p.actors for p in (inner.subject, inner.object, *inner.others) if p and p.actors), ())
    acts = _acts(row)
    return [p for p in product(row.subject.actors, named) if p[0] != p[1] and p not in acts]


def _ties(rows: Mapping[str, ClaimRow], against: Iterable[tuple[str, str]]) -> tuple[Tie, ...]:
    acts: dict[tuple[str, str], list[str]] = defaultdict(list)
    speech: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows.values():
        for pair in _acts(row):
            acts[pair].append(row.id)
        for pair in _speech(row, rows):
            speech[pair].append(row.id)
    contradictions = _placed(against, acts)
    return tuple(
        Tie(*pair, tuple(acts[pair]), tuple(speech[pair]), tuple(contradictions[pair]))
        for pair in sorted(acts.keys() | speech.keys())
    )


def _placed(
    against: Iterable[tuple[str, str]], acts: Mapping[tuple[str, str], list[str]]
) -> defaultdict[tuple[str, str], list[tuple[str, str]]]:
    """Claims that contradict each other, at the ties where they stand, of which one may be the way back."""
    ties: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for pair, ids in acts.items():
        for id in ids:
            ties[id].add(pair)
    found: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for yes, no in sorted(against):
        for pair in ties[yes] | ties[no]:
            both = {pair, pair[::-1]}
            if both & ties[yes] and both & ties[no]:
                found[pair].append((yes, no))
    return found


def _first_word(row: ClaimRow) -> str:
    return (row.lemma or row.relation.text).casefold().partition(" ")[0]


def _actors(
    claims: Mapping[str, GraphClaim], ties: tuple[Tie, ...], known: Iterable[ActorRow], kept: Places
) -> tuple[GraphActor, ...]:
    """The actors that a claim names, the busiest first."""
    from kg.views.layout import place  # needs numpy, which is slow to import

    sizes = Counter(id for claim in claims.values() for id in claim.actors)
    for claim in claims.values():
        sizes.update(dict.fromkeys(_meant(claim.sources), 0))
    described = {a.id: a for a in known}
    places = place(sorted(sizes), {(t.source, t.target): len(t.claims) for t in ties}, kept)
    return tuple(
        GraphActor(described.get(id) or ActorRow(id, id), sizes[id], places[id][2], *places[id][:2])
        for id in sorted(sizes, key=lambda id: (-sizes[id], id))
    )
