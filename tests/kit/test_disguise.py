"""What a page holds of people beside its comments, in every place where a page can hold it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from earmark.kit.disguise import Disguise
from earmark.kit.made_up import MadeUp
from earmark.kit.people import People
from earmark.kit.tokens import words_in
from earmark.parse.slicing import parse_html

SITE = "talk.example.org"


def disguised(markup: str, items: list[dict[str, Any]] | None = None) -> str:
    """A page of which nobody's name is known, unless `items` were read on it."""
    soup = parse_html(markup)
    Disguise(MadeUp(words_in(markup), 5), People(items or []), ["posts"], SITE).tree(soup)
    return str(soup.body.decode_contents()) if soup.body else ""


def disguised_data(data: Any) -> Any:
    rules = Disguise(MadeUp(words_in(json.dumps(data)), 5), People([]), ["posts"], SITE)
    rules.told.read_data(data)
    return rules.data(data)


@pytest.mark.parametrize(
    "telephone",
    ["06.12.34.56.78", "06-12-34-56-78", "0532.123.45.67", "+36 30 123 4567", "(212) 555-0143"],
)
def test_a_telephone_number_goes_however_it_is_grouped(telephone: str) -> None:
    made = disguised(f"<p>{telephone}</p>")
    assert telephone not in made
    assert len(made) == len(f"<p>{telephone}</p>")


@pytest.mark.parametrize(
    "moment", ["2026-11-20 10:30", "20.11.2026 10:30", "20.11.2026", "11/20/2026, 10:30:15"]
)
def test_a_date_stays_however_it_is_written(moment: str) -> None:
    assert disguised(f"<p>{moment}</p>") == f"<p>{moment}</p>"


@pytest.mark.parametrize(
    "address", ["203.0.113.7", "2001:db8:96bf:1f00:9d5e:1:2:3", "2001:db8::8a2e:370:7334"]
)
def test_the_address_of_somebodys_computer_goes(address: str) -> None:
    made = disguised(f"<p>IP: {address}</p><a href='http://{address}/'>link</a>")
    assert address not in made


def test_an_id_made_of_a_heading_goes_with_it() -> None:
    made = disguised(
        '<h2 id="why-orla-left"><a href="#why-orla-left">Why <b>Orla</b> left</a></h2>'
        '<h3 id="orla">Orla</h3><div id="reply-form">Reply</div>'
    )
    soup = parse_html(made)
    ids = [str(heading["id"]) for heading in soup.select("h2, h3")]
    assert ids == ["-".join(words_in(each.get_text())) for each in soup.select("h2, h3")]
    assert f'href="#{ids[0]}"' in made
    assert "orla" not in made.lower()
    assert 'id="reply-form"' in made


def test_a_handle_that_a_link_names_goes_from_every_label() -> None:
    made = disguised(
        '<div data-testid="UserAvatar-Container-orlaquimby"><a href="/orlaquimby">@orlaquimby</a>'
        '</div><div data-testid="posts-list"><a href="/posts">posts</a></div>'
    )
    assert "orlaquimby" not in made
    handle = parse_html(made).a["href"].strip("/")  # type: ignore[index, union-attr]
    assert f'data-testid="UserAvatar-Container-{handle}"' in made
    assert 'data-testid="posts-list"' in made


@pytest.mark.parametrize(
    "anchor", ["#/people/orla.quimby", "#!user=orla", "#:~:text=Orla%20cried,kitchen"]
)
def test_an_anchor_that_is_more_than_an_id_is_read_as_an_address(anchor: str) -> None:
    made = disguised(f'<a href="{anchor}">1</a><a href="https://{SITE}/posts/1{anchor}">2</a>')
    assert "orla" not in made.lower()
    assert "kitchen" not in made


@pytest.mark.parametrize(
    ("sources", "sizes"),
    [
        ("/u/orla/s.jpg 1x,/u/orla/b.jpg 2x", ["1x", "2x"]),
        ("/u/orla/s.jpg 480w, /u/orla/w_20,h_30/b.jpg 960w", ["480w", "960w"]),
        ("Orla Quimby at home.jpg 1x", []),
        ("/u/orla.jpg 1x, data:image/svg+xml,<svg>Orla Quimby</svg> 2x", ["1x"]),
    ],
)
def test_every_picture_of_a_srcset_is_disguised(sources: str, sizes: list[str]) -> None:
    made = disguised(f'<img srcset="{sources}">')
    assert "orla" not in made.lower()
    assert "quimby" not in made.lower()
    written = str(parse_html(made).img["srcset"])  # type: ignore[index]
    assert [each.split()[1] for each in written.split(", ") if " " in each] == sizes


def test_numbers_of_people_are_not_taken_for_moments() -> None:
    held = {
        "creator_id": 1656632577,
        "editorId": 1020304050607080,
        "updatedBy": "2125550143",
        "text": "Call 2125550143 since 2026-11-20",
        "created_at": 1656632577,
        "posted": "2026-11-20T10:00:00 1763632800",
    }
    made = disguised_data(held)
    assert [name for name in held if made[name] == held[name]] == ["created_at", "posted"]
    assert "2125550143" not in made["text"]
    assert len(str(made["creator_id"])) == 10


def test_exact_places_and_days_of_birth_go_and_other_fractions_stay() -> None:
    held = {
        "lat": 47.4979,
        "at": [19.0402345],
        "longitude": "19.0402",
        "birthDate": "1987-05-12",
        "birthday": 548899200,
        "ratingValue": 4.25,
        "created_utc": 1668870000.0,
        "share": 1e-07,
    }
    made = disguised_data(held)
    kept = {name for name in held if made[name] == held[name]}
    assert kept == {"ratingValue", "created_utc", "share"}
    assert int(made["lat"]) == 47


def test_keys_that_are_somebodys_handle_go_with_it() -> None:
    made = disguised_data({"users": {"orla_q": {"handle": "orla_q", "replyCount": 3}}})
    [(key, user)] = made["users"].items()
    assert key == user["handle"] != "orla_q"
    assert user["replyCount"] == 3


def test_words_of_the_pages_own_address_in_ids_are_no_structure() -> None:
    ids = [f"{SITE}/orla-quimby-left/#comment-{number}" for number in (1, 2)]
    people = People([{"id": each, "text": "Yes."} for each in ids])
    assert people.id_words == {"comment"}


def test_the_word_before_a_date_makes_it_nobodys_words() -> None:
    people = [{"text": "Thanks! Mira at 2026/11/20 10:30"}]
    made = disguised("<p>Thanks! Mira at 2026/11/20 10:30</p><i>at 2026/11/20 10:30</i>", people)
    assert "<i>at 2026/11/20 10:30</i>" in made
