"""Takes pictures of every page of the inbox, to be looked at: `inbox_screenshots.py FOLDER`.

Not a test. Light and dark, English and Persian, phone, tablet and desk.
"""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "support"), str(TESTS / "browser")]

import chromium  # noqa: E402
from inbox_box import inbox_in_a_thread, made_up  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from earmark.keeping.learning import patch_and_learn  # noqa: E402
from earmark.plugins import PluginProblem  # noqa: E402
from earmark.store import page_health, raw  # noqa: E402
from earmark.store.edit import patch_item  # noqa: E402
from earmark.store.page_health import Spot  # noqa: E402

PAGES = {
    "list": "/",
    "filtered": "/?state=new&tag=intent:complaint",
    "no-match": "/?text=samovar&state=new",
    "item": "/items/hackernews/101",
    "item-persian": "/items/discourse/forum.example.org%2F7",
    "item-nasty": "/items/hackernews/666",
    "poll": "/items/hackernews/300",
    "ask": "/items/hackernews/400#ask",
    "ask-persian": "/items/hackernews/500?answer=1#ask",
    "why": "/items/hackernews/101/why?ask=signal:urgent",
    "learned": "/learned",
    "terms": "/terms",
    "term": "/terms/new",
    "rules": "/rules?saved=Late+parcels",
    "rule": "/rules/1",
    "rule-wrong": "/rules/new?when=late+%28lost",
    "problems": "/problems",
    "not-understood": "/not-understood",
    "browsers": "/browsers",
}
SETUP = {
    "setup": "/setup",
    "setup-hears": "/setup/hears",
    "setup-chrome": "/setup/extension?browser=chrome",
    "setup-edge": "/setup/extension?browser=edge",
    "setup-firefox": "/setup/extension?browser=firefox",
    "setup-pair": "/setup/pair",
    "setup-sites": "/setup/sites",
    "setup-us": "/setup/us",
    "setup-keep": "/setup/keep",
    "setup-allow": "/setup/allow",
    "setup-sample": "/setup/sample",
    "setup-first": "/setup/first",
    "setup-service": "/setup/service",
}
NEW = ("setup", "setup-keep", "setup-allow", "setup-first")
RULED = ("setup", "setup-sites", "setup-keep")
READER = "0b5e8f2c-3c56-4b1f-9d2a-5a7c2f1e9d44"
WIDTHS = (390, 800, 1440)
RULES = """[[rule]]
name = "Late parcels"
when = '(weeks OR late OR lost) OR "سه هفته" OR aștept'
add_tags = ["about:shipping", "signal:urgent", "ask the carrier"]
state = "open"
assignee = "Ayşe"
priority = 30
matches = ["two weeks late"]

[[rule]]
name = "قیمت"
when = "قیمت* lang:fa"
add_tags = ["about:pricing"]
enabled = false

[[rule]]
name = "Giveaways"
when = '/(win|won) a free \\w+/i'
hide = true
"""
PERSIAN = "سه هفته است که منتظر کتری‌ام. پشتیبانی جواب نمی‌دهد؛ مدل «Kettle X2» را سفارش دادم."
POLL = {
    "options": [
        {"label": "Gas", "share": 0.2, "votes": 31},
        {"label": "Electric", "share": 0.65, "votes": 101},
        {"label": "چای‌ساز", "share": 0.15, "votes": 23},
    ],
    "votes": 155,
}


def tag(name: str, because: str = "") -> dict[str, str]:
    return {"name": name, "by": "intents", "because": because}


def asks() -> list[dict[str, Any]]:
    """Two posts that ask with options, and their replies."""
    english = ["the lid!", "2, and the whistle", "No idea, love it", "too loud for my cat", "all"]
    persian = ["تبلیغات", "همه‌ش", "وقت ندارم", "تبلیغات نه، مطلب کمه"]
    persian_ask = "چرا کمتر نظر می‌دهید؟ تبلیغات؟ کم بودن مطلب؟ همهٔ این‌ها؟"
    return [
        made_up(
            "400", "What should we mend?\n1. The lid\n2. The handle\n3. The whistle", kind="post"
        ),
        *(answer("400", n, text) for n, text in enumerate(english)),
        made_up("500", persian_ask, kind="post", language={"tag": "fa", "confidence": 0.99}),
        *(answer("500", n, text) for n, text in enumerate(persian)),
    ]


