"""Exports of news archives, LexisNexis and Nexis Uni, Factiva and ProQuest: many articles in one text.

They come as TXT, RTF, DOCX and PDF; what they say of an article stands in lines around it, in the order in
which the archive writes them. What is kept of an article is its text, as it stands, between those lines.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from kg.errors import InputError
from kg.model import Document
from kg.reading import prose
from kg.reading.archive_words import any_of, begins_with_date, date
from kg.reading.article import Documents, Source, article, line_of

Fields = dict[str, str]
Found = tuple[str, Fields]  # an article's text, and what is said about it


@dataclass(frozen=True)
class Archive:
    """How an archive exports: what shows that a text is an export, what parts articles, who reads one."""

    sign: re.Pattern[str]
    between: re.Pattern[str]
    read: Callable[[str], Found | None]  # None for what is no article: covers and lists of what was searched


def one_or_many(text: str, source: Source, fields: Fields | None = None) -> Documents:
    """The articles of an export, or the one that a text is; raises InputError where it is neither."""
    if is_one(text):
        yield from articles(text, source)
    else:
        if text:
            prose.check(text, source)
        yield article(source, source.name, text, fields or {})


def is_one(text: str) -> bool:
    """Whether a text is an export."""
    return _archive(text) is not None


def may_hold_one(markup: str) -> bool:
    """Whether what shows an export stands somewhere in a page, at whichever place of a line."""
    return re.search(rf"(?i:{_NEXIS_BETWEEN}|load-date: )|{_FACTIVA_NUMBER}|ProQuest", markup) is not None


def articles(text: str, source: Source) -> Documents:
    """A document or an error for each article of an export."""
    archive = _archive(text)
    assert archive is not None
    parts = [part for part in archive.between.split(_unix(text)) if part and part.strip()]
    found = [read for part in parts if (read := archive.read(part)) is not None]
    if not found:
        raise source.error("an export without articles; export their full texts")
    yield from (_article_or_error(*read, source.at(n)) for n, read in enumerate(found, start=1))


def _article_or_error(text: str, fields: Fields, source: Source) -> Document | InputError:
    try:
        return article(source, source.place, text, {key: line_of(value) for key, value in fields.items()})
    except InputError as error:
        return error


def _archive(text: str) -> Archive | None:
    return next((archive for archive in ARCHIVES if archive.sign.search(_unix(text))), None)


def _unix(text: str) -> str:
    """A text with line ends as Unix has them; most exports are made on Windows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


# ── What they share ──────────────────────────────────────────────────────────────────────────────

# Printed at the foot of each.
_PAGE = re.compile(rf"(?mi)^[ \t]*(?:{any_of('page')}) \d+ (?:{any_of('of')}) \d+\b.*\n?")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _PAGE.sub("", text).split("\n")]


def _said(lines: list[str], label: str) -> str:
    """What the last line with a label says: "Byline: By A. Writer"."""
    found = (re.match(rf"(?i)(?:{label})\s*:\s*(.*)", line) for line in lines)
    return next((match[1] for match in reversed([*found]) if match), "")


def _at(lines: list[str], pattern: re.Pattern[str], start: int = 0, end: int | None = None) -> int | None:
    """The number of the first line between in which a pattern is found."""
    return next((n for n, line in enumerate(lines[start:end], start) if pattern.search(line)), None)


def _after(lines: list[str], test: Callable[[str], object]) -> list[str]:
    """The lines behind the last of the first lines that pass, blank ones among them passed over."""
    passed = len(list(takewhile(lambda line: not line or test(line), lines)))
    return lines[passed:]


