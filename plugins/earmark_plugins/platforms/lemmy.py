"""Lemmy: posts and their comments, on any host that runs lemmy-ui.

Built from **documented** structure: lemmy-ui's own sources (2023 to 2026) and the public API's
objects, versions 3 and 4. Stable hooks: `comment-N` ids, `/u/` links, `moment-time`'s hint, which
has the time in full. In responses texts are Markdown.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    found_in,
    landmarks,
    objects_with,
    said,
    text_of,
)

from .lemmy_json import told
from .lemmy_parts import author_in, pictures_in, published_in, votes_in

COMMENTS = 'a[href*="scrollToComments=true"]'


class Lemmy(Platform):
    """Numbers belong to one instance; the post, `post/N`, is the root."""

    name, label = "lemmy", "Lemmy"
    markers = ['article.comment-node[id^="comment-"]', ".post .post-listing"]
    items = ["li.comment:has(> article[id])"]
    context = [".post .post-listing"]
    empty = [f'.post .post-listing {COMMENTS}[title^="0 "]']
    responses = ["*://*/api/v3/comment/list*", "*://*/api/v4/comment/list*"]
    audience = "public"
    level = "documented"
    built_from = "lemmy-ui's own sources and the public API, 2023 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            for view in objects_with(fragment.json, "creator"):
                yield from told(view)
        elif fragment.kind == "context":
            yield from _post(fragment.soup, page)
        else:
            yield from _drawn(fragment, page)


def _drawn(fragment: Fragment, page: Page) -> Items:
    article = fragment.soup.article
    number = found_in(r"^comment-(\d+)$", attribute(article, "id"))
    marks = landmarks(article)
    body, time = marks.get(".comment-content"), marks.get(".moment-time")
    if article is None or body is None or "text-muted" in body["class"]:  # deleted or removed
        return
    votes = votes_in(article)
    yield Item(
        id=number,
        kind="reply" if fragment.parent_ref else "comment",
        author=author_in(article),
        published=published_in(time),
        edited=time is not None and "fst-italic" in time["class"],
        url=f"/comment/{number}",
        root_id=_root(page),
        likes=votes[0] if votes else None,
        dislikes=votes[1] if votes[1:] else None,
        media=pictures_in(body),
        **said(body),
    )


def _post(listing: Element, page: Page) -> Items:
    marks = landmarks(listing)
    title, words = marks.get(".post-title"), said(marks.get("#postContent"))
    words["text"] = "\n\n".join(filter(None, [text_of(title), words["text"]]))
    votes = votes_in(listing)
    yield Item(
        id=_root(page),
        kind="post",
        author=author_in(listing),
        published=published_in(marks.get(".moment-time")),
        url=f"/{_root(page)}",
        likes=votes[0] if votes else None,
        dislikes=votes[1] if votes[1:] else None,
        replies=first_attribute(listing, COMMENTS, "title"),
        **words,
    )


def _root(page: Page) -> str | None:
    number = found_in(r"/post/(\d+)", page.url)
    return f"post/{number}" if number else None


register_platforms = registering(Lemmy)
