"""GitHub: issues, pull requests with their reviews, and discussions.

The page of an issue is drawn by React; pull requests and discussions come drawn by the server.
"""

from earmark import Audience, Fragment, Items, Page, Platform, parse_count, registering
from earmark.markup import Element, attribute, data_in, dig, first_text, found_in, paragraphs

from .github_comments import comment

ISSUE = '[data-testid="issue-viewer-container"]'
REACT_COMMENT = '[data-testid^="comment-viewer-outer-box-"]'
SERVED = ".js-comment-container"
PATH = r"github\.com/((?:orgs/)?[^/]+(?:/[^/]+)?/(?:issues|pull|discussions)/\d+)"
PUBLIC = 'meta[name="octolytics-dimension-repository_public"]'


class GitHub(Platform):
    """A post's id is its repository and number; a comment's is the anchor of its permalink."""

    name, label = "github", "GitHub"
    matches = [
        "https://github.com/*/issues/*",
        "https://github.com/*/pull/*",
        "https://github.com/*/discussions/*",
    ]
    items = [REACT_COMMENT, SERVED]
    context = [ISSUE, 'script[type="application/ld+json"]', "#conversation_tab_counter", PUBLIC]
    empty = ["form#new_issue", "form.js-new-discussion-form", ".js-issue-list-empty"]
    level = "real"
    built_from = "a page of an issue of 2025; public parsers and fixtures of 2020 to 2026"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        css = ISSUE if fragment.kind == "context" else f"{REACT_COMMENT}, {SERVED}"
        element = fragment.soup.select_one(css)
        item = comment(element) if element else None
        if element is None or item is None:
            return
        anchor = found_in(r"#([\w-]+)$", item.url)
        item.audience = _audience(page)
        if found_in(r"^(issue|discussion|pullrequest)-\d+$", anchor):
            item.kind, item.id, item.aliases = "post", _number(page), [anchor or ""]
            item.text = paragraphs(_title(element, page), item.text)
            item.url, item.replies = page.url, self.expected(page)
        elif anchor:
            item.id, item.root_id = anchor, _number(page)
            if not fragment.parent_ref:
                item.parent_id = item.root_id
            elif fragment.selector == SERVED:  # within a comment of a discussion, or a review
                item.kind = "reply"
        else:
            item.url = None
        yield item

    def expected(self, page: Page) -> int | None:
        """As the page tells search engines, or as the tab of a pull request counts."""
        for context in page.context:
            tab = first_text(context.soup, "#conversation_tab_counter")
            counted = dig(data_in(context.soup.script), "interactionStatistic")
            number = parse_count(tab or dig(counted, "userInteractionCount"))
            if number is not None:
                return number
        return None


def _title(element: Element, page: Page) -> str | None:
    shown = first_text(element, '[data-testid="issue-title"]')
    return shown or found_in(r"^(.*?)(?: by \S+)? · [\w ]+(?: #\d+)? · ", page.title)


def _number(page: Page) -> str | None:
    """`owner/repository/issues/56`; names of owners and repositories ignore case."""
    path = found_in(PATH, page.url)
    return path.lower() if path else None


def _audience(page: Page) -> Audience:
    metas = (context.soup.select_one(PUBLIC) for context in page.context)
    shown = next((attribute(meta, "content") for meta in metas if meta), None)
    known: dict[str | None, Audience] = {"true": "public", "false": "group"}
    return known.get(shown, "unknown")


register_platforms = registering(GitHub)
