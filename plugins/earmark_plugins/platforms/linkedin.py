"""LinkedIn: posts in the feed and on their pages, comments and replies.

Built from the feed's **documented** structure of October 2026 (a page copied in structure),
comments as public readers found them after August 2026 (`replaceableComment_urn:li:comment:…`,
replies inside their parent) and the older `comments-comment-entity` markup that some still get.
Stable hooks: URNs, `data-testid`, `role=listitem`, profile addresses. Polls are those
of the older markup (readers of 2023 to 2025) and, without shares, of hooks seen in 2024.
"""

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import data_in

from .linkedin_comment import comment_in
from .linkedin_json import linked
from .linkedin_names import SITE
from .linkedin_post import post_in

COMMENT = '[componentkey^="replaceableComment_urn:li:comment:"]'
COMMENT_BY_ID = 'div[id^="replaceableComment_urn:li:comment:"]:not([componentkey])'
OLDER_COMMENT = "article.comments-comment-entity[data-id]"
FOCUS = '[componentkey^="update-card-focus"]'  # the post whose page it is
POST = f'[role="listitem"]:not({FOCUS}):has([data-testid="expandable-text-box"])'
OLDER_POST = 'div[data-urn^="urn:li:activity:"]'


class LinkedIn(Platform):
    """A post's page names it by number; in the feed most posts show only a hash of that."""

    name, label = "linkedin", "LinkedIn"
    matches = [
        f"{SITE}/{path}" for path in ("feed*", "posts/*", "pulse/*", "in/*/recent-activity/*",
                                      "company/*/posts*", "groups/*", "search/results/content*")
    ]  # fmt: skip
    items = [COMMENT, COMMENT_BY_ID, OLDER_COMMENT, POST, OLDER_POST]
    context = [FOCUS, 'script[type="application/ld+json"]']
    empty = ['form[action*="login-submit"]', '[data-test-id="cold-join"]', ".authwall-join-form"]
    messages = [f"{SITE}/messaging/*"]
    level = "documented"
    built_from = "the feed of October 2026, comments as public readers had them in August 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        area = fragment.soup.select_one("div, article, li, script")
        if area is None:
            return
        if area.name == "script":
            yield from linked(data_in(area), page)
        elif fragment.selector in {COMMENT, COMMENT_BY_ID, OLDER_COMMENT}:
            yield from comment_in(area, fragment)
        else:
            yield from post_in(area, page)


register_platforms = registering(LinkedIn)
