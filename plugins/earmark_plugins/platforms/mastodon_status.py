"""A post as Mastodon's web app draws it, and as its older public pages do."""

from earmark import Author, Fragment, Item, Items, Poll, PollOption
from earmark.markup import (
    Element,
    attribute,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    landmarks,
    text_of,
)

from .mastodon_said import AUDIENCES, said_below


def post_in(area: Element, fragment: Fragment) -> Items:
    """The post in `area`; what encloses it says who can see it, and that it answers."""
    parts = landmarks(area)
    link = parts.get(".status__relative-time") or parts.get(".detailed-status__datetime")
    key = attribute(area, "data-id") or found_in(r"/(\d+)$", attribute(link, "href"))
    if key is None:
        return
    around = enclosing(fragment, r'class="([^"]*(?:status__wrapper|entry)[^"]*)"')
    classes = f"{around} {' '.join(filter(None, area.get_attribute_list('class')))}"
    visible = found_in(r"status(?:__wrapper)?-(public|unlisted|private|direct)", classes)
    answers = found_in(r"((?:status__wrapper|status|entry)-reply)", classes)
    body, poll = parts.get(".status__content"), _poll(parts.get(".poll"))
    yield Item(
        id=key,
        kind="poll" if poll else "reply" if answers else "post",
        **said_below(parts.get(".content-warning"), body, parts.get(".hashtag-bar")),
        truncated=body is None and ".content-warning" in parts,
        author=_author(parts),
        published=_published(link),
        edited=_is_edited(parts, link),
        url=attribute(link, "href"),
        audience=AUDIENCES.get(visible or "", "unknown"),
        likes=text_of(parts.get(".detailed-status__favorites")) or None,
        shares=text_of(parts.get(".detailed-status__reblogs")) or None,
        poll=poll,
        media=[
            str(a["href"])
            for a in area.find_all("a", class_="media-gallery__item-thumbnail", href=True)
        ],
    )


def _published(link: Element | None) -> str | None:
    """For machines in a list; on the post's own page only as the reader's language writes it."""
    return attribute(link.time, "datetime") or text_of(link) or None if link else None


def _is_edited(parts: dict[str, Element], link: Element | None) -> bool:
    """An asterisk behind the time in a list; on the post's own page a button with the versions."""
    marks = (".dropdown-menu__text-button", ".detailed-status__edited")
    return any(mark in parts for mark in marks) or bool(link and link.abbr)


def _author(parts: dict[str, Element]) -> Author | None:
    link = parts.get(".status__display-name") or parts.get(".detailed-status__display-name")
    shown = text_of(parts.get(".display-name__account"))
    if link is None or not shown:
        return None
    # A post's own page adds the host to the names of its own people, lists and the API do not.
    handle = found_in(r"^/@([^/]+)$", attribute(link, "href")) or shown
    return Author(
        id=attribute(link, "data-hover-card-account"),
        handle=handle.lstrip("@"),
        name=text_of(parts.get(".display-name__html") or parts.get(".p-name")) or None,
        url=attribute(link, "href"),
    )


def _poll(area: Element | None) -> Poll | None:
    """Shares are shown to those who voted, and to all once it is over."""
    if area is None:
        return None
    options = []
    for option in area.select(".poll__option"):
        share = found_in(r"(\d+)", first_text(option, ".poll__number"))
        label = first_text(option, ".poll__option__text") or ""
        options.append(PollOption(label, share=int(share) / 100 if share else None))
    closes = first_attribute(area, ".poll__footer time", "datetime")
    return Poll(options=options, votes=first_text(area, ".poll__footer > span"), closes=closes)
