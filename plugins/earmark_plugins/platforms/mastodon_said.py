"""What is said on Mastodon and its kin, with people and hashtags apart, and who can see it."""

from earmark import Audience
from earmark.markup import Element, Said, said

AUDIENCES: dict[str, Audience] = {
    "public": "public", "unlisted": "public", "local": "members", "private": "private",
    "direct": "private",
}  # fmt: skip


def said_there(body: Element | None) -> Said:
    """Links to people and hashtags are marked as such; what remains leads elsewhere."""
    if body is not None:
        for button in body.find_all(class_="status__content__read-more-button"):
            button.extract()
    spoken = said(body)
    marked = body.find_all("a", class_=["mention", "hashtag", "mention-link"]) if body else []
    named = {str(link.get("href")) for link in marked}
    spoken["links"] = [link for link in spoken["links"] if link not in named]
    return spoken
