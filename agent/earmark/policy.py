"""What an organisation allows: read from a file of the system and told by managed browsers.

Whoever looks after the computer decides; where several say something, the strictest counts.
`docs/organisations.md` says how it is rolled out and what each key does.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Protocol

from tinydb.table import Table

from .errors import EarmarkError
from .model import Json
from .parse.urls import canonical_host

LONGEST_RETENTION_DAYS = 36_500
_HOST = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_PORT = re.compile(r":\d+$")
THIS_COMPUTER = frozenset({"127.0.0.1", "[::1]", "localhost", "earmark.localhost"})


class BadPolicy(EarmarkError):
    """A policy that says something Earmark does not understand."""

    code = "bad_policy"
    status = 422


@dataclass(frozen=True)
class Policy:
    """What is allowed; None where nothing is said.

    allowed_sites: host names, each with its subdomains; no others may be heard.
    messages, webhooks: False forbids them. retention_days: nothing that was last seen longer ago
    is kept. plugins: names of those that may be used.
    """

    allowed_sites: tuple[str, ...] | None = None
    messages: bool | None = None
    retention_days: int | None = None
    webhooks: bool | None = None
    plugins: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, data: object) -> Policy:
        """A policy as written; BadPolicy names everything in it that is wrong."""
        policy, wrong = understood(data)
        if wrong:
            raise BadPolicy(" ".join(wrong), "docs/organisations.md lists the keys and values.")
        return policy

    def to_json(self) -> Json:
        """The keys that say something."""
        said = {name: value for name, value in asdict(self).items() if value is not None}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in said.items()}

    def stricter(self, other: Policy) -> Policy:
        """What both allow."""
        return Policy(
            _strictest(self.allowed_sites, other.allowed_sites, _sites_of_both),
            _strictest(self.messages, other.messages, min),
            _strictest(self.retention_days, other.retention_days, min),
            _strictest(self.webhooks, other.webhooks, min),
            _strictest(self.plugins, other.plugins, _names_of_both),
        )

    def allows_site(self, url_or_host: str) -> bool:
        """Whether pages there may be heard; those of this computer, the sample thread's, always."""
        if self.allowed_sites is None:
            return True
        host = _host(url_or_host)
        return host in THIS_COMPUTER or any(_covers(site, host) for site in self.allowed_sites)

    def refusal(self, url_or_host: str) -> str:
        """Why pages there may not be heard, in words; empty where they may."""
        if self.allows_site(url_or_host):
            return ""
        site = _host(url_or_host) or "this page"
        return f"Your organisation does not allow Earmark on {site}."


KEYS = tuple(field.name for field in fields(Policy))


class Tables(Protocol):
    """The one thing needed of the store: `earmark.store.log.Log` has it."""

    def table(self, name: str) -> Table:
        """A table of documents."""


class Policies:
    """What holds on this computer now, asked anew each time: nobody has to restart anything.

    log: its paired browsers tell of the policy they are under. path: the system's policy file.
    May be called from any thread.
    """

    def __init__(self, log: Tables, path: Path | None = None) -> None:
        self._browsers = log.table("browsers")
        self.path = path or system_policy_file()

    def effective(self) -> Policy:
        """The strictest of all that is said."""
        policy = Policy()
        for _, said, _ in self._sources():
            policy = policy.stricter(said)
        return policy

    @property
    def problems(self) -> list[str]:
        """What could not be understood, in words, each with where it stands."""
        return [problem for _, _, problem in self._sources() if problem]

    def set_by(self) -> dict[str, list[Json]]:
        """For each key that says something, who says it: `{kind: file|browser, name}`."""
        named: dict[str, list[Json]] = {}
        for source, policy, _ in self._sources():
            for key in policy.to_json():
                named.setdefault(key, []).append(source)
        return named

    def _sources(self) -> list[tuple[Json, Policy, str]]:
        policy, problem = read_system_policy(self.path)
        found = [({"kind": "file", "name": str(self.path)}, policy, problem)]
        return found + [_of_browser(row) for row in self._browsers.all()]


