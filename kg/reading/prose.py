"""Whether a text is written for people: tables, code and data are refused by name, never read as prose."""

import re

from kg.reading.article import Source

LOOKED_AT = 20_000  # characters
# How texts begin that are something else, what that is, and the way out.
OTHERS: tuple[tuple[str, str, str], ...] = (
    (
        r"<\?xml\b|<!DOCTYPE\b|<[A-Za-z][\w:.-]*(?:\s+[\w:.-]+=[^<>]*)?/?>\s*<",
        "XML",
        "save it as text or HTML",
    ),
    (r"#!", "a program", "name articles"),
    (r"\\documentclass|\\begin\{|%!PS", "TeX or PostScript", "convert it to PDF or text"),
    (r"BEGIN:V(?:CARD|CALENDAR)", "a calendar or an address book", "name articles"),
    (r"-----BEGIN [A-Z]", "a key or a certificate", "name articles"),
    (r"(?:INSERT INTO|CREATE TABLE|SELECT \S+ FROM|PRAGMA)\b", "SQL", "export the articles as CSV"),
    (r"@prefix |@base |PREFIX \w*: <|_:\w+ <|<http\S+> <", "RDF", "load it with a SPARQL tool"),
)
_CODE = (
    r"\s*(?:(?:def|class) \w+[(:]|(?:import|from) [\w.]+(?: import .*)?$|return\b.*[^.]$"
    r"|(?:if|elif|for|while|with|else|try)\b.*:$"
    r"|(?:function|const|let|var|public|private|static|void|int)\b.*[;{]$|#include|[{}]|//|@\w+$)"
)
# How such a share of the lines begin where it is something else. Not so: labels of a transcript ("Q: …",
# "HOST: …"), the times of a live blog ("10:15 Xi called").
LINES: tuple[tuple[str, float, str, str], ...] = (
    (_CODE, 0.1, "a program", "name articles"),
    (r"\s*(?:#|;|//|%|\.\\\"|\.[A-Z]{2}\b)", 0.5, "a program or settings", "name articles"),
    (r"\s*[\w.-]+\s*=\s*\S|\[[\w.-]+\]$", 0.5, "settings", "name articles"),
    (r"\s*(?:- )?[a-z][\w-]*:(?:$|\s.{0,60}$)", 0.5, "YAML", "write its texts as JSON lines"),
    (r"\W?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", 0.5, "a log", "name articles"),
    (
        r"[A-Z][A-Z\d] {1,2}- ?|%[A-Z\d] ",
        0.5,
        "references (RIS, EndNote)",
        "export them as CSV with abstracts",
    ),
    (r"[-+]?\d[\d.,:]*(?:\s+[-+]?\d[\d.,:]*)+$", 0.5, "figures", "name articles"),
)
# Of the characters that are not blank, so many may be signs that code and data are full of: texts of the
# corpora we develop against have .026 at most, Markdown with tables .073, minified scripts from .079 on.
MOST_SIGNS = 0.075
WIDEST_CELL = 30  # characters on an average: what is wider is a list within a sentence

_SIGNS = re.compile(r"[{}<>=;\\|@^~_$`]|(?<=\w)[/:](?=\w)|^[^\S\n]*[#-]\s", re.MULTILINE)
_NO_SIGNS = re.compile(r"https?://\S+|(?<!\S)\S+@\S+\b")  # addresses, which articles have as well
_FRONT = re.compile(r"---\n.*?\n---\n", re.DOTALL)


def check(text: str, source: Source) -> None:
    """Raises InputError, with the way out, where a text is not prose."""
    begun = _FRONT.sub("", text.lstrip("\ufeff \t\r\n")[:LOOKED_AT], count=1)
    if found := _other(begun):
        raise source.error("{}, not prose; {}".format(*found))
    if separator := _is_table(begun):
        raise source.error(
            f"rows parted by {separator!r}; add a first row that names columns: title, date, text"
        )
    if (share := signs(begun)) > MOST_SIGNS:
        raise source.error(f"not prose: {share:.0%} are signs as code and data have; save its text alone")


def signs(text: str) -> float:
    """The share of signs that prose does without (0..1)."""
    shown = _NO_SIGNS.sub(" ", text)
    return len(_SIGNS.findall(shown)) / max(1, len("".join(shown.split())))


def _other(text: str) -> tuple[str, str] | None:
    """What a text is by how it begins, or by how its lines do, and the way out."""
    begins = ((what, way) for pattern, what, way in OTHERS if re.match(pattern, text))
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    like = (
        (what, way)
        for pattern, share, what, way in LINES
        if len(lines) > 2 and sum(re.match(pattern, line) is not None for line in lines) >= share * len(lines)
    )
    return next(begins, None) or next(like, None)


def _is_table(text: str) -> str | None:
    """What parts the columns of a table: a sign that stands as often, and twice, in its first lines."""
    lines = [line for line in text.splitlines()[:6] if line.strip()]
    return next((sign for sign in "\t;|," if len(lines) > 2 and _parts(sign, lines)), None)


def _parts(sign: str, lines: list[str]) -> bool:
    """Whether a sign parts lines into as many short cells each."""
    cells = [line.count(sign) + 1 for line in lines]
    return len(set(cells)) == 1 and cells[0] > 2 and sum(map(len, lines)) <= WIDEST_CELL * sum(cells)
