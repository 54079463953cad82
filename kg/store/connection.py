"""One server over HTTP: its whole answer within a time and a size, or one line that says what is wrong.

A server may answer nothing, one byte a minute, or without end. So what it sends is counted as it comes, and
waited for in a thread that is left behind when the time is over: no timeout of httpx is one for the whole.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, NamedTuple, TypeVar

import httpx

from kg.errors import StoreError

T = TypeVar("T")
_MOST = 500_000_000  # bytes of one answer, unpacked
_TIMEOUT = 300.0  # seconds for one answer where the caller sets no limit
_TOKEN, _USER, _PASSWORD = "KG_STORE_TOKEN", "KG_STORE_USER", "KG_STORE_PASSWORD"


class Reply(NamedTuple):
    """What a server answers."""

    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_success(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.status < 300

    def first_line(self) -> str:
        """The beginning of what it says, to be shown; of a redirection, where to."""
        text = self.headers.get("location", "") or self.body[:1000].decode("utf-8", "replace")
        return next(iter(text.strip().splitlines()), "")[:200]


class Connection:
    """A server, with what it takes to log in; that is shown nowhere."""

    def __init__(self, address: str, environment: Mapping[str, str]) -> None:
        """A token, or a name with a password, come from the environment or stand in the address.

        Raises StoreError for an address that is none.
        """
        try:
            url = httpx.URL(address)
            self.address = str(url.copy_with(userinfo=b"")).rstrip("/")
        except (httpx.InvalidURL, ValueError) as error:
            raise StoreError(f"{address} is no address of a server ({error})") from None
        if not url.host:
            raise StoreError(f"{address} is no address of a server (it names none)")
        self._login: tuple[str, str] | None = None
        if user := environment.get(_USER) or url.username:
            self._login = (user, environment.get(_PASSWORD, "") or url.password)
        token = environment.get(_TOKEN, "").strip()
        if not (token.isascii() and token.isprintable()):
            raise StoreError(f"{_TOKEN} holds a sign that no token may have; set it again")
        self._secrets = _secrets(token, self._login)
        self._client = self._opened(token)

    def _opened(self, token: str) -> httpx.Client:
        headers = {"Accept-Encoding": "gzip"} | ({"Authorization": f"Bearer {token}"} if token else {})
        auth = None if token or self._login is None else httpx.BasicAuth(*self._login)
        try:
            return httpx.Client(headers=headers, auth=auth)
        except (
            httpx.InvalidURL,
            ValueError,
            OSError,
        ) as error:  # a proxy or a certificate in the environment
            raise self._unreachable(error) from None

    def log_in_by_digest(self) -> bool:
        """Log in by digest from here on, if there is a name to log in with and no token."""
        if isinstance(self._client.auth, httpx.BasicAuth) and self._login is not None:
            self._client.auth = httpx.DigestAuth(*self._login)
            return True
        return False

    def request(
        self, method: str, url: str, *, timeout: float | None = None, most: int | None = None, **what: Any
    ) -> Reply:
        """The server's answer, whatever it says, within `timeout` seconds and of at most `most` bytes.

        Raises StoreError where there is none, and TimeoutError.
        """
        if self._client.is_closed:
            raise StoreError(f"the store {self.address} is closed; open it again")
        seconds, most = timeout or _TIMEOUT, min(most or _MOST, _MOST)
        deadline = monotonic() + seconds

        def fetch() -> Reply:
            with self._client.stream(method, url, timeout=seconds, **what) as response:
                body = bytearray()
                for part in response.iter_bytes():
                    body += part
                    if monotonic() > deadline:
                        raise TimeoutError
                    if len(body) > most:
                        raise StoreError(f"{self.address} answers with more than {most / 1e6:,.0f} MB")
                return Reply(response.status_code, response.headers, bytes(body))

        try:
            return _within(seconds, fetch)
        except (TimeoutError, httpx.TimeoutException):
            raise TimeoutError(f"{self.address} took longer than {seconds:g} s to answer") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
            raise self._unreachable(error) from None

    def checked(self, reply: Reply) -> Reply:
        """The reply, or StoreError where the server did not do what it was asked."""
        if reply.is_success:
            return reply
        hint = f"; set {_TOKEN}, or {_USER} and {_PASSWORD}" if reply.status in (401, 403) else ""
        raise StoreError(f"{self.address} answers {reply.status}: {self.told(reply)}{hint}")

    def told(self, reply: Reply) -> str:
        """The first line of a reply, without what was sent to log in."""
        return self._without_secrets(reply.first_line())

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def _unreachable(self, error: Exception) -> StoreError:
        why = self._without_secrets(str(error) or type(error).__name__)
        return StoreError(f"no SPARQL server answers at {self.address} ({why})")

    def _without_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text


def _secrets(token: str, login: tuple[str, str] | None) -> list[str]:
    """What a server might repeat, and nobody should read."""
    found = {token}
    if login is not None:
        found |= {login[1], base64.b64encode(":".join(login).encode("utf-8", "surrogateescape")).decode()}
    return sorted(found - {""}, key=len, reverse=True)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` gives or raises; TimeoutError where it takes longer, and then nobody waits for it."""
    done: SimpleQueue[Callable[[], T]] = SimpleQueue()

    def run() -> None:
        try:
            result = work()
        except BaseException as error:
            done.put(_raiser(error))
        else:
            done.put(lambda: result)

    Thread(target=run, daemon=True).start()
    with suppress(Empty):
        return done.get(timeout=seconds)()
    raise TimeoutError


def _raiser(error: BaseException) -> Callable[[], Any]:
    def fail() -> Any:
        raise error

    return fail
