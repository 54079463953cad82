"""Refuses queries that would reach beyond the store, as Oxigraph's own parser reads them.

pyoxigraph has no switch for SERVICE, and a parser of ours would take some text for a string or a comment
that Oxigraph takes for a keyword. So Oxigraph itself is asked, on an empty store: with another first letter
in each refused word the query must still be one. A name, a string or a comment remains what it is then, and
a keyword does not.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from kg import iris
from kg.errors import QueryError

_REFUSED = re.compile("SERVICE|FROM", re.IGNORECASE)
_SERVICE = re.compile(r"SERVICE(\s*SILENT)?", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FIRST_WORD = re.compile(  # after prefixes and comments
    r"(?:\s|#[^\n\r]*+|(?:PREFIX|BASE)\b[^<]*+<[^>]*+>)*+(\w++)", re.IGNORECASE
)
_UPDATES = frozenset("INSERT DELETE DROP CLEAR CREATE COPY MOVE ADD LOAD WITH".split())


def check(query: str, allow_remote: bool = False) -> None:
    """Raise QueryError, with line and column, for a query that must not run.

    >>> check("SELECT * { ?service ?p 'SERVICE' } # FROM")
    >>> check("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: line 1, column 12: SERVICE is refused: it could reach files or the network; ...
    """
    require_text(query)
    if allow_remote or not _REFUSED.search(unescaped(query)):
        return
    if found := _ESCAPE.search(query):
        raise QueryError(
            f"{place(query, found.start())}: {found[0]} is refused in a query with the letters of SERVICE or "
            f"FROM; write the character itself"
        )
    error = _syntax_error(_REFUSED.sub(lambda word: f"x{word[0][1:]}", query))
    if error is None:
        return
    if wrong := _syntax_error(without_service(query)):
        raise QueryError(syntax_message(query, wrong))
    word = _word_before(query, error)
    raise QueryError(
        f"{place(query, word.start())}: {word[0].upper()} is refused: it could reach files or the network; "
        f"allow it (--allow-remote) if the query is your own"
    )


def require_text(query: str) -> None:
    """Raise QueryError for what no UTF-8 can hold."""
    if not query.isascii() and re.search("[\ud800-\udfff]", query):
        raise QueryError("the query is not text: it holds half a character; write it as UTF-8")


def unescaped(text: str) -> str:
    r"""A text with its codepoint escapes resolved, as SPARQL asks of a parser and Oxigraph's does in part.

    >>> unescaped(r"\u0053ERVICE")
    'SERVICE'
    """
    return _ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def without_service(query: str) -> str:
    """A query of the same form and grammar that asks nobody else: SERVICE and GRAPH are followed by the same.

    >>> without_service("ASK { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }")
    'ASK { GRAPH  <http://example.org/> { ?s ?p ?o } }'
    """
    return _SERVICE.sub("GRAPH ", query)


def _syntax_error(query: str) -> str | None:
    """What Oxigraph's parser says of a query that holds no SERVICE; None where it is one."""
    try:
        ox.Store().query(query, prefixes=iris.PREFIXES)
    except SyntaxError as error:
        return str(error)
    return None


def _word_before(query: str, error: str) -> re.Match[str]:
    """The refused word that the parser stumbled over: the last one before the place that it names."""
    line, column = _place_of(error) or (1, 1)
    lines = query.splitlines(keepends=True)
    end = sum(map(len, lines[: line - 1])) + column
    words = list(_REFUSED.finditer(query))
    return next((word for word in reversed(words) if word.start() < end), words[0])


def syntax_message(text: str, message: str) -> str:
    """Oxigraph's words on a wrong query in one line: where, and what stands there.

    >>> syntax_message("SELECT * WHERE {\\n ?s ?p }", "error at 2:9: expected one of LATERAL, SERVICE, [_]")
    'line 2, column 9: the query is wrong near "?s ?p }"'
    """
    keyword = _FIRST_WORD.match(text)
    if keyword is not None and keyword[1].upper() in _UPDATES:
        return f"{keyword[1]} changes the store, and a query only reads; use build and remove"
    found = _place_of(message)
    if found is None:
        return f"the query is wrong: {' '.join(message.split())}"
    line, column = found
    here = (text.splitlines() or [""])[line - 1 : line]
    near = here[0][max(0, column - 20) : column + 20].strip() if here else ""
    what = f' near "{near}"' if near else " where it ends"
    why = ": a prefix is not declared" if "Prefix not found" in message else ""
    return f"line {line}, column {column}: the query is wrong{what}{why}"


def _place_of(message: str) -> tuple[int, int] | None:
    """Line and column in an error of Oxigraph's parser."""
    found = re.match(r"error at (\d+):(\d+): ", message)
    return (int(found[1]), int(found[2])) if found else None


def place(query: str, offset: int) -> str:
    """Where a character stands, for a person, both counted from 1.

    >>> place("SELECT *\\n{ ?s }", 11)
    'line 2, column 3'
    """
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
