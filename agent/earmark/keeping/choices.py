"""What the person chose: which sites are heard, what is kept of each, and who we are."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from tinydb.table import Document, Table

from ..errors import EarmarkError
from ..model import Json
from ..policy import THIS_COMPUTER
from .about_us import Mentions
from .checked import ABOUT_US, BY_HAND, EVERYTHING, KEEPS, checked
from .site_sets import label_of
from .sites import as_site, conversation_at, host_in, in_letters, patterns, sites_over

__all__ = ["ABOUT_US", "BY_HAND", "EVERYTHING", "KEEPS", "Choices", "NobodyToListenFor", "as_site"]

NOTHING_CHOSEN: Json = {
    "sites": [],
    "conversations": [],
    "elsewhere": EVERYTHING,
    "accounts": [],
    "terms": [],
    "first_run": {"seen": [], "done": False},
    "raw": {"days": 90, "megabytes": 2000},
}
THE_ONE = 1  # the id of the only document


class NobodyToListenFor(EarmarkError):
    """Pages about us were asked for, and nothing says who we are."""

    code = "nobody_to_listen_for"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "“Only pages about us” is chosen for a site, and there is neither an account nor a "
            "term that means you: nothing would be kept there.",
            "Enter an account or a term, or choose something else for those sites.",
        )


class Tables(Protocol):
    """The one thing needed of the store: `earmark.store.log.Log` has it."""

    def table(self, name: str) -> Table:
        """A table of documents."""


class _Chosen:
    """One state of the choices, and what follows from it; never changed."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.sites: dict[str, Json] = {each["site"]: each for each in document["sites"]}
        self.conversations = {each["url"] for each in document["conversations"]}

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self.document["accounts"], self.document["terms"])

    def site_of(self, url: str) -> Json:
        """What was chosen for the narrowest site that the URL belongs to; empty for none."""
        found = (self.sites[s] for s in sites_over(host_in(url)) if s in self.sites)
        return next(found, {})


class Choices:
    """The choices, kept in the log; may be asked and changed from any thread."""

    def __init__(self, log: Tables) -> None:
        self._table = log.table("choices")
        self._changing = threading.Lock()
        stored = self._table.get(doc_id=THE_ONE)
        self._now = _Chosen(NOTHING_CHOSEN | (dict(stored) if isinstance(stored, dict) else {}))

    def document(self) -> Json:
        """All choices, as `GET /v1/choices` answers them; the caller may change the copy."""
        return copy.deepcopy(self._now.document)

    def change(self, patch: Json) -> Json:
        """Replace the parts that `patch` has; the document after it.

        Raises EarmarkError and changes nothing when something in it cannot be chosen.
        """
        return self.change_by(lambda _: patch)

    def change_by(self, make: Callable[[Json], Json]) -> Json:
        """The same with the patch that `make` gives for the document as it stands."""
        with self._changing:
            parts = checked(make(self.document()))
            chosen = _Chosen(self._now.document | parts)
            refuse_silence(chosen.document)
            self._table.upsert(Document(chosen.document, doc_id=THE_ONE))
            self._now = chosen
        return self.document()

    def keep_for(self, *urls: str) -> str:
        """What is kept of a page: `everything`, `about_us` or `by_hand`.

        Give the addresses of a frame and of the page around it: of what was chosen for either,
        the stricter holds; where neither site was chosen, what was chosen for elsewhere. Pages of
        this computer, the sample thread's, are not elsewhere.
        """
        now = self._now
        found = [site["keep"] for url in urls if (site := now.site_of(url))]
        at_home = all(host_in(url) in THIS_COMPUTER for url in urls)
        rest = EVERYTHING if at_home else str(now.document["elsewhere"])
        return max(found, key=KEEPS.index, default=rest)

    def allows_responses(self, url: str) -> bool:
        """Whether the person allowed responses on the site of a page."""
        return bool(self._now.site_of(url).get("responses"))

    def keeps_conversation(self, url: str) -> bool:
        """Whether messages are allowed on its site and exactly this conversation is switched on."""
        now = self._now
        allowed = bool(now.site_of(url).get("messages"))
        return allowed and conversation_at(url) in now.conversations

    def accounts(self) -> list[Json]:
        """Who we are: `{handle, platform?}`, the same list until it is changed."""
        accounts: list[Json] = self._now.document["accounts"]
        return accounts

    @property
    def raw_limits(self) -> Json:
        """`{days, megabytes}`: how long and how much is kept as it came."""
        return dict(self._now.document["raw"])

    @property
    def mentions(self) -> Mentions:
        """Who and what means us."""
        return self._now.mentions

    def for_plan(self) -> Json:
        """What an extension has to know: `{sites: [{site, keep, responses?, messages?, patterns,
        label?}], conversations: [{site, url}], elsewhere}`."""
        document = self._now.document
        sites = [each | _facts(each["site"]) for each in document["sites"]]
        rest = {key: document[key] for key in ("conversations", "elsewhere")}
        return {"sites": sites} | rest


def _facts(site: str) -> Json:
    letters = in_letters(site)
    label = label_of(site) or (letters if letters != site else "")
    return {"patterns": patterns(site)} | ({"label": label} if label else {})


def refuse_silence(document: Json) -> None:
    """Raise where everything of some site would be lost without a word."""
    wanted = {document["elsewhere"], *(each["keep"] for each in document["sites"])}
    if ABOUT_US in wanted and not document["accounts"] and not document["terms"]:
        raise NobodyToListenFor