def _body(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


# ── LexisNexis and Nexis Uni ─────────────────────────────────────────────────────────────────────

_NEXIS_BETWEEN = (
    rf"{any_of('end')}|\d+ (?:{any_of('of')}) \d+ (?:{any_of('documents')})"
    r"|Dokument \d+ von \d+|Document \d+ de \d+"
)
_NEXIS_LABEL = re.compile(
    rf"(?i)\A(?:{any_of('section', 'length', 'byline', 'body')}|headline|dateline|highlight|series):"
)
_BODY = re.compile(rf"(?i)\A(?:{any_of('body')}):?\Z")
# What ends a text: headings in newer exports, labels in capitals in older ones; "Notes: …" may be the text's.
_NEXIS_END = re.compile(
    rf"(?i:(?:{any_of('graphic', 'classification')}|notes|correction)\Z|(?:{any_of('load')}):|"
    r"(?:©|\(c\)|copyright) (?:©|\(c\)|\d{4}))"
)
_NEXIS_LAST = re.compile(
    rf"(?:{any_of('graphic', 'language', 'publication').upper()}|URL|SUBJECT|INDUSTRY|GEOGRAPHIC|NOTES|"
    "UPDATE|JOURNAL[ -]CODE|CORRECTION(?:-DATE)?|ORGANIZATION|COMPANY|PERSON|TICKER|COUNTRY|STATE|CITY|"
    "ACC-NO|DOCUMENT-TYPE|TYPE):"
)
_RIGHTS = re.compile(rf"(?i)©|\(c\)|copyright\b|{any_of('rights')}")


def _nexis(part: str) -> Found | None:
    """An article: publication and date, headline (first in newer exports), labelled lines, then its text."""
    lines = _lines(part)
    labelled, newer = _at(lines, _NEXIS_LABEL), _at(lines, _BODY)
    if labelled is None:
        return None
    text = lines[newer + 1 :] if newer else _behind_labels(lines[labelled:])
    fields = _nexis_head(lines[:labelled], newer is not None)
    if fields is None:
        return None
    if headline := _said(lines, "headline"):
        fields["title"] = headline
    return _body(list(takewhile(lambda line: not _ends_nexis(line), text))), fields


def _ends_nexis(line: str) -> bool:
    return _NEXIS_END.match(line) is not None or _NEXIS_LAST.match(line) is not None


def _nexis_head(lines: list[str], newer: bool) -> Fields | None:
    """What stands above the labels; in newer exports the first comes after a list of what was searched."""
    head = [line for line in lines if line and not _RIGHTS.match(line)]
    dated = [n for n, line in enumerate(head) if n and begins_with_date(line)]
    if not dated:
        return None
    at = dated[-1 if newer else 0]
    title_first = newer or not head[at + 1 :]
    title = "".join(head[at - 2 : at - 1]) if title_first else _last_paragraph(lines)
    return {"title": title, "date": date(head[at]), "publisher": head[at - 1]}


def _behind_labels(lines: list[str]) -> list[str]:
    """What comes after the paragraphs that begin with labels; a label's value may take several lines."""
    last = 0
    for number, line in enumerate(lines):
        if _NEXIS_LABEL.match(line):
            last = number
        elif line and not lines[number - 1] and number > last + 1:
            break
    end = next((n for n in range(last, len(lines)) if not lines[n]), len(lines))
    return lines[end:]


def _last_paragraph(lines: list[str]) -> str:
    """The last lines in a row that are not blank."""
    behind = list(takewhile(lambda line: not line, reversed(lines)))
    upward = list(reversed(lines))[len(behind) :]
    return " ".join(reversed(list(takewhile(bool, upward))))


# ── Factiva ──────────────────────────────────────────────────────────────────────────────────────

_FACTIVA_NUMBER = r"Document [A-Z][A-Z\d]{5,9}\d{8}\w{4,}"
_WORDS = re.compile(rf"(?i)\A[\d,.]+ (?:{any_of('words')})\Z")
_HD = re.compile(r"\AHD(?:\s|\Z)")
_BY = re.compile(r"(?i)by\b")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){1,3}\Z")
HEADER = 16  # lines from the count of words to the notice of rights, at most
_TIME = re.compile(r"\d{1,2}:\d\d(?:\s*[AP]M)?\Z")
_CODE = re.compile(r"([A-Z]{2,3})(?:[ \t]{1,}|\Z)")
_CODES = frozenset(
    "SE HD BY CR WC PD ET SN SC ED PG LA CY LP TD CO IN NS RE IPD IPC PUB AN ART CLM CX DJV".split()
)
_FACTIVA_FIELDS = {"HD": "title", "PD": "date", "SN": "publisher"}


def _factiva(part: str) -> Found | None:
    """An article in one of the two forms in which it is exported."""
    lines = _lines(part)
    return _factiva_printed(lines) if _at(lines, _HD) is None else _factiva_coded(lines)


