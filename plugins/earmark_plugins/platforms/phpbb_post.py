"""One post of a phpBB topic."""

from earmark import Item
from earmark.markup import (
    Element,
    attribute,
    first_mark,
    landmarks,
    link_to,
    member,
    paragraphs,
    said,
    text_of,
)

INTERFACE = "blockquote, .codebox > p, .codebox > dt, .attachbox, .inline-attachment"


def post_in(post: Element, number: str, topic: str | None) -> Item:
    marks = landmarks(post)
    subject = text_of(post.h3)
    opens = ".first" in marks and bool(subject) and not subject.startswith("Re: ")
    words = said(marks.get(".content"), drop=INTERFACE)
    if opens:
        words["text"] = paragraphs(subject, words["text"])
    return Item(
        id=number,
        kind="post" if opens else "comment",
        author=member(_who(marks), r"[?&;]u=(\d+)"),
        published=_published(marks.get(".author")),
        edited=_is_edit(marks.get(".notice")),
        url=attribute(link_to(marks.get(".author"), "#p"), "href") or f"#p{number}",
        root_id=topic,
        **words,
    )


def _who(marks: dict[str, Element]) -> Element | None:
    """Version 3.0 marks only names that have a colour; the others are in bold above the text."""
    line = marks.get(".author")
    name = first_mark(marks, ".username", ".username-coloured") or (line.strong if line else None)
    return name.a or name if name else None


def _is_edit(notice: Element | None) -> bool:
    """A notice also tells of a deletion, and, after empty lines, that somebody bumped the topic."""
    if notice is None or "post_deleted_msg" in notice["class"]:
        return False
    first = notice.find(True)
    return not (isinstance(first, Element) and first.name == "br" and not _said_before(first))


def _said_before(tag: Element) -> bool:
    return any(str(before).strip() for before in tag.previous_siblings)


def _published(line: Element | None) -> str | None:
    """“by somebody » Mon Nov 01, 2010 3:04 pm”, since 3.2 with a time for machines."""
    time = attribute(line.time, "datetime") if line else None
    return time or text_of(line).rpartition("»")[2].strip()
