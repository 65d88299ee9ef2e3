"""What is said of queries: what is wrong with one, and why a part of it holds or fails.

Codes are stable, for programs. Words are translated in web/locales/*/LC_MESSAGES/told.po.
"""

from __future__ import annotations

from typing import Any

from ..errors import Told

MESSAGES: dict[str, str] = {
    # --- a query that cannot be understood
    "too_long": "This is more than %(most)s words.",
    "too_deep": "There are too many brackets in brackets.",
    "never_closed": "This “(” is never closed.",
    "never_opened": "There is no “(” that this closes.",
    "nothing_before": (
        "“%(name)s” stands between two things to look for; there is none before it."
    ),
    "nothing_after": "“%(name)s” needs something to look for after it.",
    "near_distance": "Say how many words apart, 1 to %(most)s, as in %(example)s.",
    "near_mixed": "Only one kind of NEAR can stand in a row.",
    "near_brackets": "Alternatives in NEAR stand in brackets.",
    "near_words": "NEAR takes words and phrases.",
    "near_count": "NEAR takes 2 to %(most)s words or phrases.",
    "wrong_pattern": "This regular expression cannot be used: %(reason)s.",
    "pattern_too_long": "longer than %(most)s signs",
    "no_value": "“%(field)s:” needs a value.",
    "wrong_value": "What can stand after “%(field)s:” is %(allowed)s.",
    "wrong_value_near": (
        "What can stand after “%(field)s:” is %(allowed)s. Did you mean “%(near)s”?"
    ),
    "wrong_field": (
        "“%(field)s:” is no field. Did you mean “%(near)s:”? In quotes it is looked for in texts."
    ),
    "wrong_feeling": "What can stand after “%(field)s:” is %(allowed)s, or a number as in >0.5.",
    "no_number": "“%(field)s:” needs a number, as in %(examples)s.",
    "no_day": "“%(value)s” is no day; write it as %(day)s, or %(ago)s for the last week.",
    "cannot_join": "This cannot be asked together with %(fields)s: write that into the search.",
    "wrong_spam": "spam must be %(allowed)s.",
    "alike_letters": "What can stand after “~” is 0, 1 or 2 letters.",
    "alike_no_word": "“~” stands after one word written with letters.",
    "alike_too_short": "So short a word would find any word of its length.",
    # --- why a part holds
    "found": "“%(found)s” is in %(where)s",
    "found_alike": "“%(found)s” is in %(where)s, like “%(word)s”",
    "field_is": "%(field)s is %(value)s",
    "since": "it was said since %(day)s",
    "until": "it was said until %(day)s",
    "on": "it was said on %(value)s",
    "tagged": "it is tagged %(value)s",
    "flagged": "it is %(value)s",
    "any": "everything may be found",
    # --- why a part fails
    "not_there": "“%(words)s” is not there",
    "not_there_longer": "“%(words)s*” is not there",
    "not_exactly": "“%(words)s” is not there, written exactly so",
    "nothing_like_1": "nothing like “%(word)s” is there, with 1 other letter",
    "nothing_like_2": "nothing like “%(word)s” is there, with 2 other letters",
    "nothing_fits": "nothing fits %(pattern)s",
    "not_near": "%(words)s are not within %(within)s words of each other",
    "not_since": "it was not said since %(day)s",
    "not_until": "it was not said until %(day)s",
    "not_on": "it was not said on %(value)s",
    "not_tagged": "it is not tagged %(value)s",
    "not_flagged": "it is not %(value)s",
    "not_known": "%(field)s is not known",
    "field_is_other": "%(field)s is %(value)s, not %(wanted)s",
    # --- where words stand
    "in_text": "the text",
    "in_name": "the author’s name",
    "in_handle": "the author’s handle",
    "in_poll": "an answer of the poll",
    "in_note": "the note",
    # --- how fields are called
    "author": "the author",
    "language": "the language",
    "state": "the state",
    "kind": "the kind",
    "platform": "the platform",
    "page": "the page",
    "thread": "the thread",
    "assignee": "the assignee",
    "sentiment": "the sentiment",
    "emotion": "the emotion",
    "effort": "the effort",
    "priority": "the priority",
    "audience": "the audience",
    "rating": "the rating",
    "followers": "the author’s followers",
    "likes": "the number of likes",
    "dislikes": "the number of dislikes",
    "replies": "the number of replies",
    "shares": "the number of shares",
    "views": "the number of views",
    # --- what an item can be
    "question": "a question",
    "answered": "answered by you",
    "unanswered": "unanswered",
    "corrected": "corrected by you",
    "spam": "spam",
    "ours": "ours",
    "edited": "edited",
    "truncated": "truncated",
}


def told(code: str, **values: Any) -> Told:
    """The message of a code, in English."""
    return Told(code, MESSAGES[code], values)
