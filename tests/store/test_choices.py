"""What a person chose is kept, takes effect at once, and is changed whole or not at all."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from earmark.errors import EarmarkError
from earmark.keeping.choices import Choices, NobodyToListenFor
from earmark.parse.urls import UrlPattern
from earmark.store.log import Log, open_log


@pytest.fixture
def choices(log: Log) -> Choices:
    return Choices(log)


def sites(**kept: str) -> dict[str, Any]:
    """Choices of sites: `forum_example="by_hand"`."""
    named = {site.replace("_", "."): keep for site, keep in kept.items()}
    return {"sites": [{"site": site, "keep": keep} for site, keep in named.items()]}


def test_without_a_choice_everything_is_kept(choices: Choices) -> None:
    assert choices.document() == {
        "sites": [],
        "conversations": [],
        "elsewhere": "everything",
        "accounts": [],
        "terms": [],
        "first_run": {"seen": [], "done": False},
        "raw": {"days": 90, "megabytes": 2000},
    }
    assert choices.keep_for("https://any.example/") == "everything"


def test_a_change_replaces_only_what_it_names_and_survives_a_restart(log: Log) -> None:
    choices = Choices(log)
    choices.change({"terms": ["Acme"], "first_run": {"seen": ["pair"], "done": True}})
    after = choices.change({"terms": ["Acme", "آکمه"]} | sites(forum_example="about_us"))
    assert after == choices.document()
    assert after["first_run"] == {"seen": ["pair"], "done": True}
    log.close()
    again = open_log(log.path)
    assert Choices(again).document() == after
    assert Choices(again).keep_for("https://forum.example/") == "about_us"
    assert len(again.table("choices")) == 1
    again.close()


def test_the_narrowest_site_decides(choices: Choices) -> None:
    choices.change({"elsewhere": "by_hand", "terms": ["x"]})
    choices.change(sites(reddit_com="everything", old_reddit_com="about_us"))
    assert choices.keep_for("https://www.reddit.com/r/x") == "everything"
    assert choices.keep_for("https://a.old.reddit.com/") == "about_us"
    assert choices.keep_for("https://notreddit.com/") == "by_hand"
    assert choices.keep_for("https://reddit.com.evil.example/") == "by_hand"
    assert choices.keep_for("https://reddit.com@evil.example/") == "by_hand"
    assert choices.keep_for("nonsense") == "by_hand"


def test_an_international_site_is_found_in_either_writing(choices: Choices) -> None:
    choices.change({"sites": [{"site": "bücher.example", "keep": "by_hand"}]})
    assert choices.keep_for("https://xn--bcher-kva.example/1") == "by_hand"
    assert choices.keep_for("https://WWW.BÜCHER.example:443/1") == "by_hand"


@pytest.mark.parametrize(
    ("frame", "around", "kept"),
    [
        ("everything", "by_hand", "by_hand"),
        ("by_hand", "everything", "by_hand"),
        ("about_us", "everything", "about_us"),
        ("", "everything", "everything"),
        ("everything", "", "everything"),
        ("", "", "by_hand"),
    ],
)
def test_a_frame_goes_with_its_page_and_the_stricter_choice(
    choices: Choices, frame: str, around: str, kept: str
) -> None:
    named = {"widget_example": frame, "news_example": around}
    chosen = sites(**{site: keep for site, keep in named.items() if keep})
    choices.change(chosen | {"elsewhere": "by_hand", "terms": ["x"]})
    assert choices.keep_for("https://widget.example/1", "https://news.example/2") == kept


def test_the_sample_thread_is_not_elsewhere(choices: Choices) -> None:
    choices.change({"elsewhere": "by_hand"})
    for host in ("earmark.localhost:47650", "127.0.0.1:47650", "localhost", "[::1]:1"):
        assert choices.keep_for(f"http://{host}/sample") == "everything"
    assert choices.keep_for("http://localhost/frame", "https://a.example/") == "by_hand"
    choices.change({"sites": [{"site": "localhost", "keep": "by_hand"}]})
    assert choices.keep_for("http://localhost:3000/") == "by_hand"


@pytest.mark.parametrize("patch", [{"elsewhere": "about_us"}, sites(a_example="about_us")])
def test_pages_about_nobody_cannot_be_asked_for(choices: Choices, patch: dict[str, Any]) -> None:
    before = choices.document()
    with pytest.raises(NobodyToListenFor) as told:
        choices.change(patch)
    assert told.value.status == 409
    assert choices.document() == before
    choices.change(patch | {"accounts": [{"handle": "acme"}]})
    with pytest.raises(NobodyToListenFor):
        choices.change({"accounts": []})
    assert choices.document()["accounts"] == [{"handle": "acme"}]
    choices.change({"accounts": [], "terms": ["Acme"]})


def test_a_change_with_one_bad_part_changes_nothing(choices: Choices) -> None:
    with pytest.raises(EarmarkError):
        choices.change({"terms": ["Acme"], "elsewhere": "maybe"})
    assert choices.document()["terms"] == []


def test_what_is_handed_out_is_a_copy(choices: Choices) -> None:
    choices.document()["terms"].append("x")
    choices.change({"terms": ["Acme"]})["terms"].append("y")
    assert choices.document()["terms"] == ["Acme"]


def test_new_terms_are_listened_for_at_once(choices: Choices) -> None:
    assert choices.mentions.found_in(["Acme"], "forum") == ""
    choices.change({"terms": ["Acme"]})
    assert choices.mentions.found_in(["acme’s"], "forum") == "Acme"


def test_changes_at_the_same_time_are_all_kept(choices: Choices) -> None:
    patches = [
        {"terms": ["Acme"]},
        {"accounts": [{"handle": "acme"}]},
        {"first_run": {"seen": ["pair"]}},
        sites(a_example="by_hand"),
    ]
    threads = [threading.Thread(target=choices.change, args=(patch,)) for patch in patches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    document = choices.document()
    assert document["terms"]
    assert document["accounts"]
    assert document["sites"]
    assert document["first_run"]["seen"]


def test_the_plan_says_where_to_listen_and_not_for_whom(choices: Choices) -> None:
    choices.change({"terms": ["Acme"], "elsewhere": "by_hand"})
    kept = {"reddit.com": "about_us", "bücher.example": "everything", "wiki": "by_hand"}
    choices.change({"sites": [{"site": site, "keep": keep} for site, keep in kept.items()]})
    plan = choices.for_plan()
    assert plan == {
        "sites": [
            {
                "site": "reddit.com",
                "keep": "about_us",
                "patterns": ["https://reddit.com/*", "https://*.reddit.com/*"],
                "label": "Reddit",
            },
            {
                "site": "xn--bcher-kva.example",
                "keep": "everything",
                "patterns": [
                    "https://xn--bcher-kva.example/*",
                    "https://*.xn--bcher-kva.example/*",
                ],
                "label": "bücher.example",
            },
            {"site": "wiki", "keep": "by_hand", "patterns": ["https://wiki/*", "http://wiki/*"]},
        ],
        "conversations": [],
        "elsewhere": "by_hand",
    }
    assert all(UrlPattern(pattern) for site in plan["sites"] for pattern in site["patterns"])
