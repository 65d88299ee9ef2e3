"""Quora: the answers to a question and the comments below them.

Comments are drawn flat, with depth as indentation alone, so all of them are filed under their
answer.
"""

from earmark import Fragment, Item, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    attribute,
    found_in,
    landmarks,
    link_to,
    person,
    said,
    text_of,
    time_of,
)

ANSWER = '[class*="dom_annotate_question_answer_item_"]'
COMMENT = '.qu-pt--small.qu-bg--raised > :has(a[href*="comment_id="])'
BLOCK = {"qu-display--block", "qu-wordBreak--break-word"}


class Quora(Platform):
    """An answer's id is its address, a comment's its number; times are short and relative."""

    name, label = "quora", "Quora"
    matches = ["https://*.quora.com/*"]
    items = [ANSWER, COMMENT]
    context = [".puppeteer_test_question_main"]
    empty = ['input[name="password"]', '[class*="dom_annotate_multifeed_"]']
    audience = "public"
    level = "documented"
    built_from = "class names measured by public extensions and scrapers, 2023 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        soup, marks = fragment.soup, landmarks(fragment.soup)
        question = found_in(r"quora\.com/(?:unanswered/)?([^/?#]+)", page.url)
        if fragment.kind == "context":
            title = text_of(marks.get(".puppeteer_test_question_title"))
            yield Item(id=question, kind="post", text=title, url=page.url)
        elif fragment.selector == ANSWER:
            item = _entry(soup, marks, marks.get(".puppeteer_test_answer_content"), "/answer/")
            item.id = found_in(r"(?:quora\.com/|^/)(.+/answer/[^/?#]+)", item.url)
            item.parent_id = item.root_id = question
            yield item
        else:
            blocks = (tag for tag in soup.find_all(True) if BLOCK.issubset(tag.get("class", ())))
            item = _entry(soup, marks, next(blocks, None), "comment_id=")
            number = found_in(r"comment_id=([0-9]+)", item.url)
            item.id, item.kind, item.root_id = f"comment-{number}", "reply", question
            if number:
                yield item


def _entry(soup: Element, marks: dict[str, Element], body: Element | None, permalink: str) -> Item:
    """An answer or a comment; the body of one still loading is not there yet."""
    link = link_to(soup, permalink)
    button = marks.get(".puppeteer_test_votable_upvote_button")
    return Item(
        **said(body, drop=".qt_read_more"),
        author=person(link_to(soup, "/profile/"), r"/profile/([^/?#]+)"),
        published=time_of(link),
        url=attribute(link, "href"),
        truncated=".qt_read_more" in marks,
        # The count stands in the button itself, behind its word.
        likes=button.get_text(" ", strip=True) if button else None,
    )


register_platforms = registering(Quora)
