"""Refuses queries that would reach beyond the store, before any parser sees them.

pyoxigraph has no switch for SERVICE, so the query is split into tokens here: strings, comments, IRIs,
variables and the like are skipped, and what is left may not hold a refused keyword. Keywords are looked
for inside words too, since Oxigraph reads `SERVICESILENT` and `trueSERVICE<…>` as several words.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

# The order matters: the first that fits is the token, as in SPARQL 1.1's grammar (section 19.8). A string
# that does not end is taken to the end of its line or text, so that nothing is looked at twice.
_TOKEN = re.compile(
    r"""
      (?P<iri>       <[^<>"{}|^`\\\x00-\x20]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^`\\\x00-\x20]*)*> )
    | (?P<comment>   \#[^\n\r]* )
    | (?P<string>    \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*(?:\"\"\"|\"{0,2}\\?\Z)
                   | '''(?:'{0,2}(?:[^'\\]|\\.))*(?:'''|'{0,2}\\?\Z)
                   | "(?:[^"\\\n\r]|\\.)*"? | '(?:[^'\\\n\r]|\\.)*'? )
    | (?P<variable>  [?$]\w+ )
    | (?P<language>  @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<prefixes>  [!+-](?:\s*[!+-]){99,} )
    | (?P<word>      [\w.-]+ ) (?: :(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^uU\w\s])* )?
    | (?P<local>     :(?:[\w.:-]|%[0-9A-Fa-f]{2}|\\[^uU\w\s])* )
    | (?P<escape>    \\[uU] )
    | (?P<open>      [({\[] )
    | (?P<close>     [)}\]] )
    """,
    re.VERBOSE | re.DOTALL,
)
_REFUSED = re.compile("SERVICE|LOAD|FROM", re.IGNORECASE)
_UPDATES = re.compile("INSERT|DELETE|DROP|CLEAR|CREATE|COPY|MOVE|ADD", re.IGNORECASE)
_DEPTH = 200  # Oxigraph 0.5's parser overflows its stack between 1,000 and 5,000 brackets


def check(query: str, allow_remote: bool = False) -> None:
    """Raise QueryError, with line and column, for a query that must not run.

    >>> check("SELECT * { ?service ?p 'LOAD' } # FROM")
    >>> check("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: line 1, column 12: SERVICE is refused: it could reach files or the network; ...
    """
    depth = 0
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind == "escape":
            raise QueryError(f"{place(query, match.start())}: \\u is refused outside strings and IRIs")
        if kind == "word" and not allow_remote:
            _check_word(query, match)
        depth += (kind == "open") - (kind == "close")
        if depth > _DEPTH or kind == "prefixes":
            raise QueryError(f"{place(query, match.start())}: nested too deep (at most {_DEPTH} levels)")


def _check_word(query: str, match: re.Match[str]) -> None:
    found = _REFUSED.search(match["word"])
    if found:
        raise QueryError(
            f"{place(query, match.start() + found.start())}: {found[0]} is refused: it could reach files "
            f"or the network; allow it (--allow-remote) if the query is your own"
        )


def gives_triples(query: str) -> bool:
    """Whether the query is a CONSTRUCT or DESCRIBE; the first keyword says which form it has.

    >>> gives_triples("PREFIX select: <b> CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    True
    """
    words = (
        match["word"].upper()
        for match in _TOKEN.finditer(query)
        if match.lastgroup == "word" and match.end("word") == match.end()  # no prefix
    )
    forms = {"SELECT": False, "ASK": False, "CONSTRUCT": True, "DESCRIBE": True}
    return next((forms[word] for word in words if word in forms), False)


def update_keyword(query: str) -> str | None:
    """The keyword that makes a text an update rather than a query, or None.

    >>> update_keyword("PREFIX a: <b> DELETE WHERE { ?s ?p ?o }")
    'DELETE'
    """
    for match in _TOKEN.finditer(query):
        if match.lastgroup == "word" and _UPDATES.fullmatch(match["word"]):
            return match["word"]
    return None


def place(query: str, offset: int) -> str:
    """Where a character stands, for a person, both counted from 1.

    >>> place("SELECT *\\n{ ?s }", 11)
    'line 2, column 3'
    """
    before = query[:offset]
    return f"line {before.count(chr(10)) + 1}, column {offset - before.rfind(chr(10))}"
