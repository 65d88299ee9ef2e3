"""Messages on Yammer's older page (`yj-` classes), as public userscripts read it."""

from earmark import Author, Item
from earmark.markup import Element, attribute, link_to, said, text_of, time_of


def older_message(marks: dict[str, Element], thread: str | None) -> Item:
    """The message with these landmarks; a thread has the number of its first one."""
    number = attribute(marks[".yj-message-list-item"], "data-message-id")
    sender = marks.get(".yj-message-list-item--sender")
    name = link_to(sender, "") or marks.get(".yj-hovercard-link")
    moment = marks.get(".yj-message-time")
    starts = number == thread
    return Item(
        **said(marks.get(".yj-message-list-item--body-message")),
        id=number,
        kind="post" if starts else "comment",
        author=Author(
            id=attribute(marks.get(".yj-message-list-item--avatar"), "data-userid"),
            name=text_of(name) or None,
            url=attribute(name, "href"),
        ),
        published=time_of(moment),
        url=attribute(moment.find_parent("a") or moment.a, "href") if moment else None,
        root_id=thread,
        parent_id=None if starts else thread,
        likes=text_of(marks.get(".yj-like-count")) or None,
        audience="group",
    )
