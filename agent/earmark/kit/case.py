"""One recorded case: a folder with a page, what is known of it, and the items it must give.

`page.html` or `response.json`; `page.json` with `url`, `captured_at` (ISO 8601) and, for a
response, `response` (the address it came from); `items.ndjson`, one item a line as every interface
prints it, without what every item of the page shares.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import EarmarkError
from ..model import Json
from ..parse.saved_page import Run, SavedPage, parse_saved

PAGE, RESPONSE, ABOUT, ITEMS = "page.html", "response.json", "page.json", "items.ndjson"
SURROUNDINGS = {"page_url", "page_title"}


@dataclass(frozen=True)
class Case:
    """The folder of a case; its parent's name is the platform's.

    Files are read when they are asked for. Raises EarmarkError for one that is missing or broken.
    """

    folder: Path

    @property
    def name(self) -> str:
        """`platform/case`, as people are told."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    @property
    def platform(self) -> str:
        return self.folder.parent.name

    @property
    def about(self) -> Json:
        """What is known of the page: `url`, `captured_at`, `response`."""
        about: Json = json.loads(self._text(ABOUT))
        return about

    @property
    def content(self) -> bytes:
        """The page or the response, as it was recorded."""
        page = self.folder / PAGE
        return page.read_bytes() if page.exists() else self._text(RESPONSE).encode()

    @property
    def expected(self) -> list[Json]:
        """The items that the page must give, in page order."""
        return [json.loads(line) for line in self._text(ITEMS).splitlines() if line.strip()]

    def read(self, entries: Iterable[Json], run: Run) -> SavedPage:
        """What the page gives now; `entries` and `run` as for `parse_saved`."""
        about = self.about
        captured_at, response = about["captured_at"], about.get("response", "")
        return parse_saved(about["url"], self.content, entries, run, captured_at, response)

    def expect(self, items: Sequence[Json]) -> None:
        """Make these items what the page must give from now on."""
        lines = [json.dumps(printed(item), ensure_ascii=False) + "\n" for item in items]
        (self.folder / ITEMS).write_text("".join(lines), encoding="utf-8")

    def _text(self, name: str) -> str:
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except OSError as error:
            raise EarmarkError(
                f"The case {self.name} has no readable {name}: {error.strerror}.",
                f"A case is a folder with {PAGE} or {RESPONSE}, {ABOUT} and {ITEMS}.",
            ) from error


def cases_in(folder: Path) -> list[Case]:
    """The cases under a folder of platforms, in the order of their names."""
    return [Case(about.parent) for about in sorted(folder.glob(f"*/*/{ABOUT}"))]


def printed(item: Json) -> Json:
    """An item as a case holds it: without private keys and what the whole page shares."""
    return {k: v for k, v in item.items() if k[0] != "_" and k not in SURROUNDINGS}
