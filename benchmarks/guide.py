"""The ten questions of docs/guide.md, answered in a real browser by keyboard alone, with pictures.

python -m benchmarks.guide [--db data/dramatis.duckdb]

Prints how many keys each answer took. Stops with the question whose answer the keyboard does not reach.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from benchmarks.serving import ROOT, chromium, served

FOLDER = ROOT / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 960}
PATIENCE_MS = 180_000
MOST_TABS = 150
COLOURS = 128
# What has the focus, also inside components; long texts are containers, not controls.
FOCUSED = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (at?.tagName === 'CANVAS') return 'TABLE';
  const label = at?.getAttribute('aria-label') || at?.closest('label')?.innerText || at?.innerText || '';
  return label.length < 300 ? label.trim() : '';
}"""


TO_THE_TOP = """() => {
  const boxes = document.querySelectorAll('[data-testid=stMain], [data-testid=stSidebarContent]');
  for (const box of boxes) box.scrollTop = 0;
}"""


class Keyboard:
    """A user without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, 0

    def press(self, *keys: str) -> None:
        """Press keys one after the other, and let the page answer."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
        self.rest()

    def type(self, text: str) -> None:
        """Type letters into what has the focus."""
        self.page.keyboard.type(text)
        self.keys += len(text)
        self.rest()

    def to(self, name: str) -> None:
        """Tab to the control of that name. LookupError where Tab never gets there."""
        self._until(name, "Tab")

    def _until(self, name: str, key: str) -> None:
        for _ in range(MOST_TABS):
            self.page.keyboard.press(key)
            self.keys += 1
            if self._is_at(name):
                return
        raise LookupError(f"{key} does not reach {name!r}.")

    def _is_at(self, name: str) -> bool:
        return name in (line.strip() for line in self.page.evaluate(FOCUSED).splitlines())

    def open(self, title: str, menu: str | None = None) -> None:
        """Go to a page by the navigation."""
        self.to(menu or title)
        self.press("Enter")
        if menu:
            if not self._is_at(title):
                self._until(title, "ArrowDown")
            self.press("Enter")

    def rest(self) -> None:
        """Until the script has run and the last drawing is done."""
        self.page.wait_for_timeout(700)
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
        self.page.wait_for_timeout(700)

    def sees(self, selector: str) -> None:
        """Wait until something is there."""
        self.page.locator(selector).first.wait_for()


CHART = ".js-plotly-plot .main-svg"


def network(user: Keyboard) -> None:
    """1. Who deals with whom?"""
    user.sees(CHART)


def tie(user: Keyboard) -> None:
    """2. What lies behind a tie?"""
    user.to("TABLE")
    user.press("ArrowDown", "Shift+Space")
    user.sees("article.row")


def overview(user: Keyboard) -> None:
    """3. What has changed lately?"""
    user.open("Overview")
    user.sees(CHART)


def timeline(user: Keyboard) -> None:
    """4. When was it, and was it done or only announced?"""
    user.open("Timeline")
    user.sees(CHART)


def pair(user: Keyboard) -> None:
    """5. What do these two do to each other?"""
    for letters, name in (("russia", "Russia"), ("north k", "North Korea")):
        user.to("Find an actor")
        user.type(letters)
        user.to(name)
        user.press("Space")
    user.open("Pair", "In depth")
    user.sees(CHART)


def actor(user: Keyboard) -> None:
    """6. Who is this?"""
    user.open("Actor", "In depth")
    user.sees(CHART)


def claims(user: Keyboard) -> None:
    """7. Who says so?"""
    user.to("Partners")
    user.press("ArrowRight", "ArrowRight", "ArrowRight", "Space")
    user.sees("text=Claims")


def plans(user: Keyboard) -> None:
    """8. What became of what was announced?"""
    user.to("Clear all")
    user.press("Enter")
    user.open("Plans", "In depth")
    user.sees(CHART)


def place(user: Keyboard) -> None:
    """9. Where does it happen?"""
    user.open("Map")
    user.to("TABLE")
    user.press("ArrowDown", "Shift+Space")
    user.sees("article.row")


def correction(user: Keyboard) -> None:
    """10. This is wrong: how do I put it right?"""
    user.open("Evidence")
    user.sees("article.row")
    user.to("Correct")
    user.press("Enter")
    user.to("Another type")
    user.press("Space")
    user.to("It is")
    user.press("ArrowDown", "ArrowDown", "Enter")
    user.sees("text=What this would change")


QUESTIONS: tuple[Callable[[Keyboard], None], ...] = (
    network, tie, overview, timeline, pair, actor, claims, plans, place, correction,
)  # fmt: skip


def picture(page: Page, path: Path) -> None:
    """The window, from its top, as a small PNG."""
    page.evaluate(TO_THE_TOP)
    page.wait_for_timeout(500)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image.quantize(COLOURS).save(path, optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--db", type=Path, default=Path("data/dramatis.duckdb"))
    parser.add_argument("--pictures", type=Path, default=FOLDER, help="where they go (default: %(default)s)")
    arguments = parser.parse_args()
    arguments.pictures.mkdir(parents=True, exist_ok=True)
    with served(ROOT / "app.py", arguments.db) as address, chromium() as browser:
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(PATIENCE_MS)
        page.goto(address)
        user = Keyboard(page)
        for number, question in enumerate(QUESTIONS, 1):
            before = user.keys
            question(user)
            user.rest()
            picture(page, arguments.pictures / f"guide-{number:02}-{question.__name__}.png")
            print(f"{question.__doc__} {user.keys - before} keys", flush=True)


if __name__ == "__main__":
    main()