def answer(ask: str, number: int, text: str) -> dict[str, Any]:
    author = {"name": f"Reader {number}", "handle": f"reader{number}"}
    return made_up(f"{ask}-{number}", text, parent_id=ask, root_id=ask, author=author)


def items() -> list[dict[str, Any]]:
    late, about = tag("intent:complaint", "“never answered”"), tag("about:shipping", "“weeks”")
    feeling = {"label": "mixed", "score": -0.2, "because": "“never answered”, “good” after “Still”"}
    feeling["words"] = {"never answered": -1.8, "good": 1.2}
    feeling["emotions"] = [{"name": "disappointment", "because": "“never answered”"}]
    thread = {"root_id": "100"}
    return [
        made_up("300", "Which kettle do you use?", kind="poll", poll=POLL),
        made_up("100", "We made a kettle that remembers how you like your tea.", kind="post"),
        made_up("666", f"<script>alert(1)</script> \u202egnp.exe {'W' * 400}", tags=[late]),
        made_up(
            "101",
            "It took two weeks and they never answered my mails.\n\nStill, a good kettle.",
            parent_id="100",
            url="https://news.ycombinator.com/item?id=101",
            likes=1234,
            replies=2,
            tags=[late, about],
            sentiment=feeling,
            **thread,
        ),
        made_up("102", "Same here, in Cluj.", parent_id="101", author={"name": "Ilinca"}, **thread),
        made_up(
            "103",
            "Kargo bende üç günde geldi, teşekkürler!",
            parent_id="102",
            author={"name": "Işıl"},
            language={"tag": "tr", "confidence": 0.93},
            tags=[tag("intent:praise", "“teşekkürler”")],
            **thread,
        ),
        made_up(
            "forum.example.org/7",
            PERSIAN,
            platform="discourse",
            author={"name": "نیلوفر م.", "handle": "niloufar"},
            page_title="گفتگو دربارهٔ کتری",
            language={"tag": "fa", "confidence": 0.99},
            tags=[tag("intent:question", "«؟»"), tag("signal:urgent", "«سه هفته»")],
            published={
                "earliest": "2026-03-17T09:00:00Z",
                "latest": "2026-03-18T09:00:00Z",
                "shown": "۳ روز پیش",
            },
        ),
        made_up(
            "forum.example.org/8",
            "Încă aștept răspunsul. Ceainicul e bun, dar prețul e prea mare.",
            platform="discourse",
            kind="review",
            rating={"value": 2.5, "best": 5},
            author={"name": "Sorana"},
            language={"tag": "ro", "confidence": 0.95},
            tags=[tag("about:pricing", "“prețul”")],
        ),
    ]


def fill(box: Any) -> None:
    """A thread and two comments in four languages, handled and edited."""
    box.save(*asks(), *items())
    box.rules.save(RULES)
    first = next(item for item in items() if item["id"] == "101")
    text = "It took three weeks and they never answered my mails.\n\nStill, a good kettle."
    box.save({**first, "text": text}, seen_at="2026-03-22T12:00:00Z")
    for id, patch in (("102", {"state": "done"}), ("103", {"state": "waiting"})):
        box.log.call(lambda c, i=id, p=patch: patch_item(c, "hackernews", i, p))
    box.log.call(lambda c: patch_item(c, "hackernews", "101", {"add_tags": ["ask again"]}))
    learn(box)


def learn(box: Any) -> None:
    """Corrections of words and of an item."""
    off = {"remove_tags": ["about:pricing"]}
    patch_and_learn(box.corrections, "discourse", "forum.example.org/8", off)
    never = {"kind": "tag", "tag": "intent:complaint", "phrase": "never again", "holds": True}
    words = ({"phrase": "sick", "strength": 2, "language": "en"}, {"phrase": "🫠", "strength": -2})
    for correction in (never, *({"kind": "word"} | word for word in words)):
        box.corrections.add(correction)


def break_things(box: Any) -> None:
    """A plugin that was left out, a piece that nothing understood, and one read in two ways."""
    box.plugins.problems = [
        PluginProblem("old_forum", "No module named “forumkit”.", "Install forumkit.")
    ]
    fragment = {"id": "00000000-0000-4000-8000-000000000001", "kind": "element", "url": "u"}
    page = {"url": "https://forum.example.org/t/1", "visit": "v"}
    received = "2026-03-22T12:00:00Z"
    box.log.call(lambda c: raw.keep(c, "b", page, [fragment], "discourse", received))
    outcome = raw.Outcome(fragment["id"], "not_understood", [], "found nothing")
    box.log.call(lambda c: raw.finish(c, [outcome]))
    read_in_two_ways(box)


