"""Recording a page as a case: everybody made up, consistently, and the structure kept."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from every_platform import ENTRIES, run, words_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earmark.kit.case import Case
from earmark.kit.disguise import Disguise
from earmark.kit.leaks import pieces
from earmark.kit.made_up import MadeUp
from earmark.kit.people import People, is_time
from earmark.kit.record import Recorded, Seen, record
from earmark.kit.tokens import words_in
from earmark.kit.vocabulary import address_words, interface_words
from earmark.parse.saved_page import decode_html, parse_saved

WHEN = "2026-11-21T12:00:00Z"
REAL = Path(os.environ.get("EARMARK_REAL_PAGES") or Path(__file__).parents[3] / "shared" / "pages")
PAGE = """<!doctype html><html lang="tr"><head><title>Selin Kaya yazdı: mutfak robotu</title>
<meta name="author" content="Selin Kaya"><meta name="generator" content="WordPress 6.4">
<!-- drawn for selin@kaya.example -->
<script>var visitor = "Selin Kaya";</script></head>
<body class="post-template single author-selinkaya postid-48213 wp-embed-responsive">
<ol class="commentlist">
<li id="comment-7719231" class="comment byuser comment-author-selinkaya even depth-1">
<article id="div-comment-7719231"><footer><b class="fn"><a href="https://selinkaya.example/hakkimda"
 title="Selin Kaya" onclick="hello('Selin Kaya')">Selin Kaya</a></b>
<img alt="Selin Kaya" src="//gravatar.example/avatar/9f86d081884c7d65" data-user="selinkaya">
<a href="https://mutfak.example.org/robot/#comment-7719231">
<time datetime="2026-11-19T08:30:00+00:00">2 gün önce</time></a></footer>
<div class="comment-content"><p>Robotu üç gün kullandım, sesi çok yüksek çıkıyor.
 Bana yazın: selin@kaya.example ya da 0532 123 45 67.</p></div>
