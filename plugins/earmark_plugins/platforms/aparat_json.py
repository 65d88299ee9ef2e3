"""Aparat's comments as its responses have them; their times are Tehran's."""

from typing import Any

from earmark import Author, Fragment, Item, Items, Page
from earmark.markup import dig, found_in, said_as

VIDEO = r"(?:/v/|/videohash/)(\w+)"


def comments_in(fragment: Fragment, page: Page) -> Items:
    """A list of comments, or of one comment's answers: the address then names that one."""
    parent = found_in(r"/comment_id/(\d+)", fragment.url)
    people = {
        str(dig(each, "id")): dig(each, "attributes")
        for each in dig(fragment.json, "included") or ()
    }
    for each in dig(fragment.json, "data") or ():
        words = dig(each, "attributes")
        owner = str(dig(each, "relationships", "channel", "data", "id") or "")
        number = dig(words, "id") or dig(each, "id")
        if number and not dig(words, "deleted"):
            yield Item(
                id=str(number),
                kind="reply" if parent else "comment",
                author=_author(owner, people.get(owner)),
                published=dig(words, "sdate_gregorian") or dig(words, "sdate"),
                root_id=found_in(VIDEO, fragment.url) or found_in(VIDEO, page.url),
                parent_id=parent,
                likes=dig(words, "like_cnt"),
                replies=dig(words, "reply_cnt"),
                **said_as(dig(words, "body")),
            )


def _author(owner: str, person: Any) -> Author | None:
    handle = dig(person, "username")
    if not handle:
        return None
    url = f"https://www.aparat.com/{handle}"
    return Author(id=owner or None, handle=handle, name=dig(person, "name"), url=url)
