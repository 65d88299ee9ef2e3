"""Made-up forum pages, and the JavaScript that makes them live."""

from __future__ import annotations

FORUM = "https://forum.example.org"


def comment(number: int, text: str = "", extra: str = "") -> str:
    return (
        f'<article class="comment" id="c{number}"><b>Ada {number}</b>'
        ' <i class="age">3 hours ago</i>'
        f"<p>{text or f'Comment {number} has something to say.'}</p>{extra}</article>"
    )


def thread(*comments: str, title: str = "A thread", extra: str = "") -> str:
    return (
        f'<!doctype html><html lang="en"><title>{title}</title><body><main id="list">'
        f"{''.join(comments)}</main>{extra}"
    )


def append(number: int, text: str = "", to: str = "#list") -> str:
    """JavaScript that adds a comment, as a site does when one scrolls."""
    return (
        f"document.querySelector({to!r}).insertAdjacentHTML('beforeend', {comment(number, text)!r})"
    )
