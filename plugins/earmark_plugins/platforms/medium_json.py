"""Medium's stories and responses in the state object of a page and in GraphQL answers."""

from typing import Any

from earmark import Author, Item, Items
from earmark.markup import dig, objects_with, said_as, titled

Json = dict[str, Any]

THREAD = "threadedPostResponses"


def stated(state: Any, number: str | None) -> Items:
    """The story of that id in a page's state, and what answers it."""
    if story := dig(state, f"Post:{number}"):
        yield _story(story, state)
        yield from _responses(story, state, number)


def answered(data: Any, number: str | None) -> Items:
    """What answers the story of that id in a GraphQL answer."""
    for answer in objects_with(data, "data"):
        yield from _responses(dig(answer, "data", "post"), {}, number)


def _story(post: Json, state: Json) -> Item:
    item = _entry(post, state)
    item.kind = "post"
    item.text = titled(post.get("title"), dig(post, "previewContent", "subtitle"))
    return item


def _responses(story: Any, state: Json, root: str | None) -> Items:
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
