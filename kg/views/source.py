"""The rows of an actor graph out of a store, by the queries in data/queries/views."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg import iris, rdf, resources
from kg.store import Rows, Store, queries
from kg.views.graph import ActorGraph, ActorRow, ClaimRow, DocumentRow, EventRow, Part, actor_graph
from kg.views.kept_layout import Places

Record = Mapping[str, str]  # column → lexical form; unbound columns are left out
Members = Mapping[str, set[str]]  # mention → actors that a plural means

_ALIASES = 8  # the commonest names of an actor; more would crowd the panel


def read_graph(store: Store, *, title: str | None = None, kept: Places | None = None) -> ActorGraph:
    """The actor graph of all that a store holds; `kept` holds the places of an earlier one.

    Raises KgError when the store holds no claim.
    """
    documents, built = _documents(store)
    against = [(_local(pair["yes"]), _local(pair["no"])) for pair in _select(store, "contradictions")]
    return actor_graph(
        _claims(store), documents, _actors(store), against, title=title, built=built, kept=kept
    )


def _select(store: Store, name: str) -> Iterator[Record]:
    """The records of a query; IRIs and literals alike as text."""
    query = resources.path(f"data/queries/views/{name}.rq").read_text(encoding="utf-8")
    answer = store.query(queries.whole(query))
    assert isinstance(answer, Rows), name
    for binding in json.loads(answer.to_json())["results"]["bindings"]:
        yield {column: term["value"] for column, term in binding.items()}


# --- claims


def _claims(store: Store) -> Iterator[ClaimRow]:
    arguments, events, members = _arguments(store), _events(store), _members(store)
    for record in _select(store, "claims"):
        id = _local(record["claim"])
        yield _claim(id, record, arguments[id], events.get(id), members)


def _claim(
    id: str, record: Record, arguments: list[Record], event: EventRow | None, members: Members
) -> ClaimRow:
    in_text = sorted(arguments, key=_place)
    return ClaimRow(
        id=id,
        document=record["document"],
        sentence=record["sentence"],
        relation=_relation(record),
        lemma=record["lemma"],
        subject=_part(record, "subject", members),
        object=_part(record, "object", members),
        nested=iris.claim_of(record.get("objectMeans", "")),
        others=tuple(_argument(argument, record, members) for argument in in_text),
        speaker=_part(record, "speaker", members),
        cue=record.get("cue"),
        nested_in=_local(record["nestedIn"]) if "nestedIn" in record else None,
        **{
            name: record[name].removeprefix(iris.KG)
            for name in ("polarity", "modality", "factuality", "tense")
        },
        when=record.get("when"),
        confidence=float(record["confidence"]),
        event=event,
        predicate=record["predicate"].removeprefix(iris.REL),
    )


def _place(argument: Record) -> tuple[Any, ...]:
    """The order of arguments: where they begin and end, then what they are."""
    start = int(argument["start"])
    return start, start + len(argument["text"]), argument["role"], argument["text"]


def _relation(record: Record) -> Part:
    """The relation's words, which the store keeps as a place in the text only."""
    offset = int(record["sentenceStart"])
    start, end = (place - offset for place in rdf.span_of(record["relationSpan"]))
    inside = 0 <= start < end <= len(record["sentence"])
    return Part(record["sentence"][start:end], start, end) if inside else Part(record["lemma"])


def _part(record: Record, name: str, members: Members) -> Part | None:
    """The subject, object or speaker of a claim."""
    if f"{name}Text" not in record:
        return None
    place = {key: record.get(f"{name}{key.title()}", "") for key in ("text", "start", "means")}
    clause = iris.claim_of(place["means"]) is not None  # the claim that it makes names it already
    return _words({"node": "" if clause else record[name], **place}, record, members)


def _argument(argument: Record, claim: Record, members: Members) -> Part:
    role = iris.argument_role(argument["role"])
    return _words({**argument, "node": argument["argument"]}, claim, members, role)


def _words(found: Record, claim: Record, members: Members, role: str | None = None) -> Part:
    """Words of a claim with their place in its sentence, if they stand in it, and the actor they mean."""
    text, start = found["text"], int(found["start"]) - int(claim["sentenceStart"])
    means = found.get("means")
    inside = start >= 0 and start + len(text) <= len(claim["sentence"])
    return Part(
        text,
        start if inside else None,
        start + len(text) if inside else None,
        actor=iris.actor_id(means) if means and iris.claim_of(means) is None else None,
        role=role,
        node=_mention(found["node"], claim["document"]),
        members=tuple(sorted(members[found["node"]])),
    )


