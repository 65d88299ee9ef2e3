"""X, formerly Twitter: posts, replies, articles and polls on the web app.

Built from **real** articles (`[data-testid=tweet]`, October 2025 and January 2026); poll cards, the
list around the articles and the JSON of `TweetDetail` are **documented** (public readers' sources
and tests, 2025 and 2026). Stable hooks: `data-testid`, `time[datetime]`, addresses of posts.
"""

from earmark import Fragment, Items, Page, Platform, registering
from earmark.markup import Element, found_in

from .x_json import posts_in
from .x_post import linked_time, post_in

FOCUS = 'article[data-testid="tweet"][tabindex="-1"]'  # the post whose page it is
POST = 'article[data-testid="tweet"]:not([tabindex="-1"])'
CELL = '[data-testid="cellInnerDiv"]'
BELOW_THE_POST = f"{CELL}:has({FOCUS}) ~ {CELL} {POST}"
UNDER_A_HEADING = f"{CELL}:has(h2) ~ {CELL} {POST}"
HOSTS = ("x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com")
PAGES = ("*/status/*", "*/article/*", "home", "search*", "notifications*", "hashtag/*",
         "i/lists/*", "i/communities/*", "*/with_replies")  # fmt: skip


class X(Platform):
    """A post's page shows its answers below it; what comes after a heading is no answer.

    An answer joined to the one above by a line answers that one: only the JSON says which it is.
    """

    name, label = "x", "X"
    matches = [f"https://{host}/{path}" for host in HOSTS for path in PAGES]
    items = [UNDER_A_HEADING, BELOW_THE_POST, POST]
    context = [FOCUS]
    empty = ['[data-testid="error-detail"]', '[data-testid="emptyState"]', 'a[data-testid="login"]']
    messages = [f"https://{host}/{path}" for host in HOSTS for path in ("messages*", "i/chat*")]
    responses = [
        f"https://{base}/graphql/*/{name}*"
        for base in ("x.com/i/api", "twitter.com/i/api", "api.x.com")
        for name in ("TweetDetail", "TweetResultByRestId", "SearchTimeline")
    ]
    level = "real"
    built_from = "articles of 2025 and 2026; polls and responses as public readers have them"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from posts_in(fragment.json)
            return
        article = fragment.soup.article
        time = linked_time(article) if article else None
        if article is None or time is None:  # an advertisement has no time and no address
            return
        focus = found_in(r"/(?:status|article)/(\d+)", page.url)
        joined = _is_joined(article)
        below = fragment.selector == BELOW_THE_POST
        item = post_in(article, time, focus if below and not joined else None)
        item.kind = "reply" if below or joined else item.kind
        yield item


def _is_joined(article: Element) -> bool:
    """Whether a line comes down from the post above: then the row over the names has two parts."""
    row: Element | None = article
    for _ in range(4):
        row = next((t for t in row.find_all("div", recursive=False)), None) if row else None
    parts = row.find_all("div", recursive=False) if row else []
    return len(parts) > 1 and not any(tag.find(attrs={"data-testid": True}) for tag in parts)


register_platforms = registering(X)
