"""YouTube: comments on videos, shorts and posts, posts and their polls; live chat is left out.

Built from **real** comments (a rendered thread of 2025, `youtubei/v1/next` answers of 2026); nested
threads, posts, polls and the video itself from **documented** structure (browser extensions and
their tests, 2024 to 2026). Stable hooks: custom elements, ids, permalinks.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import attribute, first_mark, found_in, landmarks, text_of

from .youtube_json import comments_in
from .youtube_parts import ROOT, author, permalink, when, words
from .youtube_posts import post, video

PANEL = 'ytd-engagement-panel-section-list-renderer[target-id*="comments"]'
COUNT = "ytd-comments-header-renderer #count, #contextual-info"


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
    context = ["ytd-watch-metadata", "ytd-comments-header-renderer", f"{PANEL} #contextual-info"]
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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from comments_in(fragment.json, page.url)
        elif shared := fragment.soup.select_one("ytd-backstage-post-renderer"):
            yield post(shared)
        elif about := fragment.soup.select_one("ytd-watch-metadata"):
            yield video(about, page)
        elif fragment.soup.find(["ytd-comment-view-model", "ytd-comment-renderer"]):
            yield _comment(fragment, page)

    def expected(self, page: Page) -> str | None:
        shown = (f.soup.select_one(COUNT) for f in page.context)
        return next((text for tag in shown if (text := text_of(tag))), None)


def _comment(fragment: Fragment, page: Page) -> Item:
    """Its parent is the thread around it, which the core finds."""
    marks = landmarks(fragment.soup)
    placed = marks.get("#published-time-text")
    link = attribute(placed.a if placed else None, "href")
    published, edited = when(text_of(placed))
    more = first_mark(marks, "#more-replies", "#more-replies-sub-thread")
    key = found_in(r"[?&]lc=([\w.-]+)", link)
    root = found_in(ROOT, link) or found_in(ROOT, page.url)
    return Item(
        id=key,
        kind="reply" if fragment.parent_ref else "comment",
        author=author(marks),
        published=published,
        edited=edited,
        url=permalink(root, key),
        root_id=root,
        likes=text_of(marks.get("#vote-count-middle")) or None,
        replies=attribute(more.button if more else None, "aria-label"),
        **words(marks),
    )


register_platforms = registering(YouTube)
