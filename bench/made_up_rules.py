"""Rules as people write them, made up: words, stems, phrases, NEAR, patterns, fields."""

from __future__ import annotations

import random

from watch import term

from earmark.model import Json

SHAPES = (
    "({0} OR refund) -thanks",
    "{0} NEAR/5 ({1} OR late)",
    "{0}* lang:tr",
    '"{0} {1}" OR {2}~1',
    "tag:intent:complaint ({0} OR {1} OR {2})",
    "/{0}(?:s|es)? not/i",
    "likes:>100 {0}",
    "sentiment:negative rating:<3",
    "platform:wordpress from:{0}",
    "lang:fa (قیمت* OR چنده) -{0}",
)


def made_up_rules(count: int, seed: int = 5) -> list[Json]:
    """So many rules, of ten shapes; most find nothing in a given comment, as people's do."""
    chance = random.Random(seed)
    return [
        {
            "name": f"rule {number}",
            "when": SHAPES[number % len(SHAPES)].format(*(word(chance) for _ in range(3))),
            "add_tags": [f"seen {number}"],
        }
        for number in range(count)
    ]


def word(chance: random.Random) -> str:
    """One word, of letters a query takes as they are."""
    return term(chance).split()[0]