def _of_browser(row: Json) -> tuple[Json, Policy, str]:
    name = str(row.get("name") or row.get("id"))
    condition = row.get("condition")
    said = condition.get("policy") if isinstance(condition, dict) else None
    policy, wrong = understood({} if said is None else said)
    problem = f"The policy that {name} is under: {' '.join(wrong)}" if wrong else ""
    return {"kind": "browser", "name": name}, policy, problem


def system_policy_file() -> Path:
    """Where the system keeps the agent's policy; only an administrator can write there."""
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Earmark/policy.json")
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData"), "Earmark", "policy.json")
    return Path("/etc/earmark/policy.json")


def read_system_policy(path: Path | None = None) -> tuple[Policy, str]:
    """The policy in the system's file, and what is wrong with the file, in words.

    What is understood counts even where the rest is wrong. No file is no policy.
    """
    path = path or system_policy_file()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Policy(), ""
    except OSError as error:
        return Policy(), f"{path} cannot be read: {error.strerror}."
    except (ValueError, RecursionError):
        return Policy(), f"{path} is not JSON in UTF-8, so nothing in it counts."
    policy, wrong = understood(data)
    return policy, f"{path}: {' '.join(wrong)}" if wrong else ""


def understood(data: object) -> tuple[Policy, list[str]]:
    """As much of `data` as is a policy, and a sentence on each thing in it that is not."""
    if not isinstance(data, dict):
        return Policy(), ["A policy is one JSON object."]
    wrong = [f"“{key}” is no key of a policy." for key in data.keys() - set(KEYS)]
    said: dict[str, Any] = {}
    for key in (key for key in KEYS if data.get(key) is not None):
        said[key], complaints = READERS[key](data[key])
        wrong += [f"“{key}”: {complaint}" for complaint in complaints]
    return Policy(**said), sorted(wrong)


Read = tuple[Any, list[str]]  # the value, None where there is none to be had; what is wrong


def _read_switch(value: object) -> Read:
    return (value, []) if isinstance(value, bool) else (None, ["must be true or false."])


def _read_days(value: object) -> Read:
    good = isinstance(value, int) and not isinstance(value, bool)
    if good and 1 <= value <= LONGEST_RETENTION_DAYS:  # type: ignore[operator]
        return value, []
    return None, [f"must be a whole number of days, 1 to {LONGEST_RETENTION_DAYS}."]


def _read_names(value: object) -> Read:
    if not isinstance(value, list):
        return None, ["must be a list."]
    named = [each for each in value if isinstance(each, str) and each.strip()]
    odd = ["every entry must be a name."] if len(named) < len(value) else []
    return tuple(dict.fromkeys(name.strip() for name in named)), odd


def _read_sites(value: object) -> Read:
    names, wrong = _read_names(value)
    hosts = {name: _host(name) for name in names or ()}
    wrong += [f"{name[:80]!r} is no site." for name, host in hosts.items() if not host]
    sites = dict.fromkeys(host for host in hosts.values() if host)
    return None if names is None else tuple(sites), wrong


READERS: dict[str, Callable[[object], Read]] = {
    "allowed_sites": _read_sites,
    "messages": _read_switch,
    "retention_days": _read_days,
    "webhooks": _read_switch,
    "plugins": _read_names,
}


def _host(url_or_host: str) -> str:
    """The host that a URL or a host name means, without `www.` and port; empty for neither."""
    url = url_or_host if "://" in url_or_host else f"https://{url_or_host}"
    host = _PORT.sub("", canonical_host(url))
    return host if _HOST.fullmatch(host) else ""


def _covers(site: str, host: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _strictest(one: Any, other: Any, choose: Callable[[Any, Any], Any]) -> Any:
    if one is None or other is None:
        return other if one is None else one
    return choose(one, other)


def _sites_of_both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    """The narrower of two lists of sites, site by site."""
    inner = [site for site in one if any(_covers(wide, site) for wide in other)]
    inner += [site for site in other if any(_covers(wide, site) for wide in one)]
    return tuple(dict.fromkeys(inner))


def _names_of_both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in one if name in other)
