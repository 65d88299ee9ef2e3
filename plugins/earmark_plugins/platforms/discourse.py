"""Discourse forums, on any host: the page served to crawlers and the one browsers draw.

Built from a **real** crawler page (2024, shortened), crawler markup quoted in public parsers'
tests (2026) and the **documented** templates of the drawn page (`post.gjs`, 2025 and 2026). Both
carry topic and post number, so `topic/number` is the id; the drawn page's post id is an alias.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, landmarks, links_in, of_class, outermost, text_of

from .discourse_parts import author_in, interface_in, place_of, published_in, topic_of

NO_LINKS = "a.mention, a.lightbox, aside.quote"


class Discourse(Platform):
    """Posts stand in one row; what one answers is known only where somebody opened it."""

    name, label = "discourse", "Discourse"
    markers = [
        'meta[name="generator"][content^="Discourse"]',
        '.crawler-post[id^="post_"]',
        'article[data-post-id][id^="post_"]',
    ]
    items = ['.crawler-post[id^="post_"]', 'article[data-post-id][id^="post_"]']
    empty = [
        ".page-not-found",
        ".topic-error",
        "body.navigation-topics",
        "body.navigation-categories",
    ]
    level = "real"
    built_from = "a crawlers' page of 2024; the drawn page from its templates of 2025 and 2026"
    site_time_zone = "UTC"  # only the crawlers' page prints a time without its zone

    def parse(self, fragment: Fragment, page: Page) -> Items:
        post = outermost(fragment)
        opened = [part.extract() for part in _opened(post)]
        marks = landmarks(post)
        said = marks.get(".cooked") or marks.get(".post")
        number = str(post["id"]).removeprefix("post_") if post else ""
        topic = topic_of(post, page) if post else None
        if post is None or said is None or topic is None or not number.isdecimal():
            return
        yield Item(
            id=f"{topic}/{number}",
            aliases=[f"post:{post['data-post-id']}"] if post.get("data-post-id") else [],
            kind="post" if number == "1" else "comment",
            text=text_of(said, drop=interface_in(marks)),
            author=author_in(post, marks),
            published=published_in(marks),
            edited=".edits" in marks,
            url=f"/t/{topic}/{number}",
            root_id=f"{topic}/1",
            parent_id=next((place_of(part) for part in opened if "top" in part["class"]), None),
            likes=text_of(marks.get(".post-likes") or marks.get(".like-count")) or None,
            links=links_in(
                said,
                drop=NO_LINKS if marks.keys() & {".mention", ".lightbox", ".quote"} else "",
            ),
            mentions=[text_of(a).removeprefix("@") for a in of_class(said, "a", "mention")],
        )
        below = (part for part in opened if "bottom" in part["class"])
        for answer in (reply for part in below for reply in part.select(".reply")):
            yield from _answer(answer, f"{topic}/{number}")


def _opened(post: Element | None) -> list[Element]:
    """What somebody opened above the post (what it answers) and below it (its answers)."""
    return of_class(post, "section", "embedded-posts") if post else []


def _answer(answer: Element, parent: str) -> Items:
    """One of the answers opened under a post; it has a place of its own further down."""
    marks = landmarks(answer)
    said, place = marks.get(".cooked"), place_of(answer)
    if said and place:
        yield Item(
            id=place,
            aliases=[f"post:{answer['data-post-id']}"] if answer.get("data-post-id") else [],
            text=text_of(said, drop=interface_in(marks)),
            author=author_in(answer, marks),
            published=published_in(marks),
            url=f"/t/{place}",
            root_id=f"{place.split('/')[0]}/1",
            parent_id=parent,
        )


register_platforms = registering(Discourse)
