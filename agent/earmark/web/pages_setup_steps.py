"""The steps of the first run, each in the state that the facts put it in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .i18n import N_
from .pages_setup_facts import Facts

State = Literal["done", "next", "later", "attention", "absent"]

TITLES = {
    "hears": N_("What Earmark hears"),
    "extension": N_("Add it to your browser"),
    "pair": N_("Connect the browser"),
    "sites": N_("Choose sites"),
    "us": N_("Say who you are"),
    "keep": N_("Choose what to keep"),
    "allow": N_("Allow the sites in the browser"),
    "sample": N_("Try the sample page"),
    "first": N_("Hear a real page"),
    "service": N_("Keep it running"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `done`, `next` (the one to do now), `later`, `attention` (done, but look at it),
    or `absent` (this computer has no use for it)."""

    name: str
    title: str
    state: State

    @property
    def path(self) -> str:
        """Its page."""
        return f"/setup/{self.name}"

    @property
    def counts(self) -> bool:
        """Whether there is anything to do here on this computer."""
        return self.state != "absent"

    @property
    def finished(self) -> bool:
        return self.state in ("done", "attention")


@dataclass(frozen=True, slots=True)
class Steps:
    """All steps in their order."""

    all: tuple[Step, ...]

    @property
    def counted(self) -> list[Step]:
        """Those this computer has a use for."""
        return [step for step in self.all if step.counts]

    @property
    def done(self) -> int:
        return sum(step.finished for step in self.all)

    @property
    def next(self) -> Step | None:
        """The first that is not done; None where all are."""
        return next((step for step in self.all if step.state == "next"), None)

    def __getitem__(self, name: str) -> Step:
        return next(step for step in self.all if step.name == name)

    def number(self, name: str) -> int:
        """Its place, from 1, among the steps that count."""
        return [step.name for step in self.all].index(name) + 1

    def after(self, name: str) -> Step | None:
        """The step that follows in order."""
        later = self.all[self.number(name) :]
        return next((step for step in later if step.counts), None)

    def before(self, name: str) -> Step | None:
        """The step in front of it."""
        place = self.number(name) - 1
        return self.all[place - 1] if place else None


def steps_of(facts: Facts) -> Steps:
    """Every step in its true state."""
    done = _done(facts)
    first_open = next((name for name in TITLES if done[name] is False), "")
    return Steps(
        tuple(Step(n, title, _state(facts, n, done[n], first_open)) for n, title in TITLES.items())
    )


def _done(facts: Facts) -> dict[str, bool | None]:
    """Whether each step is done; None where there is nothing to do."""
    paired = bool(facts.browsers)
    allowed = any(browser.told and not browser.missing for browser in facts.browsers)
    service = facts.service
    return {
        "hears": facts.seen("hears"),
        "extension": paired,
        "pair": paired,
        "sites": bool(facts.sites),
        "us": facts.knows_us or facts.seen("us"),
        "keep": bool(facts.sites) and facts.seen("keep"),
        "allow": bool(facts.sites) and allowed,
        "sample": facts.sample,
        "first": facts.first is not None,
        "service": (service.installed and service.enabled) if service.kind else None,
    }


def _state(facts: Facts, name: str, done: bool | None, first_open: str) -> State:
    if done is None:
        return "absent"
    if not done:
        return "next" if name == first_open else "later"
    return "attention" if _needs_attention(facts, name) else "done"


def _needs_attention(facts: Facts, name: str) -> bool:
    if name == "extension":
        return all(browser.temporary for browser in facts.browsers)
    if name == "service":
        return bool(facts.service.problem) or not facts.service.active
    return False
