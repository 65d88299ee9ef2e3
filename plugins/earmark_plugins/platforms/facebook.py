"""Facebook: posts, comments and replies on the web app, its signed-out pages and mbasic.

Built from a **real** signed-out page with JSON-LD (2020) and **real** mbasic pages (2021). What the
web app draws is **documented** (public readers' selectors and tests, 2024 to 2026): `role=article`,
`data-ad-rendering-role`, and addresses with `comment_id` and `reply_comment_id`. The button that
says that a comment was edited is **unverified**, known by its words; polls in groups are not read.
"""

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import Element, data_in

from .facebook_json import linked
from .facebook_mbasic import comment_on_mbasic, post_on_mbasic
from .facebook_web import comment_on_the_web, post_on_the_web

COMMENT = 'div[role="article"][aria-label]'
POST = 'div[role="article"]:not([aria-label])'
MBASIC_COMMENT = 'div[id]:has([id^="like_"]):not(:has(div[id]))'
PATHS = ("*/posts/*", "permalink.php*", "story.php*", "photo*", "*/photos/*", "*/videos/*",
         "watch*", "reel/*", "groups/*", "comment/replies/*", "")  # fmt: skip


class Facebook(Platform):
    """Comments have the same number everywhere; a reply's address names the comment it is under."""

    name, label = "facebook", "Facebook"
    matches = [f"https://*.facebook.com/{path}" for path in PATHS]
    items = [
        COMMENT,
        f'[role="feed"] {POST}',
        '[role="feed"] div[aria-posinset]:not([role="article"])',
        MBASIC_COMMENT,
        "article[data-ft]",
    ]
    context = [
        POST,
        'div[role="dialog"]:has([data-ad-rendering-role="story_message"])',
        '#m_story_permalink_view [data-ft*="top_level_post_id"]',
        'script[type="application/ld+json"]',
    ]
    empty = ["#login_form", '[data-testid="royal_login_form"]', "#login_popup_cta_form"]
    messages = ["https://*.facebook.com/messages*", "https://www.messenger.com/*"]
    level = "real"
    built_from = (
        "a signed-out page of 2020 and mbasic of 2021; the web app as public readers have it"
    )

    def parse(self, fragment: Fragment, page: Page) -> Items:
        root = fragment.soup.find(lambda tag: tag.name not in {"html", "body", "head"})
        if not isinstance(root, Element):
            return
        if root.name == "script":
            yield from linked(data_in(root))
        elif fragment.selector == MBASIC_COMMENT:
            yield from comment_on_mbasic(root, page)
        elif root.get("data-ft"):
            yield from post_on_mbasic(root)
        elif fragment.selector == COMMENT:
            yield from comment_on_the_web(root, page)
        else:
            yield from post_on_the_web(root, page)


register_platforms = registering(Facebook)