def read_in_two_ways(box: Any) -> None:
    """A page on which the plugin and a reading as any other site differ."""
    page = {"url": "https://forum.example.org/t/2", "visit": "w", "title": "کتری و چای"}
    markup = '<article class="post"><b>Mina</b> <p>It whistles at night.</p></article>'
    fragment = {"id": "00000000-0000-4000-8000-000000000002", "kind": "element", "markup": markup}
    received = "2026-03-22T12:00:00Z"
    spot = Spot(page["url"], "discourse", "w", received)
    told = {"differs": ["author", "comments"], "agrees": ["text", "published"]}
    box.log.call(lambda c: raw.keep(c, "b", page, [fragment], "discourse", received))
    box.log.call(lambda c: raw.finish(c, [raw.Outcome(fragment["id"], "stored", [], "")]))
    box.log.call(lambda c: page_health.note_heard(c, spot, page_health.Heard(items=8)))
    box.log.call(lambda c: page_health.note_compared(c, spot, told))


def pair(box: Any) -> None:
    code = box.credentials.new_code(box.port)
    box.credentials.pair(code, READER, "", "Firefox on the desk")


def set_up(box: Any) -> None:
    """Half of the first run: sites, words and a browser that was not allowed all of them."""
    sites = ("reddit.com", "news.ycombinator.com", "forum.example.org")
    keeps = ("everything", "about_us", "everything")
    box.choices.change(
        {
            "sites": [{"site": s, "keep": k} for s, k in zip(sites, keeps, strict=True)],
            "accounts": [{"handle": "acme", "platform": "hackernews"}],
            "terms": ["Acme", "آکمه"],
            "first_run": {"seen": ["hears", "us", "keep"], "done": False},
        }
    )
    condition = {"sent_at": "2026-03-22T12:00:00Z", "extension": "0.1.0", "temporary": True}
    condition |= {"browser": {"name": "Firefox", "version": "153.0"}}
    box.credentials.reported(READER, {**condition, "sites": ["https://*.reddit.com/*"]})


def organise(box: Any) -> None:
    """An organisation that decides about everything it can."""
    rules = {"allowed_sites": ["reddit.com", "news.ycombinator.com"], "messages": False}
    rules |= {"retention_days": 90, "webhooks": False, "plugins": ["hackernews"]}
    box.policy.path.write_text(json.dumps(rules), encoding="utf-8")


def take(browser: Browser, box: Any, folder: Path, pages: dict[str, str]) -> None:
    """One picture of each page in each look; names what sticks out of the window."""
    for scheme, language in itertools.product(("light", "dark"), ("en", "fa")):
        context = browser.new_context(color_scheme=scheme, locale=language)
        context.add_cookies([{"name": box.cookie[0], "value": box.cookie[1], "url": box.origin}])
        page = context.new_page()
        for width, (name, path) in itertools.product(WIDTHS, pages.items()):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(box.origin + path)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                print(f"{name} sticks out at {width} in {language}")
            whole = name.startswith(("setup", "rule", "learned"))
            picture = folder / f"{name}-{language}-{scheme}-{width}.png"
            page.screenshot(path=picture, full_page=whole)
        context.close()


def take_for_the_readme(browser: Browser, box: Any, folder: Path) -> None:
    """The one picture that stands in the README: `inbox.png`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    context.add_cookies([{"name": box.cookie[0], "value": box.cookie[1], "url": box.origin}])
    page = context.new_page()
    page.goto(box.origin + PAGES["item"])
    page.screenshot(path=folder / "inbox.png")
    context.close()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        inbox_in_a_thread(Path(home)) as box,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium.EXECUTABLE, args=chromium.FLAGS
        )
        empty = {"empty": "/", "rules-empty": "/rules", "learned-empty": "/learned"}
        take(browser, box, folder, {**empty, **{f"{n}-new": SETUP[n] for n in NEW}})
        fill(box)
        take_for_the_readme(browser, box, folder)
        break_things(box)
        pair(box)
        take(browser, box, folder, PAGES)
        set_up(box)
        take(browser, box, folder, SETUP)
        organise(box)
        take(browser, box, folder, {f"{name}-ruled": SETUP[name] for name in RULED})
        door = f"/sign-in/{box.credentials.new_link()}"
        box.cookie = ("nobody", "x")
        take(browser, box, folder, {"sign-in": door, "signed-out": "/"})
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
