"""Facebook as mbasic draws it: plain HTML with the numbers of posts and comments as ids."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Item, Page, attribute, first_text, found_in, text_of

from .facebook_names import audience_in, person, said_there, site_url


def comment_on_mbasic(area: Tag, page: Page) -> Iterator[Item]:
    """The comment in `area`; on the page of one comment's replies, all others answer it."""
    key = str(area["id"])
    like = area.select_one('[id^="like_"]')
    post = found_in(r"^like_(\d+)_", attribute(like, "id")) if like else None
    body = area.select_one("h3 + div")
    if not key.isdecimal() or body is None:
        return
    under = found_in(r"[?&]ctoken=\d+_(\d+)", page.url)
    parent = under if under != key else None
    yield Item(
        id=key,
        kind="reply" if parent else "comment",
        **said_there(body),
        author=person(area.select_one("h3 a[href]")),
        published=first_text(area, "abbr"),
        parent_id=parent,
        root_id=post,
        likes=first_text(area, 'a[href^="/ufi/reaction/"]'),
        replies=first_text(area, 'a[href^="/comment/replies/"]'),
    )


def post_on_mbasic(area: Tag) -> Iterator[Item]:
    """The post in `area`, on its own page or in a list."""
    like = attribute(area.select_one('[id^="like_"]'), "id")
    key = found_in(r'"top_level_post_id":"(\d+)"', attribute(area, "data-ft"))
    key = key or found_in(r"^like_(\d+)$", like)
    paragraphs = area.select("div[data-ft] p")
    body = paragraphs[0].parent if paragraphs else None
    if key is None or body is None:
        return
    more = [
        a for a in area.select('footer div > a[href*="/story.php"]') if text_of(a)[:1].isdigit()
    ]
    yield Item(
        id=key,
        kind="post",
        **said_there(body),
        author=person(area.select_one("h3 a[href]")),
        published=first_text(area, "footer abbr", "abbr"),
        url=site_url(str(more[0]["href"])) if more else None,
        likes=first_text(area, '[id^="like_"] > a[aria-label]'),
        replies=text_of(more[0]) if more else None,
        audience=audience_in(area.select("abbr ~ span")),
        media=[str(image["src"]) for image in area.select('a[href^="/photo"] img[src]')],
    )
