"""Mail, single (.eml) and in mailboxes (mbox): what somebody wrote, without quotations and signature; of mail
that was sent on, what whoever wrote it first had to say."""

import logging
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from itertools import takewhile

from kg.errors import InputError
from kg.model import Document
from kg.reading.article import Documents, Source, article, day, line_of
from kg.reading.incoming import LARGEST, Incoming
from kg.reading.markup import text_of
from kg.shown import shown

log = logging.getLogger("kg")

ENDINGS: tuple[str, ...] = (".eml", ".mbox", ".mbx")

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*")
_ENVELOPE = re.compile(rb"From \S+[^\r\n]*\d{4}\s*$", re.MULTILINE)
# What every mail has, and what only mail has: a memo has "From:" and "Date:" as well.
_OF_MAIL = frozenset(
    b"received return-path message-id mime-version delivered-to content-type x-mailer dkim-signature".split()
)
_QUOTED = re.compile(r"(?m)^(?:On .{5,120}wrote:|>.*|-{2,} ?Original Message ?-{2,})\n?")
# What somebody sends on, and what stands above it: Gmail's and Thunderbird's, Apple's, Outlook's.
_SENT_ON = re.compile(
    r"(?m)^(?:-{3,} ?Forwarded message ?-{3,}|Begin forwarded message:)[ \t]*\n+"
    r"|^(?=\*?From:\*? .*\n+\*?(?:Sent|Date):\*? )"
)
_SENT_ON_SUBJECT = re.compile(r"(?i)(?:fwd?|wg|tr|rv):")
_ABOVE = re.compile(r"\*?(From|Date|Sent|Subject|To|Cc|Reply-To):\*?[ \t]*(.*)")
_QUOTE = re.compile(r"(?m)^> ?")
_SIGNATURE = re.compile(r"(?m)^-- ?$(?s:.*)")


def fits(incoming: Incoming) -> bool:
    """Whether it begins with headers of mail, or with the envelope of a mailbox."""
    return _ENVELOPE.match(incoming.head) is not None or _is_mail(incoming.head)


def headers(head: bytes) -> set[bytes]:
    """The names of the headers at the beginning, in small letters."""
    names, position = set(), 0
    while match := _HEADER.match(head, position):
        names.add(match[1].lower())
        position = match.end()
    return names


def _is_mail(head: bytes) -> bool:
    names = headers(head)
    return b"from" in names and len(names & {b"date", b"subject", b"to"}) >= 1 and bool(names & _OF_MAIL)


def documents(incoming: Incoming) -> Documents:
    """A document or an error for each mail."""
    if not _ENVELOPE.match(incoming.head):
        yield _document(incoming.whole, incoming.source, incoming.source.name)
        return
    for number, data in enumerate(_mails(incoming), start=1):
        source = incoming.source.at(number)
        try:
            yield _document(data, source, source.place)
        except InputError as error:
            yield error


def _mails(incoming: Incoming) -> Iterator[bytes]:
    """The mails of a mailbox, which begin after a blank line with "From " and an address; streamed."""
    lines: list[bytes] = []
    size, blank = 0, True
    for line in incoming.byte_lines():
        if blank and _ENVELOPE.match(line) and lines:
            yield b"".join(lines[1:])
            lines, size = [], 0
        lines.append(line[1:] if re.match(rb">+From ", line) else line)
        size, blank = size + len(line), not line.strip()
        if size > LARGEST:
            raise incoming.source.error(f"a mail of more than {LARGEST:,} bytes; take it out")
    yield b"".join(lines[1:])


def _document(data: bytes, source: Source, document_id: str) -> Document:
    mail = message_from_bytes(data, policy=policy.default)
    sender = parseaddr(str(mail.get("From", "")))
    fields = {
        "title": line_of(str(mail.get("Subject", ""))),
        "date": day(str(mail.get("Date", ""))),
        "publisher": line_of(sender[0] or sender[1]),
    }
    if names := [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()]:
        log.warning("%s: not read: attached %s", shown(source.place), shown(", ".join(names))[:200])
    own = line_of(str(mail.get("Message-ID", ""))).strip("<>")
    text = _text(mail, source)
    if _SENT_ON_SUBJECT.match(fields["title"]) and (first := _first(text)):
        text, fields = first[0], fields | first[1]
    return article(source, own or document_id, _SIGNATURE.sub("", _QUOTED.sub("", text)).strip(), fields)


def _first(text: str) -> tuple[str, dict[str, str]] | None:
    """The mail that was sent on, however often, and what stands above it; None where there is none."""
    *_, last = [None, *_SENT_ON.finditer(text)]
    if last is None:
        return None
    sent = text[last.end() :]
    lines = (_QUOTE.sub("", sent) if sent.startswith(">") else sent).split("\n")
    head = list(takewhile(lambda line: not line or _ABOVE.match(line), lines))
    above = {match[1]: match[2] for match in map(_ABOVE.match, head) if match}
    name, address = parseaddr(above.get("From", ""))
    said = {
        "title": line_of(above.get("Subject", "")),
        "date": day((above.get("Date") or above.get("Sent", "")).replace(" at ", " ")),
        "publisher": line_of(name or address),
    }
    return "\n".join(lines[len(head) :]), {key: value for key, value in said.items() if value}


def _text(mail: EmailMessage, source: Source) -> str:
    """The text of a mail with all that it quotes."""
    body = mail.get_body(("plain", "html"))
    if body is None:
        raise source.error("a mail without text; save what is attached to it")
    try:
        text = str(body.get_content()).replace("\r\n", "\n")
    except (LookupError, ValueError) as error:
        raise source.error(f"a mail whose text cannot be read: {str(error)[:80]}") from None
    if body.get_content_type() == "text/html":
        text = text_of(text)
    return text
