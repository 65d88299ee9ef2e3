"""A complaint and all that is said under it, in the linked data of its page."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import answering, dig, paragraphs, said_as


def thread_in(data: Any, complaint: str) -> Items:
    main = dig(data, "mainEntity")
    if not dig(main, "text"):
        return
    yield Item(
        **said_as(paragraphs(main.get("headline"), main["text"])),
        id=complaint,
        kind="post",
        author=_author(main.get("author")),
        published=main.get("datePublished"),
        url=f"/{complaint}",
        replies=main.get("commentCount"),
    )
    for comment in main.get("comment") or []:
        of_company = dig(comment, "author", "@type") == "Organization"
        yield Item(
            **said_as(dig(comment, "text")),
            **answering(complaint, "reply" if of_company else "comment"),
            author=_author(dig(comment, "author")),
            published=dig(comment, "datePublished"),
        )


def _author(author: Any) -> Author | None:
    name = dig(author, "name")
    return Author(name=name, url=dig(author, "url")) if name else None
