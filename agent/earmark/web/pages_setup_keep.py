"""What is kept of each site, and who "we" are, which one of the answers depends on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from .i18n import N_, Words
from .operations import AGENT, Access, operation
from .pages_act import form_page
from .pages_setup_facts import Facts, by_site, facts_of
from .pages_setup_show import go_on, note_seen, show_step
from .pages_setup_sites import label_of
from .pages_setup_switched import switched_on, unticked
from .pages_setup_undo import change_choices
from .pages_shown import KEEP_NAMES
from .render import words_for

CONSEQUENCES = {
    "everything": N_("Every comment on every page you open there is kept."),
    "about_us": N_(
        "A page is kept with all its comments once one of your names or words turns up on it. "
        "Other pages are forgotten after a day."
    ),
    "by_hand": N_(
        "Nothing is kept by itself. Press “Capture this page now” in the Earmark button, "
        "or save text you selected."
    ),
}
SPARE_ACCOUNTS = 3
NOT_A_PLATFORM_OF_PEOPLE = ("webpage", "sample")


@dataclass(slots=True)
class Kept:
    """A chosen site and what is kept of it; `own` where it differs from the rest."""

    site: str
    label: str
    keep: str
    own: bool


@operation("Choose what to keep.", access=Access.OWNER, produces="text/html")
async def keep(request: web.Request) -> web.Response:
    return await show_keep(request)


@form_page("Choose what to keep.")
async def save_keep(request: web.Request) -> web.Response:
    """One answer for all sites, and others for some; words about us may come along."""
    form, words = await request.post(), words_for(request)
    facts = await facts_of(request.app[AGENT])
    usual = str(form.get("elsewhere", ""))
    own = {site: str(form.get(f"keep:{site}", "")) for site in facts.sites}
    sites = [
        each | ({"keep": own[each["site"]] or usual} if each["site"] in own else {})
        for each in facts.choices["sites"]
    ]
    patch: Json = {"elsewhere": usual} | unticked(form, sites, facts.choices)
    typed = str(form.get("terms", ""))
    if typed.strip():
        patch["terms"] = merged(facts.choices["terms"], read_lines(typed))
    try:
        _need_names(words, facts, patch)
        await change_choices(request, patch, words("Saved"))
    except EarmarkError as error:
        return await show_keep(request, usual, own, typed, error)
    await note_seen(request, "keep")
    return await go_on(request, "keep")


def _need_names(words: Words, facts: Facts, patch: Json) -> None:
    """Without a name nothing is about us, and all of it would be lost in silence."""
    asked = "about_us" in {patch["elsewhere"], *(site["keep"] for site in patch["sites"])}
    if asked and not (facts.choices["accounts"] or patch.get("terms", facts.choices["terms"])):
        raise EarmarkError(
            words("Earmark has to know what is about you."),
            words("Type at least one name or word, or choose another answer above."),
        )


async def show_keep(
    request: web.Request,
    usual: str = "",
    own: dict[str, str] | None = None,
    typed: str = "",
    error: EarmarkError | None = None,
) -> web.Response:
    """The page, with what could not be saved."""
    facts = await facts_of(request.app[AGENT])
    labels = label_of(request.app[AGENT].plugins.entries)
    usual = usual if usual in KEEP_NAMES else facts.choices["elsewhere"]
    kept = by_site(facts.choices) if own is None else own
    return await show_step(
        request,
        "keep",
        status=422 if error else 200,
        facts=facts,
        usual=usual,
        kept=[
            Kept(site, labels.get(site, site), kept[site], kept[site] not in ("", usual))
            for site in facts.sites
        ],
        keeps=KEEP_NAMES,
        switched=switched_on(facts.choices),
        consequences=CONSEQUENCES,
        typed=typed,
        error=error,
    )


@operation("Say who you are.", access=Access.OWNER, produces="text/html")
async def us(request: web.Request) -> web.Response:
    return await show_us(request)


@form_page("Say who you are.")
async def save_us(request: web.Request) -> web.Response:
    """Accounts and words of ours; left empty, the step is passed over."""
    form, words = await request.post(), words_for(request)
    typed = str(form.get("terms", ""))
    accounts = read_accounts(form)
    patch = {"accounts": accounts, "terms": merged([], read_lines(typed))}
    facts = await facts_of(request.app[AGENT])
    try:
        _keep_a_name(words, facts, patch)
        await change_choices(request, patch, words("Saved"))
    except EarmarkError as error:
        return await show_us(request, accounts, typed, error)
    await note_seen(request, "us")
    return await go_on(request, "us")


def _keep_a_name(words: Words, facts: Facts, patch: Json) -> None:
    kept = {facts.choices["elsewhere"], *by_site(facts.choices).values()}
    if "about_us" in kept and not (patch["accounts"] or patch["terms"]):
        raise EarmarkError(
            words("Some sites keep only pages about you: at least one name or word is needed."),
            words("Leave one here, or choose something else under “Choose what to keep” first."),
        )


async def show_us(
    request: web.Request,
    accounts: list[Json] | None = None,
    typed: str | None = None,
    error: EarmarkError | None = None,
) -> web.Response:
    """The page, with what could not be saved."""
    facts = await facts_of(request.app[AGENT])
    known = facts.choices["accounts"] if accounts is None else accounts
    return await show_step(
        request,
        "us",
        status=422 if error else 200,
        facts=facts,
        accounts=[*known, *({"handle": ""} for _ in range(SPARE_ACCOUNTS))],
        platforms=platforms(request.app[AGENT].plugins.entries, known),
        terms="\n".join(facts.choices["terms"]) if typed is None else typed,
        error=error,
    )


def read_accounts(form: Any) -> list[Json]:
    """The rows that have a name, each once."""
    rows = zip(form.getall("platform", []), form.getall("handle", []), strict=False)
    found: list[Json] = []
    for platform, handle in rows:
        name = " ".join(str(handle).split()).removeprefix("@")
        account = {"handle": name, **({"platform": str(platform)} if platform else {})}
        if name and account not in found:
            found.append(account)
    return found


def read_lines(typed: str) -> list[str]:
    """The terms typed, one a line or with commas."""
    words = (" ".join(part.split()) for part in re.split(r"[\n,،;؛]", typed))
    return [word for word in words if word]


def merged(known: list[str], more: list[str]) -> list[str]:
    """Both, each word once."""
    return list(dict.fromkeys([*known, *more]))


def platforms(entries: list[Json], known: list[Json]) -> list[tuple[str, str]]:
    """(name, label) of the platforms an account can be on; those already chosen stay."""
    offered = {e["name"]: e["label"] for e in entries if e["name"] not in NOT_A_PLATFORM_OF_PEOPLE}
    used = {each["platform"]: each["platform"] for each in known if each.get("platform")}
    return sorted({**used, **offered}.items(), key=lambda pair: pair[1].casefold())


ROUTES = [
    web.get("/setup/keep", keep),
    web.post("/setup/keep", save_keep),
    web.get("/setup/us", us),
    web.post("/setup/us", save_us),
]
