"""Rules to begin with."""

from __future__ import annotations

from ..model import Json
from .i18n import N_, Words

PARCELS = (
    '(late OR lost OR missing) NEAR/6 (parcel OR package OR order) OR "kargo gelmedi" OR '
    '"nu a ajuns coletul" OR "سفارشم نرسید"'
)
EXAMPLES: dict[str, Json] = {
    "parcels": {
        "name": N_("Late parcels"),
        "why": N_("Words near each other, in several languages: each find is tagged."),
        "rule": {"when": PARCELS, "add_tags": ["about:shipping", "signal:urgent"]},
    },
    "agreed": {
        "name": N_("Complaints that many agree with"),
        "why": N_("A tag and a number: what is found is opened and comes first."),
        "rule": {"when": "tag:intent:complaint likes:>20", "state": "open", "priority": 30},
    },
    "giveaways": {
        "name": N_("Giveaways"),
        "why": N_("A pattern: what is found goes among the spam, where it can be looked at."),
        "rule": {"when": r'/(win|won) a free \w+/i OR "free giveaway"', "hide": True},
    },
}


def example(key: str, words: Words) -> Json:
    """The rule of an example, named in the reader's language; empty where there is none."""
    if key not in EXAMPLES:
        return {}
    name = EXAMPLES[key]["name"]
    return {"name": words(name), **EXAMPLES[key]["rule"]}


def examples(words: Words) -> list[Json]:
    """Each with its key, what it shows and its rule."""
    whys = [(key, each["why"]) for key, each in EXAMPLES.items()]
    return [{"key": key, "why": words(why), "rule": example(key, words)} for key, why in whys]
