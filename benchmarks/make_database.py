"""A snapshot of any size, with the tables and the skew of a real one, for development and benchmarks.

    python -m benchmarks.make_database data/generated.duckdb --events 1000000

writes `data/generated-000001.duckdb` and the link `data/generated.duckdb` to it, as publishing does.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import duckdb
import polars as pl

from etl.plover import EVENT_TYPES, score
from etl.publish.positions import positions

HERE = Path(__file__).parent
SCHEMA = HERE.parent / "etl" / "schema.sql"
DERIVED = HERE.parent / "etl" / "publish" / "derived.sql"

# name, ISO 3166 alpha-3, capital, latitude and longitude in degrees
COUNTRIES = """
United States,USA,Washington,38.9,-77.0;China,CHN,Beijing,39.9,116.4;Russia,RUS,Moscow,55.8,37.6
Ukraine,UKR,Kyiv,50.5,30.5;Israel,ISR,Jerusalem,31.8,35.2;Iran,IRN,Tehran,35.7,51.4
Germany,DEU,Berlin,52.5,13.4;France,FRA,Paris,48.9,2.4;United Kingdom,GBR,London,51.5,-0.1
Turkey,TUR,Ankara,39.9,32.9;India,IND,New Delhi,28.6,77.2;Japan,JPN,Tokyo,35.7,139.7
North Korea,PRK,Pyongyang,39.0,125.8;South Korea,KOR,Seoul,37.6,127.0;Syria,SYR,Damascus,33.5,36.3
Saudi Arabia,SAU,Riyadh,24.7,46.7;Pakistan,PAK,Islamabad,33.7,73.0;Egypt,EGY,Cairo,30.0,31.2
Poland,POL,Warsaw,52.2,21.0;Brazil,BRA,Brasilia,-15.8,-47.9;Armenia,ARM,Yerevan,40.2,44.5
Azerbaijan,AZE,Baku,40.4,49.9;Serbia,SRB,Belgrade,44.8,20.5;Kosovo,XKX,Pristina,42.7,21.2
Sudan,SDN,Khartoum,15.6,32.5;Ethiopia,ETH,Addis Ababa,9.0,38.7;Niger,NER,Niamey,13.5,2.1
Mali,MLI,Bamako,12.6,-8.0;Nigeria,NGA,Abuja,9.1,7.4;South Africa,ZAF,Pretoria,-25.7,28.2
Mexico,MEX,Mexico City,19.4,-99.1;Venezuela,VEN,Caracas,10.5,-66.9;Guyana,GUY,Georgetown,6.8,-58.2
Colombia,COL,Bogota,4.7,-74.1;Cuba,CUB,Havana,23.1,-82.4;Canada,CAN,Ottawa,45.4,-75.7
Australia,AUS,Canberra,-35.3,149.1;Philippines,PHL,Manila,14.6,121.0;Vietnam,VNM,Hanoi,21.0,105.9
Myanmar,MMR,Naypyidaw,19.8,96.1
"""
FIRST = (
    "Ana Boris Chen Dina Emeka Farid Greta Hassan Irina Jonas Karim Leila Marek Nadia Oskar Priya Rafael "
    "Sana Tomas Yuki"
)
LAST = (
    "Abara Brandt Castro Dimov Eklund Fofana Greer Haddad Ivanov Jansen Kato Laurent Mbeki Novak Okoye "
    "Petrov Quist Rahimi Silva Takeda Ulrich Vance Wolff Yilmaz Zhang Aydin Becker Conte Duarte Farah"
)
# type, mode, words, share: what the invented dispatches say
ACTS = (
    ("CONSULT", None, "held talks with", 16),
    ("CONSULT", "visit", "paid a visit to", 7),
    ("ACCUSE", "disapprove", "criticised", 10),
    ("ACCUSE", "allege", "accused", 7),
    ("REQUEST", None, "called on", 9),
    ("SUPPORT", None, "voiced support for", 6),
    ("AGREE", None, "signed an accord with", 6),
    ("ASSAULT", "aerial", "bombed positions held by", 6),
    ("ASSAULT", "drone", "struck", 4),
    ("REJECT", None, "rejected a proposal by", 5),
    ("THREATEN", None, "threatened", 5),
    ("SANCTION", None, "imposed sanctions on", 4),
    ("COERCE", "arrest", "detained members of", 4),
    ("AID", None, "sent aid to", 3),
    ("COOPERATE", None, "began joint exercises with", 3),
    ("PROTEST", "demo", "protested against", 3),
    ("MOBILIZE", "troops", "massed troops against", 2),
    ("RETREAT", "ceasefire", "observed a ceasefire with", 2),
    ("CONCEDE", None, "yielded to demands of", 1),
)


def make_database(path: Path, n_events: int) -> Path:
    """Write a snapshot of `n_events` events beside `path` and link `path` to it; returns the snapshot."""
    snapshot = path.with_name(f"{path.stem}-000001.duckdb")
    temporary = snapshot.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(temporary)) as database:
        fill(database, n_events)
    os.replace(temporary, snapshot)
    link(path, snapshot)
    return snapshot


def link(path: Path, snapshot: Path) -> None:
    """Point `path` at `snapshot` in one step."""
    temporary = path.with_suffix(".link")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(snapshot.name)
    os.replace(temporary, path)


def fill(database: duckdb.DuckDBPyConnection, n_events: int) -> None:
    """Create the schema in an empty database and fill it."""
    database.execute(SCHEMA.read_text(encoding="utf-8"))
    _load_vocabulary(database)
    database.execute(f"set variable n_events = {n_events}; set variable n_people = {max(40, n_events // 60)}")
    database.execute((HERE / "make_database.sql").read_text(encoding="utf-8"))
    database.execute(DERIVED.read_text(encoding="utf-8"))
    _place_actors(database)
    for macro in ("draw", "zipf", "slug"):
        database.execute(f"drop macro {macro}")


def _load_vocabulary(database: duckdb.DuckDBPyConnection) -> None:
    rows = [line.split(",") for line in COUNTRIES.strip().replace("\n", ";").split(";")]
    countries = [
        (i, code, name, capital, float(lat), float(lon))
        for i, (name, code, capital, lat, lon) in enumerate(rows, 1)
    ]
    acts = [(t, m, verb, EVENT_TYPES[t].quad_class, score(t, m), share) for t, m, verb, share in ACTS]
    frames = {
        "countries": pl.DataFrame(
            countries, schema=["rank", "code", "name", "capital", "latitude", "longitude"], orient="row"
        ),
        "acts": pl.DataFrame(
            acts, schema=["event_type", "mode", "verb", "quad_class", "score", "weight"], orient="row"
        ),
        "first_names": pl.DataFrame({"name": FIRST.split()}).with_row_index("no"),
        "last_names": pl.DataFrame({"name": LAST.split()}).with_row_index("no"),
    }
    for name, frame in frames.items():
        database.register("vocabulary", frame)
        database.execute(f"create temp table {name} as select * from vocabulary")
        database.unregister("vocabulary")


def _place_actors(database: duckdb.DuckDBPyConnection) -> None:
    placed = positions(database.sql("select source_id, target_id, n_events from dyad_totals").pl())
    database.register("layout", placed)
    database.execute("insert into actor_positions from layout order by actor_id")
    database.unregister("layout")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=Path)
    parser.add_argument("--events", type=int, default=5_000)
    arguments = parser.parse_args()
    print(make_database(arguments.path, arguments.events))


if __name__ == "__main__":
    main()
