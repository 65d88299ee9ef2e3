"""The dates and numbers in Amazon's sentences, in whatever language."""

import re

from earmark import parse_count
from earmark.markup import found_in

DATE = re.compile(
    r"\d{1,2}(?:\.| de)?\s+[^\W\d]+\.?(?:\s+del?)?,?\s+\d{4}"  # 3. März 2023, 3 de marzo de 2023
    r"|[^\W\d]+\s+\d{1,2},\s+\d{4}|\d{4}年\d{1,2}月\d{1,2}日"  # March 3, 2023
)


def reviews_in(heading: str, lang: str) -> int | None:
    """The last number: “1,234 total ratings, 345 with reviews”."""
    return parse_count(found_in(r"(\d[\d.,٬]*)\D*$", heading), lang)


def date_in(sentence: str) -> str | None:
    """The date in “Reviewed in Mexico on March 3, 2023”."""
    found = DATE.search(sentence)
    return found[0] if found else None


def helpful_in(statement: str, lang: str) -> int | None:
    """One person is written in words: “Una persona”. Arabic does so with two as well."""
    number = parse_count(statement, lang)
    in_words = statement and number is None and not lang.startswith("ar")
    return 1 if in_words else number
