"""Salesforce Chatter: feeds of Lightning Experience, of Experience Cloud sites and of Classic.

Lightning's polls are read by the design system's radio buttons.
"""

from earmark import Author, Fragment, Item, ItemKind, Items, Page, Platform, registering
from earmark.markup import (
    Element,
    Said,
    attribute,
    first_mark,
    found_in,
    landmarks,
    link_to,
    poll_of,
    said,
    text_of,
    titled,
)

POSTS = ".forceChatterFeedItem, .cxfeeditem.feeditem"
COMMENTS = "li.cuf-commentLi, .cxfeedcomment.feeditemcomment"
BODIES = (".feedBodyInner", ".slds-comment__content", ".feeditemtext", ".feedcommenttext")
AUTHORS = (".cuf-commentNameLink", ".cuf-preamble", ".feeditemfirstentity", ".feedcommentuser")
TIMES = (".cuf-timestamp", ".cuf-commentAge", ".feeditemtimestamp", ".feedcommenttimestamp")


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

    def parse(self, fragment: Fragment, page: Page) -> Items:
        soup, marks = fragment.soup, landmarks(fragment.soup)
        answers = any("cuf-commentLi" in tag for tag in fragment.ancestors)
        comment = fragment.selector == COMMENTS
        radios = soup.select(".slds-radio") if ".slds-radio" in marks else []
        pictures = (str(picture.get("src")) for picture in soup.find_all("img"))
        poll = poll_of(map(_offered, radios))
        kind: ItemKind = ("reply" if answers else "comment") if comment else "post"
        yield Item(
            **_said(marks),
            id=_record("0D7" if comment else "0D5", fragment.markup),
            kind="poll" if poll else kind,
            author=_author(marks),
            # Comments have the full time as a tooltip; that of a post only says where it leads.
            published=attribute(soup.time, "datetime")
            or attribute(marks.get(".cuf-commentAge"), "title")
            or text_of(first_mark(marks, *TIMES)),
            url=None if comment else attribute(marks.get(".cuf-timestamp"), "href"),
            poll=poll,
            replies=text_of(marks.get(".qe-commentCount")) or None,
            media=[src for src in pictures if "servlet.shepherd" in src],
        )


def _said(marks: dict[str, Element]) -> Said:
    """A question's title goes before its details; people's names have spaces, so links tell."""
    body = first_mark(marks, *BODIES)
    spoken = said(body)
    spoken["text"] = titled(text_of(marks.get(".cuf-questionTitle")), spoken["text"])
    people = body.select(".forceChatterEntityLink") if body else []
    spoken["mentions"] = [text_of(person).removeprefix("@") for person in people]
    return spoken


def _author(marks: dict[str, Element]) -> Author | None:
    links = (link_to(marks.get(css), "") for css in AUTHORS)
    link = next(filter(None, links), None)
    known = attribute(marks.get(".forceChatterEntityLink"), "data-id") or attribute(link, "href")
    return Author(id=_record("005", known), name=text_of(link)) if link else None


def _record(prefix: str, text: str | None) -> str | None:
    """A record's id without the three letters that only repeat its upper and lower case."""
    return found_in(rf"\b({prefix}[A-Za-z0-9]{{12}})(?:[A-Z0-5]{{3}})?\b", text)


def _offered(radio: Element) -> tuple[str, str]:
    """A poll's option, and its share: in the tooltip where it is drawn as a bar."""
    label = landmarks(radio).get(".slds-form-element__label")
    return text_of(label), attribute(radio, "title") or text_of(radio)


register_platforms = registering(Chatter)
