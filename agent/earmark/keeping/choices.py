"""What the person chose: which sites are heard, what is kept of each, and who we are."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Protocol

import sqlalchemy as sa
from tinydb.table import Table

from ..errors import EarmarkError
from ..model import Json
from ..policy import THIS_COMPUTER
from ..store.changes import now
from .about_us import Mentions
from .checked import ABOUT_US, BY_HAND, EVERYTHING, KEEPS, checked
from .listed import put, read_list, write_list
from .my_accounts import accounts_of, entered_again, public
from .site_sets import label_of
from .sites import as_site, conversation_at, host_in, in_letters, patterns, sites_over
from .watch_terms import means_us, named_again, names_in, names_of_us

__all__ = ["ABOUT_US", "BY_HAND", "EVERYTHING", "KEEPS", "Choices", "NobodyToListenFor", "as_site"]

NOTHING_CHOSEN: Json = {
    "sites": [],
    "conversations": [],
    "elsewhere": EVERYTHING,
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
    """What is needed of the store: `earmark.store.log.Log` has it."""

    def table(self, name: str) -> Table:
        """A table of documents."""

    def call(self, work: Callable[[sa.Connection], Any]) -> Any:
        """Do some work whole or not at all."""


class _Chosen:
    """One state of the choices, and what follows from it; never changed."""

    def __init__(self, document: Json, accounts: list[Json], terms: list[Json]) -> None:
        self.document = document
        self.accounts = accounts
        self.terms = terms
        self.sites: dict[str, Json] = {each["site"]: each for each in document["sites"]}
        self.conversations = {each["url"] for each in document["conversations"]}

    @cached_property
    def mentions(self) -> Mentions:
        return Mentions(self.accounts, filter(means_us, self.terms))

    @property
    def shown(self) -> Json:
        """All choices, with accounts and terms as Setup knows them."""
        accounts = [public(account) for account in self.accounts]
        return self.document | {"accounts": accounts, "terms": names_of_us(self.terms)}

    def site_of(self, url: str) -> Json:
        """What was chosen for the narrowest site that the URL belongs to; empty for none."""
        found = (self.sites[s] for s in sites_over(host_in(url)) if s in self.sites)
        return next(found, {})


class Choices:
    """The choices, kept in the log; may be asked and changed from any thread.

    Accounts and watch terms lie in tables of their own, with more than Setup asks for; what the
    choices say of them is a view of those.
    """

    def __init__(self, log: Tables) -> None:
        self._log = log
        self._table = log.table("choices")
        self._accounts = log.table("my_accounts")
        self._terms = log.table("watch_terms")
        self._changing = threading.Lock()
        found = self._table.get(doc_id=THE_ONE)
        stored = dict(found) if isinstance(found, dict) else {}
        before = {key: stored.pop(key) for key in ("accounts", "terms") if key in stored}
        tables = read_list(self._accounts), read_list(self._terms)
        self._now = _Chosen(NOTHING_CHOSEN | stored, *tables)
        if before:
            self._move_in(before)

    def _move_in(self, before: Json) -> None:
        """Accounts and terms once lay in the document of the choices."""
        accounts = accounts_of(before.get("accounts", []))
        terms = named_again([], names_in(before.get("terms", [])), now())
        chosen = _Chosen(self._now.document, accounts, terms)

        def move(_: sa.Connection) -> None:
            self._table.remove(doc_ids=[THE_ONE])
            self._put(chosen)

        self._log.call(move)

    def document(self) -> Json:
        """All choices, as `GET /v1/choices` answers them; the caller may change the copy."""
        return copy.deepcopy(self._now.shown)

    def change(self, patch: Json) -> Json:
        """Replace the parts that `patch` has; the document after it.

        Raises EarmarkError and changes nothing when something in it cannot be chosen.
        """
        return self.change_by(lambda _: patch)

    def change_by(self, make: Callable[[Json], Json]) -> Json:
        """The same with the patch that `make` gives for the document as it stands."""
        with self._changing:
            was = self._now
            parts = checked(make(self.document()))
            accounts, terms = was.accounts, was.terms
            if "accounts" in parts:
                accounts = entered_again(accounts, parts.pop("accounts"))
            if "terms" in parts:
                terms = named_again(terms, parts.pop("terms"), now())
            self._put(_Chosen(was.document | parts, accounts, terms))
        return self.document()

    def change_accounts(self, make: Callable[[Sequence[Json]], list[Json]]) -> list[Json]:
        """Have the accounts that `make` makes of those there are, each with an id; raises and
        changes nothing where nobody to listen for would be left."""
        with self._changing:
            self._put(_Chosen(self._now.document, make(self._now.accounts), self._now.terms))
            return self._now.accounts

    def change_terms(self, make: Callable[[Sequence[Json]], list[Json]]) -> list[Json]:
        """The same with watch terms."""
        with self._changing:
            self._put(_Chosen(self._now.document, self._now.accounts, make(self._now.terms)))
            return self._now.terms

    def _put(self, chosen: _Chosen) -> None:
        refuse_silence(chosen)
        was = self._now

        def write(_: sa.Connection) -> _Chosen:
            accounts, terms = was.accounts, was.terms
            put(self._table, THE_ONE, chosen.document)
            if chosen.accounts != accounts:
                accounts = write_list(self._accounts, accounts, chosen.accounts)
            if chosen.terms != terms:
                terms = write_list(self._terms, terms, chosen.terms)
            return _Chosen(chosen.document, accounts, terms)

        self._now = self._log.call(write)

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
        """Who we are (see `my_accounts.py`): the very same list until it is changed."""
        return self._now.accounts

    def terms(self) -> list[Json]:
        """Whom and what to listen for (see `watch_terms.py`): the very same list until it is
        changed."""
        return self._now.terms

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


def refuse_silence(chosen: _Chosen) -> None:
    """Raise where everything of some site would be lost without a word."""
    sites = chosen.document["sites"]
    wanted = {chosen.document["elsewhere"], *(each["keep"] for each in sites)}
    if ABOUT_US in wanted and not chosen.accounts and not names_of_us(chosen.terms):
        raise NobodyToListenFor
