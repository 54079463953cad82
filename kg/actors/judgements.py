"""What people decide about who is who: merges, splits and new labels in a file that every build honours.

The file is JSON lines, only ever added to: a decision is undone by a line that says so, so that it can
be read later who decided what.

    {"id": "j-…", "do": "merge", "keep": "cctv", "drop": "cctv-news", "label": "CCTV", "by": "me", …}
    {"id": "j-…", "do": "split", "actor": "kim", "document": "a.txt", "start": 120, "into": "kim-2", …}
    {"id": "j-…", "do": "rename", "actor": "cctv", "label": "China Central Television", "by": "me"}
    {"id": "j-…", "do": "undo", "of": "j-…", "by": "me", "why": "…"}
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from kg import ids, small_files
from kg.actors.index import Gazetteer
from kg.actors.mentions import Mentions
from kg.errors import InputError
from kg.model import Actor, Document, Judgement


class AlreadyDecidedError(InputError):
    """A decision that is in force already."""


@dataclass(frozen=True)
class Decision:
    """One line of the file; which fields are filled depends on what it does."""

    id: str
    do: Literal["merge", "split", "rename", "undo"]
    by: str
    why: str = ""
    keep: str | None = None
    drop: str | None = None
    actor: str | None = None
    document: str | None = None
    start: int | None = None
    into: str | None = None
    label: str | None = None
    of: str | None = None

    @property
    def about(self) -> str | None:
        """The actor whose mentions it changes; none for what is undone."""
        return self.drop or self.actor


def read(file: Path) -> list[Decision]:
    """The decisions of a file in their order; none where there is no file.

    Raises InputError with the line that is no decision.
    """
    if not file.exists():
        return []
    found = []
    for number, line in enumerate(small_files.read_text(file).split("\n"), 1):
        if line.strip():
            found.append(_decision(file, number, line))
    return found


def lines(file: Path) -> list[str]:
    """The lines of a file of decisions as they stand. Raises InputError as `read` does."""
    read(file)
    return [line for line in small_files.read_text(file).split("\n") if line.strip()] if file.exists() else []


def _decision(file: Path, number: int, line: str) -> Decision:
    try:
        decision = Decision(**_fields(json.loads(line, object_pairs_hook=_once)))
    except (ValueError, TypeError, RecursionError) as error:
        raise InputError(f"{file}, line {number}: not a judgement ({error}); correct or remove it") from error
    needed = {"merge": ("keep", "drop"), "split": ("actor", "document", "into")}
    needed |= {"rename": ("actor", "label"), "undo": ("of",)}
    missing = [n for n in needed.get(decision.do, ("do",)) if not getattr(decision, n)]
    if missing or decision.do not in needed:
        raise InputError(
            f"{file}, line {number}: a judgement without {', '.join(missing)}; correct or remove it"
        )
    return decision


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once each: of two values nobody knows which was meant."""
    keys = [key for key, _ in pairs]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise ValueError(f"{twice[0]!r} stands twice")
    return dict(pairs)


def _fields(found: Any) -> dict[str, Any]:
    """The fields of a decision, each of its type. Raises TypeError."""
    if not isinstance(found, dict):
        raise TypeError("it is no object")
    for name, value in found.items():
        if type(value) not in (int if name == "start" else str, type(None)):
            raise TypeError(f"{name} is {'a whole number' if name == 'start' else 'text'}, not {value!r:.50}")
    return found


def merge(file: Path, keep: str, drop: str, by: str, why: str = "", label: str | None = None) -> Decision:
    """Record that two actors are one, under the first one's id; `label` is its name where no table has it.

    Raises InputError for a circle.
    """
    past = read(file)
    if Decisions(past).canonical(keep) == Decisions(past).canonical(drop):
        raise AlreadyDecidedError(f"{keep} and {drop} are one actor already; nothing to merge")
    _require_unmerged(past, keep, drop)
    id = ids.content_id("j", len(past), keep, drop)
    return _record(file, Decision(id, "merge", by, why, keep, drop, label=label))


def split(
    file: Path,
    actor: str,
    document: str,
    by: str,
    why: str = "",
    start: int | None = None,
    into: str | None = None,
) -> Decision:
    """Record that an actor's mentions in a document (or the one at `start`) are somebody else: `into`."""
    _require_unmerged(past := read(file), actor)
    other = into or ids.content_id(actor, document, start)
    id = ids.content_id("j", len(past), actor, document, start)
    return _record(
        file, Decision(id, "split", by, why, actor=actor, document=document, start=start, into=other)
    )


def rename(file: Path, actor: str, label: str, by: str, why: str = "") -> Decision:
    """Record how an actor is to be called."""
    _require_unmerged(past := read(file), actor)
    id = ids.content_id("j", len(past), actor, label)
    return _record(file, Decision(id, "rename", by, why, actor=actor, label=label))


def _require_unmerged(past: Iterable[Decision], *actors: str) -> None:
    for decision in Decisions(past).in_force:
        if decision.do == "merge" and decision.drop in actors:
            raise InputError(
                f"{decision.drop} is {decision.keep} by {decision.id}; name that actor, or undo the decision"
            )


