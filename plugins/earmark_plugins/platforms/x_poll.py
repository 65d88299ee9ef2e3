"""Polls on X, as drawn and as the GraphQL responses have them."""

from typing import Any

from earmark import Poll, PollOption
from earmark.markup import Element, dig, found_in, text_of


def poll_in(card: Element | None) -> Poll | None:
    """An open poll offers radio buttons; one voted in or closed lists labels with their shares."""
    if card is None:
        return None
    options = [PollOption(label=text_of(radio)) for radio in card.select('[role="radio"]')]
    for row in card.select("li"):
        label, *share = [text_of(part) for part in row.select("div[dir]")]
        percent = found_in(r"(\d+(?:[.,]\d+)?)", share[0] if share else None)
        options.append(
            PollOption(label, float(percent.replace(",", ".")) / 100 if percent else None)
        )
    votes = card.select_one(":scope > div:last-child span, :scope > span")
    return Poll(options=options, votes=text_of(votes) or None) if options else None


def poll_in_card(post: dict[str, Any]) -> Poll | None:
    """The poll in a post's card."""
    bound = dig(post, "card", "legacy", "binding_values") or []
    values = {pair["key"]: pair.get("value") or {} for pair in bound if isinstance(pair, dict)}
    options = [
        PollOption(
            label=values[key]["string_value"],
            votes=dig(values, key.replace("label", "count"), "string_value"),
        )
        for key in (f"choice{number}_label" for number in range(1, 5))
        if key in values
    ]
    closes = dig(values, "end_datetime_utc", "string_value")
    return Poll(options=options, closes=closes) if options else None
