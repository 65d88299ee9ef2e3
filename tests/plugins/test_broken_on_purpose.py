"""A site that renames what its plugin looks for is told as changed, never as silent.

For every platform, in its richest recorded page: first the hooks of the elements themselves are
renamed, then those inside them, as a redesign does.
"""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from every_platform import CASES, ENTRIES, run

from earmark.kit.case import PAGE, Case
from earmark.parse.saved_page import SavedPage, parse_saved
from earmark.parse.verdict import fields_of

KEPT = {"class", "href", "src", "datetime", "lang", "dir"}  # class is renamed, the rest is content
ENTRY = {entry["name"]: entry for entry in ENTRIES}


def richest_cases() -> dict[str, Case]:
    """Of each platform, the recorded page with most items."""
    found: dict[str, Case] = {}
    for case in CASES:
        best = found.get(case.platform)
        if (case.folder / PAGE).exists() and len(case.expected) > len(
            best.expected if best else []
        ):
            found[case.platform] = case
    return found


RICHEST = richest_cases()
NAMED = sorted(set(RICHEST) - {"webpage"})


def rename(tag: Tag) -> None:
    """Another name for everything a selector can hold on to; the content stays."""
    if "class" in tag.attrs:
        tag["class"] = [str(name)[::-1] for name in tag.get_attribute_list("class")]
    for name in [name for name in tag.attrs if name not in KEPT]:
        tag[f"x-{name}"] = tag.attrs.pop(name)
    if "-" in tag.name:
        tag.name = f"new-{tag.name}"
    elif tag.name in {"article", "li", "time"}:
        tag.name = "div"


def read_broken(case: Case, *, inside: bool) -> SavedPage:
    soup = BeautifulSoup(case.content.decode(), "lxml")
    elements = soup.select(", ".join(ENTRY[case.platform]["items"]))
    for element in elements:
        for tag in element.find_all(True) if inside else [element]:
            if not inside or not any(tag is other for other in elements):
                rename(tag)
    about = case.about
    return parse_saved(about["url"], str(soup).encode(), ENTRIES, run, about["captured_at"])


def found_by_place(css: str) -> bool:
    """Whether a selector says nothing of the element's own name, class or attributes."""
    return re.sub(r":\w+\((?:[^()]|\([^()]*\))*\)", "", css).split()[-1] in {"div", "span", "tr"}


def comments(items: list[dict]) -> list[dict]:
    return [item for item in items if item.get("_source", "element") != "context"]


@pytest.mark.parametrize("name", NAMED)
def test_a_page_whose_elements_have_other_names_is_told_as_changed(name):
    case = RICHEST[name]
    saved = read_broken(case, inside=False)
    if ENTRY[name]["matches"]:
        assert saved.platform == name
    if saved.platform == name:
        assert saved.verdict == "changed" or saved.items
        kept = all(map(found_by_place, ENTRY[name]["items"]))
        assert (
            len(saved.items) == len(case.expected)
            if kept
            else len(saved.items) < len(case.expected)
        )


@pytest.mark.parametrize("name", NAMED)
def test_a_page_whose_elements_changed_inside_gives_less_and_is_not_told_as_empty(name):
    case = RICHEST[name]
    saved = read_broken(case, inside=True)
    assert saved.verdict != "empty"
    before, after = fields_of(case.expected), fields_of(comments(saved.items))
    assert any(after[field] < count for field, count in before.items())


def test_every_platform_knows_its_own_empty_pages():
    silent = {}
    for case in CASES:
        if (case.folder / PAGE).exists() and case.platform != "webpage":
            saved = case.read(ENTRIES, run)
            heard = {item["kind"] for item in saved.items} - {"post"}
            if not heard and saved.verdict == "changed":
                silent[case.name] = saved.verdict
    assert silent == {}


def test_no_sign_of_emptiness_speaks_of_what_items_are_called():
    """`:not(:has(.item))` would hold just when the item's class was renamed."""
    for entry in ENTRIES:
        hooks = {
            hook for css in entry["items"] for hook in re.findall(r"[.#][\w-]+|\[[^\]]+\]", css)
        }
        for css in entry["empty"]:
            negated = " ".join(re.findall(r":not\(:has\(([^)]*)\)", css))
            named = re.findall(r"[.#][\w-]+|\[[^\]]+\]", negated)
            assert hooks.isdisjoint(named), (entry["name"], css)
