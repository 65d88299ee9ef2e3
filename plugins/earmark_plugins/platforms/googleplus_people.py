"""What Google+ archives share in HTML and in JSON: addresses, people and how they are mentioned."""

from earmark import Author
from earmark.markup import Element, Said, found_in, said, text_of


def activity(url: str | None) -> str | None:
    """A post's id, which is the one in its address."""
    return found_in(r"/posts/([^/?#]+)", url)


def author(name: str | None, url: str | None) -> Author:
    """Whoever has the name and the profile: with a number, or later with a word behind `+`."""
    return Author(
        id=found_in(r"plus\.google\.com/(\d+)", url),
        handle=found_in(r"plus\.google\.com/\+([^/?#]+)", url),
        name=name,
        url=url,
    )


def spoken(content: Element | None) -> Said:
    """People are mentioned by their names, behind a plus sign."""
    words = said(content)
    words["mentions"] = [text_of(name) for name in content.select(".proflink")] if content else []
    return words
