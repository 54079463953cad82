"""What a store remembers beside its documents: the folder of their ids, who is who, own types, copies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import cast

from kg import iris
from kg.store.results import Answer, Rows
from kg.store.sparql import BASE, COPIES, HONOURED, MADE_BY, Layout, keep_base, keep_lines, lines_in


class Kept(ABC):
    """The part of a store that is the same wherever its graphs lie: questions and updates in SPARQL."""

    @property
    @abstractmethod
    def _layout(self) -> Layout:
        """Where the store has what graphs share."""

    @abstractmethod
    def query(
        self,
        text: str,
        *,
        timeout: float | None = None,
        memory: float | None = None,
        allow_remote: bool = False,
    ) -> Answer:
        """The answer to a SPARQL query."""

    @abstractmethod
    def _update(self, text: str) -> None:
        """Run an update, all or nothing."""

    def _by_document(self, query: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for document, value in cast(Rows, self.query(query)):
            found.setdefault(str(document), []).append(str(value))
        return found

    def base(self) -> str | None:
        """The folder that the documents' ids are relative to."""
        return next((str(row[0]) for row in cast(Rows, self.query(BASE))), None)

    def keep_base(self, base: str) -> None:
        """Remember the folder that the documents' ids are relative to."""
        if base != self.base():
            self._update(keep_base(base))

    def judgements(self) -> list[str]:
        """The lines of the file of decisions with which the store was built."""
        return self._lines(iris.JUDGEMENTS_GRAPH)

    def keep_judgements(self, lines: Sequence[str]) -> None:
        """Remember the lines of the file of decisions."""
        self._keep_lines(iris.JUDGEMENTS_GRAPH, lines)

    def honoured(self) -> dict[str, list[str]]:
        """The ids of the decisions that each document's graph honours, sorted, where there are any."""
        return self._by_document(HONOURED)

    def made_by(self) -> dict[str, list[str]]:
        """Names and versions of what read each document."""
        return self._by_document(MADE_BY)

    def types(self) -> list[str]:
        """The lines of the user's table of event types with which the store was built."""
        return self._lines(iris.TYPES_GRAPH)

    def keep_types(self, lines: Sequence[str]) -> None:
        """Remember the lines of the user's table of event types."""
        self._keep_lines(iris.TYPES_GRAPH, lines)

    def _lines(self, graph: str) -> list[str]:
        return [str(row[0]) for row in cast(Rows, self.query(lines_in(graph)))]

    def _keep_lines(self, graph: str, lines: Sequence[str]) -> None:
        if list(lines) != self._lines(graph):
            self._update(keep_lines(graph, lines))

    def copies(self) -> dict[str, str]:
        """Which documents nearly repeat which others, by id."""
        return {str(copy): str(first) for copy, first in cast(Rows, self.query(COPIES))}

    def keep_copies(self, copies: Mapping[str, str]) -> None:
        """Remember which documents nearly repeat which others, in place of what was known of that."""
        self._update(self._layout.keep_copies(copies))
