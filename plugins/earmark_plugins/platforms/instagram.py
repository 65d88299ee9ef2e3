"""Instagram: captions, comments and replies on posts and reels, polls in stories.

Built from a **real** page of 2019 (`window._sharedData`) and a **real** response of 2022; comments
as drawn now, comment and story responses are **documented** (public readers' sources, probes and
recordings, 2025 and 2026), polls in stories by readers of older responses. Stable
hooks: `/c/` and `/r/` in comments' addresses, `time`, the avatar beside a text.
"""

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import data_in, found_in

from .instagram_drawn import CODE, caption_in, comment_in
from .instagram_json import said_in

BESIDE_AN_AVATAR = "div:has(img):not(:has(time)) + div"
COMMENT = f'{BESIDE_AN_AVATAR}:has(a[href*="/c/"])'
CAPTION = f'{BESIDE_AN_AVATAR}:has(time):not(:has(a[href*="/c/"]))'


class Instagram(Platform):
    """Posts go by the short code of their address, comments by their number."""

    name, label = "instagram", "Instagram"
    matches = [
        f"https://www.instagram.com/{path}"
        for path in ("p/*", "*/p/*", "reel/*", "*/reel/*", "reels/*", "tv/*", "stories/*")
    ]
    items = [COMMENT]
    context = [CAPTION, 'script[type="text/javascript"]']
    empty = ["#loginForm", 'form:has(input[name="username"]):has(input[type="password"])']
    responses = [
        f"https://www.instagram.com/{path}"
        for path in (
            "api/graphql*",
            "graphql/query*",
            "api/v1/media/*",
            "api/v1/feed/reels_media/*",
        )
    ]
    messages = ["https://www.instagram.com/direct/*"]
    level = "real"
    built_from = "a page of 2019, a response of 2022; the present site as public readers have it"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        code = found_in(CODE, page.url)
        if fragment.kind == "response":
            yield from said_in(fragment.json, code)
            return
        script, area = fragment.soup.script, fragment.soup.div
        if script is not None:
            yield from said_in(data_in(script), code)
        elif area is not None and fragment.kind == "element":
            yield from comment_in(area)
        elif area is not None and code:
            yield from caption_in(area, code)


register_platforms = registering(Instagram)
