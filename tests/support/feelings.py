"""One text judged by the feelings plugin, as an item would be."""

from __future__ import annotations

from typing import Any

from earmark import Sentiment
from earmark_plugins.sentiment.feelings import judge_sentiment


def judged(text: str, language: str = "en", words: Any = (), **more: Any) -> Sentiment:
    """The feeling of one text; `more` of the item, `words` what a person said."""
    (found,) = judge_sentiment([{"text": text, "language": {"tag": language}} | more], words)
    assert found is not None
    return found


def stars(value: float, best: float | None = 5) -> dict[str, Any]:
    return {"value": value} | ({"best": best} if best else {})
