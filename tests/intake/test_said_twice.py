"""What a page says of a review twice, for machines and for people, is one item that knows both."""

from __future__ import annotations

import json
from typing import Any

from intake_line import batch

SHOP = "https://mill.example.org/flour"
SAID = "Rises well, and smells of nothing at all."
REVIEW = {
    "@type": "Review",
    "author": {"@type": "Person", "name": "Anselm"},
    "reviewBody": SAID,
    "datePublished": "2026-11-12",
}


def for_machines() -> str:
    return f'<script type="application/ld+json">{json.dumps(REVIEW)}</script>'


def for_people(**said: str) -> str:
    shown = "".join(
        f'<li class="review"><b>{who}</b> <time datetime="2026-11-12T10:15Z">12 November</time>'
        f"<p>{text}</p><button>Reply</button></li>"
        for who, text in said.items()
    )
    return f"<body><h2>Reviews</h2><ul>{shown}</ul></body>"


async def test_a_day_told_to_machines_is_narrowed_by_the_minute_that_people_see(line: Any) -> None:
    sent = batch(for_machines(), for_people(Anselm=SAID, Noor="Too coarse for me."), url=SHOP)
    script, shown = sent["fragments"]
    script |= {"kind": "context", "selector": 'script[type="application/ld+json"]'}
    shown |= {"selector": "body"}
    async with line() as path:
        await path.intake.capture(sent)
        [item] = [item for item in path.items() if item["author"]["name"] == "Anselm"]
    assert item["published"]["earliest"] == "2026-11-12T10:15:00Z"
    assert item["published"]["latest"] < "2026-11-12T10:17"
