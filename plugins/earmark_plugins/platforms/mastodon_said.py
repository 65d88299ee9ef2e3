"""What is said on Mastodon and its kin, with people and hashtags apart, and who can see it."""

from earmark import Audience
from earmark.markup import Element, Said, paragraphs, said, text_of

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


def said_below(warning: Element | None, body: Element | None, bar: Element | None) -> Said:
    """What a warning hides, below that, with the hashtags that end it, which stand in a bar.

    A banner that says which of the reader's filters it meets is not said by the author.
    """
    own = warning is not None and "content-warning--filter" not in warning["class"]
    spoken = said_there(body)
    spoken["text"] = paragraphs(text_of(warning, drop="button") if own else None, spoken["text"])
    tags = (text_of(link).lstrip("#") for link in (bar.find_all("a") if bar else ()))
    spoken["hashtags"] = [*dict.fromkeys([*spoken["hashtags"], *filter(None, tags)])]
    return spoken
