"""A post as Pleroma-FE draws it."""

from earmark import Author, Item, Items
from earmark.markup import Element, attribute, found_in, landmarks, text_of

from .mastodon_said import said_there


def post_in_pleroma(area: Element) -> Items:
    """The post in `area`; the page shows that it answers one, not which."""
    parts = landmarks(area)
    link = parts.get(".timeago") or parts.get(".timeago-link")
    key = found_in(r"/notice/([\w-]+)", attribute(link, "href"))
    account = parts.get(".account-name")
    if key is None or account is None:
        return
    yield Item(
        id=key,
        kind="reply" if ".reply-to" in parts or ".reply-to-no-popover" in parts else "post",
        **said_there(parts.get(".text")),
        author=Author(
            handle=text_of(account).lstrip("@"),
            name=text_of(parts.get(".status-username")) or None,
            url=attribute(account, "href"),
        ),
        published=attribute(link.time, "datetime") if link else None,
        edited=".heading-edited-row" in parts,
        url=attribute(link, "href"),
    )