def _mention(node: str, document: str) -> str | None:
    """A mention's local name without its document's, by which the page writes it as Turtle."""
    stem = f"{iris.document(document)}-"
    return node.removeprefix(stem) if node.startswith(stem) else None


def _arguments(store: Store) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in _select(store, "arguments"):
        found[_local(record["claim"])].append(record)
    return found


def _members(store: Store) -> Members:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in _select(store, "members"):
        found[record["mention"]].add(iris.actor_id(record["actor"]))
    return found


def _events(store: Store) -> dict[str, EventRow]:
    """The event of each claim with its actors; of several, one of an own type, else the first by name."""
    actors: defaultdict[str, set[str]] = defaultdict(set)
    recipients: defaultdict[str, set[str]] = defaultdict(set)
    kept: dict[str, Record] = {}
    for record in sorted(_select(store, "events"), key=_own_first):
        kept.setdefault(_local(record["claim"]), record)
        for side, name in ((actors, "actor"), (recipients, "recipient")):
            if name in record:
                side[record["event"]].add(iris.actor_id(record[name]))
    return {
        claim: _event(record, actors[record["event"]], recipients[record["event"]])
        for claim, record in kept.items()
    }


def _own_first(record: Record) -> tuple[bool, str]:
    return record["type"].startswith(iris.PLOVER), record["event"]


def _event(record: Record, actors: set[str], recipients: set[str]) -> EventRow:
    kind = iris.event_term(record["type"])
    return EventRow(
        type=kind,
        quad=int(record.get("quad", 0)),
        mode=iris.event_term(record["mode"]).removeprefix(f"{kind}-") if "mode" in record else None,
        cameo=record["cameo"].removeprefix(iris.CAMEO) if "cameo" in record else None,
        actors=tuple(sorted(actors)),
        recipients=tuple(sorted(recipients)),
    )


# --- documents and actors


def _documents(store: Store) -> tuple[list[DocumentRow], str | None]:
    """The documents, and when the last of them was built, if the store says so."""
    records = list(_select(store, "documents"))
    names = ("title", "publisher", "url", "published")
    rows = [DocumentRow(r["document"], **{name: r.get(name) for name in names}) for r in records]
    return rows, max((r["built"] for r in records if "built" in r), default=None)


def _actors(store: Store) -> Iterator[ActorRow]:
    """Actors as most documents see them: one may be in office in one and out of it in the next."""
    names, roles = _names(store), _roles(store)
    seen: defaultdict[str, list[Record]] = defaultdict(list)
    for record in _select(store, "actors"):
        seen[iris.actor_id(record["actor"])].append(record)
    for id, records in sorted(seen.items()):
        label = _first(records, "label") or id
        yield ActorRow(
            id=id,
            label=label,
            type=_first(records, "type") or "unknown",
            country=_first(records, "country"),
            sector=_first(records, "sector"),
            aliases=tuple(n for n in names[id] if n != label)[:_ALIASES],
            roles=tuple(roles[id]),
            wikidata=(_first(records, "wikidata") or "").removeprefix(iris.WIKIDATA) or None,
        )


def _first(records: Iterable[Record], column: str) -> str | None:
    return min((r[column] for r in records if column in r), default=None)


def _names(store: Store) -> defaultdict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for record in sorted(_select(store, "names"), key=lambda r: (-int(r["times"]), r["name"])):
        found[iris.actor_id(record["actor"])].append(record["name"])
    return found


def _roles(store: Store) -> defaultdict[str, list[str]]:
    """Offices as lines of text, the latest first: "President of the United States, 2025-01-20 –"."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for record in sorted(_select(store, "roles"), key=_held, reverse=True):
        span = f"{record.get('since', '')} – {record.get('until', '')}".strip()
        line = record["title"] if span == "–" else f"{record['title']}, {span}"
        found[iris.actor_id(record["actor"])].append(line)
    return found


def _held(record: Record) -> tuple[Any, ...]:
    return record.get("since", ""), record.get("until", ""), record["title"]


def _term(iri: str) -> str:
    return iri.removeprefix(iris.KG)


def _local(iri: str) -> str:
    return iri.removeprefix(iris.ID)
