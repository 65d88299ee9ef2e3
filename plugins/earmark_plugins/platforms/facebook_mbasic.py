"""Facebook as mbasic draws it: plain HTML with the numbers of posts and comments as ids."""

import re

from earmark import Item, Items, Page
from earmark.markup import Element, attribute, first_text, found_in, text_of

from .facebook_names import person, site_url
from .facebook_said import audience_in, said_there

LIKE = re.compile(r"^like_")


def comment_on_mbasic(area: Element, page: Page) -> Items:
    """The comment in `area`; on the page of one comment's replies, all others answer it."""
    key, head, like = str(area["id"]), area.h3, _like(area)
    body = head.find_next_sibling("div") if head else None
    if not key.isdecimal() or not isinstance(body, Element):
        return
    under = found_in(r"[?&]ctoken=\d+_(\d+)", page.url)
    parent = under if under != key else None
    yield Item(
        id=key,
        kind="reply" if parent else "comment",
        **said_there(body),
        author=person(head.a if head else None),
        published=text_of(area.abbr) or None,
        parent_id=parent,
        root_id=found_in(r"^like_(\d+)_", attribute(like, "id")),
        likes=next((text_of(a) for a in _links(area, "/ufi/reaction/")), None),
        replies=next((text_of(a) for a in _links(area, "/comment/replies/")), None),
    )


def post_on_mbasic(area: Element) -> Items:
    """The post in `area`, on its own page or in a list."""
    like = _like(area)
    key = found_in(r'"top_level_post_id":"(\d+)"', attribute(area, "data-ft"))
    key = key or found_in(r"^like_(\d+)$", attribute(like, "id"))
    marked = (div for div in area.find_all("div") if div.has_attr("data-ft"))
    first = next((div.p for div in marked if div.p), None)
    if key is None or first is None:
        return
    foot, head = area.footer or area, area.h3
    more = next((a for a in _links(foot, "/story.php") if text_of(a)[:1].isdigit()), None)
    date = foot.abbr or area.abbr
    yield Item(
        id=key,
        kind="post",
        **said_there(first.parent),
        author=person(head.a if head else None),
        published=text_of(date) or None,
        url=site_url(str(more["href"])) if more else None,
        likes=first_text(like, "a[aria-label]"),
        replies=text_of(more) or None,
        audience=audience_in(area.select("abbr ~ span")),
        media=[str(i["src"]) for a in _links(area, "/photo") for i in a.find_all("img", src=True)],
    )


def _like(area: Element) -> Element | None:
    """What holds the number of those who like it, and in its id that of the post or comment."""
    return next((tag for tag in area.find_all(True) if LIKE.match(str(tag.get("id")))), None)


def _links(area: Element, path: str) -> list[Element]:
    return [a for a in area.find_all("a") if path in str(a.get("href"))]
