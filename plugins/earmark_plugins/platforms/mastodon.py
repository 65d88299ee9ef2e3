"""Mastodon and its kin, on any host: what the web apps draw, and the API they ask.

Built from **documented** structure: the public sources of Mastodon's web app and of Pleroma-FE
(2024 to 2026), Mastodon's older public pages, and the API's documentation. Stable hooks:
`data-id`, `time[datetime]`, addresses of posts. Misskey's hashed class names give no hold.
"""

from earmark import Fragment, Items, Page, Platform, registering

from .mastodon_json import posts_in
from .mastodon_pleroma import post_in_pleroma
from .mastodon_status import post_in

STATUS, OLDER, FOCUS = ".status[data-id]", ".entry .status", ".detailed-status"
PLEROMA = "article.Status"


class Mastodon(Platform):
    """Ids are the host's own; the page shows that a post answers one, the API which."""

    name, label = "mastodon", "Mastodon"
    markers = [
        "#mastodon",
        'meta[name="generator"][content^="Mastodon"]',
        ".activity-stream .entry",
        "article.Status .status-container",
    ]
    items = [STATUS, OLDER, PLEROMA]
    context = [FOCUS]
    empty = [".empty-column-indicator", ".error-column", ".regeneration-indicator"]
    responses = ["https://*/api/v1/statuses/*"]
    level = "documented"
    built_from = "the web apps' public sources, 2024 to 2026, and the API's documentation"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        area = fragment.soup.article or fragment.soup.div
        if fragment.kind == "response":
            yield from posts_in(fragment.json, fragment.url)
        elif area is None:
            return
        elif fragment.selector == PLEROMA:
            yield from post_in_pleroma(area)
        else:
            yield from post_in(area, fragment)


register_platforms = registering(Mastodon)
