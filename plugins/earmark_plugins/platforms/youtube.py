"""YouTube: comments on videos, shorts and posts, posts and their polls; live chat is left out.

Built from **real** comments (a rendered thread of 2025, `youtubei/v1/next` answers of 2026); nested
threads, posts, polls and the video itself from **documented** structure (browser extensions and
their tests, 2024 to 2026). Stable hooks: custom elements, ids, permalinks.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Poll,
    PollOption,
    Said,
    as_typed,
    first_attribute,
    first_text,
    found_in,
    hashtags_in,
    registering,
    said,
    text_of,
)  # fmt: skip

from .youtube_json import ROOT, comments_in, outward, permalink, when

PANEL = 'ytd-engagement-panel-section-list-renderer[target-id*="comments"]'
COUNT = "ytd-comments-header-renderer #count, #contextual-info"
COMMENT = "ytd-comment-view-model, ytd-comment-renderer"


class YouTube(Platform):
    """Ids are YouTube's own; a reply's begins with that of the thread's first comment."""

    name, label = "youtube", "YouTube"
    matches = [
        "https://www.youtube.com/watch*",
        "https://www.youtube.com/shorts/*",
        "https://www.youtube.com/live/*",
        "https://www.youtube.com/post/*",
        "https://www.youtube.com/*/posts*",
        "https://www.youtube.com/*/community*",
    ]
    items = [
        "ytd-comment-thread-renderer",
        "#expander-contents ytd-comment-view-model",
        "#expander-contents ytd-comment-renderer",
        "ytd-backstage-post-renderer",
    ]
    context = [
        "ytd-watch-metadata",
        "ytd-comments-header-renderer",
        f"{PANEL} #contextual-info",
    ]
    empty = [
        "ytd-comments ytd-message-renderer",
        "ytd-comments:has(ytd-comments-header-renderer)"
        " ytd-item-section-renderer > #contents:not(:has(*))",
        # Comments are loaded when somebody scrolls to them, or opens a short's panel.
        "ytd-comments:not(:has(ytd-comments-header-renderer))",
        f'ytd-shorts {PANEL}[visibility="ENGAGEMENT_PANEL_VISIBILITY_HIDDEN"]',
        f"ytd-shorts:not(:has({PANEL}))",
    ]
    responses = ["https://www.youtube.com/youtubei/v1/next*"]
    level = "real"
    built_from = "a rendered thread of 2025, comment responses of 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from comments_in(fragment.json, page.url)
        elif post := fragment.soup.select_one("ytd-backstage-post-renderer"):
            yield _post(post)
        elif comment := fragment.soup.select_one(COMMENT):
            yield _comment(comment, fragment, page)
        elif about := fragment.soup.select_one("ytd-watch-metadata"):
            yield _video(about, page)

    def expected(self, page: Page) -> str | None:
        shown = (f.soup.select_one(COUNT) for f in page.context)
        return next((text for tag in shown if (text := text_of(tag))), None)


def _comment(comment: Tag, fragment: Fragment, page: Page) -> Item:
    """Its parent is the thread around it, which the core finds."""
    link = first_attribute(comment, "#published-time-text a", "href")
    published, edited = when(first_text(comment, "#published-time-text"))
    replies = "#more-replies button, #more-replies-sub-thread button"
    key = found_in(r"[?&]lc=([\w.-]+)", link)
    root = found_in(ROOT, link) or found_in(ROOT, page.url)
    return Item(
        id=key,
        kind="reply" if fragment.parent_ref else "comment",
        author=_author(comment),
        published=published,
        edited=edited,
        url=permalink(root, key),
        root_id=root,
        likes=first_text(comment, "#vote-count-middle"),
        replies=first_attribute(fragment.soup, replies, "aria-label"),
        **_words(comment),
    )


def _post(post: Tag) -> Item:
    link = first_attribute(post, "#published-time-text a", "href")
    published, edited = when(first_text(post, "#published-time-text"))
    poll = _poll(post)
    return Item(
        id=found_in(ROOT, link),
        kind="poll" if poll else "post",
        author=_author(post),
        published=published,
        edited=edited,
        url=link,
        likes=first_text(post, "#vote-count-middle"),
        replies=first_text(
            post, "#reply-button-end .yt-spec-button-shape-next__button-text-content"
        ),
        poll=poll,
        **_words(post),
    )


def _poll(post: Tag) -> Poll | None:
    """Shares are shown only to those who voted."""
    choices = post.select("ytd-backstage-poll-renderer .choice-info")
    options = [
        PollOption(label, share=_share(first_text(choice, ".vote-percentage")))
        for choice in choices
        if (label := first_text(choice, ".choice-text"))
    ]
    return Poll(options, votes=first_text(post, "#vote-info")) if options else None


def _share(shown: str | None) -> float | None:
    digits = found_in(r"(\d+)", shown)
    return int(digits) / 100 if digits else None


def _video(about: Tag, page: Page) -> Item:
    video = found_in(ROOT, page.url)
    return Item(
        id=video,
        kind="post",
        text=text_of(about.select_one("#title h1")),
        author=_author(about),
        url=f"/watch?v={video}" if video else None,
        likes=first_attribute(about, "like-button-view-model button", "aria-label"),
        views=first_text(about, "ytd-watch-info-text #info span"),
        published=first_text(about, "#date-text"),
        hashtags=hashtags_in(text_of(about.select_one("#super-title"))),
    )


def _author(area: Tag) -> Author | None:
    link = area.select_one(
        "a#author-text, #author-text a, ytd-video-owner-renderer #channel-name a"
    )
    if link is None:
        return None
    url, shown = str(link.get("href") or ""), text_of(link)
    handle = shown[1:] if shown.startswith("@") else found_in(r"^/@([^/?]+)", unquote(url))
    return Author(
        id=found_in(r"/channel/(UC[\w-]+)", url),
        handle=handle,
        name=None if shown.startswith("@") else shown,
        url=url or None,
        followers=first_text(area, "#owner-sub-count"),
    )


def _words(area: Tag) -> Said:
    words = said(as_typed(area.select_one("#content-text")))
    words["links"] = list(map(outward, words["links"]))
    return words


register_platforms = registering(YouTube)
