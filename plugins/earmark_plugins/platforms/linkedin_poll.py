"""Polls in posts on LinkedIn, by the class names of the older markup and the hooks of 2024."""

from earmark import Poll
from earmark.markup import Element, first_text, hooks, poll_in, poll_of, text_of

BOX, OPTION = "update-components-poll", ".update-components-poll-option"
OFFER = f"{OPTION}__text-container, {OPTION}__text--justify-center"
SUMMARY = ".update-components-poll-summary__option"
VOTERS = f"{SUMMARY}-button, {SUMMARY}-text"


def asked_in(area: Element) -> tuple[str, Poll | None]:
    """What the post asks, and with which options; who has not voted sees no shares."""
    box = area.find(class_=BOX)
    if isinstance(box, Element):
        poll = poll_in(box, OPTION, OFFER, share=f"{OPTION}__percentage", total=VOTERS)
        return first_text(box, "h3, h5") or "", poll
    parts = hooks(area, "data-view-name")
    question = next(iter(parts.get("feed-poll-view-question", [])), None)
    offered = ((text_of(o), None) for o in parts.get("feed-poll-vote-option", []))
    poll = poll_of(offered)
    if poll:
        poll.votes = text_of(next(iter(parts.get("feed-poll-voters-list", [])), None)) or None
    return text_of(question), poll
