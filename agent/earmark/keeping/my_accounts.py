"""The person's own accounts: `{handle, platform?, name?, brand?, support?}`.

handle: without the @. platform: where it is; none means everywhere. name: what the account is
called there. brand: the watch term it speaks for. support: true where customers are helped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..errors import EarmarkError
from ..folding import fold
from ..model import Json
from .given import BadChoice, a_handle, a_list, a_platform, a_switch, an_object, tidied
from .given_messages import told

MOST = 1000
LONGEST_HANDLE, LONGEST_NAME = 100, 200  # characters
FIELDS = ("handle", "platform", "name", "brand", "support")
Key = tuple[str, str]


class NoSuchAccount(EarmarkError):
    """No account has this id."""

    code = "no_such_account"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such account.", "GET /v1/accounts lists them.")


def account_of(value: Any) -> Json:
    """An account, tidied; raises BadChoice."""
    given = an_object(value, "An account", FIELDS)
    account: Json = {"handle": a_handle(given.get("handle"), "An account", LONGEST_HANDLE)}
    if given.get("platform"):
        account["platform"] = a_platform(given["platform"])
    for field in ("name", "brand"):
        if given.get(field):
            account[field] = tidied(given[field], f"The {field} of an account", LONGEST_NAME)
    if a_switch(given.get("support", False), "support of an account"):
        account["support"] = True
    return account


def accounts_of(value: Any) -> list[Json]:
    """Accounts, each once."""
    found: dict[Key, Json] = {}
    for each in a_list(value, "accounts", MOST):
        account = account_of(each)
        found.setdefault(key_of(account), account)
    return list(found.values())


def key_of(account: Json) -> Key:
    """What makes two entries the same account."""
    return fold(account["handle"]), account.get("platform", "")


def entered_again(known: Sequence[Json], given: Sequence[Json]) -> list[Json]:
    """The accounts given; one that was known keeps its id and what is not said of it again."""
    before = {key_of(account): account for account in known}
    return [before.get(key_of(account), {}) | account for account in given]


def added(known: Sequence[Json], account: Json) -> list[Json]:
    """The accounts with one more, or with what is given of one that is known."""
    key = key_of(account)
    if any(key_of(each) == key for each in known):
        return [each | account if key_of(each) == key else each for each in known]
    if len(known) >= MOST:
        raise BadChoice(told("no_room", most=MOST, name="accounts"), told("delete_some"))
    return [*known, account]


def without(known: Sequence[Json], id: int) -> list[Json]:
    """The accounts but one; raises NoSuchAccount."""
    left = [account for account in known if account["id"] != id]
    if len(left) == len(known):
        raise NoSuchAccount
    return left


def public(account: Json) -> Json:
    """An account as it was entered."""
    return {field: account[field] for field in FIELDS if field in account}
