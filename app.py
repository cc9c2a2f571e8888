"""The dashboard's server: `streamlit run app.py`, over the database that `DRAMATIS_DB` names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import plotly
import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from views import network
from views.answers import Desk, configured_reader
from views.choices import ALWAYS, MORE, counts
from views.database import NoDatabase, UnreadableDatabase
from views.export import download
from views.filters import Filters
from views.security import SecurityHeaders

OUTLINES = Path(__file__).parent / "data" / "outlines" / "countries.geojson"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


async def plotly_script(_: Request) -> FileResponse:
    """Plotly's script, from the installed package: the browser fetches nothing from elsewhere."""
    return FileResponse(PLOTLY, media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})


async def outlines(_: Request) -> FileResponse:
    """The outlines of countries that the map draws."""
    return FileResponse(OUTLINES, media_type="application/json", headers={"Cache-Control": "max-age=86400"})


def warm_up() -> None:
    """Attach the newest snapshot and ask what every first page asks, so that no visitor waits for it."""
    reader = configured_reader()
    with suppress(NoDatabase, UnreadableDatabase, duckdb.Error):  # pages say it in a sentence
        desk = Desk(reader, reader.current(), Filters())
        desk.ask_filtered("totals")
        network.warm_up(desk)
        for choice in (*ALWAYS, *MORE):
            counts(desk, choice)


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """What happens before the first page is served."""
    await run_in_threadpool(warm_up)
    yield {}


app = st.App(
    Path(__file__).parent / "views" / "main.py",
    lifespan=lifespan,
    routes=[
        Route("/assets/plotly.min.js", plotly_script),
        Route("/assets/outlines.json", outlines),
        Route("/download/{file}", download),
    ],
    middleware=[Middleware(SecurityHeaders)],
)
