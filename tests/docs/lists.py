"""The lists in the documentation that come from the code.

To write them anew: PYTHONPATH=tests/support python tests/docs/lists.py
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

from every_platform import CASES, ENTRIES

from earmark import markup
from earmark.model import Json

DOCS = Path(__file__).parents[2] / "docs"
END = "<!-- end -->"
LEVELS = {
    "real": "Built from real pages",
    "documented": "Built from documentation",
    "unverified": "Not verified yet",
}
NO_SITES = {"sample", "webpage"}  # ours, and whatever has no plugin of its own
HEARD = {
    "parent_id": "who answers whom",
    "published": "times",
    "likes": "likes",
    "replies": "how many replies",
    "shares": "shares",
    "views": "views",
    "rating": "ratings",
    "poll": "polls",
    "media": "media",
    "edited": "edits",
}


def helpers() -> str:
    """The markup helpers, a row each, in the words of their own documentation."""
    rows = [f"| `{name}` | {_first_line(getattr(markup, name))} |" for name in _functions()]
    return "\n".join(["| helper | gives |", "|---|---|", *rows])


def platforms() -> str:
    """Our platforms by level, with what each was built from and what its cases give."""
    return "\n\n".join(_section(level, words) for level, words in LEVELS.items())


def by_level() -> str:
    """The names of our platforms, by how well each is founded; never one list."""
    lines = []
    for level, words in LEVELS.items():
        labels = sorted(
            (e["label"] for e in ENTRIES if e["level"] == level and e["name"] not in NO_SITES),
            key=str.lower,
        )
        lines.append(f"- **{words}** ({len(labels)}): {', '.join(labels) or 'none'}")
    return "\n".join(lines)


def _section(level: str, words: str) -> str:
    entries = sorted(
        (entry for entry in ENTRIES if entry["level"] == level),
        key=lambda entry: entry["label"].lower(),
    )
    head = [f"## {words}", "", "| platform | name | built from | what is heard |"]
    head.append("|---|---|---|---|")
    rows = [_row(entry) for entry in entries] or ["| none | | | |"]
    return "\n".join(head + rows)


def _row(entry: Json) -> str:
    built_from = " ".join(entry["built_from"].split()) or "nothing yet"
    return f"| {entry['label']} | `{entry['name']}` | {built_from} | {_heard(entry['name'])} |"


def _heard(platform: str) -> str:
    items = [item for case in CASES if case.platform == platform for item in case.expected]
    kinds = ("post", "comment", "reply", "review", "message", "poll")
    plurals = {"reply": "replies"}
    said = [plurals.get(k, f"{k}s") for k in kinds if any(item["kind"] == k for item in items)]
    fields = [words for key, words in HEARD.items() if any(key in item for item in items)]
    return "; ".join(filter(None, (", ".join(said), ", ".join(fields)))) or "no case yet"


def _functions() -> Iterator[str]:
    for name in ("text_of", *markup.__all__):
        if inspect.isfunction(getattr(markup, name, None)):
            yield name


def _first_line(function: object) -> str:
    return (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ").replace("|", "\\|")


LISTS = {
    "plugins.md": ("helpers", helpers),
    "platforms.md": ("platforms", platforms),
    "../README.md": ("platforms by level", by_level),
}


def in_page(page: str) -> tuple[str, str]:
    """What the list of a page is there, and what it should be."""
    name, make = LISTS[page]
    text = (DOCS / page).read_text(encoding="utf-8")
    there = text.partition(f"<!-- list: {name} -->\n")[2].partition(f"\n{END}")[0]
    return there, make()


def write() -> None:
    """Put every list in its place."""
    for page, (name, make) in LISTS.items():
        path = DOCS / page
        before, _, rest = path.read_text(encoding="utf-8").partition(f"<!-- list: {name} -->\n")
        after = rest.partition(END)[2]
        marked = f"{before}<!-- list: {name} -->\n{make()}\n{END}{after}"
        path.write_text(marked, encoding="utf-8")


if __name__ == "__main__":
    write()
