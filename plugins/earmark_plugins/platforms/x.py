"""X, formerly Twitter: posts, replies, articles and polls on the web app.

Built from **real** articles (`[data-testid=tweet]`, October 2025 and January 2026); poll cards, the
list around the articles and the JSON of `TweetDetail` are **documented** (public readers' sources
and tests, 2025 and 2026). Stable hooks: `data-testid`, `time[datetime]`, addresses of posts.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import (
    Author,
    Fragment,
    Item,
    Page,
    Platform,
    Poll,
    PollOption,
    Said,
    as_typed,
    attribute,
    first_attribute,
    found_in,
    registering,
    said,
    text_of,
)  # fmt: skip

from .x_json import SITE, posts_in

FOCUS = 'article[data-testid="tweet"][tabindex="-1"]'  # the post whose page it is
POST = 'article[data-testid="tweet"]:not([tabindex="-1"])'
CELL = '[data-testid="cellInnerDiv"]'
BELOW_THE_POST = f"{CELL}:has({FOCUS}) ~ {CELL} {POST}"
UNDER_A_HEADING = f"{CELL}:has(h2) ~ {CELL} {POST}"
HOSTS = ("x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com")
PAGES = ("*/status/*", "*/article/*", "home", "search*", "notifications*", "hashtag/*",
         "i/lists/*", "i/communities/*", "*/with_replies")  # fmt: skip
QUOTED = "div[role=link]"


class X(Platform):
    """A post's page shows its answers below it; what comes after a heading is no answer.

    An answer joined to the one above by a line answers that one: only the JSON says which it is.
    """

    name, label = "x", "X"
    matches = [f"https://{host}/{path}" for host in HOSTS for path in PAGES]
    items = [UNDER_A_HEADING, BELOW_THE_POST, POST]
    context = [FOCUS]
    empty = ['[data-testid="error-detail"]', '[data-testid="emptyState"]', 'a[data-testid="login"]']
    responses = [
        f"https://{base}/graphql/*/{name}*"
        for base in ("x.com/i/api", "twitter.com/i/api", "api.x.com")
        for name in ("TweetDetail", "TweetResultByRestId", "SearchTimeline")
    ]
    level = "real"
    built_from = "articles of 2025 and 2026; polls and responses as public readers have them"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from posts_in(fragment.json)
            return
        article = fragment.soup.select_one("article")
        address = first_attribute(article, "a[href]:has(> time)", "href")
        if article is None or address is None:  # an advertisement has no time and no address
            return
        focus = found_in(r"/(?:status|article)/(\d+)", page.url)
        joined = _is_joined(article)
        below = fragment.selector == BELOW_THE_POST
        item = _post(article, address, focus if below and not joined else None)
        item.kind = "reply" if below or joined else item.kind
        yield item


def _post(article: Tag, address: str, parent: str | None) -> Item:
    hooks = {str(tag["data-testid"]): tag for tag in reversed(article.select("[data-testid]"))}
    poll = _poll(hooks.get("cardPoll"))
    return Item(
        id=found_in(r"/status/(\d+)", address),
        kind="poll" if poll else "post",
        **_said(article),
        truncated="tweet-text-show-more-link" in hooks,
        author=_author(hooks.get("User-Name")),
        published=first_attribute(article, "a[href] > time", "datetime"),
        edited=article.select_one('a[href$="/history"]') is not None,
        url=f"{SITE}{address}",
        parent_id=parent,
        audience="private" if "icon-lock" in hooks else "public",
        likes=attribute(hooks.get("like") or hooks.get("unlike"), "aria-label"),
        replies=attribute(hooks.get("reply"), "aria-label"),
        shares=attribute(hooks.get("retweet") or hooks.get("unretweet"), "aria-label"),
        views=_views(article),
        poll=poll,
        media=[
            str(image["src"]) for image in article.select('[data-testid="tweetPhoto"] img[src]')
        ],
    )


def _said(article: Tag) -> Said:
    texts = article.select('[data-testid="tweetText"], [data-testid="twitterArticleReadView"]')
    body = next((text for text in texts if text.find_parent("div", role="link") is None), None)
    if body is None or body["data-testid"] == "tweetText":
        spoken = said(as_typed(body))
    else:
        spoken = said(body.select_one('[data-testid="twitterArticleRichTextView"]'))
        title = text_of(body.select_one('[data-testid="twitter-article-title"]'))
        spoken["text"] = f"{title}\n\n{spoken['text']}".strip()
    spoken["links"] = [link for link in spoken["links"] if link.startswith("http")]
    return spoken


def _author(names: Tag | None) -> Author | None:
    link = names.select_one("a[href]") if names is not None else None
    if link is None:
        return None
    handle = str(link["href"]).strip("/").rpartition("/")[2]
    return Author(handle=handle, name=text_of(link) or None, url=f"{SITE}/{handle}")


def _is_joined(article: Tag) -> bool:
    """Whether a line comes down from the post above: then the row over the names has two parts."""
    row = article.select_one(f":scope > div > div > div:not(:has({QUOTED}, [data-testid]))")
    return row is not None and row.select_one(":scope > div > div + div") is not None


def _views(article: Tag) -> str | None:
    """The link to the statistics in a list; on the post's own page, the number beside the time."""
    if link := article.select_one('a[href$="/analytics"]'):
        return attribute(link, "aria-label")
    numbers = article.select('[data-testid="app-text-transition-container"]')
    shown = (text_of(n) for n in numbers if n.find_parent(["button", "a"]) is None)
    return next(shown, None)


def _poll(card: Tag | None) -> Poll | None:
    """An open poll offers radio buttons; one voted in or closed lists labels with their shares."""
    if card is None:
        return None
    options = [PollOption(label=text_of(radio)) for radio in card.select('[role="radio"]')]
    for row in card.select("li"):
        label, *share = [text_of(part) for part in row.select("div[dir]")]
        percent = found_in(r"(\d+(?:[.,]\d+)?)", share[0] if share else None)
        options.append(
            PollOption(label, float(percent.replace(",", ".")) / 100 if percent else None)
        )
    votes = card.select_one(":scope > div:last-child span, :scope > span")
    return Poll(options=options, votes=text_of(votes) or None) if options else None


register_platforms = registering(X)