def undo(file: Path, of: str, by: str, why: str = "") -> Decision:
    """Record that an earlier decision no longer counts. Raises InputError where it is not in force."""
    past = read(file)
    if of not in {d.id for d in Decisions(past).in_force}:
        raise InputError(f"no judgement {of!r} is in force in {file}; `kg actors judgements` lists them")
    return _record(file, Decision(ids.content_id("j", len(past), of), "undo", by, why, of=of))


def record(decision: Decision) -> dict[str, object]:
    """A decision as its line has it: the fields that are filled."""
    return {name: value for name, value in asdict(decision).items() if value not in (None, "")}


def _record(file: Path, decision: Decision) -> Decision:
    """Adds a line to the file. Raises InputError where it cannot, and then the file is as it was."""
    fields = {name: value for name, value in asdict(decision).items() if value not in (None, "")}
    line = json.dumps(fields, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab", buffering=0) as lines:
            size, line = lines.tell(), line if _ends_a_line(file) else b"\n" + line
            try:
                if lines.write(line) < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(lines.fileno())
            except OSError:
                os.truncate(file, size)
                raise
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise InputError(f"{file}: the judgement cannot be kept ({why}); name another file") from error
    return decision


def _ends_a_line(file: Path) -> bool:
    """Whether a file is empty or its last line is ended, which an editor may have left open."""
    data = file.read_bytes()
    return not data or data.endswith(b"\n")


class Decisions:
    """The decisions that are in force, ready to be applied."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        every = list(decisions)
        undone = {d.of for d in every if d.do == "undo"}
        self.in_force = [d for d in every if d.do != "undo" and d.id not in undone]
        self._merged = {str(d.drop): d for d in self.in_force if d.do == "merge"}
        self._splits = [d for d in self.in_force if d.do == "split"]
        self._labels = {str(d.actor): d for d in self.in_force if d.do == "rename"}
        self._called = {str(d.keep): d.label for d in self.in_force if d.do == "merge" and d.label}

    def canonical(self, id: str) -> str:
        """The id under which an actor goes after all merges."""
        seen = {id}
        while id in self._merged:
            id = str(self._merged[id].keep)
            if id in seen:
                break
            seen.add(id)
        return id

    def apply(self, document: Document, mentions: Mentions, gazetteer: Gazetteer) -> Mentions:
        """The mentions as decided: who decided stands in `by`, why in `reason`."""
        concern = self.concerning(document.id, mentions.ids())
        if not concern:
            return mentions
        labels = {j.actor.id: j.actor for j in mentions.judged if j.actor}
        judged = tuple(self._judged(document, j, gazetteer, labels) for j in mentions.judged)
        members = {
            at: tuple(self._actor(a, document, gazetteer, labels) for a in actors)
            for at, actors in mentions._members.items()
        }
        return replace(mentions, judged=judged, _members=members, decisions=concern)

    def concerning(self, document: str, actors: Iterable[str]) -> tuple[str, ...]:
        """The ids of the decisions in force, sorted, that concern a document which mentions these actors.

        Also those about whoever the others make of them.
        """
        there = set(actors)
        while True:
            found = [d for d in self.in_force if d.about in there and d.document in (None, document)]
            made = {other for d in found if (other := d.keep or d.into) is not None}
            if made <= there:
                return tuple(sorted(d.id for d in found))
            there |= made

    def _judged(
        self, document: Document, judgement: Judgement, gazetteer: Gazetteer, labels: dict[str, Actor]
    ) -> Judgement:
        if judgement.actor is None:
            return judgement
        for decision in self._about(document, judgement):
            other = str(decision.into)
            known = gazetteer.of_id(other, document.published)
            actor = known or Actor(other, judgement.actor.label, judgement.actor.type)
            judgement = replace(
                judgement, actor=actor, verdict="same", by=decision.by, reason=_reason(decision)
            )
        assert judgement.actor is not None
        merged = self._merged.get(judgement.actor.id)
        actor = self._actor(judgement.actor, document, gazetteer, labels)
        renamed = self._labels.get(actor.id)
        done = [d for d in (merged, renamed) if d is not None]
        if not done:
            return judgement
        reason = "; ".join((judgement.reason, *map(_reason, done)))
        return replace(judgement, actor=actor, by=done[-1].by, reason=reason)

    def _about(self, document: Document, judgement: Judgement) -> Iterator[Decision]:
        for d in self._splits:
            here = d.document == document.id and judgement.actor is not None and d.actor == judgement.actor.id
            if here and d.start in (None, judgement.mention.start):
                yield d

    def _actor(
        self, actor: Actor, document: Document, gazetteer: Gazetteer, labels: dict[str, Actor]
    ) -> Actor:
        id = self.canonical(actor.id)
        if id != actor.id:
            known = gazetteer.of_id(id, document.published)
            actor = known or labels.get(id) or Actor(id, self._called.get(id, actor.label), actor.type)
        renamed = self._labels.get(id)
        return replace(actor, label=str(renamed.label)) if renamed is not None else actor


def _reason(decision: Decision) -> str:
    what = {
        "undo": "undone",
        "merge": f"merged into {decision.keep}",
        "split": f"split off as {decision.into}",
        "rename": f"called {decision.label!r}",
    }[decision.do]
    return f"{what}: {decision.why}" if decision.why else what