<a class="comment-reply-link" aria-label="Yanıtla: Selin Kaya">Yanıtla</a></article>
<ol class="children"><li id="comment-7719240" class="comment depth-2">
<article id="div-comment-7719240"><footer><b class="fn">نیلوفر رستمی</b>
<a href="https://mutfak.example.org/robot/#comment-7719240">
<time datetime="2026-11-20T08:30:00+00:00">1 gün önce</time></a></footer>
<div class="comment-content"><p>@selinkaya من هم همین مشکل را دارم، ممنون Selin Kaya!</p></div>
</article></li></ol></li></ol></body></html>"""
PEOPLE = ("selin", "kaya", "selinkaya", "نیلوفر", "رستمی", "0532", "7719231", "9f86d081884c7d65")


def recorded(
    folder: Path, content: str, url: str = "https://mutfak.example.org/robot/"
) -> Recorded:
    return record(Seen(url, content.encode(), WHEN), folder, ENTRIES, run, words_of, "first")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(recorded(tmp_path_factory.mktemp("cases"), PAGE).folder)


def test_nothing_of_the_people_is_left(case: Case) -> None:
    written = "".join(path.read_text("utf-8").lower() for path in case.folder.iterdir())
    assert [word for word in PEOPLE if word in written] == []
    assert "mutfak" not in written


def test_a_recorded_page_is_read_as_the_page_was(tmp_path: Path) -> None:
    made = recorded(tmp_path, PAGE)
    items = Case(made.folder).expected
    assert made.different == []
    assert (made.platform, made.items) == ("wordpress", 2)
    assert items[1]["parent_id"] == items[0]["id"]
    assert items[0]["published"]["shown"] == "2026-11-19T08:30:00+00:00"


def test_a_person_has_one_name_everywhere(case: Case) -> None:
    page = case.content.decode()
    first, second = case.expected
    name = first["author"]["name"]
    assert page.count(name) == 7
    assert f'alt="{name}"' in page
    assert name in second["text"]
    handle = second["text"].split()[0].removeprefix("@")
    assert f"comment-author-{handle}" in page
    assert f'data-user="{handle}"' in page


def test_scripts_languages_and_interface_stay(case: Case) -> None:
    page = case.content.decode()
    assert ">Yanıtla</a>" in page
    assert ">2 gün önce</time>" in page
    assert 'content="WordPress 6.4"' in page
    assert "postid-48213" not in page
    name = case.expected[1]["author"]["name"]
    assert all("\u0600" <= sign <= "\u06ff" for sign in name if sign.isalpha())
    assert [len(word) for word in name.split()] == [6, 5]


def test_scripts_comments_and_handlers_are_gone_and_told(tmp_path: Path) -> None:
    made = recorded(tmp_path, PAGE)
    page = Case(made.folder).content.decode()
    assert "<script" not in page
    assert "<!--" not in page
    assert "onclick" not in page
    assert {"scripts": 1, "comments": 1, "handlers": 1}.items() <= made.replaced.items()
    assert {"e-mail addresses", "telephone numbers", "people"} <= {*made.replaced}


def test_data_in_scripts_is_replaced_and_stays_data(tmp_path: Path) -> None:
    held = {
        "@context": "https://schema.org",
        "@type": "Comment",
        "@id": "https://shop.example.org/kettle/#c-1",
        "text": "The lid came off on the second day.",
        "dateCreated": "2026-11-20T10:00:00Z",
        "author": {"@type": "Person", "name": "Mira Sand"},
    }
    page = f'<script type="application/ld+json">{json.dumps(held)}</script>'
    made = recorded(tmp_path, page, "https://shop.example.org/kettle/")
    [item] = Case(made.folder).expected
    assert made.different == []
    assert "Mira" not in Case(made.folder).content.decode()
    assert item["published"]["earliest"] == "2026-11-20T10:00:00Z"


def test_no_case_is_ever_overwritten_and_no_name_leaves_the_folder(tmp_path: Path) -> None:
    seen = Seen("https://mutfak.example.org/robot/", PAGE.encode(), WHEN)
    places = [
        record(seen, tmp_path, ENTRIES, run, words_of, name).folder
        for name in ("../../evil", "../../evil", "…")
    ]
    assert [place.relative_to(tmp_path).as_posix() for place in places] == [
        "wordpress/evil",
        "wordpress/evil_2",
        "wordpress/page",
    ]


def test_an_address_keeps_what_the_platform_names_and_loses_the_rest() -> None:
    words = ["item", "id"]
    rules = Disguise(MadeUp([], 1), People([]), words, "news.example.com")
    kept = rules.address("https://news.example.com/item?id=41900100&by=mira#41900101")
    assert kept.startswith("https://news.example.com/item?id=")
    assert "41900100" not in kept
    assert "mira" not in kept
    other = rules.address("https://mira.blog.de/item/7")
    assert other.endswith(".example/item/7")
    assert rules.address("javascript:hello('mira')") == "#"


LETTERS = st.characters(categories=("Ll", "Lu", "Lo"), max_codepoint=0x9FFF)
WORDS = st.text(LETTERS, min_size=3, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
TEXTS = st.lists(
    st.one_of(WORDS, st.sampled_from(["reply", "like", "3", "days", "yorum", "نظر", "返信"])),
    min_size=1,
    max_size=12,
).map(" ".join)
COMMENTS = st.lists(st.tuples(NAMES, WORDS, TEXTS), min_size=1, max_size=4)


def thread(comments: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<li class="comment comment-author-{handle}" id="comment-{number}00001"'
        f' title="{name}: {text}">'
        f'<article id="div-comment-{number}00001">'
        f'<b class="fn" data-who="{handle}"><a href="/author/{handle}">{name}</a></b>'
        f'<a href="#comment-{number}00001"><time datetime="2026-11-20T10:00:00Z">1 day ago</time>'
        f'</a><div class="comment-content"><p>{text}</p></div><a>Reply</a></article></li>'
        for number, (name, handle, text) in enumerate(comments, start=1)
    )
    head = '<meta name="generator" content="WordPress 6.4">'
    return f'<html><head>{head}</head><body><ol class="commentlist">{rows}</ol></body></html>'


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(COMMENTS)
def test_no_name_and_no_three_words_of_anybody_are_left(
    tmp_path_factory: pytest.TempPathFactory, comments: list[tuple[str, str, str]]
) -> None:
    made = recorded(tmp_path_factory.mktemp("any"), thread(comments))
    assert made.items == len(comments)
    content = Case(made.folder).content.decode()
    assert left(content, [(name, text) for name, _, text in comments]) == []
    assert left(content, [(handle, "") for _, handle, _ in comments]) == []


def left(content: str, people: list[tuple[str, str]]) -> list[str]:
    """What of these (name, text) still stands in a recording."""
    names = {" ".join(words_in(name)): name for name, _ in people if strange(name)}
    lengths = {len(name.split()) for name in names}
    texts = {gram for _, text in people for gram in three_words(text)}
    found: set[str] = set()
    for words, is_label in pieces(content):
        found |= {names[run] for length in lengths for run in runs(words, length) & names.keys()}
        found |= set() if is_label else runs(words, 3) & texts
    return sorted(found)


def runs(words: Sequence[str], length: int) -> set[str]:
    return {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}


def strange(name: str) -> bool:
    """Whether it is a name by its looks: “Reply” alone is not."""
    common = interface_words() | address_words()
    return any(len(word) > 2 and word not in common for word in words_in(name))


def three_words(text: str) -> list[str]:
    words = words_in(text)
    triples = [words[start : start + 3] for start in range(len(words) - 2)]
    addresses = ("http", "https", "www")
    triples = [triple for triple in triples if triple[0] not in addresses]
    return [" ".join(triple) for triple in triples if not is_time(triple)]


@pytest.mark.parametrize(
    "word", ["Mira", "MIRA", "çağrı", "می‌خواهم", "محمد", "Пётр", "田中", "mira84"]
)
def test_a_made_up_word_has_the_script_and_the_shape_of_the_real_one(word: str) -> None:
    made = MadeUp([word.lower()], 7).token(word)
    assert made != word
    assert len(made) == len(word)
    for sign, old in zip(made, word, strict=True):
        assert (sign.isupper(), sign.isdecimal()) == (old.isupper(), old.isdecimal())
        assert sign.isascii() == old.isascii()


@settings(max_examples=50)
@given(st.lists(st.text(min_size=1).filter(lambda t: any(map(str.isalnum, t))), min_size=2))
def test_two_words_are_never_made_into_one(texts: list[str]) -> None:
    words = {word for text in texts for word in words_in(text)}
    made = MadeUp(words, 3)
    assert len({made.token(word) for word in words}) == len(words)
    assert not words & {made.token(word) for word in words}


def real_pages() -> list[tuple[str, str]]:
    if not REAL.is_dir():
        return []
    with (REAL / "INDEX.tsv").open(encoding="utf-8", newline="") as stream:
        return [(row["file"], row["url"]) for row in csv.DictReader(stream, delimiter="\t")]


@pytest.mark.skipif(not REAL.is_dir(), reason="no folder of real pages")
@pytest.mark.parametrize(("file", "url"), real_pages(), ids=lambda value: value[:40])
def test_a_real_page_keeps_its_structure_and_loses_its_people(
    tmp_path: Path, file: str, url: str
) -> None:
    content = (REAL / file).read_bytes()
    made = record(Seen(url, content, WHEN), tmp_path, ENTRIES, run, words_of)
    assert made.different == []
    items = parse_saved(url, content, ENTRIES, run, WHEN).items
    written = Case(made.folder).content.decode()
    looked_for = {*words_of(made.platform)} if made.platform else set()
    authors = [item.get("author", {}) for item in items]
    names = {a[key] for a in authors for key in ("name", "handle") if a.get(key)}
    names = {name for name in names if not {*words_in(name)} <= looked_for}
    people = [(name, "") for name in names] + [("", item.get("text", "")) for item in items]
    assert left(written, people) == []
    assert decode_html(content) != written
