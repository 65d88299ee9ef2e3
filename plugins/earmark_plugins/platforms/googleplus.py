"""Google+: posts with their comments, as its Takeout archive holds them in HTML and in JSON.

Polls and JSON are read as lists of every key in public archives and the page's own stylesheet tell.
The service itself closed in 2019.
"""

from earmark import Author, Fragment, Item, Items, Page, Platform, Poll, PollOption, registering
from earmark.markup import Element, attribute, found_in, landmarks, share_in, text_of

from .googleplus_json import archived
from .googleplus_people import activity, author, spoken

LOCAL = "https://plus.google.com/takeout/"  # stands for a file of the archive that has no address


class GooglePlus(Platform):
    """A post's id is the one in its address; comments have an id in JSON only."""

    name, label = "googleplus", "Google+"
    matches = ["https://plus.google.com/*"]
    items = [".comments .comment"]
    context = ["body:has(.main-content)"]
    empty = [".visibility:last-child", ".post-activity:last-child"]
    responses = [f"{LOCAL}*"]
    level = "real"
    built_from = "a page of a Takeout archive of 2019; lists of its JSON keys"

    def parse(self, fragment: Fragment, page: Page) -> Items:
        if fragment.kind == "response":
            yield from archived(fragment.json)
            return
        marks = landmarks(fragment.soup)
        if fragment.kind == "context":
            yield _post(fragment.soup, marks)
        else:
            yield Item(
                **spoken(marks.get(".comment-content")),
                author=_author(marks.get(".author")),
                published=text_of(marks.get(".time")).lstrip("- ") or None,
            )


def _post(soup: Element, marks: dict[str, Element]) -> Item:
    links = (a for a in soup.find_all("a") if "author" not in a.get("class", ()))
    link = next((a for a in links if "/posts/" in str(a.get("href"))), None)
    address, created = attribute(link, "href"), text_of(link) or None
    beside = link.find_next_sibling(True) if link else None
    updated = found_in(
        r"(\d{4}-\d\d-\d\d .+)", beside.get_text(" ", strip=True) if beside else None
    )
    poll = _poll(soup.select(".poll-choice") if ".poll-choice" in marks else [])
    likers, sharers = marks.get(".plus-oners"), marks.get(".resharers")
    return Item(
        **spoken(marks.get(".main-content")),
        id=activity(address),
        kind="poll" if poll else "post",
        author=_author(marks.get(".author")),
        published=created,
        edited=updated not in (None, created),
        url=address,
        poll=poll,
        likes=len(likers.find_all("a")) or None if likers else None,
        shares=len(sharers.find_all("a")) or None if sharers else None,
        audience="public" if "Public" in text_of(marks.get(".visibility")) else "unknown",
    )


def _author(link: Element | None) -> Author | None:
    return author(text_of(link) or None, attribute(link, "href"))


def _poll(choices: list[Element]) -> Poll | None:
    options = [_option(landmarks(choice)) for choice in choices]
    return Poll(options) if options else None


def _option(marks: dict[str, Element]) -> PollOption:
    bar = attribute(marks.get(".poll-choice-percentage"), "style")
    voters = marks.get(".poll-choice-votes")
    return PollOption(
        label=text_of(marks.get(".poll-choice-description")),
        share=share_in(found_in(r"(width:[^;]+)", bar)),
        votes=len(voters.find_all("a")) or None if voters else None,
    )


register_platforms = registering(GooglePlus)
