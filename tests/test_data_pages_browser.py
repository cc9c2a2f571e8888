"""Import, Corrections, Method and the tour in a real Chromium, with real runs of the ETL behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

import queries
from etl.corrections import corrections_file
from etl.publish.corrections import read_corrections
from tests.handmade import publish

# Fixtures: the server over this module's `desk`, and sessions that must not leave this machine.
from tests.test_browser import PATIENCE, address, browser, expect_events, serve, visit  # noqa: F401
from tests.test_publish import TELLERS, Desk

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def open_at(browser: Browser) -> Iterator[Callable[[str], Page]]:  # noqa: F811
    context = browser.new_context(viewport={"width": 1280, "height": 1000})

    def open_page(url: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.goto(url)
        return page

    yield open_page
    context.close()


def test_the_first_articles_come_from_the_browser(tmp_path: Path, open_at: Callable[[str], Page]) -> None:
    database = tmp_path / "desk.duckdb"
    process, address = serve(database)  # noqa: F811
    try:
        page = open_at(address)
        expect(page.get_by_text("There is no database at")).to_be_visible()
        text = "date 2024-01-15 North Korea accused South Korea of provocation on Monday."
        page.locator("input[type=file]").set_input_files([
            {"name": "../../first news.txt", "mimeType": "text/plain", "buffer": text.encode()},
            {"name": "undated.txt", "mimeType": "text/plain", "buffer": b"Somebody met somebody."},
        ])  # fmt: skip
        page.get_by_role("button", name="Import 2 files").click()
        expect(page.locator(".totals")).to_be_visible()
        page.goto(f"{address}/import")
        expect(page.get_by_text("Read and published")).to_be_visible()
        expect(page.get_by_text("Turned away, and why")).to_be_visible()
    finally:
        process.kill()
    assert sorted(path.name for path in (tmp_path / "desk.imports").iterdir()) == [
        "first news.txt",
        "undated.txt",
    ]
    assert {path.name.split(".")[0].split("-")[0] for path in tmp_path.iterdir()} == {"desk"}
    with duckdb.connect(str(database), read_only=True) as con:
        assert con.execute("select text from articles").fetchall() == [(text,)]
        assert (
            con.execute("select parse_filename(path), reason from rejects").fetchall()[0][0] == "undated.txt"
        )


def test_a_wrong_event_and_by_keyboard_an_actor_are_corrected_and_published(
    tmp_path: Path, open_at: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Desk(tmp_path)
    made.give(TELLERS)
    monkeypatch.setenv("DRAMATIS_EXTRACTS", str(tmp_path / "x"))
    process, address = serve(made.database)  # noqa: F811
    try:
        page = open_at(f"{address}/evidence?type=ASSAULT")
        page.get_by_role("button", name="Correct").click()
        page.get_by_text("Not an event").click()
        expect(page.get_by_text("is left out, with 1 report")).to_be_visible()
        page.get_by_role("button", name="Save correction").click()
        expect(page.get_by_text("1 change not in effect yet")).to_be_visible()
        merge_by_keyboard(page)
        expect(page.get_by_text("2 changes not in effect yet")).to_be_visible()
        tab_to(page, "Publish now")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Published: the corrections are in effect")).to_be_visible()
        expect_events(page, 0)  # of the filter's kind
    finally:
        process.kill()
    event, actor = read_corrections(corrections_file(made.database))
    assert (event.key.startswith("event:"), event.action) == (True, "ignore")
    assert (actor.key, actor.action, actor.value) == ("country:SYL", "merge", "country:BOR")
    assert made.ask("select key from actors order by key") == [("country:ARL",), ("country:BOR",)]


def merge_by_keyboard(page: Page) -> None:
    """Syldavia into Borduria, from choosing the actor to saving, without the mouse."""
    tab_to(page, "An actor")
    page.keyboard.press("Space")
    expect(page.get_by_label("Which actor?")).to_be_visible()
    tab_to(page, "Which actor?")
    page.keyboard.type("syl")
    expect(page.get_by_role("radio", name="Sylda").last).to_be_visible()
    tab_to(page, "Sylda")
    page.keyboard.press("Space")
    expect(page.get_by_text("This is the same as")).to_be_visible()
    tab_to(page, "This is the same as …")
    page.keyboard.press("Space")
    expect(page.get_by_label("The same as which actor?")).to_be_visible()
    tab_to(page, "The same as which actor?")
    page.keyboard.type("bord")
    tab_to(page, "Borduria")
    page.keyboard.press("Space")
    expect(page.get_by_text("mentions of Sylda count for Borduria")).to_be_visible()
    tab_to(page, "Save correction")
    page.keyboard.press("Enter")


FOCUSED = """() => {
  const at = document.activeElement;
  if (!at?.closest('[data-testid=stMain]')) return '';
  const label = at?.getAttribute('aria-label') || at?.closest('label')?.innerText || at?.innerText || '';
  return label.length < 300 ? label.trim() : '';
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is called `name` has the focus."""
    passed = []
    for _ in range(120):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if any(line.startswith(name) for line in passed[-1].splitlines()):
            return
    raise AssertionError(f"Tab never reached {name!r}, only {passed}.")


def test_sql_is_copied_and_coverage_filters(visit: Callable[[str], Page], desk: Path) -> None:  # noqa: F811
    page = visit("?type=ASSAULT")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Download pairs").click()
    page.get_by_role("button", name="The SQL behind it").click()
    expect(page.get_by_text("set variable types = ['ASSAULT'];")).to_be_visible()
    page.get_by_test_id("stCode").hover()
    page.get_by_role("button", name="Copy to clipboard").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    with duckdb.connect(str(desk), read_only=True) as con:
        rows = con.execute(copied).fetchall()
    assert len(rows) == len(queries.ask(desk, "relationships", types=["ASSAULT"]))
    a_cell_of_the_coverage_becomes_the_filter(page)


def a_cell_of_the_coverage_becomes_the_filter(page: Page) -> None:
    page.locator(".st-key-chips").get_by_role("button", name="Clear all").click()
    expect_events(page, 7)
    page.get_by_role("radio", name="Coverage").click()
    page.wait_for_selector(".plot.js-plotly-plot .heatmaplayer image")
    cell = page.locator(".plot.js-plotly-plot .heatmaplayer image").first.bounding_box()
    assert cell
    page.mouse.move(cell["x"] + cell["width"] / 2, cell["y"] + 10)
    page.wait_for_timeout(300)
    page.mouse.click(cell["x"] + cell["width"] / 2, cell["y"] + 10)
    expect(page.get_by_role("button", name="Publisher: Daily North")).to_be_visible()
    expect_events(page, 3)


def test_the_tour_leads_through_five_captions(visit: Callable[[str], Page]) -> None:  # noqa: F811
    page = visit("evidence?type=AID")
    page.get_by_role("button", name="Take the tour").click()
    for number, title in enumerate(("Network", "Network", "Timeline", "Plans", "Articles"), 1):
        expect(page.get_by_text(f"{number} of 5")).to_be_visible()
        assert title == "Network" or f"/{title.lower()}" in page.url
        if number < 5:
            page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".reader .focus")).to_be_visible()
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_text("5 of 5")).to_have_count(0)
