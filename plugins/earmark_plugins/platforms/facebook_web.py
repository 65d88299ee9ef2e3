"""Facebook as the web app draws it: roles, the parts of a post by name, and telling addresses."""

from earmark import Item, Items, Page
from earmark.markup import Element, attribute, found_in, hooks, text_of

from .facebook_names import comment_ids, person, site_url
from .facebook_said import audience_in, is_edited, said_there

POST_KEY = r"(?:/posts/|/permalink/|story_fbid=|/videos/)(?:[^/?]*/)?(\w+)"
POST_LINK = ("/posts/", "/permalink", "story_fbid=", "/videos/")


def comment_on_the_web(article: Element, page: Page) -> Items:
    """The comment in `article`, numbered by the address below it; that is its last link there."""
    links = [a for a in article.find_all("a") if a.has_attr("href")]
    times = [a for a in links if "comment_id=" in str(a["href"]) and text_of(a)]
    ids = comment_ids(str(times[-1]["href"])) if times else None
    if ids is None:
        return
    first = next((div for div in article.find_all("div") if div.get("dir") == "auto"), None)
    yield Item(
        id=ids.comment,
        kind="reply" if ids.parent else "comment",
        **said_there(first and (first.find_parent("span") or first)),
        author=person(times[0] if len(times) > 1 else links[0]),
        published=text_of(times[-1]),
        edited=any(is_edited(text_of(b)) for b in hooks(article, "role").get("button", [])),
        url=site_url(str(times[-1]["href"])),
        parent_id=ids.parent,
        root_id=ids.post,
        audience="group" if "/groups/" in page.url else "unknown",
        likes=_reactions(article),
        media=_pictures(links),
    )


def _reactions(article: Element) -> str | None:
    """The one button whose label begins with a number, in every language."""
    labels = (attribute(b, "aria-label") or "" for b in hooks(article, "role").get("button", []))
    return next((label for label in labels if label[:1].isdigit()), None)


def _pictures(links: list[Element]) -> list[str]:
    shown = (image for a in links if "/photo" in str(a["href"]) for image in a.find_all("img"))
    return [str(image["src"]) for image in shown if image.has_attr("src")]


def post_on_the_web(area: Element, page: Page) -> Items:
    """The post in `area`: a dialog's, a feed's, or the page's own."""
    parts = {name: tags[0] for name, tags in hooks(area, "data-ad-rendering-role").items()}
    story = parts.get("story_message") or area.find(attrs={"data-ad-preview": "message"})
    links = [a for a in area.find_all("a") if a.has_attr("href")]
    link = next((a for a in links if any(part in a["href"] for part in POST_LINK)), None)
    address = str(link["href"]) if link else page.url
    key = found_in(POST_KEY, address)
    if not isinstance(story, Element) or key is None:
        return
    profile = parts.get("profile_name")
    titles = [drawing.title for drawing in area.find_all("svg") if drawing.title]
    yield Item(
        id=key,
        kind="post",
        **said_there(story),
        author=person(profile.a) if profile else None,
        published=text_of(link) or None,
        url=site_url(address),
        audience="group" if "/groups/" in address else audience_in(titles),
        likes=_counted(parts.get("like_button")),
        replies=_comment_count(area, parts.get("comment_button")),
        shares=_counted(parts.get("share_button")),
        media=_pictures(links),
    )


def _counted(mark: Element | None) -> str | None:
    """The number on the button that bears the mark, in it or beside it."""
    button = mark.find_parent(attrs={"role": "button"}) if mark else None
    shown = text_of(button or mark)
    return shown if any(c.isdigit() for c in shown) else None


def _comment_count(area: Element, mark: Element | None) -> str | None:
    """The number on the button to comment; without any there or on a line above it, none yet."""
    if mark is None:
        return None
    if shown := _counted(mark):
        return shown
    others = hooks(area, "role").get("button", [])
    counted = any(text_of(b)[:1].isdigit() for b in others if not b.find(_is_of_the_bar))
    return None if counted else "0"


def _is_of_the_bar(tag: Element) -> bool:
    return tag.has_attr("data-ad-rendering-role")
