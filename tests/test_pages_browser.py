"""Overview, Pair, Actor, Map and Plans in a real Chromium: what a click leads to, and what is fetched."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest
from playwright.sync_api import Page, expect

import queries
from tests.pages_desk import publish
from tests.test_browser import (
    PLOT,
    address,
    browser,
    click_point,
    download,
    drawn,
    expect_events,
    visit,
)

__all__ = ["address", "browser", "visit"]  # fixtures: the server over `desk`, sessions that stay at home
pytestmark = pytest.mark.browser
MANY = 10_000
NAMED = """(name) => document.querySelector('.plot.js-plotly-plot')?.data?.find((t) => t.name === name)"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    link = publish(tmp_path_factory.mktemp("desk"))
    with duckdb.connect(str(link.resolve())) as database:
        database.execute(MANY_PLACES, {"many": MANY})
        database.execute(MANY_EVENTS, {"many": MANY})
    return link


MANY_PLACES = """
insert into places
select 100 + i, 'place:' || i, 'Place ' || i, 'UKR', (i * 7919 % 12000) / 100 - 50,
    (i * 104729 % 34000) / 100 - 170, 'city'
from range($many) r(i)
"""
MANY_EVENTS = """
insert into events
select 100 + i, 'event:many-' || i, 'MOBILIZE', mode, context, quad_class, score, status, reciprocal,
    date_start, date_end, date_precision, 100 + i, 1, 1, 1, first_reported, last_reported
from range($many) r(i), events
where event_id = 0
"""


def test_ten_thousand_placed_events_are_drawn_and_lead_to_sentences(visit: Callable[[str], Page]) -> None:
    page = visit("map")
    page.wait_for_function(f"{PLOT}?.querySelectorAll('.points path').length === {MANY + 2}")
    assert page.evaluate(f"({NAMED})('borders').x.length") > 10_000  # the outlines came from this server
    click_point(page, "places", {"place": "country:UKR"})
    expect(page.get_by_role("heading", name="Ukraine")).to_be_visible()
    expect(page.locator("article.row mark.k-act")).to_have_text("sent aid")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Places")).to_be_visible()
    page.get_by_test_id("data-grid-canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")  # the keyboard's way to choose a row of a table
    expect(page.get_by_role("heading", name="Place 0", exact=True)).to_be_visible()


def test_a_plan_stands_beside_what_became_of_it(visit: Callable[[str], Page]) -> None:
    page = visit("plans")
    click_point(page, "fulfilled", {"event": "event:2"})
    expect(page.get_by_role("heading", name="What was planned")).to_be_visible()
    expect(page.locator("article.row").nth(0)).to_contain_text("will hold talks")
    expect(page.get_by_role("heading", name="What was reported of it")).to_be_visible()
    page.locator("article.row").nth(1).get_by_role("button", name="Open article").click()
    expect(page.locator(".reader .focus")).to_have_text("Turkey sent aid to Ukraine in May 2023.")


def test_a_partner_leads_to_the_pair_and_its_sentences(visit: Callable[[str], Page], desk: Path) -> None:
    page = visit("actor?actor=country:UKR&affiliates=0")
    click_point(page, "actors", {"node": "country:RUS"})
    expect(page.get_by_role("heading", name="Russia", exact=True)).to_be_visible()
    page.get_by_role("button", name="Open the pair").click()
    expect(page.get_by_role("heading", name="Ukraine and Russia")).to_be_visible()
    assert "between=1" in page.url
    bar = page.locator(".plot.js-plotly-plot").first.locator(".bars .point path").first
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("heading", name=re.compile("Russia → Ukraine: assault"))).to_be_visible()
    expect(page.locator("article.row")).to_have_count(2)
    frame = pl.read_csv(io.BytesIO(download(page, "Download all sentences")))
    ends = {"one": "country:UKR", "other": "country:RUS"}
    asked = queries.ask(desk, "between_reports", direction="back", types=["ASSAULT"], **ends)
    assert frame["evidence_no"].to_list() == asked["evidence_no"].to_list()
    assert "direction = back" in frame["view"][0]


def test_a_number_of_the_overview_leads_to_its_page(visit: Callable[[str], Page]) -> None:
    page = visit("overview?type=ASSAULT")
    drawn(page)
    page.get_by_role("button", name="2 places").click()
    expect(page.get_by_role("heading", name="Places")).to_be_visible()
    expect_events(page, 2)  # the filter comes along
    assert "/map?" in page.url
