"""The dashboard's server: `streamlit run app.py`, over the database that `DRAMATIS_DB` names."""

from __future__ import annotations

import importlib
import pkgutil
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

import views
from views import network
from views.answers import Desk, configured_reader
from views.choices import ALWAYS, MORE, counts
from views.database import NoDatabase, UnreadableDatabase
from views.export import download
from views.filters import Filters
from views.preload import SCRIPT, Preload
from views.security import SecurityHeaders

OUTLINES = Path(__file__).parent / "data" / "outlines" / "countries.geojson"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


async def plotly_script(_: Request) -> FileResponse:
    """Plotly's script, from the installed package: the browser fetches nothing from elsewhere.

    Said to be encoded as it is: Streamlit would compress its five megabytes anew for every visitor.
    """
    headers = {"Cache-Control": "max-age=86400", "Content-Encoding": "identity"}
    return FileResponse(PLOTLY, media_type="text/javascript", headers=headers)


async def outlines(_: Request) -> FileResponse:
    """The outlines of countries that the map draws."""
    return FileResponse(OUTLINES, media_type="application/json", headers={"Cache-Control": "max-age=86400"})


def load_pages() -> None:
    """Import what the pages import, and what Streamlit's tables do: the first visitor would wait for it."""
    for module in pkgutil.iter_modules(views.__path__):
        if module.name != "main":  # the script itself: it draws when it is imported
            importlib.import_module(f"views.{module.name}")
    importlib.import_module("pandas")


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
    await run_in_threadpool(load_pages)
    await run_in_threadpool(warm_up)
    yield {}


app = st.App(
    Path(__file__).parent / "views" / "main.py",
    lifespan=lifespan,
    routes=[
        Route(SCRIPT, plotly_script),
        Route("/assets/outlines.json", outlines),
        Route("/download/{file}", download),
    ],
    middleware=[Middleware(SecurityHeaders), Middleware(Preload)],
)
