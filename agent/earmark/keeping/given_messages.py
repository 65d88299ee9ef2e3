"""What is said of names, accounts, corrections and options that cannot be kept.

Codes are stable, for programs. Words are translated in web/locales/*/LC_MESSAGES/told.po. What only
a program can get wrong (a list that is none) is said in English alone.
"""

from __future__ import annotations

from typing import Any

from ..errors import Told

MESSAGES: dict[str, str] = {
    # --- one text
    "given_empty": "%(name)s must be a text that is not empty.",
    "given_too_long": "%(name)s is longer than %(most)s characters.",
    "shorten_it": "Shorten it.",
    "no_letter": "“%(text)s” has no letter or digit.",
    "found_by_words": "%(name)s is found by its words: write one.",
    "no_platform": "“%(text)s” is no platform.",
    "which_platforms": (
        "Use a platform's name as `earmark plugin list` gives it, or leave it out."
    ),
    "no_site": "“%(text)s” is no site.",
    "how_sites_look": "Write its address, like reddit.com.",
    # --- many of them
    "too_many_given": "These are %(count)s %(name)s; there is room for %(most)s.",
    "no_room": "There is room for %(most)s %(name)s.",
    "delete_some": "Delete some.",
    "there_already": "“%(text)s” is there already.",
    "change_that_one": "Change that one.",
    # --- names to watch, also as a table
    "term_without_name": "A term needs a name.",
    "table_too_long": "These are more than %(most)s characters.",
    "import_in_parts": "Import in parts.",
    "in_line": "Line %(line)s: %(problem)s",
    "no_table": "This is no table: %(reason)s.",
    "no_column": "There is no column “%(text)s” for terms.",
    "known_columns": "Columns are: %(known)s.",
    # --- corrections
    "nothing_to_find": "There is no word and no sign in the phrase.",
    "give_word_or_emoji": "Give a word or an emoji.",
    "word_and_emoji": "Words and emoji are looked for apart.",
    "give_one_of_them": "Give one of them.",
    # --- asks
    "one_option": "An ask has at least two options.",
    "one_a_line": "Write one on each line.",
    "none_and_other": "“None of these” goes with no other answer.",
    "one_of_both": "Choose one of both.",
    "write_once": "Write each option once.",
    "take_some_away": "Take some away.",
    # --- what they are called
    "a_term": "A term",
    "an_account": "An account",
    "a_handle": "A handle",
    "account_name": "The name of an account",
    "account_brand": "The brand of an account",
    "an_alias": "One of aliases",
    "a_hashtag": "One of hashtags",
    "an_exclusion": "One of exclusions",
    "a_purpose": "purpose",
    "an_owner": "owner",
    "a_phrase": "A phrase",
    "a_tag": "A tag",
    "a_site": "A site",
    "an_option": "An option",
    "option_words": "Words for an option",
    "terms": "terms",
    "accounts": "accounts",
    "aliases": "aliases",
    "handles": "handles",
    "hashtags": "hashtags",
    "exclusions": "exclusions",
    "corrections": "corrections",
    "options": "options",
    "other_words": "other words",
}


def told(code: str, **values: Any) -> Told:
    """The message of a code, in English; `name` is what is called so in it, translated too."""
    if "name" in values:
        values["name"] = Told("name", str(values["name"]), {})
    return Told(code, MESSAGES[code], values)
