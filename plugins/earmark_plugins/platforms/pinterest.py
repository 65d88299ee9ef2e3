"""Pinterest: comments on pins and the pin itself, on every country's host.

Built from **documented** structure: the `data-test-id` hooks and the fields of
`UnifiedCommentsResource` and `AggregatedCommentReplyFeedResource` as public readers have them (2024
to 2026). The page shows no comment ids and no likes in words; the responses have them.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    found_in,
    hooks,
    link_to,
    said_here,
    text_of,
)

from .pinterest_json import HANDLE, RESOURCES, author_of, comments_in
from .pinterest_pin import COUNT, CREATOR, TEXT, TITLE, comment_count, is_first_part, pin_of

ENDS = ("com", "co.uk", "de", "fr", "es", "it", "pt", "at", "ch", "ca", "jp", "co.kr", "com.au",
        "co.nz", "com.mx", "cl", "se", "dk", "ie", "ph")  # fmt: skip
THREAD = '[data-test-id="commentThread-comment"]'
TIMES, LONGEST_TIME = {"div", "span", "time"}, 12  # elements, and characters


class Pinterest(Platform):
    """Comments belong to the pin of the page; replies are boxes of their own."""

    name, label = "pinterest", "Pinterest"
    matches = [f"https://*.pinterest.{end}/pin/*" for end in ENDS]
    items = [THREAD]
    context = [TITLE, TEXT, CREATOR, COUNT]
    empty = ['[data-test-id="fullPageSignupModal"]', '[data-test-id="login-signup-modal"]']
    responses = [
        f"https://*.pinterest.{end}/resource/{name}/get/*" for end in ENDS for name in RESOURCES
    ]
    audience = "public"
    level = "documented"
    built_from = "data-test-id hooks and response fields of public readers, 2024 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        pin = found_in(r"/pin/(?:[\w-]*--)?(\d+)", page.url)
        if fragment.kind == "response":
            yield from comments_in(fragment, pin)
        elif fragment.kind == "element":
            yield from _comment(fragment.soup, pin)
        elif pin and is_first_part(fragment, page):
            yield pin_of(page, pin)

    def expected(self, page: Page) -> str | None:
        return comment_count(page)


def _comment(area: Element, pin: str | None) -> Items:
    body = next(iter(hooks(area, "data-test-id").get("text-container", [])), None)
    link = link_to(area, HANDLE)
    if body is None or link is None:
        return
    pictures = (str(image.get("src")) for image in area.find_all("img"))
    yield Item(
        **said_here(body),
        author=author_of(found_in(HANDLE, attribute(link, "href")), text_of(link)),
        published=_time(area, body),
        root_id=pin,
        media=[src for src in pictures if "/originals/" in src or "/564x/" in src],
    )


def _time(area: Element, body: Element) -> str | None:
    """The first short text of its own that begins with a number, outside of what is said."""
    said = {id(tag) for tag in (body, *body.find_all(True))}
    outside = (tag for tag in area.find_all(True) if tag.name in TIMES and id(tag) not in said)
    texts = ((tag.string or "").strip() for tag in outside)
    return next((t for t in texts if t[:1].isdigit() and len(t) < LONGEST_TIME), None)


register_platforms = registering(Pinterest)
