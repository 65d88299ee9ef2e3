"""Takes the pictures of the walk that stand in the documentation: `walk_pictures.py FOLDER`.

Not a test. Small and few: `walk-folder.png`, `walk-loaded.png`, `walk-sites.png`,
`walk-allow.png`, `walk-heard.png`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from driver import Tab
from fixture_site import Site
from ordinary_browsers import ordinary_browser
from playwright.sync_api import sync_playwright
from walk import walk_in

SIZES = {"allow": (360, 290), "loaded": (640, 420)}
USUAL = (1000, 640)


def main(target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="earmark-") as work, sync_playwright() as playwright:
        folder = Path(work)
        (folder / "profile").mkdir()
        site = Site(folder)
        browser = ordinary_browser("chromium", playwright, site.port, folder / "profile")

        def picture(name: str, tab: Tab) -> None:
            browser.screenshot(tab, target / f"walk-{name}.png", *SIZES.get(name, USUAL))

        walk = walk_in(browser, folder / "home", site, picture)
        walk.walk()
        for number, words in enumerate(walk.steps, 1):
            print(f"{number}. {words}")
        browser.close()
        walk.end()
        site.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
