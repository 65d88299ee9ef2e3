"""What platform files share: reading attributes, links, times and people out of markup and JSON.

Each answers None (or an empty list) where the page shows nothing, so that a plugin need not ask
first. All work on one fragment; none looks at anything outside it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypedDict
from urllib.parse import SplitResult, urljoin, urlsplit

from bs4 import Tag

from .model import Author, Fragment, ItemKind, Poll, PollOption, Rating
from .parse.slicing import ASSIGNED
from .parse.text import found_all, tags_in, text_of

__all__ = [
    "Answering",
    "Element",
    "Said",
    "address_parts",
    "answering",
    "as_typed",
    "attribute",
    "data_in",
    "dig",
    "elements_called",
    "enclosing",
    "first_attribute",
    "first_element",
    "first_mark",
    "first_text",
    "found_in",
    "hashtags_in",
    "hooks",
    "id_of",
    "landmarks",
    "link_to",
    "links_in",
    "member",
    "mentions_in",
    "named",
    "numbered",
    "objects_with",
    "of_class",
    "outermost",
    "paragraphs",
    "person",
    "poll_in",
    "poll_of",
    "rating_in",
    "rating_of",
    "said",
    "said_as",
    "said_here",
    "share_in",
    "text_of",
    "time_of",
    "titled",
    "with_classes",
]

_HASHTAG = re.compile(r"(?<![\w&/#])[#＃](\w*[^\W\d]\w*)")
_LETTER = r"\w\u0900-\u0963\u0966-\u0eff"  # the vowel signs of India and Thailand are no \w
_MENTION = re.compile(
    rf"(?<![{_LETTER}/@.])@((?=[{_LETTER}])(?:[{_LETTER}.\u200c-]*[{_LETTER}])(?:@[\w.-]+\.\w+)?)"
)
_NUMBER = re.compile(r"\d+(?:[.,٫]\d+)?")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*[%٪]")
_LANDMARKS = {"data-role", "data-test", "data-testid", "itemprop", "role", "slot"}
_AROUND = {"html", "head", "body"}  # the parser puts every fragment into a document
_TIMES = ("datetime", "data-utime", "data-time", "data-timestamp", "content", "title")


Element = Tag  # of Beautiful Soup; Earmark's own Tag is one on an item


class Said(TypedDict):
    """What somebody said, as the keyword arguments of an `Item`."""

    text: str
    links: list[str]
    mentions: list[str]
    hashtags: list[str]


class Answering(TypedDict):
    """What an item answers, as the keyword arguments of an `Item`."""

    kind: ItemKind
    parent_id: str | None
    root_id: str | None


def answering(key: str | None, kind: ItemKind = "reply") -> Answering:
    """That an item is said right below what `key` names: `Item(**answering(review_id), …)`."""
    return Answering(kind=kind, parent_id=key, root_id=key)


def said(tag: Tag | None, drop: str = "") -> Said:
    """The text of `tag` with its links, mentions and hashtags: `Item(**said(body), …)`.

    `drop` is CSS for what in it is interface, as for `text_of`.
    """
    text = text_of(tag, drop)
    return Said(
        text=text, links=links_in(tag, drop), mentions=mentions_in(text), hashtags=hashtags_in(text)
    )


def said_here(tag: Tag | None, drop: str = "") -> Said:
    """`said` without the links that stay on the site, as names and hashtags are written there."""
    spoken = said(tag, drop)
    spoken["links"] = [link for link in spoken["links"] if "://" in link]
    return spoken


def said_as(text: Any) -> Said:
    """The same for plain text, as JSON responses have it; what is no text there says nothing."""
    text = text if isinstance(text, str) else ""
    return Said(text=text, links=[], mentions=mentions_in(text), hashtags=hashtags_in(text))


def paragraphs(*parts: Any) -> str:
    """Those of the texts that are there, an empty line between them: a title above its text."""
    return "\n\n".join(part for part in parts if part and isinstance(part, str))


def titled(title: str | None, text: str | None) -> str:
    """A text below its title; a title that only repeats how the text begins is left out."""
    own = "" if (text or "").startswith((title or "").rstrip(".… ")) else title
    return paragraphs(own, text) or title or ""


def as_typed(tag: Tag | None) -> Tag | None:
    """`tag`, to be read with its line ends as they are (CSS `white-space: pre-wrap`).

    Blocks inside it are taken for wrappers, as such pages use them around names and links.
    """
    if tag is not None:
        tag.name = "pre"
        for block in tag.find_all("div"):
            block.name = "span"
    return tag


def outermost(fragment: Fragment) -> Tag | None:
    """The element that was cut out: the one that a selector of `items` found."""
    inside = tags_in(fragment.soup)
    return next((tag for tag in inside if tag.name not in _AROUND), None)


def landmarks(tag: Tag | None) -> dict[str, Tag]:
    """The first element of each class, id, role and property inside `tag`.

    Keys are `.author`, `#body`, `[data-role=message]`, `[itemprop=name]`, `[data-testid=text]`,
    `[data-test=text]`, `[role=article]`, `[slot=comment]`. One walk, where a `select_one` for each
    would be a walk for each.
    """
    found: dict[str, Tag] = {}
    for inner in tags_in(tag) if tag is not None else ():
        for name in inner.attrs.get("class", ()):
            found.setdefault(f".{name}", inner)
        for name in _LANDMARKS & inner.attrs.keys():
            found.setdefault(f"[{name}={inner[name]}]", inner)
        if "id" in inner.attrs:
            found.setdefault(f"#{inner['id']}", inner)
    return found


def first_mark(marks: dict[str, Tag], *keys: str) -> Tag | None:
    """The first of these landmarks that is there."""
    return next((marks[key] for key in keys if key in marks), None)


def of_class(tag: Tag | None, name: str, css_class: str) -> list[Tag]:
    """The elements called `name` inside `tag` that have the class: a plain `select`, but quick."""
    return [inner for inner in with_classes(tag, css_class) if inner.name == name]


def with_classes(tag: Tag | None, *classes: str) -> list[Tag]:
    """The elements inside `tag` that have all the classes: a plain `select`, but quick."""
    asked, inside = set(classes), tags_in(tag) if tag is not None else ()
    return [inner for inner in inside if asked.issubset(inner.attrs.get("class", ()))]


def hooks(tag: Tag | None, name: str) -> dict[str, list[Tag]]:
    """The elements inside `tag` by the value of their attribute `name`, found in one walk."""
    found: dict[str, list[Tag]] = {}
    for inner in tags_in(tag) if tag is not None else ():
        if value := inner.attrs.get(name):
            found.setdefault(str(value), []).append(inner)
    return found


def attribute(tag: Tag | None, *names: str) -> str | None:
    """The first of the attributes that `tag` has with a value."""
    if tag is None:
        return None
    for name in names:
        if value := str(tag.attrs.get(name) or "").strip():
            return value
    return None


def address_parts(address: str, base: str = "") -> SplitResult:
    """The parts of an address as linked to on the page `base`; empty ones of what is none (“//[”).

    `urlsplit` raises there, and one comment's link would cost all that its fragment says.
    """
    try:
        return urlsplit(urljoin(base, address))
    except ValueError:
        return urlsplit("")


def first_element(tag: Tag | None, name: str) -> Tag | None:
    """The first element called `name` inside `tag`: `tag.find(name)`, but quick."""
    return next(elements_called(tag, name), None)


def elements_called(tag: Tag | None, *names: str) -> Iterator[Tag]:
    """The elements inside `tag` with one of these names: `tag.find_all(names)`, but quick."""
    return (inner for inner in (tags_in(tag) if tag is not None else ()) if inner.name in names)


def first_text(tag: Tag | None, *selectors: str, drop: str = "") -> str | None:
    """The text of the first selector's element that has one."""
    if tag is None:
        return None
    return next((text for css in selectors if (text := text_of(tag.select_one(css), drop))), None)


def first_attribute(tag: Tag | None, selector: str, *names: str) -> str | None:
    """An attribute of the first element that the selector finds: an address, an id."""
    return attribute(tag.select_one(selector), *names) if tag is not None else None


def link_to(tag: Tag | None, address: str) -> Tag | None:
    """The first link to an address with `address` (a regular expression) in it that shows text.

    The link around somebody's picture leads to the same place and shows none: it counts only where
    there is no other.
    """
    links = [a for a in elements_called(tag, "a") if re.search(address, str(a.get("href") or ""))]
    return next(filter(text_of, links), next(iter(links), None))


def time_of(tag: Tag | None) -> str | None:
    """The time an element shows: for machines where it is written so, else as people read it."""
    if tag is None:
        return None
    return attribute(tag, *_TIMES) or text_of(tag) or None


def links_in(tag: Tag | None, drop: str = "") -> list[str]:
    """The addresses linked to, without jumps inside the page; `drop` as for `text_of`."""
    anchors = [a for a in elements_called(tag, "a") if a.has_attr("href")]
    if tag is None or not anchors:
        return []
    dropped = found_all(tag, drop) if drop else []
    left_out = {id(a) for part in dropped for a in (part, *part.find_all("a"))}
    hrefs = (str(a["href"]) for a in anchors if id(a) not in left_out)
    return [href for href in hrefs if not href.startswith(("#", "javascript:"))]


def mentions_in(text: str) -> list[str]:
    """The handles a text names with `@`, in any script, without the sign; no mail addresses."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def hashtags_in(text: str) -> list[str]:
    """The hashtags of a text, in any script, without the sign."""
    return list(dict.fromkeys(_HASHTAG.findall(text)))


def person(
    link: Tag | None, handle: str = "", *, id: str = "", name: str | None = None
) -> Author | None:
    """Whoever a link leads to: with the name it shows, or `name`, and its address.

    `handle` and `id` are regular expressions whose first group stands in the address. None where
    there is neither a name nor a handle nor an id.
    """
    address = attribute(link, "href")
    found = Author(
        id=found_in(id, address) if id else None,
        handle=found_in(handle, address) if handle else None,
        name=name or text_of(link) or None,
        url=address,
    )
    return found if found.id or found.handle or found.name else None


def member(user: Tag | None, id: str = "", shown: str | None = None) -> Author | None:
    """Whoever wrote in a forum, where the name shown, or `shown`, is the handle.

    `user` is the linked name; `id` is a regular expression whose first group stands in its address.
    """
    address, handle = attribute(user, "href"), shown or text_of(user)
    number = found_in(id, address) if id else None
    return Author(id=number, handle=handle, url=address) if handle else None


def named(name: str | None) -> Author | None:
    """An author of whom only a name is shown; None without one."""
    return Author(name=name) if name else None


def found_in(pattern: str, text: str | None) -> str | None:
    """The first group of a regular expression in an address or an attribute."""
    found = re.search(pattern, text or "")
    return found[1] if found else None


def numbered(prefix: str, pattern: str, *places: str | None) -> str | None:
    """`prefix` with the first group of `pattern` in the first place that has it: “topic-17”.

    What the root of a thread is called, by its own address or by a link to it.
    """
    number = next(filter(None, (found_in(pattern, place) for place in places)), None)
    return f"{prefix}{number}" if number else None


def id_of(prefix: str, key: Any, suffix: str = "") -> str | None:
    """An id that a site's own key stands in: “question/17”, “17/reply”; None where it has none.

    Of all without a key, an id made of nothing would make one.
    """
    return None if key in (None, "") else f"{prefix}{key}{suffix}"


def rating_in(label: str | None, best: float = 5) -> Rating | None:
    """The rating in a label, in any words and digits: “4,5 von 5”, «۴ از ۵», “5つ星のうち4”.

    Where the label also names the best there is, in either order, the rating is the smaller number.
    """
    shown = (number.replace(",", ".").replace("٫", ".") for number in _NUMBER.findall(label or ""))
    value = min(map(float, shown), default=None)
    return Rating(value, best) if value is not None and value <= best else None


def share_in(label: str | None) -> float | None:
    """The share that a label or a bar's style names in per cent, from 0 to 1."""
    found = _PERCENT.search(label or "")
    return float(found[1].replace(",", ".")) / 100 if found else None


def rating_of(stars: Any, best: float = 5) -> Rating | None:
    """The rating that JSON has as a number; none and 0 mean that nobody rated."""
    return Rating(stars, best) if stars else None


def poll_of(options: Iterable[tuple[str, str | None]]) -> Poll | None:
    """A poll by its options: what each offers, and the label that names its share."""
    offered = [PollOption(offer, share_in(label)) for offer, label in options]
    return Poll(offered) if offered else None


def poll_in(
    area: Tag, choices: str, offer: str, *, votes: str = "", share: str = "", total: str = ""
) -> Poll | None:
    """The poll drawn in `area`, by CSS: `choices` are its options, `total` says how many voted.

    Within an option `offer` has its words, `votes` how many and `share` how many per cent took it.
    """
    options = [
        PollOption(
            label,
            votes=first_text(choice, votes) if votes else None,
            share=share_in(first_text(choice, share)) if share else None,
        )
        for choice in area.select(choices)
        if (label := first_text(choice, offer))
    ]
    return Poll(options, first_text(area, total) if total else None) if options else None


def enclosing(fragment: Fragment, pattern: str) -> str | None:
    """The first group of `pattern` in the nearest enclosing opening tag that has it."""
    return next(filter(None, (found_in(pattern, tag) for tag in fragment.ancestors)), None)


def data_in(script: Tag | None) -> Any:
    """The JSON in a data script, also where it is given to a global name; None without any."""
    text = script.string if script is not None else None
    try:
        return json.loads(ASSIGNED.sub("", text or "", count=1).rstrip().rstrip(";"))
    except ValueError:
        return None


def dig(value: Any, *path: str | int) -> Any:
    """The value at a path of keys and positions in JSON; None where the path ends early."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def objects_with(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every object in JSON, however deep, that has `key`; in the order of the document."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if key in node:
                yield node
            stack.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            stack.extend(reversed(node))
