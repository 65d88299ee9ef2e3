"""How LinkedIn writes people, what they say and who reacted."""

from earmark import Author
from earmark.markup import Element, Said, attribute, found_in, said, text_of

SITE = "https://www.linkedin.com"
TEXT = "[data-testid=expandable-text-box]"  # among landmarks
HANDLE = r"/(?:in|company)/([^/?#]+)"


def said_there(body: Element) -> Said:
    """People are named by a link, and a hashtag is one too: neither leads out."""
    spoken = said(body)
    spoken["mentions"] = [who for link in spoken["links"] if (who := found_in(HANDLE, link))]
    spoken["links"] = [link for link in spoken["links"] if "linkedin.com/" not in link]
    return spoken


def author_of(link: Element | None, name: str | None) -> Author | None:
    """Whoever the link leads to, with the name shown apart or in the link itself."""
    address = attribute(link, "href")
    handle, path = found_in(HANDLE, address), found_in(r"(/(?:in|company)/[^/?#]+)", address)
    if link is None or handle is None:
        return None
    hidden = next((tag for tag in link.find_all(True) if tag.get("aria-hidden") == "true"), None)
    texts = map(text_of, (hidden, link.p, link.span, link))
    shown = name or next(filter(None, texts), "")
    return Author(handle=handle, name=shown.split("•")[0].strip(), url=f"{SITE}{path}/")


def likes_in(area: Element, parts: dict[str, Element], older: str) -> str | None:
    """The number on the link to those who reacted, or in the older markup's own place."""
    links = (a for a in area.find_all("a") if "reactions" in str(a.get("href")))
    places = (tag.get_text(" ", strip=True) for tag in (*links, parts.get(older)) if tag)
    return next((text for text in places if any(c.isdigit() for c in text)), None)