def _factiva_printed(lines: list[str]) -> Found | None:
    """An article: headline, writer, "512 words", date, time, publication, code, language, rights, text."""
    counted = _at(lines, _WORDS)
    rights = None if counted is None else _at(lines, _RIGHTS, counted, counted + HEADER)
    if counted is None or rights is None:  # a summary of what was searched
        return None
    above = [line for line in lines[:counted] if line and not _BY.match(line)]
    if _is_writer(above):
        del above[-1]
    below = [line for line in lines[counted + 1 : rights] if line and not _TIME.match(line)]
    printed, publisher, *_ = [*below, "", ""]
    fields = {"title": "".join(above[-1:]), "date": date(printed), "publisher": publisher}
    return _body(_after(lines[rights:], _RIGHTS.search)), fields


def _is_writer(above: list[str]) -> bool:
    """Whether the last line above an article's is a name alone, and what is before it a headline.

    >>> _is_writer(["World", "Xi calls Trump", "Anna Writer"]), _is_writer(["World News", "Xi Calls Trump"])
    (True, False)
    """
    if len(above) < 2 or not _NAME.match(above[-1]):
        return False
    before, name = above[-2].split(), above[-1].split()
    return len(before) > len(name) + 2 or any(word.islower() and len(word) > 3 for word in before)


def _factiva_coded(lines: list[str]) -> Found:
    """An article whose lines begin with codes: HD headline, PD date, SN source, LP and TD its text."""
    values: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        match = _CODE.match(line)
        if match and match[1] in _CODES:
            code = match[1]
            line = line[match.end() :]
        values.setdefault(code, []).append(line)
    fields = {name: " ".join(values.get(code, [])).strip() for code, name in _FACTIVA_FIELDS.items()}
    fields["date"] = date(fields["date"])
    return _body([*values.get("LP", []), "", *values.get("TD", [])]), fields


# ── ProQuest ─────────────────────────────────────────────────────────────────────────────────────

_FULL_TEXT = re.compile(rf"(?i)\A(?:{any_of('full text')})\s*(?::|\Z)\s*")
_PROQUEST_END = re.compile(
    r"(?i)(?:details|credit|word count|business indexing term|location|"
    rf"{any_of('subject', 'title')})\s*(?::|\Z)"
)
_PROQUEST_NUMBER = re.compile(rf"Do[ck]umento? \d+ (?:{any_of('of')}) \d+")


def _proquest(part: str) -> Found | None:
    """An article: headline, labelled lines, "Full text:", its text, then labelled lines again."""
    lines = _lines(part)
    begun = _at(lines, _FULL_TEXT)
    if begun is None:
        return None
    head = [line for line in lines[:begun] if line and not _PROQUEST_NUMBER.match(line)]
    info = _said(lines, any_of("publication info"))
    printed = _said(lines, any_of("publication title")) or info
    fields = {
        "title": _said(lines, any_of("title")) or next(iter(head), ""),
        "date": date(_said(lines, any_of("publication date"))) or date(info),
        "publisher": re.split(r"[;:]|, (?:Late|Final|Online|National|International|US) ", printed)[0],
    }
    text = [_FULL_TEXT.sub("", lines[begun]), *lines[begun + 1 :]]
    return _body(list(takewhile(lambda line: not _PROQUEST_END.match(line), text))), fields


ARCHIVES = (
    Archive(
        re.compile(rf"(?im)^[ \t]*(?:(?:{_NEXIS_BETWEEN})[ \t]*$|LOAD-DATE: |Client/Matter: )"),
        re.compile(rf"(?im)^[ \t]*(?:{_NEXIS_BETWEEN})[ \t]*$"),
        _nexis,
    ),
    Archive(
        re.compile(rf"(?m)^[ \t]*(?:AN[ \t]+)?{_FACTIVA_NUMBER}[ \t]*$"),
        re.compile(rf"(?m)^[ \t]*(?:AN[ \t]+)?{_FACTIVA_NUMBER}[ \t]*$"),
        _factiva,
    ),
    Archive(
        re.compile(
            r"(?im)^[ \t]*(?:[^\n]{0,30}\bProQuest[ -]Do[ck]ument"
            r"|[^\n]{0,30}\bdocument(?:os?)? (?:de )?ProQuest\b"
            r"|(?:Database|Datenbank|Base de datos|Base de données|Banca dati): .*ProQuest)"
        ),
        re.compile(r"(?m)^[ \t]*_{20,}[ \t]*$"),
        _proquest,
    ),
)
