"""What is commented on at YouTube: the video, and a channel's posts with their polls."""

from earmark import Item, Page
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    first_text,
    found_in,
    hashtags_in,
    landmarks,
    poll_in,
    text_of,
)

from .youtube_parts import ROOT, author, when, words

ANSWERS = "#reply-button-end .yt-spec-button-shape-next__button-text-content"


def post(area: Element) -> Item:
    """A channel's post; a poll's shares are shown only to those who voted."""
    marks = landmarks(area)
    placed = marks.get("#published-time-text")
    link = attribute(placed.a if placed else None, "href")
    published, edited = when(text_of(placed))
    poll = poll_in(
        area,
        "ytd-backstage-poll-renderer .choice-info",
        ".choice-text",
        share=".vote-percentage",
        total="#vote-info",
    )
    return Item(
        id=found_in(ROOT, link),
        kind="poll" if poll else "post",
        author=author(marks),
        published=published,
        edited=edited,
        url=link,
        likes=text_of(marks.get("#vote-count-middle")) or None,
        replies=first_text(area, ANSWERS),
        poll=poll,
        **words(marks),
    )


def video(about: Element, page: Page) -> Item:
    """The video by what stands below it."""
    marks, key = landmarks(about), found_in(ROOT, page.url)
    return Item(
        id=key,
        kind="post",
        text=first_text(about, "#title h1") or "",
        author=author(marks),
        url=f"/watch?v={key}" if key else None,
        likes=first_attribute(about, "like-button-view-model button", "aria-label"),
        views=first_text(about, "ytd-watch-info-text #info span"),
        published=first_text(about, "#date-text"),
        hashtags=hashtags_in(text_of(marks.get("#super-title"))),
    )
