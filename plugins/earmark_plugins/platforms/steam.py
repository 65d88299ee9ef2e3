"""Steam: reviews in the store and the community hub, and discussions.

Built from **documented** structure: classes and attributes quoted in public readers (2023 to 2026)
and the store's described review API (`appreviews`). The store's newest review section has no stable
markup: there the JSON responses carry the reviews. Stable hooks: ids, permalinks, `data-timestamp`.
"""

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import landmarks

from .steam_discussions import comment, topic
from .steam_json import reviews_in
from .steam_people import COMMUNITY
from .steam_reviews import review


class Steam(Platform):
    """A review is recommended (1 of 1) or not (0 of 1). In discussions all answer the topic."""

    name, label = "steam", "Steam"
    matches = [
        "https://store.steampowered.com/app/*",
        *(
            f"{COMMUNITY}/app/*/{kind}*"
            for kind in ("reviews", "positivereviews", "negativereviews")
        ),
        f"{COMMUNITY}/app/*/discussions/*",
    ]
    items = [
        ".apphub_Card[data-modal-content-url*='/recommended/']",
        ".review_box:has(a.vote_header)",
        ".commentthread_comment[id^='comment_']",
    ]
    context = ["div:has(> .forum_op)"]
    empty = [
        ".forum_topics_container",  # a list of topics has no comments itself
        ".commentthread_comments:not(:has(*))",
        ".noReviewsYetTitle",
        "#app_agegate",
    ]
    responses = [
        "https://store.steampowered.com/appreviews/*",
        "https://store.steampowered.com/ajaxappreviews/*",
    ]
    audience = "public"
    level = "documented"
    built_from = "public readers of 2023 to 2026, the described review API"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from reviews_in(fragment.json, fragment.url)
        elif fragment.kind == "context":
            yield topic(fragment.soup, page)
        else:
            marks = landmarks(fragment.soup)
            if answer := marks.get(".commentthread_comment"):
                yield comment(answer, marks, page)
            elif card := marks.get(".apphub_Card") or marks.get(".review_box"):
                yield review(card, marks)


register_platforms = registering(Steam)
