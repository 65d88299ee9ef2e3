"""What an organisation allows, and whether that stands in the person's way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..policy import Policy
from .finding import Finding


def check_policy(
    policy: Policy, problems: Sequence[str], chosen: Sequence[str]
) -> Iterator[Finding]:
    """policy: what holds. problems: what is not understood of it. chosen: sites to be heard."""
    if keys := list(policy.to_json()):
        yield Finding("policy_in_force", {"keys": keys})
    for problem in problems:
        yield Finding("policy_not_understood", {"reason": problem})
    if forbidden := [site for site in chosen if not policy.allows_site(site)]:
        yield Finding("policy_forbids_sites", {"sites": forbidden})
