"""What a person switches on or off while looking at a page, made into a change of the choices."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import EarmarkError
from ..model import Json
from ..policy import Policy
from .checked import SWITCHES
from .sites import as_site, conversation_at, host_in, sites_over
from .wanted import holds_messages


class NotHere(EarmarkError):
    """Something that cannot be switched on at this page."""

    code = "not_here"
    status = 409


def patch_for(url: str, wishes: Json, document: Json) -> Json:
    """The parts of the choices to replace; `wishes` are `{responses?, messages?, conversation?}`.

    A site that is not chosen yet becomes one, kept as everything elsewhere is.
    """
    switches = {name: wishes[name] for name in SWITCHES if name in wishes}
    known = [each["site"] for each in document["sites"]]
    host = host_in(url)
    site = next((each for each in sites_over(host) if each in known), None) or as_site(host)
    sites = list(document["sites"])
    if switches and site not in known:
        sites.append({"site": site, "keep": document["elsewhere"]})
    patch: Json = {"sites": [s | switches if s["site"] == site else s for s in sites]}
    if "conversation" in wishes:
        patch["conversations"] = _conversations(url, site, wishes["conversation"], document)
    return patch


def _conversations(url: str, site: str, kept: bool, document: Json) -> list[Json]:
    address = conversation_at(url)
    others = [each for each in document["conversations"] if each["url"] != address]
    return [*others, {"site": site, "url": address}] if kept else others


def refuse_elsewhere(url: str, wishes: Json, entries: Sequence[Json], policy: Policy) -> None:
    """Raise where the organisation forbids it, or a page that holds no messages is to be kept."""
    if refusal := policy.refusal(url):
        raise NotHere(refusal)
    if (wishes.get("messages") or wishes.get("conversation")) and policy.messages is False:
        raise NotHere("Your organisation does not allow private messages to be kept.")
    if wishes.get("conversation") and not holds_messages(url, entries):
        raise NotHere("This page is no conversation that Earmark knows.", "Open the conversation.")
