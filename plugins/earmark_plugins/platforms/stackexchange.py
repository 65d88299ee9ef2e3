"""Stack Exchange: questions, answers and the comments under both, on all its sites.

That an answer was accepted is shown, but there is no field to keep it in.
"""

from earmark import Fragment, Items, Page, Platform, parse_count, registering
from earmark.markup import (
    attribute,
    enclosing,
    first_attribute,
    first_text,
    found_in,
    landmarks,
    paragraphs,
)

from .stackexchange_posts import signed_comment, signed_post


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
    items = [".answer[data-answerid]", ".js-comment[data-comment-id]"]
    context = ["#question[data-questionid]", "#question-header h1", "[data-answercount]"]
    empty = ["#answers.no-answers", '[data-answercount="0"]', "#questions.flush-left"]
    site_time_zone = "UTC"
    audience = "public"
    level = "real"
    built_from = "pages of 2021 and 2022 as they were served; public parsers up to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        marks = landmarks(fragment.soup)
        asked = found_in(r"/(?:questions|q)/(\d+)", page.url)
        if comment := marks.get(".js-comment"):
            item = signed_comment(comment, marks)
            item.root_id, item.parent_id = asked, enclosing(fragment, r'data-post-id="(\d+)"')
            item.kind = "comment" if item.parent_id == asked else "reply"
            if item.parent_id and not item.url:
                item.url = f"#{item.id}_{item.parent_id}".replace("comment-", "comment")
            yield item
        elif post := marks.get("#question") or marks.get(".answer"):
            item = signed_post(post, marks)
            if "#question" in marks:
                titles = (first_text(context.soup, "h1") for context in page.context)
                item.text = paragraphs(next(filter(None, titles), None), item.text)
                item.kind, item.url, item.replies = "post", page.url, self.expected(page)
            else:
                item.parent_id = item.root_id = attribute(post, "data-parentid") or asked
            yield item

    def expected(self, page: Page) -> int | None:
        """The number of answers; comments are only counted below each post."""
        css = "[data-answercount]"
        counts = (first_attribute(c.soup, css, "data-answercount") for c in page.context)
        return parse_count(next(filter(None, counts), None))


register_platforms = registering(StackExchange)
