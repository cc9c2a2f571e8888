"""The dashboard in a real Chromium, as an analyst uses it."""

from __future__ import annotations

import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import networkx as nx
import polars as pl
import pytest
from playwright.sync_api import Browser, Download, Page, expect, sync_playwright

import queries
from tests.handmade import publish

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parent.parent
PATIENCE = 120_000  # milliseconds: other work may run on the same machine
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
# Where the point of a trace whose customdata fits is on the screen.
POINT = """([traceName, wanted]) => {
  const el = document.querySelector('.plot.js-plotly-plot');
  const trace = el.data.find((one) => one.name === traceName);
  const i = trace.customdata.findIndex((data) => JSON.stringify(data) === JSON.stringify(wanted));
  const { xaxis, yaxis } = el._fullLayout, box = el.getBoundingClientRect();
  const at = (axis, value) => axis._offset + axis.l2p(axis.d2l ? axis.d2l(value) : value);
  return [box.left + at(xaxis, trace.x[i]), box.top + at(yaxis, trace.y[i])];
}"""
PLOT = "document.querySelector('.plot.js-plotly-plot')"
EDGES = f"{PLOT}?.data.find((t) => t.name === 'edges').customdata.length"
BARS = f"{PLOT}?.data.flatMap((t) => t.x).length"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(database: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the app over `database`; returns the process and its address once it answers."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)],
        cwd=ROOT,
        env={**os.environ, "DRAMATIS_DB": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).read()
            return process, address
        except OSError:
            time.sleep(0.5)
    process.kill()
    raise RuntimeError("The app did not start within two minutes.")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def address(desk: Path) -> Iterator[str]:
    process, address = serve(desk)
    yield address
    process.kill()


@pytest.fixture(scope="module")
def browser(chromium: str | None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Open a path in a session of its own. In the end, no request may have left this machine."""
    requests: list[str] = []
    contexts = []

    def open_path(path: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 1000}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("request", lambda request: requests.append(request.url))
        page.on("dialog", lambda dialog: requests.append(f"dialog {dialog.message}"))
        page.goto(f"{address}/{path}")
        expect(page.locator(".totals")).to_be_visible()
        return page

    yield open_path
    for context in contexts:
        context.close()
    away = [url for url in requests if not re.match(r"(http|ws)://127\.0\.0\.1:\d+/|data:|blob:", url)]
    assert not away


def drawn(page: Page) -> None:
    page.wait_for_selector(".plot.js-plotly-plot .main-svg")


def expect_events(page: Page, number: int) -> None:
    words = f"{number} event{'' if number == 1 else 's'}"
    expect(page.locator(".totals span").first).to_have_text(words)


def click_point(page: Page, trace: str, customdata: dict[str, str]) -> None:
    drawn(page)
    x, y = page.evaluate(POINT, [trace, customdata])
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    page.mouse.click(x, y)


def download(page: Page, menu: str, kind: str = "CSV") -> bytes:
    """A file behind a download menu, as the browser saves it."""
    arrived: list[Download] = []
    page.context.on("page", lambda tab: tab.on("download", lambda file: arrived.append(file)))
    page.on("download", lambda file: arrived.append(file))
    page.get_by_role("button", name=menu).click()
    page.get_by_role("link", name=kind, exact=True).click()
    for _ in range(PATIENCE // 100):
        if arrived:
            return arrived[0].path().read_bytes()
        page.wait_for_timeout(100)
    raise AssertionError("No file arrived.")


def test_filter_by_actor_and_date_changes_network_and_timeline(visit: Callable[[str], Page]) -> None:
    page = visit("")
    drawn(page)
    expect_events(page, 7)
    edges = page.evaluate(EDGES)
    page.get_by_placeholder("Name or part of it").fill("turk")
    page.get_by_role("radio", name="Turkey", exact=True).click()
    expect_events(page, 4)
    page.wait_for_function(f"{EDGES} < {edges}")
    page.get_by_role("link", name="Timeline").click()
    expect(page.get_by_text("Events over time")).to_be_visible()
    drawn(page)
    bars = page.evaluate(BARS)
    page.get_by_role("spinbutton", name="day, From").click()
    page.keyboard.type("01052023", delay=50)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # a date counts when its field and its calendar button are left
    expect_events(page, 3)
    page.wait_for_function(f"{BARS} < {bars}")
    assert "actor=country%3ATUR" in page.url
    assert "from=2023-05-01" in page.url


def test_link_and_back_button(visit: Callable[[str], Page]) -> None:
    page = visit("?type=ASSAULT")
    expect_events(page, 2)
    page.locator("[class*='st-key-chip_0']").get_by_role("button").click()
    expect_events(page, 7)
    page.go_back()
    expect_events(page, 2)


def test_click_on_an_actor_shows_its_sentences(visit: Callable[[str], Page]) -> None:
    page = visit("")
    click_point(page, "actors", {"node": "country:TUR"})
    expect(page.get_by_role("heading", name="Turkey")).to_be_visible()
    expect(page.locator("article.row").first).to_be_visible()
    assert page.locator("article.row").count() == 4
    expect(page.get_by_text("![pixel](http://evil.example/p.png) <script>alert(1)</script>")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Strongest pairs")).to_be_visible()


def test_click_on_an_edge_shows_the_pair(visit: Callable[[str], Page]) -> None:
    page = visit("")
    click_point(page, "edges", {"source": "country:UKR", "target": "country:RUS"})
    expect(page.get_by_role("heading", name="Ukraine → Russia")).to_be_visible()
    expect(page.locator("article.row mark.k-act").first).to_be_visible()


def test_zoom_survives_a_filter(visit: Callable[[str], Page]) -> None:
    page = visit("")
    drawn(page)
    page.evaluate(f"{PLOT}.same = true")
    box = page.locator(".plot.js-plotly-plot").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    before = page.evaluate(f"{PLOT}._fullLayout.xaxis.range")
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"{PLOT}._fullLayout.xaxis.range[0] > {before[0]} + 0.02")
    page.wait_for_timeout(1000)  # Plotly reports a wheel's end a moment later
    zoomed = page.evaluate(f"{PLOT}._fullLayout.xaxis.range")
    edges = page.evaluate(EDGES)
    page.get_by_role("radio", name="30 days").click()
    page.wait_for_function(f"{EDGES} < {edges}")
    assert page.evaluate(f"{PLOT}.same") is True
    assert page.evaluate(f"{PLOT}._fullLayout.xaxis.range") == pytest.approx(zoomed, abs=1e-6)


def test_click_on_a_bar_looks_closer_and_undo_goes_back(visit: Callable[[str], Page]) -> None:
    page = visit("timeline")
    page.get_by_role("radio", name="Month").click()
    page.wait_for_function("document.querySelector('.plot.js-plotly-plot')?.data[0].xperiod === 'M1'")
    bar = page.locator(".plot.js-plotly-plot").first.locator(".bars .point path").first
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("button", name=re.compile("From 1 "))).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect_events(page, 7)


def test_a_stretch_drawn_across_the_bars_becomes_the_filter_s_days(
    visit: Callable[[str], Page], desk: Path
) -> None:
    page = visit("timeline")
    page.get_by_role("radio", name="Month").click()
    page.wait_for_function(f"{PLOT}?.data[0].xperiod === 'M1'")
    ends = page.evaluate(
        f"""() => {{
          const el = {PLOT}, axis = el._fullLayout.xaxis, box = el.getBoundingClientRect();
          return ['2023-04-10', '2023-05-20'].map((day) => box.left + axis._offset + axis.d2p(day));
        }}"""
    )
    box = page.locator(".plot.js-plotly-plot").first.bounding_box()
    assert box
    height = box["y"] + 40
    page.wait_for_timeout(1000)
    page.mouse.move(ends[0], height)
    page.wait_for_timeout(300)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.mouse.move(ends[1], height, steps=8)
    page.wait_for_timeout(300)
    page.mouse.up()
    days = {"date_from": date(2023, 4, 10), "date_to": date(2023, 5, 19)}
    expect_events(page, queries.ask(desk, "totals", **days)["n_events"][0])
    assert "from=2023-04-10" in page.url
    assert "to=2023-05-19" in page.url
    page.get_by_role("button", name="Undo").click()
    expect_events(page, 7)


def test_a_disc_of_a_lane_becomes_a_filter(visit: Callable[[str], Page]) -> None:
    page = visit("timeline")
    page.get_by_role("radio", name="Month").click()
    page.get_by_role("radio", name="Compared with usual").click()
    page.get_by_role("radio", name="Types").click()
    page.wait_for_function("document.querySelectorAll('.plot.js-plotly-plot')[1]?.data[0].name === 'lanes'")
    page.wait_for_timeout(1000)
    box = page.locator(".plot.js-plotly-plot").nth(1).locator(".points path").last.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_timeout(300)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("button", name=re.compile("^Type: "))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Until 3[01] "))).to_be_visible()


def test_the_keyboard_reaches_the_marks_of_a_chart(visit: Callable[[str], Page]) -> None:
    page = visit("")
    drawn(page)
    page.locator(".plot.js-plotly-plot").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    heard = page.locator(".heard").text_content() or ""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=heard.split(";")[0], exact=True)).to_be_visible()


def test_evidence_opens_the_article_at_its_sentence(visit: Callable[[str], Page]) -> None:
    page = visit("evidence?type=REQUEST")
    expect(page.locator("article.row mark.k-source")).to_have_text("Turkey")
    expect(page.locator("article.row mark.k-target")).to_have_text("Russia")
    page.get_by_role("button", name="Open article").click()
    expect(page.locator(".reader .focus")).to_have_text("Turkey called on Russia to stop.")
    assert "article=article%3A0" in page.url


def test_article_text_is_never_markup(visit: Callable[[str], Page]) -> None:
    page = visit("articles?article=article:3")
    expect(page.locator(".reader")).to_contain_text("<script>alert(1)</script>")
    assert page.locator(".reader img, .reader script").count() == 0
    assert page.locator("[data-testid=stMain] img[src*=evil]").count() == 0


def test_csv_is_what_is_shown(visit: Callable[[str], Page], desk: Path) -> None:
    page = visit("?type=ASSAULT")
    drawn(page)
    frame = pl.read_csv(io.BytesIO(download(page, "Download pairs")))
    asked = queries.ask(desk, "relationships", types=["ASSAULT"])
    assert frame["source_key"].to_list() == asked["source_key"].to_list()
    assert frame["n_events"].to_list() == asked["n_events"].to_list()
    assert "types = ASSAULT" in frame["view"][0]


def test_the_graph_is_saved_for_gephi(visit: Callable[[str], Page], desk: Path) -> None:
    page = visit("?type=ASSAULT")
    drawn(page)
    graph = nx.read_gexf(io.BytesIO(download(page, "Download graph", "GEXF, with dates")), version="1.2draft")
    asked = queries.ask(desk, "relationships", types=["ASSAULT"])
    assert set(graph.edges) == set(asked.select("source_key", "target_key").rows())


def test_sessions_do_not_disturb_each_other(visit: Callable[[str], Page]) -> None:
    one, other = visit("?type=AID"), visit("timeline")
    expect_events(one, 1)
    expect_events(other, 7)
    other.get_by_placeholder("Name or part of it").fill("turk")
    other.get_by_role("radio", name="Turkey", exact=True).click()
    expect_events(other, 4)
    expect_events(one, 1)


def test_a_new_snapshot_appears_while_the_page_is_open(browser: Browser, tmp_path: Path) -> None:
    process, address = serve(publish(tmp_path, 1, events=False))
    try:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        expect(page.get_by_text("This database holds no events yet")).to_be_visible()
        publish(tmp_path, 2)
        expect_events(page, 7)
        drawn(page)
        page.close()
    finally:
        process.kill()


def test_a_missing_database_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    process, address = serve(tmp_path / "none.duckdb")
    try:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        expect(page.get_by_text("python -m etl FOLDER --db")).to_be_visible()
        page.close()
    finally:
        process.kill()
