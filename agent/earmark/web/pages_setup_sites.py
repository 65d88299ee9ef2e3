"""Which sites Earmark listens to: ready sets, single sites, and any other by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..keeping.choices import as_site
from ..keeping.site_sets import sets_for
from ..model import Json
from ..policy import Policy
from .i18n import N_, Words
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_setup_facts import by_site, facts_of
from .pages_setup_show import go_on, show_step
from .pages_setup_undo import change_choices
from .pages_shown import isolated
from .render import words_for

SET_NAMES = {
    "social": N_("Social networks"),
    "forums": N_("Forums and communities"),
    "shops": N_("Shops and reviews"),
}
HOW_READ = {
    "plugin": N_("read exactly"),
    "unverified": N_("read, not verified yet"),
    "as_page_tells": N_("read roughly"),
}
MOST_TYPED = 2000  # signs in the field for other sites


@dataclass(slots=True)
class Offer:
    """A site with its tick; `read` is how it is read, empty for one that is in no set."""

    site: str
    label: str
    read: str
    chosen: bool


@dataclass(slots=True)
class OfferedSet:
    """A ready set of sites."""

    name: str
    title: str
    sites: list[Offer]

    @property
    def whole(self) -> bool:
        return all(offer.chosen for offer in self.sites)


@operation("Choose sites.", access=Access.OWNER, produces="text/html")
async def sites(request: web.Request) -> web.Response:
    return await show_sites(request)


@form_page("Choose sites.")
async def save_sites(request: web.Request) -> web.Response:
    """What is ticked and typed is chosen; with something unreadable typed, nothing is changed."""
    form, words = await request.post(), words_for(request)
    facts = await facts_of(request.app[AGENT])
    typed = str(form.get("add", ""))
    ticked = ticked_sites(request, form, facts.policy)
    try:
        added = read_typed(words, typed, facts.policy)
        before = {each["site"]: each for each in facts.choices["sites"]}
        usual = facts.choices["elsewhere"]
        wanted = list(dict.fromkeys([*ticked, *added]))
        chosen = [before.get(site, {"site": site, "keep": usual}) for site in wanted]
        message = told(words, [site for site in before if site not in wanted])
        await change_choices(request, {"sites": chosen}, message)
    except EarmarkError as error:
        return await show_sites(request, set(ticked), typed, error)
    return await go_on(request, "sites")


async def show_sites(
    request: web.Request,
    ticked: set[str] | None = None,
    typed: str = "",
    error: EarmarkError | None = None,
) -> web.Response:
    """The page; `ticked` and `typed` keep what could not be saved."""
    facts = await facts_of(request.app[AGENT])
    chosen = set(facts.sites) if ticked is None else ticked
    offered = offered_sets(request, chosen, facts.policy)
    in_sets = {offer.site for each in offered for offer in each.sites}
    own = sorted((chosen | set(by_site(facts.choices))) - in_sets)
    return await show_step(
        request,
        "sites",
        status=422 if error else 200,
        facts=facts,
        sets=offered,
        own=[Offer(site, site, "", site in chosen) for site in own],
        typed=typed,
        error=error,
        how_read=HOW_READ,
    )


def offered_sets(request: web.Request, chosen: set[str], policy: Policy) -> list[OfferedSet]:
    """The ready sets, less what the organisation does not allow."""
    words = words_for(request)
    offered = []
    for each in sets_for(request.app[AGENT].plugins.entries):
        allowed = [s for s in each["sites"] if policy.allows_site(s["site"])]
        offers = [Offer(s["site"], s["label"], s["read"], s["site"] in chosen) for s in allowed]
        title = SET_NAMES[each["name"]]
        if offers:
            offered.append(OfferedSet(each["name"], words(title), offers))
    return offered


def ticked_sites(request: web.Request, form: Any, policy: Policy) -> list[str]:
    """The ticks as they are meant where no script kept a set's tick and its sites' alike.

    A set newly ticked brings all of its sites, a set newly unticked takes them; one left as it
    was leaves every site to its own tick. `had` names the sets that were shown ticked. What the
    organisation does not allow is left out.
    """
    ticks = [str(value) for value in form.getall("site", [])]
    now, had = set(form.getall("set", [])), set(form.getall("had", []))
    for each in offered_sets(request, set(), policy):
        members = [offer.site for offer in each.sites]
        if each.name in now - had:
            ticks += members
        elif each.name in had - now:
            ticks = [site for site in ticks if site not in members]
    return [site for site in dict.fromkeys(ticks) if policy.allows_site(site)]


def read_typed(words: Words, typed: str, policy: Policy) -> list[str]:
    """The sites in the free field; EarmarkError names the first that is none or not allowed."""
    found = []
    for word in re.split(r"[\s,;،؛]+", typed[:MOST_TYPED].strip()):
        if not word:
            continue
        try:
            site = as_site(word)
        except EarmarkError as error:
            shown = {"site": isolated(word[:80])}
            raise EarmarkError(
                words("%(site)s is not the name of a site.") % shown,
                words("Type it as it stands in the address bar, such as forum.example.org."),
            ) from error
        if not policy.allows_site(site):
            shown = {"site": isolated(site)}
            raise EarmarkError(words("Your organisation does not allow %(site)s.") % shown)
        found.append(site)
    return found


def told(words: Words, gone: Iterable[str]) -> str:
    """What the next page says of the change."""
    gone = list(gone)
    if not gone:
        return words("Saved")
    if len(gone) == 1:
        return words("%(site)s is no longer listened to.") % {"site": isolated(gone[0])}
    many: str = words.catalogue.ngettext(
        "%(count)s site is no longer listened to.",
        "%(count)s sites are no longer listened to.",
        len(gone),
    )
    return many % {"count": words.number(len(gone))}


def label_of(entries: Iterable[Json]) -> dict[str, str]:
    """How the sites of the ready sets are called."""
    return {s["site"]: s["label"] for each in sets_for(list(entries)) for s in each["sites"]}


ROUTES = [web.get("/setup/sites", sites), web.post("/setup/sites", save_sites)]
