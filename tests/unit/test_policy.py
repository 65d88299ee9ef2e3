"""What an organisation allows: read without mercy for typos, joined so that the strictest holds."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earmark.policy import KEYS, BadPolicy, Policies, Policy, read_system_policy, understood

WHOLE = {
    "allowed_sites": ["reddit.com", "forum.example.org"],
    "messages": False,
    "retention_days": 90,
    "webhooks": False,
    "plugins": ["hackernews", "webpage"],
}
sites = st.lists(st.sampled_from(["a.example", "x.a.example", "b.example", "b.test"]), max_size=3)
policies = st.builds(
    Policy,
    allowed_sites=st.none() | sites.map(tuple),
    messages=st.none() | st.booleans(),
    retention_days=st.none() | st.integers(1, 400),
    webhooks=st.none() | st.booleans(),
    plugins=st.none() | st.lists(st.sampled_from("abc"), unique=True).map(tuple),
)
HOSTS = ["a.example", "x.a.example", "y.x.a.example", "b.example", "b.test", "other.example"]


def test_a_policy_says_what_was_written() -> None:
    assert Policy.from_json(WHOLE).to_json() == WHOLE
    assert Policy.from_json({}).to_json() == {}
    assert Policy.from_json(WHOLE).allowed_sites == ("reddit.com", "forum.example.org")


def test_null_is_nothing_said() -> None:
    assert Policy.from_json(dict.fromkeys(KEYS)) == Policy()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ([], "one JSON object"),
        ({"allowed_sites": "reddit.com"}, "“allowed_sites”: must be a list"),
        ({"allowed_sites": ["*.reddit.com"]}, "is no site"),
        ({"allowed_sites": ["reddit.com", 7]}, "every entry must be a name"),
        ({"messages": "no"}, "“messages”: must be true or false"),
        ({"webhooks": 0}, "“webhooks”: must be true or false"),
        ({"retention_days": True}, "whole number of days"),
        ({"retention_days": 0}, "whole number of days"),
        ({"retention_days": 1e9}, "whole number of days"),
        ({"retention_days": "90"}, "whole number of days"),
        ({"plugins": {"hackernews": True}}, "“plugins”: must be a list"),
        ({"retention": 90}, "“retention” is no key"),
    ],
)
def test_what_is_wrong_is_named(written: object, told: str) -> None:
    with pytest.raises(BadPolicy) as caught:
        Policy.from_json(written)
    assert told in caught.value.message
    assert "organisations.md" in caught.value.hint


def test_what_is_understood_counts_beside_what_is_wrong() -> None:
    policy, wrong = understood({**WHOLE, "messages": "no", "allowed_sites": ["reddit.com", "a b"]})
    assert policy.retention_days == 90
    assert policy.messages is None
    assert policy.allowed_sites == ("reddit.com",), "a bad entry widens nothing"
    assert len(wrong) == 2


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_any_value_is_understood_or_told(value: object) -> None:
    for key in KEYS:
        policy, wrong = understood({key: value})
        assert wrong or policy.to_json().keys() <= {key}
        assert understood(policy.to_json()) == (policy, [])


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("Reddit.com", "reddit.com"),
        ("https://www.reddit.com/r/x", "reddit.com"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("forum.example.org:8443", "forum.example.org"),
        ("intranet", "intranet"),
        ("[::1]:80", "[::1]"),
    ],
)
def test_sites_have_one_spelling(written: str, host: str) -> None:
    assert Policy.from_json({"allowed_sites": [written]}).allowed_sites == (host,)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://reddit.com/r/x", True),
        ("https://old.reddit.com/", True),
        ("https://www.reddit.com:8443/", True),
        ("reddit.com", True),
        ("https://notreddit.com/", False),
        ("https://reddit.com.evil.example/", False),
        ("https://evil.example/?reddit.com", False),
        ("https://reddit.com@evil.example/", False),
        ("", False),
        ("http://127.0.0.1:47650/sample", True),
        ("http://earmark.localhost:47650/sample", True),
    ],
)
def test_a_site_is_allowed_with_its_subdomains_and_no_other(address: str, allowed: bool) -> None:
    policy = Policy(allowed_sites=("reddit.com",))
    assert policy.allows_site(address) is allowed
    assert bool(policy.refusal(address)) is not allowed


def test_a_refusal_names_the_site_and_who_refuses() -> None:
    told = Policy(allowed_sites=()).refusal("https://www.example.org/x")
    assert told == "Your organisation does not allow Earmark on example.org."


def test_without_a_list_every_site_is_allowed() -> None:
    assert Policy().allows_site("https://anything.example/")


@given(policies, policies, st.sampled_from(HOSTS))
def test_both_of_two_policies_hold(one: Policy, other: Policy, host: str) -> None:
    both = one.stricter(other)
    assert both.allows_site(host) == (one.allows_site(host) and other.allows_site(host))
    assert (both.messages is False) == (False in (one.messages, other.messages))
    days = [p.retention_days for p in (one, other) if p.retention_days is not None]
    assert both.retention_days == (min(days) if days else None)
    assert both.stricter(Policy()) == both


def system_file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "policy.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_no_file_is_no_policy_and_no_problem(tmp_path: Path) -> None:
    assert read_system_policy(tmp_path / "none.json") == (Policy(), "")


@pytest.mark.parametrize("text", ["{", b"\xff\xfe", "[" * 100_000, ""])
def test_a_file_that_is_no_json_is_told_with_its_place(tmp_path: Path, text: str | bytes) -> None:
    path = system_file(tmp_path, text)
    policy, problem = read_system_policy(path)
    assert policy == Policy()
    assert str(path) in problem
    assert "not JSON" in problem


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    policy, problem = read_system_policy(tmp_path)
    assert policy == Policy()
    assert "cannot be read" in problem


class Log:
    """Paired browsers, as the log lists them."""

    def __init__(self, *browsers: dict[str, Any]) -> None:
        self.browsers = list(browsers)

    def table(self, name: str) -> Any:
        assert name == "browsers"
        return SimpleNamespace(all=lambda: self.browsers)


def browser(name: str, policy: object) -> dict[str, Any]:
    return {"id": "b1", "name": name, "condition": {"policy": policy}}


def test_the_file_and_all_browsers_hold_together(tmp_path: Path) -> None:
    path = system_file(tmp_path, json.dumps({"retention_days": 30, "webhooks": False}))
    log = Log(browser("Chrome", {"retention_days": 10}), {"id": "b2", "name": "Firefox"})
    found = Policies(log, path)
    assert found.effective() == Policy(retention_days=10, webhooks=False)
    assert found.set_by() == {
        "retention_days": [
            {"kind": "file", "name": str(path)},
            {"kind": "browser", "name": "Chrome"},
        ],
        "webhooks": [{"kind": "file", "name": str(path)}],
    }
    assert found.problems == []


def test_a_policy_holds_from_the_moment_it_is_there(tmp_path: Path) -> None:
    log = Log()
    found = Policies(log, tmp_path / "policy.json")
    assert found.effective() == Policy()
    log.browsers.append(browser("Chrome", {"messages": False}))
    system_file(tmp_path, json.dumps({"plugins": ["webpage"]}))
    assert found.effective() == Policy(messages=False, plugins=("webpage",))


def test_what_a_browser_says_wrongly_is_told_with_its_name(tmp_path: Path) -> None:
    log = Log(browser("Chrome", {"messages": "no"}), browser("Firefox", []))
    found = Policies(log, tmp_path / "none.json")
    assert found.effective() == Policy()
    assert [problem.partition(":")[0] for problem in found.problems] == [
        "The policy that Chrome is under",
        "The policy that Firefox is under",
    ]
