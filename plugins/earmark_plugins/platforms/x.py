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
    found_in,
    hooks,
    registering,
    said_here,
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
Parts = dict[str, list[Tag]]


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

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if fragment.kind == "response":
            yield from posts_in(fragment.json)
            return
        article = fragment.soup.article
        time = (
            next((t for t in article.find_all("time") if _is_link(t.parent)), None)
            if article
            else None
        )
        if article is None or time is None:  # an advertisement has no time and no address
            return
        focus = found_in(r"/(?:status|article)/(\d+)", page.url)
        joined = _is_joined(article)
        below = fragment.selector == BELOW_THE_POST
        item = _post(article, time, focus if below and not joined else None)
        item.kind = "reply" if below or joined else item.kind
        yield item


def _post(article: Tag, time: Tag, parent: str | None) -> Item:
    parts = hooks(article, "data-testid")
    address = attribute(time.parent, "href") or ""
    poll = _poll(_first(parts, "cardPoll"))
    return Item(
        id=found_in(r"/status/(\d+)", address),
        kind="poll" if poll else "post",
        **_said(parts),
        truncated="tweet-text-show-more-link" in parts,
        author=_author(_first(parts, "User-Name")),
        published=attribute(time, "datetime"),
        edited=_link_to(article, "/history") is not None,
        url=f"{SITE}{address}",
        parent_id=parent,
        audience="private" if "icon-lock" in parts else "public",
        likes=attribute(_first(parts, "like", "unlike"), "aria-label"),
        replies=attribute(_first(parts, "reply"), "aria-label"),
        shares=attribute(_first(parts, "retweet", "unretweet"), "aria-label"),
        views=_views(article, parts),
        poll=poll,
        media=[
            str(i["src"]) for p in parts.get("tweetPhoto", []) for i in p.find_all("img", src=True)
        ],
    )


def _first(parts: Parts, *names: str) -> Tag | None:
    return next((parts[name][0] for name in names if name in parts), None)


def _is_link(tag: Tag | None) -> bool:
    return tag is not None and tag.name == "a" and tag.has_attr("href")


def _link_to(article: Tag, end: str) -> Tag | None:
    links = article.find_all("a", href=True)
    return next((link for link in links if str(link["href"]).endswith(end)), None)


def _said(parts: Parts) -> Said:
    texts = [*parts.get("tweetText", []), *parts.get("twitterArticleReadView", [])]
    body = next((text for text in texts if text.find_parent("div", role="link") is None), None)
    if body is None or body["data-testid"] == "tweetText":
        return said_here(as_typed(body))
    spoken = said_here(_first(parts, "twitterArticleRichTextView"))
    title = text_of(_first(parts, "twitter-article-title"))
    spoken["text"] = f"{title}\n\n{spoken['text']}".strip()
    return spoken


def _author(names: Tag | None) -> Author | None:
    link = names.find("a", href=True) if names is not None else None
    if not isinstance(link, Tag):
        return None
    handle = str(link["href"]).strip("/").rpartition("/")[2]
    return Author(handle=handle, name=text_of(link) or None, url=f"{SITE}/{handle}")


def _is_joined(article: Tag) -> bool:
    """Whether a line comes down from the post above: then the row over the names has two parts."""
    row: Tag | None = article
    for _ in range(4):
        row = next((t for t in row.find_all("div", recursive=False)), None) if row else None
    parts = row.find_all("div", recursive=False) if row else []
    return len(parts) > 1 and not any(tag.find(attrs={"data-testid": True}) for tag in parts)


def _views(article: Tag, parts: Parts) -> str | None:
    """The link to the statistics in a list; on the post's own page, the number beside the time."""
    if link := _link_to(article, "/analytics"):
        return attribute(link, "aria-label")
    numbers = parts.get("app-text-transition-container", [])
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
