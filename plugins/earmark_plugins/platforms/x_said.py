"""What is said in a post on X, an article of its own included, and by whom."""

from earmark import Author
from earmark.markup import Element, Said, as_typed, paragraphs, said_here, text_of

from .x_json import SITE

Parts = dict[str, list[Element]]


def first_of(parts: Parts, *names: str) -> Element | None:
    """The first part with one of these names, in the order of the names."""
    return next((parts[name][0] for name in names if name in parts), None)


def said_in(parts: Parts) -> Said:
    """The post's own text, not that of a post quoted; of an article the title and what is shown."""
    texts = [*parts.get("tweetText", []), *parts.get("twitterArticleReadView", [])]
    body = next((text for text in texts if text.find_parent("div", role="link") is None), None)
    if body is None or body["data-testid"] == "tweetText":
        return said_here(as_typed(body))
    spoken = said_here(first_of(parts, "twitterArticleRichTextView"))
    title = text_of(first_of(parts, "twitter-article-title"))
    spoken["text"] = paragraphs(title, spoken["text"])
    return spoken


def author_of(names: Element | None) -> Author | None:
    """Who is named above the text."""
    link = names.find("a", href=True) if names is not None else None
    if not isinstance(link, Element):
        return None
    handle = str(link["href"]).strip("/").rpartition("/")[2]
    return Author(handle=handle, name=text_of(link) or None, url=f"{SITE}/{handle}")
