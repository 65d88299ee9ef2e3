"""Whom Steam's links lead to."""

from earmark import Author
from earmark.markup import Element, attribute, found_in

COMMUNITY = "https://steamcommunity.com"
FIRST_ACCOUNT = 76561197960265728  # a SteamID is this plus the account's number


def author(link: Element | None, account: str | None = None) -> Author | None:
    """By the SteamID, which the account's number gives where the link does not say it."""
    if link is None:
        return None
    url, account = attribute(link, "href"), attribute(link, "data-miniprofile") or account
    return Author(
        id=str(FIRST_ACCOUNT + int(account)) if account else found_in(r"/profiles/(\d+)", url),
        handle=found_in(r"/id/([^/?]+)", url),
        name=link.get_text(strip=True),
        url=url,
    )
