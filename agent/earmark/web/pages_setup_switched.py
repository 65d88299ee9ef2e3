"""What a person switched on in the popup, page by page: shown here, where it can be stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model import Json

SHOWN = "switched"  # a field of the form: that these ticks were on it


@dataclass(slots=True)
class SwitchedOn:
    """Sites whose responses are heard, and the addresses of conversations that are kept."""

    responses: list[str]
    conversations: list[str]

    def __bool__(self) -> bool:
        return bool(self.responses or self.conversations)


def switched_on(choices: Json) -> SwitchedOn:
    """What is on; a conversation on a site without messages is not."""
    sites = {each["site"]: each for each in choices["sites"]}
    return SwitchedOn(
        [site for site, each in sites.items() if each.get("responses")],
        [
            each["url"]
            for each in choices["conversations"]
            if sites.get(each["site"], {}).get("messages")
        ],
    )


def unticked(form: Any, sites: list[Json], choices: Json) -> Json:
    """The parts of a patch that stop what was shown ticked and came back without its tick."""
    if SHOWN not in form:
        return {"sites": sites}
    responses = set(form.getall("responses", []))
    kept = set(form.getall("conversation", []))
    stopped = set(switched_on(choices).conversations) - kept
    return {
        "sites": [
            s | {"responses": s["site"] in responses} if "responses" in s else s for s in sites
        ],
        "conversations": [c for c in choices["conversations"] if c["url"] not in stopped],
    }
