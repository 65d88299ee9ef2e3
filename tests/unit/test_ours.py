"""An item is ours when one of our accounts wrote it, and nobody becomes us by taking our name."""

from __future__ import annotations

from typing import Any

import pytest

from earmark.enrich.ours import Accounts

ON_X = Accounts([{"handle": "AcmeHelp", "platform": "x", "name": "Acme Care"}])
ANYWHERE = Accounts([{"handle": "@acme"}])


def item(platform: str = "x", **author: Any) -> dict[str, Any]:
    return {"platform": platform, "author": author}


@pytest.mark.parametrize(
    "author",
    [
        {"handle": "@acmehelp"},
        {"handle": "ACMEHELP", "name": "anything"},
        {"id": "acmehelp"},
        {"name": "Acme", "url": "https://x.com/AcmeHelp/"},
        {"name": "Acme Care"},  # the page shows nothing else
    ],
)
def test_an_account_is_known_by_handle_id_or_address(author: dict[str, str]) -> None:
    assert ON_X.wrote(item(**author)) is True


@pytest.mark.parametrize(
    "author",
    [
        {"handle": "acmehelp2"},
        {"handle": "impostor", "name": "Acme Care"},
        {"handle": "impostor", "url": "https://x.com/acmehelp"},
        {"id": "7", "name": "AcmeHelp"},
    ],
)
def test_somebody_else_under_our_name_is_not_us(author: dict[str, str]) -> None:
    assert ON_X.wrote(item(**author)) is False


def test_an_account_is_ours_on_its_platform_only() -> None:
    assert ON_X.wrote(item("reddit", handle="acmehelp")) is False
    assert ANYWHERE.wrote(item("reddit", handle="acme")) is True
    assert ANYWHERE.wrote(item("reddit", name="acme")) is False, "a name is anybody's to choose"


def test_where_nobody_is_named_nothing_is_said() -> None:
    assert ON_X.wrote({"platform": "x"}) is None
    assert ON_X.wrote(item()) is None
