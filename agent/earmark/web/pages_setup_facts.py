"""What is true of this Earmark: what the steps of setting it up are computed from."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..model import Json
from ..policy import Policy
from ..service import ServiceStatus, status
from .credentials import Browser
from .pages_data import first_heard, sample_heard

if TYPE_CHECKING:
    from ..agent import Agent


@dataclass(frozen=True, slots=True)
class Paired:
    """A paired browser; `missing` are the chosen sites that it may not read yet.

    told: whether it has said anything of itself. temporary: it forgets the extension when closed.
    """

    id: str
    name: str
    missing: tuple[str, ...] = ()
    told: bool = False
    temporary: bool = False
    last_seen: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the steps depend on; `choices` is the document of `earmark.keeping.choices`."""

    choices: Json
    service: ServiceStatus
    browsers: tuple[Paired, ...] = ()
    sample: bool = False
    first: Json | None = None
    policy: Policy = field(default_factory=Policy)

    @property
    def sites(self) -> list[str]:
        """The chosen sites, less those that the organisation does not allow."""
        return [site for site in by_site(self.choices) if self.policy.allows_site(site)]

    @property
    def forbidden(self) -> list[str]:
        """The chosen sites that the organisation does not allow."""
        return [site for site in by_site(self.choices) if not self.policy.allows_site(site)]

    @property
    def knows_us(self) -> bool:
        """Whether an account or a term of theirs is known."""
        return bool(self.choices["accounts"] or self.choices["terms"])

    @property
    def passed(self) -> bool:
        """Whether the person said that they know their way."""
        return bool(self.choices["first_run"]["done"])

    def seen(self, step: str) -> bool:
        """Whether the person has been at a step that leaves no other trace."""
        return step in self.choices["first_run"]["seen"]


async def facts_of(agent: Agent) -> Facts:
    """The facts as they are now."""
    return await asyncio.to_thread(read_facts, agent)


def read_facts(agent: Agent) -> Facts:
    """The same, blocking."""
    choices, policy = agent.choices.document(), agent.policy.effective()
    sites = [site for site in by_site(choices) if policy.allows_site(site)]
    return Facts(
        choices,
        status(agent.home),
        tuple(_paired(browser, sites) for browser in agent.credentials.browsers()),
        sample_heard(agent.log),
        first_heard(agent.log),
        policy,
    )


def _paired(browser: Browser, sites: Iterable[str]) -> Paired:
    condition: Json = browser.condition or {}
    named: Json = condition.get("browser") or {}
    whole = f"{named.get('name', '')} {str(named.get('version', '')).partition('.')[0]}".strip()
    granted, refused = condition.get("sites") or [], set(condition.get("not_granted") or [])
    return Paired(
        browser.id,
        whole or browser.name,
        tuple(site for site in sites if site in refused or not is_granted(site, granted)),
        bool(condition),
        bool(condition.get("temporary")),
        browser.last_seen,
    )


def is_granted(site: str, patterns: Iterable[str]) -> bool:
    """Whether one of these match patterns covers pages of `site`."""
    hosts = (pattern.partition("://")[2].partition("/")[0] for pattern in patterns)
    return any(_covers(host, site) for host in hosts) or "<all_urls>" in patterns


def _covers(host: str, site: str) -> bool:
    wanted = host.removeprefix("*.")
    return host in ("*", site) or (host != wanted and f".{site}".endswith(f".{wanted}"))


def by_site(choices: Mapping[str, list[Json]]) -> dict[str, str]:
    """What is kept of each chosen site."""
    return {each["site"]: each["keep"] for each in choices["sites"]}
