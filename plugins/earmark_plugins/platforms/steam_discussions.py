"""Topics and their comments, in Steam's discussions."""

from earmark import Item, Page
from earmark.markup import (
    Element,
    answering,
    first_text,
    found_in,
    landmarks,
    paragraphs,
    said,
    text_of,
    time_of,
    with_classes,
)

from .steam_people import author

NOT_SAID = ".bb_quoteauthor, .bb_blockquote.with_author, .forum_audit"


def topic(area: Element, page: Page) -> Item:
    opening = area.select_one(".forum_op")
    marks = landmarks(opening)
    body = said(marks.get(".content"), drop=NOT_SAID)
    body["text"] = paragraphs(text_of(marks.get(".topic")), body["text"])
    return Item(
        **body,
        id=_topic_id(page),
        kind="post",
        author=author(marks.get(".forum_op_author")),
        published=time_of(marks.get(".date")) or _time_in(opening),
        edited=".forum_audit" in marks,
        url=page.url.split("?")[0],
        replies=first_text(area, ".forum_paging_summary span:nth-of-type(3)"),
    )


def comment(element: Element, marks: dict[str, Element], page: Page) -> Item:
    """All answer the topic: there are no threads in it."""
    number = str(element["id"]).removeprefix("comment_")
    return Item(
        **said(marks.get(".commentthread_comment_text"), drop=NOT_SAID),
        **answering(_topic_id(page), "comment"),
        id=number,
        author=author(marks.get(".commentthread_author_link")),
        published=_time_in(element),
        edited=".forum_audit" in marks,
        url=f"{page.url.split('?')[0]}#c{number}",
    )


def _time_in(area: Element | None) -> str | None:
    """Where there are two, the first is empty."""
    shown = with_classes(area, "commentthread_comment_timestamp")
    return next(filter(None, map(time_of, shown)), None)


def _topic_id(page: Page) -> str | None:
    return found_in(r"/discussions/\d+/(\d+)", page.url)
