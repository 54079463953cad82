"""Who held what office when, and what country and sector that gives a person on a date."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.actors.entries import STATELESS
from kg.actors.spellings import phrase_units
from kg.actors.wordlists import Title
from kg.model import Role

LEADING = frozenset({"head of state", "head of government", "head of state and government"})
HEAD = "head of organisation"

# Offices that one person of a country holds at a time: a title for one of them finds its holder even
# under another word ("foreign secretary"). Who leads a country is whoever holds its highest offices.
_UNIQUE = frozenset({"head of government", "foreign minister", "defence minister", "finance minister"}) | {
    *("interior minister", "central bank governor", "speaker", "vice president")
}
_STATE_OFFICES = _UNIQUE | LEADING
_ANY_HEAD = frozenset({"chief", "leader"})
_FIRST = ("secretary", "general")
_FEW = 20  # a title that more countries have than these is surely not one country's alone
_OFFICES_OF: dict[str, frozenset[str]] = {
    "leader": LEADING,
    "head of state": frozenset({"head of state", "head of state and government"}),
    "head of government": frozenset({"head of government", "head of state and government"}),
    "prime minister": frozenset({"head of government"}),
    "president": frozenset({"head of state and government"}),
}

# An office outranks another that is held at the same time.
_RANK = (
    "head of state and government",
    "head of government",
    "head of state",
    "head of organisation",
    "foreign minister",
    "defence minister",
    "finance minister",
    "interior minister",
)


@dataclass(frozen=True, slots=True)
class Headship:
    """An organisation's head: the words of the title behind its name, who held it, the office."""

    words: tuple[str, ...]
    id: str
    role: Role


class Offices:
    """The offices of all known persons, by country, by title and by organisation."""

    def __init__(self) -> None:
        self._by_country: dict[str, list[tuple[str, Role]]] = defaultdict(list)
        self._by_title: dict[tuple[str, ...], dict[str | None, list[tuple[str, Role]]]] = {}  # by country
        self._by_organisation: dict[str, list[Headship]] = defaultdict(list)

    def add(self, id: str, role: Role) -> None:
        """Note who held an office."""
        by_country = self._by_title.setdefault(phrase_units(role.title), {})
        by_country.setdefault(role.country, []).append((id, role))
        if role.country:
            self._by_country[role.country].append((id, role))

    def add_head(self, organisation: str, words: tuple[str, ...], id: str, role: Role) -> None:
        """Note whose head somebody is: of NATO, under the words "secretary general"."""
        self._by_organisation[organisation].append(Headship(words, id, role))

    def forget(self, id: str) -> None:
        """Drop all offices of a person."""
        by_title = (held for by_country in self._by_title.values() for held in by_country.values())
        for held in (*self._by_country.values(), *by_title):
            held[:] = [(i, role) for i, role in held if i != id]
        for heads in self._by_organisation.values():
            heads[:] = [h for h in heads if h.id != id]

    def holders(self, country: str, said: str, title: Title, on: str | None) -> list[str]:
        """Ids of the persons who held a title in a country on a date.

        The words said decide first ("treasury secretary"), then the title that they are another word
        for, then the office; but a president is never looked for by office, since a king is not
        one. Without a date there is no telling: nobody.
        """
        if on is None:
            return []
        for words in (said, title.title):
            found = _in_force(self._by_title.get(phrase_units(words), {}).get(country, []), on)
            if found:
                return found
        offices = _offices_of(title)
        return _in_force(((i, r) for i, r in self._by_country.get(country, []) if r.office in offices), on)

    def only_holders(self, said: str, on: str | None) -> list[str]:
        """Ids of who held a title that no second country has ("treasury secretary")."""
        words = phrase_units(said)
        by_country = self._by_title.get(words, {})
        if on is None or len(by_country) > _FEW:
            return []
        offices = _STATE_OFFICES if len(words) > 1 else LEADING  # "the pope", but no minister
        held = [pair for pairs in by_country.values() for pair in pairs if pair[1].office in offices]
        one_country = len({role.country for _, role in held}) == 1
        return _in_force(held, on) if one_country else []

    def heads(self, organisation: str, said: str, title: Title, on: str | None) -> list[str]:
        """Ids of who headed an organisation on a date: "NATO's secretary general", "the IAEA chief".

        The title's words decide, or those that it is another word for; any head will do for a "chief".
        """
        if on is None:
            return []
        held = [h for h in self._by_organisation[organisation] if in_force(h.role, on)]
        found = _under(held, phrase_units(said), phrase_units(title.title))
        if not found and title.title in _ANY_HEAD:
            found = _under(held, _FIRST) or held  # of the many chiefs of the UN
        return list(dict.fromkeys(h.id for h in found))

    def headed(self, id: str, on: str | None) -> list[str]:
        """Ids of the organisations that somebody headed on a date; none without one."""
        return [
            organisation
            for organisation, heads in self._by_organisation.items()
            if on is not None and any(h.id == id and in_force(h.role, on) for h in heads)
        ]


