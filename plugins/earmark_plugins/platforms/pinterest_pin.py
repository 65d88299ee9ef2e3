"""The pin whose page it is on Pinterest, in parts that lie beside each other."""

from earmark import Fragment, Item, Page
from earmark.markup import attribute, found_in, paragraphs, said_as, said_here, text_of

from .pinterest_json import HANDLE, SITE, author_of

TITLE, TEXT = '[data-test-id="pinTitle"]', '[data-test-id="truncated-description"]'
CREATOR, COUNT = '[data-test-id="creator-profile-link"]', "#comments-heading"


def _parts(page: Page, *selectors: str) -> list[Fragment]:
    return [part for part in page.context if part.selector in selectors]


def is_first_part(fragment: Fragment, page: Page) -> bool:
    """Whether it is the one part of several with which the pin is read."""
    return fragment is next(iter(_parts(page, TITLE, TEXT)), None)


def pin_of(page: Page, pin: str) -> Item:
    """The pin: its title above its description, and whoever put it there."""
    creator = next((part.soup.a for part in _parts(page, CREATOR)), None)
    spoken = [said_here(part.soup.body) for part in _parts(page, TITLE, TEXT)]
    said = said_as(paragraphs(*(part["text"] for part in spoken)))
    said["links"] = [link for part in spoken for link in part["links"]]
    return Item(
        id=pin,
        kind="post",
        **said,
        author=author_of(found_in(HANDLE, attribute(creator, "href")), text_of(creator)),
        url=f"{SITE}/pin/{pin}/",
        replies=comment_count(page),
    )


def comment_count(page: Page) -> str | None:
    """The heading with the number of comments, as shown."""
    return next((text_of(part.soup.body) for part in _parts(page, COUNT)), None)
