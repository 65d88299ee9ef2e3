"""Medium: the responses to a story, on medium.com and on publications' own domains.

How the drawn page nests the links that copies of pages show is not told, so they are read in the
order they stand in.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import Element, data_in, found_in, person, said, text_of

from .medium_json import answered, stated

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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        number = _number(page.url)
        if fragment.kind == "element":
            yield from _drawn(fragment.soup, number)
        elif fragment.kind == "response":
            yield from answered(fragment.json, number)
        else:
            yield from stated(data_in(fragment.soup.script), number)


def _drawn(soup: Element, story: str | None) -> Items:
    """Of each response its author's link, its own link and its text, in this order."""
    author, permalink = None, None
    for part in soup.select(f"{LINK}, pre"):
        if part.name == "pre" and permalink is not None:
            item = _shown(author, permalink, part)
            item.root_id = story
            yield item
            permalink = None
        elif part.name == "a" and text_of(part):
            own = _number(str(part["href"])) is not None
            author, permalink = (author, part) if own else (part, permalink)


def _shown(author: Element | None, permalink: Element, body: Element) -> Item:
    for link in filter(None, (author, permalink)):
        link["href"] = str(link["href"]).partition("?")[0]
    return Item(
        **said(body),
        id=_number(str(permalink["href"])),
        author=person(author, r"/@([^/?#]+)"),
        published=text_of(permalink),
        url=str(permalink["href"]),
    )


def _number(url: str | None) -> str | None:
    return found_in(r"(?:-|/p/)([0-9a-f]{8,12})(?:[?#]|$)", url)


register_platforms = registering(Medium)
