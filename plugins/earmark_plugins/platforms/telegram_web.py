"""What t.me shows to everybody: channels' posts and public groups' messages."""

from earmark import Author, Item, Poll, PollOption, parse_count
from earmark.markup import (
    Element,
    attribute,
    first_text,
    found_in,
    landmarks,
    of_class,
    said_here,
    text_of,
)

PART = ".tgme_widget_message"


def post_on_the_web(area: Element) -> Item:
    """A channel's post, or a public group's message."""
    parts = landmarks(area)
    link = parts.get(f"{PART}_owner_name") or parts.get(f"{PART}_author_name")
    poll = _poll(parts.get(f"{PART}_poll"), text_of(parts.get(f"{PART}_voters")) or None)
    date = parts.get(f"{PART}_date")
    answered = attribute(parts.get(f"{PART}_reply"), "href")
    styles = (str(tag["style"]) for tag in area.find_all(["a", "i", "div"], style=True))
    return Item(
        id=str(area["data-post"]),
        kind="poll" if poll else "post",
        **said_here(parts.get(".js-message_text") or parts.get(f"{PART}_poll_question")),
        author=_author(link),
        published=attribute(date.time, "datetime") if date else None,
        edited="edited" in text_of(parts.get(f"{PART}_meta")).split(),
        url=f"https://t.me/{area['data-post']}",
        parent_id=found_in(r"t\.me/(\w+/\d+)", answered),
        audience="public",
        likes=_reactions(area),
        views=text_of(parts.get(f"{PART}_views")) or None,
        poll=poll,
        media=[url for s in styles if (url := found_in(r"url\('?(https:[^')]+/file/[^')]+)", s))],
    )


def _reactions(area: Element) -> int | None:
    """How many reacted, behind each sign; stars are counted and not the people who paid them."""
    signs = of_class(area, "span", "tgme_reaction")
    free = (sign for sign in signs if "tgme_reaction_paid" not in sign["class"])
    shown = (parse_count("".join(sign.find_all(string=True, recursive=False))) for sign in free)
    counts = [count for count in shown if count is not None]
    return sum(counts) if counts else None


def _author(link: Element | None) -> Author | None:
    url = attribute(link, "href")
    handle = found_in(r"t\.me/(\w+)$", url)
    return Author(handle=handle, name=text_of(link) or None, url=url) if link is not None else None


def _poll(area: Element | None, votes: str | None) -> Poll | None:
    if area is None:
        return None
    options = []
    for option in area.select(".tgme_widget_message_poll_option"):
        percent = found_in(r"(\d+)", first_text(option, ".tgme_widget_message_poll_option_percent"))
        label = first_text(option, ".tgme_widget_message_poll_option_text") or ""
        options.append(PollOption(label, share=int(percent) / 100 if percent else None))
    return Poll(options=options, votes=votes)