def _under(held: list[Headship], *words: tuple[str, ...]) -> list[Headship]:
    """The heads under one of these titles."""
    return [h for h in held if h.words in words]


def _offices_of(title: Title) -> frozenset[str]:
    """The offices whose holder goes by a title."""
    if title.title in _OFFICES_OF:
        return _OFFICES_OF[title.title]
    return frozenset({title.office}) & _UNIQUE


def _in_force(held: Iterable[tuple[str, Role]], on: str) -> list[str]:
    return list(dict.fromkeys(id for id, role in held if in_force(role, on)))


def in_force(role: Role, on: str) -> bool:
    """Whether an office was held at some time of a partial date; open ends hold for ever.

    >>> in_force(Role("head of state", "president", "FRA", "GOV", "2017-05-14"), "2018")
    True
    """
    low, high = (on + "-01-01")[:10] if len(on) == 4 else (on + "-01")[:10], (on + "-12-31")[:10]
    if len(on) == 7:
        high = on + "-31"
    started = role.start is None or role.start <= high
    ended = role.end is not None and (role.end + "-99-99")[:10] <= low
    return started and not ended


def same_office(role: Role, title: Title) -> bool:
    """Whether a role goes by this title or is the office that the title names."""
    if phrase_units(role.title) == phrase_units(title.title):
        return True
    if title.office in ("other", ""):
        return False
    both = role.office == "head of state and government"
    return role.office == title.office or (both and title.office in ("head of state", "head of government"))


def standing(roles: tuple[Role, ...], on: str) -> tuple[str | None, str | None] | None:
    """Country and sector that a person's offices give on a date; None where no office has a date.

    An office that has ended leaves a person among the elites (ELI), as PLOVER codes them.
    """
    dated = [r for r in roles if _is_dated(r)]
    if not dated:
        return None
    held = [r for r in dated if in_force(r, on)] or [r for r in roles if not _is_dated(r)]
    if held:
        highest = min(held, key=_rank)
        return state(highest.country), highest.sector
    return _out_of_office(dated, on)


def _out_of_office(roles: list[Role], on: str) -> tuple[str | None, str | None]:
    """Of the last office before a date, else of the first after it."""
    past = [r for r in roles if r.end and r.end[:4] <= on[:4]]
    if past:
        return state(max(past, key=_end).country), "ELI"
    return state(min(roles, key=_start).country), None


def _is_dated(role: Role) -> bool:
    return bool(role.start or role.end)


def _start(role: Role) -> str:
    return role.start or ""


def _end(role: Role) -> str:
    return role.end or ""


def state(code: str | None) -> str | None:
    """A country's code; none for UNO, EUR and others that have no country."""
    return None if code in STATELESS else code


def _rank(role: Role) -> tuple[int, str]:
    return (_RANK.index(role.office) if role.office in _RANK else len(_RANK), role.start or "")
