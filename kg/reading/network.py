"""One GET of a public address, within limits of time, size and redirects; never of an address within.

A name is resolved once, every address that it stands for must be public, and the connection is made to the
address that was checked: so neither a redirect nor a name server that answers otherwise the second time leads
into a private network.
"""

import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin

import certifi
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError
from urllib3.util import Url, parse_url

from kg.errors import InputError
from kg.shown import shown

AGENT = "geopolitical-kg"
MOST_REDIRECTS = 5
CHUNK = 1 << 16
PORTS = {"http": 80, "https": 443}
ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/json;q=.9,*/*;q=.5"
)

Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Limits:
    """What one GET may cost."""

    seconds: float = 30.0  # from the first to the last byte, redirects included
    size: int = 20_000_000  # bytes, unpacked
    pause: float = 1.0  # seconds between two of a host
    loopback: bool = False  # whether this machine may be asked; for tests alone


@dataclass(frozen=True)
class Answer:
    """What came: the address it came from in the end, status, the type that the server names, bytes."""

    url: str
    status: int
    type: str = field(repr=False)
    data: bytes = field(repr=False)


def get(url: str, limits: Limits, before: Callable[[str], None] = lambda url: None) -> Answer:
    """The answer to a GET, redirects followed; `before` hears of each address before it is asked.

    Raises InputError for addresses that are not public, and what takes too long, is too large or fails.
    """
    deadline = time.monotonic() + limits.seconds
    for _ in range(MOST_REDIRECTS + 1):
        _parsed(url)
        before(url)
        answer, location = _hop(url, limits, deadline)
        if location is None:
            return answer
        url = urljoin(url, location)
    raise InputError(f"{shown(url)[:200]}: more than {MOST_REDIRECTS} redirects")


def _hop(url: str, limits: Limits, deadline: float) -> tuple[Answer, str | None]:
    """One request: the answer, and where it sends us instead."""
    try:
        pool, path, host = _pool(url, limits, deadline)
        headers = {"Host": host, "User-Agent": AGENT, "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"}
        with (
            pool,
            pool.urlopen("GET", path, headers=headers, redirect=False, preload_content=False) as response,
        ):
            location = response.get_redirect_location() or None
            data = b"" if location else _read(response.stream(CHUNK), url, limits.size, deadline)
            kind = response.headers.get("Content-Type", "")
            return Answer(url.partition("#")[0], response.status, kind, data), location
    except (HTTPError, OSError, UnicodeError) as error:
        why = " ".join(str(error).split())[:120]
        raise InputError(f"{shown(url)[:200]}: cannot be fetched: {why}") from None


def _pool(url: str, limits: Limits, deadline: float) -> tuple[HTTPConnectionPool, str, str]:
    """A connection to the checked address of a URL, the path to ask it for, and the host by its name."""
    parsed = _parsed(url)
    scheme, host = str(parsed.scheme), str(parsed.host).strip("[]")
    port = parsed.port or PORTS[scheme]
    address = str(public(host, port, limits.loopback))
    timeout = Timeout(total=max(0.001, deadline - time.monotonic()))
    pool = HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    if scheme == "https":  # the certificate is the name's, not the address's
        pool = HTTPSConnectionPool(
            address,
            port,
            timeout=timeout,
            retries=False,
            ca_certs=certifi.where(),
            server_hostname=host,
            assert_hostname=host,
        )
    return pool, parsed.request_uri, parsed.netloc or host


def _parsed(url: str) -> Url:
    """The parts of a web address, with scheme and host."""
    try:
        parsed = parse_url(url)
    except HTTPError:
        parsed = Url()
    if parsed.scheme not in PORTS or not parsed.host or parsed.auth:
        raise InputError(f"{shown(url)[:200]}: not a web address; write http://… or https://…")
    return parsed


def _read(chunks: Iterable[bytes], url: str, size: int, deadline: float) -> bytes:
    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > size:
            raise InputError(f"{shown(url)[:200]}: more than {size:,} bytes; left out")
        if time.monotonic() > deadline:
            raise InputError(f"{shown(url)[:200]}: takes too long; left out")
    return bytes(data)


def public(host: str, port: int, loopback: bool = False) -> Address:
    """The address to connect to for a host, all of whose addresses are public.

    Raises InputError where one is not: private, of this machine, link-local, reserved, multicast.
    """
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found = [ip_address(str(info[4][0]).partition("%")[0]) for info in infos]
    for address in found:
        if not (_is_public(address) or (loopback and address.is_loopback)):
            raise InputError(
                f"{shown(host)[:100]}: {address} is no public address; kg fetches from the web alone"
            )
    return found[0]


def _is_public(address: Address) -> bool:
    """Whether an address is public, and so is one that it wraps (IPv4 in IPv6)."""
    if isinstance(address, IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if int(address) >> 32 == int(IPv6Address("64:ff9b::")) >> 32:
            wrapped = IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return _is_public(wrapped)
    return address.is_global and not address.is_multicast
