"""A comment on LinkedIn, by the URN it carries, in the present markup and the older one."""

from urllib.parse import quote

from earmark import Fragment, Item, Items
from earmark.markup import Element, attribute, first_mark, found_in, landmarks, text_of

from .linkedin_names import HANDLE, SITE, TEXT, author_of, likes_in, said_there

LONGEST_TIME = 20  # characters


def comment_in(area: Element, fragment: Fragment) -> Items:
    """The comment in `area`; a reply lies inside what it answers."""
    urn = attribute(area, "componentkey", "data-id", "id") or ""
    kind, post, key = (found_in(rf"\((?:urn:li:)?{part}\)", urn) for part in (
        r"(\w+):\d+,\d+", r"\w+:(\d+),\d+", r"\w+:\d+,(\d+)"))  # fmt: skip
    parts = landmarks(area)
    links = (a for a in area.find_all("a") if found_in(HANDLE, attribute(a, "href")))
    link = next((a for a in links if text_of(a)), None)
    body = first_mark(parts, TEXT, ".comments-comment-item__main-content")
    if key is None or body is None:
        return
    around = (found_in(r"urn:li:comment:\([^,]+,(\d+)\)", tag) for tag in fragment.ancestors)
    parent = next((number for number in around if number and number != key), None)
    yield Item(
        id=key,
        kind="reply" if parent else "comment",
        **said_there(body),
        author=author_of(link, text_of(parts.get(".comments-comment-meta__description-title"))),
        published=text_of(area.time) or _time_beside(area),
        edited=".comments-comment-meta__data--edited" in parts,
        url=f"{SITE}/feed/update/urn:li:{kind}:{post}/?commentUrn="
        + quote(f"urn:li:comment:({kind}:{post},{key})", safe=":(),"),
        parent_id=parent,
        root_id=post,
        likes=likes_in(area, parts, ".comments-comment-social-bar__reactions-count--cr"),
        replies=text_of(parts.get(".comments-comment-social-bar__replies-count--cr")) or None,
    )


def _time_beside(area: Element) -> str | None:
    """The first short text that begins with a number, outside links and buttons."""
    for line in (tag for tag in area.find_all(True) if tag.name in {"p", "span"}):
        text = line.get_text(" ", strip=True)
        if (
            text[:1].isdigit()
            and len(text) < LONGEST_TIME
            and not line.find_parent(["button", "a"])
        ):
            return str(text.split("•")[0].strip())
    return None
