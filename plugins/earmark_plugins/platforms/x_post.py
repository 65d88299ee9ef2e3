"""A post as X draws it, by the names of its parts."""

from earmark import Item
from earmark.markup import Element, attribute, found_in, hooks, text_of

from .x_json import SITE
from .x_poll import poll_in
from .x_said import Parts, author_of, first_of, said_in


def linked_time(article: Element) -> Element | None:
    """The time that leads to the post; that of a post quoted leads nowhere."""
    return next((t for t in article.find_all("time") if _is_link(t.parent)), None)


def post_in(article: Element, time: Element, parent: str | None) -> Item:
    """The post in `article`, at the address that its `time` leads to."""
    parts = hooks(article, "data-testid")
    address = attribute(time.parent, "href") or ""
    poll = poll_in(first_of(parts, "cardPoll"))
    return Item(
        id=found_in(r"/status/(\d+)", address),
        kind="poll" if poll else "post",
        **said_in(parts),
        truncated="tweet-text-show-more-link" in parts,
        author=author_of(first_of(parts, "User-Name")),
        published=attribute(time, "datetime"),
        edited=_link_to(article, "/history") is not None,
        url=f"{SITE}{address}",
        parent_id=parent,
        audience="private" if "icon-lock" in parts else "public",
        likes=attribute(first_of(parts, "like", "unlike"), "aria-label"),
        replies=attribute(first_of(parts, "reply"), "aria-label"),
        shares=attribute(first_of(parts, "retweet", "unretweet"), "aria-label"),
        views=_views(article, parts),
        poll=poll,
        media=[
            str(i["src"]) for p in parts.get("tweetPhoto", []) for i in p.find_all("img", src=True)
        ],
    )


def _is_link(tag: Element | None) -> bool:
    return tag is not None and tag.name == "a" and tag.has_attr("href")


def _link_to(article: Element, end: str) -> Element | None:
    links = article.find_all("a", href=True)
    return next((link for link in links if str(link["href"]).endswith(end)), None)


def _views(article: Element, parts: Parts) -> str | None:
    """The link to the statistics in a list; on the post's own page, the number beside the time."""
    if link := _link_to(article, "/analytics"):
        return attribute(link, "aria-label")
    numbers = parts.get("app-text-transition-container", [])
    shown = (text_of(n) for n in numbers if n.find_parent(["button", "a"]) is None)
    return next(shown, None)
