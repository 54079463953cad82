"""The map of `kg.workers` on a Dask cluster: the same results in the same order, from other machines.

What is sent there is pickled, and runs there: name only a scheduler that you trust. Its workers need this
version of kg, and files that are named (a table of actors, decisions) under the same paths.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from threading import Lock
from typing import Any, TypeVar

from kg import workers
from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")
LOCAL = "local"
_SCHEMES = {"tcp": False, "ws": False, "tls": True, "wss": True}  # which of them need certificates
_WAIT = "10s"  # for a scheduler that does not answer
_lock = Lock()  # a language model is not made for several threads


def ordered(
    items: Iterable[T], prepare: Callable[[], Callable[[T], R]], lost: Callable[[T, str], R], address: str
) -> Generator[R]:
    """The results for items, in their order, from the cluster at an address or a local one for "local".

    Arguments as for `kg.workers.ordered`. Raises KgError where there is no such cluster.
    """
    setup = pickle.dumps(prepare)
    with _client(address) as client:
        threads = sum(client.nthreads().values())

        def submit(item: T) -> _Asked:
            return _Asked(client.submit(_answer, setup, item, pure=False), item, lost)

        yield from workers.in_order(items, submit, workers.AHEAD * threads)


class _Asked:
    """A result that is under way."""

    def __init__(self, future: Any, item: Any, lost: Callable[[Any, str], Any]) -> None:
        self.future, self.item, self.lost = future, item, lost

    def result(self) -> Any:
        """The result; what `lost` makes of the item if it has brought down every worker that tried."""
        from distributed import KilledWorker

        try:
            return self.future.result()
        except KilledWorker:
            return self.lost(self.item, "brought its machine's worker down again and again")


@contextmanager
def _client(address: str) -> Iterator[Any]:
    """A connection to a cluster whose workers have this kg."""
    try:
        import distributed
    except ImportError as error:
        raise KgError("--dask needs dask: pip install 'geopolitical-kg[dask]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised
    if address != LOCAL:
        _require_address(address)
    with _cluster(address) as place:
        connect: Any = distributed.Client  # whose functions have no types
        try:
            client = connect(place, timeout=_WAIT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise KgError(f"no Dask scheduler answers at {address} ({error})") from error
        with client:
            _require_kg(client, address)
            yield client


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    """What to connect to: the address, or a cluster of this machine's cores that ends with the map."""
    if address != LOCAL:
        yield address
        return
    from distributed import LocalCluster

    os.environ["PYTHONSAFEPATH"] = "1"  # its processes must not import from the current folder
    cluster: Any = LocalCluster  # whose functions have no types
    one_each = {"n_workers": workers.cores(), "threads_per_worker": 1}
    with cluster(**one_each, dashboard_address=None, silence_logs=logging.CRITICAL) as started:
        yield started


def _require_address(address: str) -> None:
    """Refuse what is no address before anybody connects: a client that cannot be made never ends."""
    import distributed
    from distributed.comm.addressing import resolve_address

    security: Any = distributed.Security  # whose functions have no types
    scheme = address.partition("://")[0] if "://" in address else "tcp"
    try:
        if scheme not in _SCHEMES:
            raise ValueError
        resolve_address(address)
    except (OSError, ValueError):  # whose messages may hold a login
        raise KgError(f"--dask {address}: no scheduler's address; write tcp://HOST:PORT") from None
    if _SCHEMES[scheme] and security().get_connection_args("client")["ssl_context"] is None:
        raise KgError(f"--dask {address}: needs certificates; Dask's settings distributed.comm.tls name them")


def _require_kg(client: Any, address: str) -> None:
    """Refuse a cluster without workers, or whose workers have another kg or none."""
    here = version("geopolitical-kg")
    try:
        there = set(client.run(version, "geopolitical-kg").values())
    except Exception as error:  # whatever their Python says about it
        raise KgError(f"the workers at {address} have no kg: install geopolitical-kg {here} there") from error
    if not there:
        raise KgError(
            f"no worker has joined the Dask scheduler at {address}; start one: dask worker {address}"
        )
    if there != {here}:
        raise KgError(f"the workers at {address} have kg {', '.join(sorted(there))}, and this is {here}")


# ── on the workers ──


@lru_cache(maxsize=1)
def _ready(setup: bytes) -> Callable[[Any], Any]:
    work: Callable[[Any], Any] = pickle.loads(setup)()
    return work


def _answer(setup: bytes, item: Any) -> Any:
    with _lock:
        return _ready(setup)(item)
