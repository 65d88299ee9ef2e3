"""An item's language: guessed with what was heard before in mind, and a person's word for good."""

from __future__ import annotations

from functools import partial
from typing import Any

from earmark.store.edit import patch_item

FORUM_PLUGIN = """
from earmark import Author, Item, Platform, hookimpl

class Forum(Platform):
    name, label = "forum", "A forum"
    matches = ["https://forum.example.org/*"]
    items = ["li.comment"]

    def parse(self, fragment, page):
        said = fragment.soup.li
        yield Item(
            id=said["id"], text=said.get_text(), author=Author(handle=said["data-by"]),
            root_id=said["id"],
        )

@hookimpl
def register_platforms(register):
    register(Forum)
"""
CLEAR = "Aplicația se închide singură după ultima actualizare, vă rog să o reparați."
SHORT = "super tare"


def comment(name: str, by: str, text: str) -> str:
    return f'<li class="comment" id="{name}" data-by="{by}">{text}</li>'


def language_of(path: Any, name: str) -> dict[str, Any]:
    return next(item["language"] for item in path.items() if item["id"] == name)


async def test_a_short_text_is_told_by_what_its_author_wrote_before(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN), only=("webpage", "langdetect")) as path:
        await path.capture(comment("a", "ana", CLEAR))
        await path.capture(comment("b", "ana", SHORT), comment("c", "somebody", SHORT))
        hinted, plain = language_of(path, "b"), language_of(path, "c")
        assert hinted["tag"] == "ro"
        assert plain["tag"] != "ro" or plain["confidence"] < hinted["confidence"]


async def test_a_persons_language_stays_and_teaches(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN), only=("webpage", "langdetect")) as path:
        await path.capture(comment("a", "ana", "ok"))
        mend = partial(patch_item, platform="forum", id="a", patch={"language": "ro"})
        await path.log.awrite(mend)
        await path.capture(comment("a", "ana", CLEAR), comment("b", "ana", SHORT))
        mended = {"tag": "ro", "confidence": 1.0, "source": "you"}
        assert language_of(path, "a") == mended
        assert language_of(path, "b")["tag"] == "ro"


async def test_a_mixed_text_keeps_its_second_language(line: Any, plugin: Any) -> None:
    async with line(plugin("forum", FORUM_PLUGIN), only=("webpage", "langdetect")) as path:
        text = "Kargo çok geç geldi, kutu da ezilmişti, but the quality is amazing"
        await path.capture(comment("a", "mina", text))
        language = language_of(path, "a")
        assert (language["tag"], language["second"]["tag"]) == ("tr", "en")
