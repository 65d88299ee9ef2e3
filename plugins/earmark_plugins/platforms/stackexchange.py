"""Stack Exchange: questions, answers and the comments under both, on all its sites.

Built from **documented** structure: whole pages of 2020 to 2023 that public repositories keep as
fixtures, and the selectors of public parsers (up to 2026). That an answer was accepted is shown,
but there is no field to keep it in.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, Page, Platform, parse_count, registering
from earmark.markup import (
    attribute,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    person,
    said,
    text_of,
)

OWNER = '.user-info:has([itemprop="author"])'


class StackExchange(Platform):
    """Every site counts posts and comments by itself, so ids stand behind the host's name."""

    name, label = "stackexchange", "Stack Exchange"
    matches = [
        f"https://{host}/questions/*"
        for host in (
            "*.stackexchange.com", "stackoverflow.com", "*.stackoverflow.com", "superuser.com",
            "serverfault.com", "askubuntu.com", "mathoverflow.net", "stackapps.com",
        )
    ]  # fmt: skip
    markers = ["#question.js-question[data-questionid]"]
    items = [".js-answer[data-answerid]", ".js-comment[data-comment-id]"]
    context = ["#question[data-questionid]", "#question-header h1", "[data-answercount]"]
    empty = ["#answers.no-answers", '[data-answercount="0"]', "#questions.flush-left"]
    site_time_zone = "UTC"
    audience = "public"
    level = "documented"
    built_from = "pages of 2020 to 2023 in public repositories, parsers up to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        if question := fragment.soup.select_one("#question[data-questionid]"):
            item = _post(question, attribute(question, "data-questionid"))
            item.kind, item.url, item.replies = "post", page.url, self.expected(page)
            titles = (first_text(context.soup, "h1") for context in page.context)
            item.text = "\n\n".join(filter(None, [next(filter(None, titles), None), item.text]))
            yield item
        elif answer := fragment.soup.select_one(".js-answer"):
            item = _post(answer, attribute(answer, "data-answerid"))
            item.parent_id = item.root_id = attribute(answer, "data-parentid") or _asked(page)
            yield item
        elif comment := fragment.soup.select_one(".js-comment"):
            yield _comment(comment, fragment, page)

    def expected(self, page: Page) -> int | None:
        """The number of answers; comments are only counted below each post."""
        counts = (
            first_attribute(context.soup, "[data-answercount]", "data-answercount")
            for context in page.context
        )
        return parse_count(next(filter(None, counts), None))


def _post(post: Tag, number: str | None) -> Item:
    owner = post.select_one(OWNER)
    votes = post.select_one(".js-vote-count")
    return Item(
        **said(post.select_one(".js-post-body, .s-prose")),
        id=number,
        author=_author(owner.select_one(".user-details") if owner else None),
        published=first_attribute(owner, ".relativetime", "title")
        or first_attribute(post, 'time[itemprop="dateCreated"]', "datetime"),
        edited=post.select_one('.user-action-time a[href*="/revisions"]') is not None,
        url=first_attribute(post, "a.js-share-link", "href"),
        likes=attribute(votes, "data-value") or text_of(votes) or None,
    )


def _comment(comment: Tag, fragment: Fragment, page: Page) -> Item:
    number = attribute(comment, "data-comment-id")
    parent = enclosing(fragment, r'data-post-id="(\d+)"')
    moment = first_attribute(comment, ".comment-date [title]", "title")
    return Item(
        **said(comment.select_one(".comment-copy")),
        id=f"comment-{number}",
        kind="comment" if parent == _asked(page) else "reply",
        author=_author(comment),
        published=(moment or "").split(",")[0] or first_text(comment, ".comment-date"),
        edited=comment.select_one(".iconPencilSm") is not None,
        url=first_attribute(comment, ".comment-date a", "href"),
        parent_id=parent,
        root_id=_asked(page),
        likes=attribute(comment, "data-comment-score"),
    )


def _author(area: Tag | None) -> Author | None:
    link = area.select_one('a.comment-user, a[href*="/users/"]') if area else None
    return person(
        link, id=r"/users/(\d+)", name=first_text(area, ".comment-user", "[itemprop=name]")
    )


def _asked(page: Page) -> str | None:
    return found_in(r"/(?:questions|q)/(\d+)", page.url)


register_platforms = registering(StackExchange)
