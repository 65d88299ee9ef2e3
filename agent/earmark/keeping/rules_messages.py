"""What is said of rules that cannot be kept.

Codes are stable, for programs. Words are translated in web/locales/*/LC_MESSAGES/told.po.
"""

from __future__ import annotations

from typing import Any

from ..errors import Told

MESSAGES: dict[str, str] = {
    # --- which rule
    "in_rule": "Rule %(rule)s: %(problem)s",
    "in_rule_at": "Rule %(rule)s, line %(line)s: %(problem)s",
    "no_such_rule": "There is no such rule.",
    "perhaps_moved": "It may have been moved or deleted.",
    "changed_meanwhile": "Somebody else changed the rules meanwhile.",
    "look_again": "Look at them again, then change them.",
    # --- all of them
    "no_text": "This file is no text in UTF-8.",
    "choose_a_file": "Choose a file of rules.",
    "rules_too_long": "The rules are longer than %(most)s characters.",
    "keep_fewer": "Keep fewer.",
    "not_toml": "The rules are not TOML: %(reason)s, at their end.",
    "not_toml_at": "The rules are not TOML: line %(line)s, column %(column)s: %(reason)s.",
    "outside_a_rule": "“%(key)s” is nothing that can stand outside a rule.",
    "no_list": "Rules must be a list of tables.",
    "how_one_begins": "A rule begins with a line [[rule]].",
    "too_many_rules": "These are %(count)s rules; there is room for %(most)s.",
    # --- one of them
    "twin": "Another rule has this name.",
    "name_each": "Give each its own.",
    "unknown_key": "“%(key)s” is unknown.",
    "known_keys": "Known are %(known)s.",
    "no_key": "It has no “%(key)s”.",
    "does_nothing": "It does nothing.",
    "give_one_of": "Give one of %(actions)s.",
    "catches_everything": "Its “when” holds nothing to look for, and would catch everything.",
    # --- one value
    "empty_text": "“%(key)s” must be a text that is not empty.",
    "long_text": "“%(key)s” is longer than %(most)s characters.",
    "unseen_sign": "“%(key)s” has a sign that nobody can see.",
    "no_query": "“%(key)s” must be a query.",
    "as_in": "As %(example)s.",
    "no_short_list": "“%(key)s” must be a list of at most %(most)s.",
    "no_choice": "“%(key)s” must be %(allowed)s.",
    "no_priority": "“%(key)s” must be a whole number from %(least)s to %(most)s, and not 0.",
    "no_switch": "“%(key)s” must be true or false.",
    "no_case": (
        "Each of “%(key)s” must be a text of at most %(most)s characters, or a table with a text."
    ),
    "no_plain_case": "A value in “%(key)s” is no text, number or list of texts.",
    # --- its test cases
    "misses_case": "Rule “%(rule)s” does not catch its test case “%(text)s”.",
    "catches_case": "Rule “%(rule)s” catches its test case “%(text)s”.",
    "mend": "Because: %(reasons)s. Mend the rule or the case.",
}


def told(code: str, **values: Any) -> Told:
    """The message of a code, in English."""
    return Told(code, MESSAGES[code], values)
