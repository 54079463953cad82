"""Articles from the web, each kept as a file that says where it is from. Nothing else in kg asks the web.

A feed's address gives an article for each of its items, from the item's own page. What a host's robots.txt
forbids is not asked for.
"""

import io
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from kg import ids
from kg.errors import InputError, tell
from kg.model import Document
from kg.reading import door, feeds, web_page
from kg.reading.article import Documents, Source
from kg.reading.incoming import Incoming
from kg.reading.network import AGENT, Answer, Limits, get
from kg.shown import shown
from kg.writing import writing

if TYPE_CHECKING:
    from protego import Protego

LONGEST_PAUSE = 30.0  # seconds between two requests, whatever a host asks for


def fetch(
    addresses: Iterable[str],
    folder: str | Path,
    *,
    force: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - it is frozen
    on_error: Callable[[InputError], None] | None = None,
) -> Iterator[Path]:
    """Fetches pages, files and the items of feeds into a folder; gives the files that it wrote.

    Each holds one article: front matter with title, date, publisher and address, then the text, so that
    `read` and `build` know where it is from. An item of a feed that the folder has already is not asked for
    again. What cannot be fetched goes to `on_error` and the rest goes on; without it the first is raised.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder}: no folder to write to: {error.strerror}") from None
    visit = _Visit(Path(folder), force, limits)
    for address in addresses:
        for found in visit.of(address):
            if isinstance(found, InputError):
                tell(found, on_error)
            else:
                yield found


@dataclass
class _Visit:
    """What is fetched in one call, and what it has learned of the hosts."""

    folder: Path
    force: bool
    limits: Limits
    robots: dict[str, "Robots"] = field(default_factory=dict)

    def of(self, address: str) -> Iterator[Path | InputError]:
        """The files of an address: an article, or each item of a feed."""
        try:
            answer = self.get(address)
            incoming = Incoming(io.BytesIO(answer.data), Source(answer.url))
            if feeds.fits(incoming):
                yield from self.items(answer)
            else:
                yield from self.kept(address, answer)
        except InputError as error:
            yield error

    def items(self, feed: Answer) -> Iterator[Path | InputError]:
        """The files of a feed's items, from their own pages."""
        for item in feeds.entries(feed.data, Source(feed.url)):
            link = urljoin(feed.url, item.get("link", ""))
            if not self.file(link, 1).exists():
                try:
                    yield from self.kept(link, self.get(link))
                except InputError as error:
                    yield error

    def get(self, url: str) -> Answer:
        """The answer of an address, and of those that it sends us to, each of which robots may ask."""
        answer = get(url, self.limits, self.before)
        if answer.status != 200:
            raise InputError(f"{shown(url)[:200]}: the server answers {answer.status}")
        return answer

    def before(self, url: str) -> None:
        """Waits until a host may be asked; raises InputError where it may not."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self.robots:
            self.robots[host] = Robots.of(host, self.limits)
        self.robots[host].wait(url)

    def kept(self, address: str, answer: Answer) -> Iterator[Path | InputError]:
        """The articles in an answer, each written to a file."""
        for number, found in enumerate(_documents(answer, self.force), start=1):
            if isinstance(found, InputError):
                yield found
                continue
            path = self.file(address, number)
            if number > 1 and found.url == answer.url:  # an address is one article's
                found = replace(found, url=f"{answer.url}#{number}")
            with writing(path) as out:
                out.write(as_text(found).encode())
            yield path

    def file(self, address: str, number: int) -> Path:
        """The file for the n-th article of an address: readable, and the same each time."""
        parts = urlsplit(address)
        name = ids.slug(f"{parts.netloc} {parts.path}".replace("/", " "))[:60].strip("-")
        return self.folder / f"{name}-{ids.content_id('a', address, number)[2:10]}.txt"


def _documents(answer: Answer, force: bool) -> Documents:
    """The articles in an answer; those that do not say where they are from are from there."""
    source = Source(answer.url, defaults={"url": answer.url}, any_language=force)
    incoming = Incoming(io.BytesIO(answer.data), source)
    if not web_page.fits(incoming):
        yield from door.documents(incoming)
        return
    try:
        yield web_page.page(web_page.decoded(answer.data, source, answer.type), source, answer.url)
    except InputError as error:
        yield error


def as_text(document: Document) -> str:
    """A document as a text file with front matter, from which `read` makes it again.

    >>> print(as_text(Document("d", "Xi called.", title="Xi calls", url="https://example.org/a")))
    ---
    title: "Xi calls"
    url: "https://example.org/a"
    ---
    Xi called.
    """
    said = {
        "title": document.title,
        "date": document.published,
        "publisher": document.publisher,
        "url": document.url,
    }
    lines = [f'{name}: "{value}"' for name, value in said.items() if value]
    return "\n".join(["---", *lines, "---", document.text])


@dataclass
class Robots:
    """What a host allows, and when it was asked last."""

    rules: "Protego"
    pause: float
    asked: float = 0.0

    @classmethod
    def of(cls, host: str, limits: Limits) -> "Robots":
        """A host's rules: without a file all is allowed, where it cannot be had nothing (RFC 9309)."""
        from protego import Protego

        answer = get(f"{host}/robots.txt", limits)
        if answer.status >= 500:
            raise InputError(f"{shown(host)[:100]}: its robots.txt cannot be had ({answer.status}); left out")
        text = answer.data.decode("utf-8", "replace") if answer.status == 200 else ""
        rules = Protego.parse(text)
        return cls(rules, max(limits.pause, min(float(rules.crawl_delay(AGENT) or 0), LONGEST_PAUSE)))

    def wait(self, url: str) -> None:
        """Waits until the host may be asked; raises InputError where it may not."""
        if not self.rules.can_fetch(url, AGENT):
            raise InputError(f"{shown(url)[:200]}: its robots.txt forbids it; left out")
        time.sleep(max(0.0, self.asked + self.pause - time.monotonic()))
        self.asked = time.monotonic()
