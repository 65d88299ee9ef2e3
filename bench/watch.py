"""How long it takes to find 10,000 watch terms in 1,000 comments: `python bench/watch.py`.

The terms and the words of the comments are made up. Of 20,000 words each comes as often as
words of a language do (Zipf's law). Every tenth comment names a term, half of these misspelt.
"""

from __future__ import annotations

import random
import resource
import time
from itertools import accumulate

from earmark.enrich.watch import Watch

TERMS, COMMENTS, WORDS, VOCABULARY = 10_000, 1_000, 25, 20_000
FREQUENCY = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))  # Zipf's law
LETTERS = "aaabcdeeeefghiiijklmnnooopqrrssttuuvwxyz"


def word(chance: random.Random, least: int, most: int) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.randint(least, most)))


def term(chance: random.Random) -> str:
    """A name of one to three words."""
    parts = chance.choice([1, 1, 1, 2, 2, 3])
    return " ".join(word(chance, 5 if parts == 1 else 3, 10) for _ in range(parts))


def misspelt(chance: random.Random, name: str) -> str:
    """The name with two neighbours swapped."""
    place = chance.randrange(1, len(name) - 2)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def comment(chance: random.Random, usual: list[str], names: list[str], number: int) -> str:
    words = chance.choices(usual, cum_weights=FREQUENCY, k=WORDS)
    if number % 10 == 0:
        name = chance.choice(names)
        words[chance.randrange(WORDS)] = misspelt(chance, name) if number % 20 else name
    return " ".join(words)


def main() -> None:
    chance = random.Random(5)
    names = [term(chance) for _ in range(TERMS)]
    usual = [word(chance, 1, 11) for _ in range(VOCABULARY)]
    comments = [comment(chance, usual, names, number) for number in range(COMMENTS)]
    different = len({each for text in comments for each in text.split()})
    began = time.process_time()
    watch = Watch([{"name": name, "aliases": [f"{name} app"]} for name in names])
    built = time.process_time()
    found = [watch.find(text, language="en") for text in comments]
    ended = time.process_time()
    misspellings = sum(match.how == "misspelt" for matches in found for match in matches)
    print(f"{TERMS} terms with an alias each: index built in {built - began:.2f} s of CPU")
    print(f"{COMMENTS} comments of {WORDS} words, {different} of them different:", end=" ")
    print(f"{ended - built:.2f} s of CPU")
    print(f"found {sum(map(len, found))} mentions, {misspellings} of them misspelt")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
