"""Medium: the responses to a story, on medium.com and on publications' own domains.

Built from **documented** structure: the state object in the page and the GraphQL answers as public
clients read them (2018 to 2026), and the links that text copies of pages show (2025). How the
drawn page nests those links is not told, so they are read in the order they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, registering
from earmark.markup import data_in, dig, found_in, objects_with, person, said, said_as, text_of

Json = dict[str, Any]
THREAD = "threadedPostResponses"
LINK = 'a[href*="source=post_page---post_responses--"]'


class Medium(Platform):
    """Responses are stories themselves; ids are the letters and digits that end an address."""

    name, label = "medium", "Medium"
    matches = ["https://medium.com/*", "https://*.medium.com/*"]
    markers = ['meta[property="al:ios:app_name"][content="Medium"]']
    items = ["#root:has(pre)"]
    context = ["body > script:not([src])"]
    empty = ['meta[property="og:type"]:not([content="article"])']
    responses = ["https://*/_/graphql*"]
    audience = "public"
    level = "documented"
    built_from = "public clients of the page's state and of its GraphQL answers, 2018 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "element":
            yield from _drawn(fragment.soup, page)
            return
        data = fragment.json or data_in(fragment.soup.script)
        number = _number(page.url)
        if story := dig(data, f"Post:{number}"):
            yield _story(story, data)
            yield from _responses(story, data, number)
        elif fragment.kind == "response":
            for answered in objects_with(data, "data"):
                yield from _responses(dig(answered, "data", "post"), {}, number)


def _story(post: Json, state: Json) -> Item:
    item = _entry(post, state)
    item.kind = "post"
    item.text = "\n\n".join(
        filter(None, [post.get("title"), dig(post, "previewContent", "subtitle")])
    )
    return item


def _responses(story: Any, state: Json, root: str | None) -> Iterator[Item]:
    """The responses below a story and those below them; each once, also where a page lies."""
    above, seen = [story], {root}
    while above:
        post = above.pop()
        answers = [_found(each, state) for each in dig(_field(post, THREAD), "posts") or ()]
        for response in (each for each in answers if dig(each, "id") not in seen):
            if not isinstance(response, dict):
                continue
            seen.add(response.get("id"))
            above.append(response)
            item = _entry(response, state)
            item.root_id, item.parent_id = root, dig(post, "id")
            item.kind = "comment" if item.parent_id == root else "reply"
            yield item


def _entry(post: Json, state: Json) -> Item:
    creator = _found(post.get("creator"), state)
    paragraphs = dig(_field(post, "content"), "bodyModel", "paragraphs") or ()
    texts = (dig(_found(paragraph, state), "text") for paragraph in paragraphs)
    moment = post.get("firstPublishedAt") or post.get("createdAt")
    handle = dig(creator, "username")
    return Item(
        **said_as("\n\n".join(text for text in texts if text)),
        id=post.get("id"),
        author=Author(
            id=dig(creator, "id"),
            handle=handle,
            name=dig(creator, "name"),
            url=f"https://medium.com/@{handle}" if handle else None,
        ),
        published=str(moment) if moment else None,
        url=post.get("mediumUrl"),
        likes=post.get("clapCount"),
        replies=dig(post, "postResponses", "count") or post.get("responsesCount") or 0,
    )


def _found(value: Any, state: Json) -> Any:
    """What a reference in the page's state stands for; a GraphQL answer has the thing itself."""
    reference = dig(value, "__ref") if isinstance(value, dict) else None
    return state.get(reference) if reference else value


def _field(post: Any, name: str) -> Any:
    """A field by its name; in the page's state the arguments it was asked with are part of it."""
    if not isinstance(post, dict):
        return None
    return next((value for key, value in post.items() if key.partition("(")[0] == name), None)


def _drawn(soup: Tag, page: Page) -> Iterator[Item]:
    """Of each response its author's link, its own link and its text, in this order."""
    author, permalink = None, None
    for part in soup.select(f"{LINK}, pre"):
        if part.name == "pre" and permalink is not None:
            yield _shown(author, permalink, part, page)
            permalink = None
        elif part.name == "a" and text_of(part):
            own = _number(str(part["href"])) is not None
            author, permalink = (author, part) if own else (part, permalink)


def _shown(author: Tag | None, permalink: Tag, body: Tag, page: Page) -> Item:
    for link in filter(None, (author, permalink)):
        link["href"] = str(link["href"]).partition("?")[0]
    return Item(
        **said(body),
        id=_number(str(permalink["href"])),
        author=person(author, r"/@([^/?#]+)"),
        published=text_of(permalink),
        url=str(permalink["href"]),
        root_id=_number(page.url),
    )


def _number(url: str | None) -> str | None:
    return found_in(r"(?:-|/p/)([0-9a-f]{8,12})(?:[?#]|$)", url)


register_platforms = registering(Medium)
