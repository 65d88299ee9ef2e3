"""What is said on Facebook, with people and outside links, and who can see it."""

from collections.abc import Iterable
from urllib.parse import parse_qs

from earmark import Audience
from earmark.markup import Element, Said, address_parts, said, said_as, text_of

from .facebook_names import named

# What is written for the signs of who can see a post, in the languages people start with.
AUDIENCES: dict[str, Audience] = {
    "public": "public", "herkese açık": "public", "عمومی": "public",
    "friends": "private", "arkadaşlar": "private", "دوستان": "private", "prieteni": "private",
    "only me": "private", "sadece ben": "private", "فقط من": "private", "numai eu": "private",
}  # fmt: skip
# What stands on the button below a comment that leads to what it said before.
EDITED = {
    "edited", "düzenlendi", "ویرایش شده", "ویرایش‌شده", "editat", "bearbeitet", "editado",
    "modifié", "modificato",
}  # fmt: skip
HERE = (None, "www.facebook.com", "m.facebook.com", "mbasic.facebook.com", "facebook.com")


def audience_in(signs: Iterable[Element]) -> Audience:
    """Who can see a post, by the words of its signs: “Shared with Public”, “Friends”."""
    words = [text_of(sign).casefold() for sign in signs]
    found = (meant for word in words for known, meant in AUDIENCES.items() if known in word)
    return next(found, "unknown")


def is_edited(label: str) -> bool:
    """Whether a button is the one to an edited comment's history."""
    return label.strip().casefold() in EDITED


def said_there(body: Element | str | None) -> Said:
    """What somebody said: links without Facebook's detour, people named by a link as mentions."""
    if not isinstance(body, Element):
        return said_as(body)
    spoken = said(body, drop='[role="button"]')
    links = spoken["links"]
    people = (named("", a).handle for a in links if address_parts(a).hostname in HERE)
    spoken["mentions"] = [handle for handle in people if handle and "hashtag" not in handle]
    outside = [found[0] if (found := _behind(link)) else link for link in links]
    spoken["links"] = [a for a in outside if address_parts(a).hostname not in HERE]
    return spoken


def _behind(link: str) -> list[str]:
    parts = address_parts(link)
    return parse_qs(parts.query).get("u", []) if parts.path == "/l.php" else []
