"""Virgool, the Persian publishing site: the comments below a post and their replies.

The drawn page is read by class names of a userstyle (about 2019) and by the addresses the service
gives comments; that it still looks so is unverified.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import attribute, found_in, landmarks, link_to, person, said, text_of, time_of

from .virgool_json import answered

PERMALINK = 'a[href*="/comment/"]'
SERVICE = "https://virgool.io/api2/app"


class Virgool(Platform):
    """Ids are the site's hashes: twelve letters and digits for posts, fifteen for comments."""

    name, label = "virgool", "Virgool"
    matches = ["https://virgool.io/*", "https://*.virgool.io/*"]
    items = [".comments .card-cm"]
    empty = [f".comments:not(:has({PERMALINK}))", "body:has(.page-feed)", "body:has(.page-home)"]
    responses = [f"{SERVICE}/posts/*/comments*", f"{SERVICE}/comments/*"]
    audience = "public"
    level = "documented"
    built_from = "recorded answers of the service, 2026; the drawn page is unverified"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from answered(fragment.json)
            return
        soup, marks = fragment.soup, landmarks(fragment.soup)
        permalinks = (a for a in soup.find_all("a") if "/comment/" in str(a.get("href")))
        address = attribute(next(permalinks, None), "href")
        yield Item(
            **said(marks.get(".cm-body")),
            id=found_in(r"/comment/([a-z0-9]+)", address),
            author=person(link_to(soup, r"/@(?!.*/comment/)"), r"/@([^/?#]+)"),
            published=time_of(soup.time) or text_of(marks.get(".user-info-time")) or None,
            url=address,
            root_id=found_in(r"-([a-z0-9]{12})(?:[?#]|$)", page.url),
        )


register_platforms = registering(Virgool)
