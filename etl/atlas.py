"""Place names to points on the map, offline: GeoNames, ISO 3166-2 and a table of our own for regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from etl.gazetteer import fold, lookup, slug
from etl.geonames import alpha2, cities, city_index, codes, country, division_middle
from etl.records import Place
from etl.regions import KINDS, own_region, region_at, region_named, region_sounding, regions
from etl.words import words

__all__ = ["country", "region_at", "resolve"]

SELF_EVIDENT = 15_000
"""Inhabitants from which a city can be meant where nothing in the text points to its country."""
OUTWEIGHS = 4.0
"""How many times larger one namesake must be than the next to be meant without any context."""

DWARFS = 50.0
"""How many times larger a namesake is meant although the text speaks more of the other's country."""
AS_A_CITY = 800_000
"""Inhabitants that a region is given beside cities of its name abroad: "Ontario" is not in California."""
NAMED_AFTER = 100_000
"""Inhabitants from which a city, not the region called after it, is meant by the bare name ("in Basra")."""

_SITES = words(
    "airport airbase base camp square university college hospital prison jail port harbour harbor coast"
    " border crossing peninsula island islands district county township upazila valley mountains forest"
    " desert river lake bay street avenue bridge station stadium mosque church cathedral temple"
    " parliament court market checkpoint outskirts countryside village town city area neighbourhood"
    " neighborhood airspace waters shore cities towns villages plant refinery dam mine zone enclave slum"
    " suburb suburbs settlement school exchange palace monument province governorate region oblast"
)
"""Nouns for a part or a building of the place named before them ("Baghdad International Airport")."""
_EDGES = words("coast border waters airspace territory soil parliament shore cities towns villages")
"""Nouns that make a demonym a place: "the Somali coast"."""
_SITE_OF = re.compile(r"^(?:the )?([\w-]+(?: [\w-]+)*) (?:of|in|off|near) (?:the )?(.+)$")
_CITY_OF = re.compile(r"^(?:city|town|village|port|state|province|region) of ")
_COMPASS = re.compile(
    r"^(?:(?:north|south|east|west|central|upper|lower|greater|downtown|rural|suburban|occupied|mainland)"
    r"(?:ern|east|west|eastern|western)?[\s-]*)?(?=[A-Z])",
    re.IGNORECASE,
)

_DIRECTIONS = words("north south east west central centre center northern southern eastern western capital")


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
    known = own_region(name)
    if known is not None:
        return known
    entry = lookup(name)
    if entry is not None and entry.kind == "country" and not entry.capital:
        code = entry.country
        if code is not None and not _overruled(code, context, beside):
            return country(code) if entry.key == f"country:{code}" else region_named(entry.name)
    bare = re.sub(r"^(?:the|The)\s+", "", name)
    if entry is not None and entry.kind == "organisation" and entry.form == "metonym" and entry.country:
        return country(entry.country)  # "at the White House": somewhere in its country
    abroad = entry is not None and entry.capital and entry.country != "USA"
    if abroad and beside is None and context.get("USA", 0) > 0:
        context = {code: weight for code, weight in context.items() if code != "USA"}  # "in Athens"
    spots = _spots(fold(bare))
    if not spots and KINDS.search(fold(bare)):
        spots = [Spot(place, AS_A_CITY, True) for place in region_sounding(bare)]
    found = _choose(spots, context, beside)
    return found or _without_compass(bare, context, beside) or _of_a_site(bare, context, beside)


def _of_a_site(name: str, context: Mapping[str, float], beside: str | None) -> Place | None:
    """The place that a building or a part is named after: "Jenin refugee camp", "Parliament of Australia"."""
    parts = name.split()
    for cut in range(len(parts) - 1, 0, -1):
        site = {word.lower() for word in parts[cut:]}
        if site & _SITES:
            place = _named_after(re.sub(r"['’]s?$", "", " ".join(parts[:cut])), site, context, beside)
            if place is not None:
                return (
                    _around(place, name) if place.precision == "city" and KINDS.search(fold(name)) else place
                )
    behind = _SITE_OF.match(name)
    if behind is None or behind[1].split()[-1].lower() not in _SITES:
        return None
    return resolve(behind[2], context, beside)


def _named_after(name: str, site: set[str], context: Mapping[str, float], beside: str | None) -> Place | None:
    entry = lookup(name)
    if entry is not None and entry.form == "demonym":
        return country(entry.country) if entry.country and site & _EDGES else None
    return (
        _choose(_spots(fold(name)), context, beside)
        if entry is None or entry.capital
        else resolve(name, context, beside)
    )


def _around(city: Place, name: str) -> Place:
    """The province that a city gives its name ("Damascus province"), at the middle of the cities in it."""
    division = next((one["admin1code"] for one in cities() if city.key == f"place:{one['geonameid']}"), "")
    point = division_middle(alpha2(city.country or "") or "", division)
    return Place(f"region:{city.country}-{slug(city.name)}", name, city.country, *point, "region")


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


def _spots(folded: str) -> list[Spot]:
    bare = _CITY_OF.sub("", folded)
    whole = KINDS.sub("", bare)
    if whole == bare and whole in _DIRECTIONS:
        return []  # "the North" is no region of Cameroon unless it is called one
    named = [Spot(place, _renown(place), True) for place in regions().get(whole, [])]
    if whole != bare and named:
        return named
    cities = _city_spots(bare)
    large = {spot.place.country for spot in cities if spot.population >= NAMED_AFTER and spot.official}
    return [*(spot for spot in named if spot.place.country not in large), *cities]


def _renown(region: Place) -> int:
    """American states are meant far more often than regions abroad of their name ("Florida")."""
    return AS_A_CITY * (5 if region.country == "USA" else 1)


def _city_spots(folded: str) -> list[Spot]:
    found = []
    index = city_index()
    for number, official in (index.get(folded) or index.get(folded.removesuffix(" city"), {})).items():
        city = cities()[number]
        code = codes().get(city["countrycode"])
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
        largest = sorted(known, key=lambda spot: -_weight(spot))[:2]
        dwarfed = len(largest) == 2 and _weight(largest[0]) >= DWARFS * _weight(largest[1])
        return largest[0].place if dwarfed else _largest(known, context)
    large = [spot for spot in spots if spot.population >= SELF_EVIDENT]
    ranked = sorted(large, key=lambda spot: (-_weight(spot), spot.place.key))
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
