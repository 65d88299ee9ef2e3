"""What posts and comments of Stack Exchange show of themselves: text, signature, votes."""

from earmark import Author, Item
from earmark.markup import (
    Element,
    attribute,
    first_attribute,
    id_of,
    link_to,
    person,
    said,
    text_of,
)


def signed_post(post: Element, marks: dict[str, Element]) -> Item:
    """A question or an answer, without its place in the thread."""
    votes, owner = marks.get(".js-vote-count"), marks.get("[itemprop=author]")
    signature = owner.find_parent(class_="user-info") if owner else None
    changes = (a for a in post.find_all("a") if "/revisions" in str(a.get("href")))
    return Item(
        **said(marks.get(".js-post-body") or marks.get(".s-prose")),
        id=attribute(post, "data-questionid", "data-answerid"),
        author=_author(owner),
        published=first_attribute(signature, ".relativetime", "title")
        or attribute(marks.get("[itemprop=dateCreated]"), "datetime"),
        edited=any(change.find_parent(class_="user-action-time") for change in changes),
        url=attribute(marks.get(".js-share-link"), "href"),
        likes=attribute(votes, "data-value") or text_of(votes) or None,
    )


def signed_comment(comment: Element, marks: dict[str, Element]) -> Item:
    """A comment, likewise; its author's name is a link, or plain where they have left."""
    date = marks.get(".comment-date")
    moment = (first_attribute(date, "[title]", "title") or "").split(",")[0]
    return Item(
        **said(marks.get(".comment-copy")),
        id=id_of("comment-", attribute(comment, "data-comment-id")),
        author=_author(marks.get(".comment-user")),
        published=moment or text_of(date),
        edited=".iconPencilSm" in marks,
        url=first_attribute(date, "a", "href"),
        likes=attribute(comment, "data-comment-score"),
    )


def _author(area: Element | None) -> Author | None:
    """Whoever signed; people who left have a name without a link."""
    link = area if area and area.name == "a" else link_to(area, "/users/")
    return person(link, id=r"/users/(\d+)", name=text_of(link or area) or None)
