"""Pictures of every page, light and dark, wide and narrow, into docs/screenshots/.

python -m benchmarks.screenshots [PAGE...] [--db data/dramatis.duckdb]
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.serving import ROOT, chromium, served

FOLDER = ROOT / "docs" / "screenshots"
SECONDS = 180
# name of the picture -> path, what must be there before it is taken
PAGES = {
    "overview": ("overview?level=affiliation", ".js-plotly-plot .main-svg"),
    "network": ("?level=affiliation", ".js-plotly-plot .main-svg"),
    "partners": ("?actor=country:RUS", ".js-plotly-plot .main-svg"),
    "timeline": ("timeline", ".js-plotly-plot .main-svg"),
    "map": ("map", ".js-plotly-plot .main-svg"),
    "actor": ("actor?actor=country:PRK", ".js-plotly-plot .main-svg"),
    "pair": ("pair?actor=country:RUS&actor=country:PRK&between=1", ".js-plotly-plot .main-svg"),
    "plans": ("plans", ".js-plotly-plot .main-svg"),
    "evidence": ("evidence", "article.row"),
    "articles": ("articles", ".reader"),
}
SIZES = {"": (1280, 1000), "-narrow": (390, 844)}  # pixels


def take(browser: Browser, address: str, name: str, theme: str, size: str) -> Path:
    """One picture; returns its path."""
    path, awaited = PAGES[name]
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.goto(f"{address}/{path}")
    page.wait_for_selector(awaited)
    _rest(page)
    file = FOLDER / f"{name}-{theme}{size}.png"
    page.screenshot(path=file)
    context.close()
    return file


def _rest(page: Page) -> None:
    """Until the script has run and the last drawing is done."""
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(2500)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--db", type=Path, default=Path("data/dramatis.duckdb"))
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"some of {', '.join(PAGES)}; all if none")
    arguments = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served(ROOT / "app.py", arguments.db) as address, chromium() as browser:
        for name in arguments.pages or PAGES:
            for theme in ("light", "dark"):
                for size in SIZES:
                    print(take(browser, address, name, theme, size).relative_to(ROOT))


if __name__ == "__main__":
    main()
