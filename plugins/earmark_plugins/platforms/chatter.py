"""Salesforce Chatter: feeds of Lightning Experience, of Experience Cloud sites and of Classic.

Built from **documented** structure: selectors that public tools for Lightning's feed rely on (2024
to 2026), and page objects of public tests for Classic's. Polls are read by the design system's
radio buttons, and are unverified.
"""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from earmark import Author, Fragment, Item, ItemKind, Page, Platform, Poll, PollOption, registering
from earmark.markup import Said, attribute, first_text, found_in, said, text_of, time_of

POSTS = ".forceChatterFeedItem, .cxfeeditem.feeditem"
COMMENTS = "li.cuf-commentLi, .cxfeedcomment.feeditemcomment"
BODY = ".feedBodyInner, .slds-comment__content, .feeditemtext, .feedcommenttext"
NAMES = (
    ".cuf-commentNameLink .uiOutputText", ".cuf-preamble .uiOutputText", ".cuf-entityLink",
    ".feeditemfirstentity a", ".feedcommentuser",
)  # fmt: skip


class Chatter(Platform):
    """Ids are record ids in their 15-character form: `0D5` posts, `0D7` comments, `005` people."""

    name, label = "chatter", "Salesforce Chatter"
    matches = [
        "https://*.lightning.force.com/lightning/page/chatter*",
        "https://*.lightning.force.com/lightning/r/*",
        "https://*.my.salesforce.com/_ui/core/chatter/*",
        "https://*.my.salesforce.com/0*",
        "https://*.my.site.com/*",
    ]
    items = [POSTS, COMMENTS]
    empty = [".slds-feed__list:not(:has(*))", ".feedcontainer:not(:has(*))", "form#login_form"]
    audience = "members"
    level = "documented"
    built_from = "selectors of public tools, 2024 to 2026; polls are unverified"

    def parse(self, fragment: Fragment, page: Page) -> Iterator[Item]:
        element = fragment.soup.select_one(f"{POSTS}, {COMMENTS}")
        if element is None:
            return
        comment = fragment.selector == COMMENTS
        body = element.select_one(BODY)
        poll = None if comment else _poll(element)
        yield Item(
            **_said(element, body),
            id=_record("0D7" if comment else "0D5", fragment.markup),
            kind=_kind(comment, poll, fragment),
            author=_author(element),
            published=_published(element),
            url=None if comment else attribute(element.select_one("a.cuf-timestamp"), "href"),
            poll=poll,
            replies=first_text(element, ".qe-commentCount"),
            media=[str(i["src"]) for i in element.select('img[src*="servlet.shepherd"]')],
        )


def _kind(comment: bool, poll: Poll | None, fragment: Fragment) -> ItemKind:
    if comment:
        within = any("cuf-commentLi" in tag for tag in fragment.ancestors)
        return "reply" if within else "comment"
    return "poll" if poll else "post"


def _said(element: Tag, body: Tag | None) -> Said:
    """A question's title goes before its details; people's names have spaces, so links tell."""
    spoken = said(body)
    title = first_text(element, ".cuf-questionTitle")
    spoken["text"] = "\n\n".join(filter(None, [title, spoken["text"]]))
    people = body.select(".forceChatterEntityLink") if body else []
    spoken["mentions"] = [text_of(person).removeprefix("@") for person in people]
    return spoken


def _author(element: Tag) -> Author | None:
    name = first_text(element, *NAMES)
    link = element.select_one(".forceChatterEntityLink, .feeditemfirstentity a, .feedcommentuser a")
    known = attribute(link, "data-id") or attribute(link, "href")
    return Author(id=_record("005", known), name=name) if name else None


def _published(element: Tag) -> str | None:
    """Comments have the full time as a tooltip; the tooltip of a post only says where it leads.

    Components show it in a shadow root of theirs, into which CSS does not reach.
    """
    drawn = element.find_all("time", datetime=True, limit=1)
    if exact := [*drawn, *element.select(".cuf-commentAge[title]")]:
        return time_of(exact[0])
    return first_text(
        element, ".cuf-timestamp", ".cuf-commentAge", ".feeditemtimestamp", ".feedcommenttimestamp"
    )


def _record(prefix: str, text: str | None) -> str | None:
    """A record's id without the three letters that only repeat its upper and lower case."""
    return found_in(rf"\b({prefix}[A-Za-z0-9]{{12}})(?:[A-Z0-5]{{3}})?\b", text)


def _poll(element: Tag) -> Poll | None:
    labels = element.select(".slds-radio .slds-form-element__label")
    options = [PollOption(text_of(label), share=_share(label)) for label in labels]
    return Poll(options) if options else None


def _share(label: Tag) -> float | None:
    row = label.find_parent(class_="slds-radio")
    percent = found_in(r"(\d+)\s*%", attribute(row, "title") or text_of(row))
    return int(percent) / 100 if percent else None


register_platforms = registering(Chatter)
