"""How long the dashboard takes beside an empty Streamlit page, in a real Chromium.

    python -m benchmarks.app DATABASE [--rounds 10]

Prints the p95 of an empty page, of a first visit (new session to drawn network) and of a filter change (click
to new totals), and the ratios to the empty page of the same run. `python -m benchmarks.make_database` makes a
database of a million events.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Browser, Page

from benchmarks.serving import ROOT, chromium, served

EMPTY = """import streamlit as st
st.button("more", key="more")
st.html(f"<p class=totals>{st.session_state.more}</p>")
"""
SECONDS = 180
FILTERS = ("Year", "90 days", "30 days", "All")


def visit(browser: Browser, address: str, awaited: str) -> tuple[Page, float]:
    """A new session; the seconds until `awaited` stands on the page."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(SECONDS * 1000)
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(awaited)
    return page, time.perf_counter() - start


def change(page: Page, click: Callable[[], None]) -> float:
    """The seconds from a click until the totals say something else."""
    before = page.locator(".totals").inner_html()
    start = time.perf_counter()
    click()
    page.wait_for_function("(old) => document.querySelector('.totals').innerHTML !== old", arg=before)
    return time.perf_counter() - start


def measure_empty(browser: Browser, rounds: int) -> tuple[list[float], list[float]]:
    """First visits and reruns of a page that shows one button and one line."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        with served(script) as address:
            visits, changes = [], []
            for _ in range(rounds):
                page, seconds = visit(browser, address, ".totals")
                visits.append(seconds)
                changes.append(change(page, page.get_by_role("button", name="more").click))
                page.context.close()
            return visits, changes


def measure_app(browser: Browser, rounds: int, database: Path) -> tuple[list[float], list[float]]:
    """First visits of the network page, and filter changes by the presets of time."""
    with served(ROOT / "app.py", database) as address:
        visits, changes = [], []
        for turn in range(rounds):
            page, seconds = visit(browser, address, ".js-plotly-plot .main-svg")
            visits.append(seconds)
            preset = FILTERS[turn % (len(FILTERS) - 1)]
            changes.append(change(page, page.get_by_role("radio", name=preset, exact=True).click))
            page.context.close()
        return visits, changes


def p95(seconds: list[float]) -> float:
    """The 95th percentile; the largest of few."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    with chromium() as browser:
        empty = measure_empty(browser, arguments.rounds)
        app = measure_app(browser, arguments.rounds, arguments.database)
    for what, base, ours in zip(("first visit", "change"), empty, app, strict=True):
        print(
            f"{what}: empty page median {median(base):.2f} s, p95 {p95(base):.2f} s; dashboard median "
            f"{median(ours):.2f} s, p95 {p95(ours):.2f} s; ratio of the p95s {p95(ours) / p95(base):.1f}"
        )


if __name__ == "__main__":
    main()
