"""The sample thread, from the page that is served to the items that are answered."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from raw_client import BROWSER, EXTENSION, Client

from earmark.agent import running
from earmark.model import Page
from earmark.parse.slicing import slice_page
from earmark.settings import Home

MOMENT = "2026-11-21T20:00:00Z"


async def paired_with(port: int, control_secret: str) -> Client:
    owner = Client(port, Authorization=f"Bearer {control_secret}")
    code = (await owner.post("/v1/pairing-codes", {})).json["code"]
    extension = Client(port, Origin=EXTENSION)
    answer = await extension.post("/v1/pair", {"code": code, "browser": BROWSER})
    return extension.as_(Authorization=f"Bearer {answer.json['token']}")


async def sample_batch(agent: Any, browser: Client) -> dict[str, Any]:
    """The sample thread as the extension would send it."""
    plan = (await browser.get("/v1/plan")).json
    entry = next(each for each in plan["platforms"] if each["name"] == "sample")
    url = f"http://127.0.0.1:{agent.port}/sample"
    html = (await browser.get("/sample")).body.decode()
    page = {"url": url, "visit": "v1", "plan": plan["plan"], "captured_at": MOMENT}
    fragments = [
        asdict(each) | {"id": str(uuid.uuid4()), "captured_at": MOMENT, "url": url}
        for each in slice_page(html, entry, Page.from_json(page))
    ]
    return {"batch": "b1", "sent_at": MOMENT, "page": page, "fragments": fragments}


async def test_the_sample_thread_is_heard_once(tmp_path: Path) -> None:
    async with running(Home(tmp_path / "home"), 0) as agent:
        browser = await paired_with(agent.port, agent.control_secret)
        batch = await sample_batch(agent, browser)
        first = (await browser.post("/v1/captures", batch)).json["results"]
        await asyncio.wait_for(agent.intake.settle(), 60)
        again = (await browser.post("/v1/captures", batch)).json["results"]
        items = (await browser.get("/v1/items?limit=200")).json["items"]
    assert {result["status"] for result in first} <= {"stored", "queued", "unchanged"}
    assert {result["status"] for result in again} <= {"stored", "unchanged"}
    heard = [key["id"] for result in again for key in result["items"]]
    assert sorted(heard) == sorted(item["id"] for item in items)
    assert items
    assert all(item["language"]["tag"] and item["text"] for item in items)


async def hear_the_sample(agent: Any, browser: Client) -> None:
    """Capture the sample thread once and wait until it is stored."""
    batch = await sample_batch(agent, browser)
    await browser.post("/v1/captures", batch)
    await asyncio.wait_for(agent.intake.settle(), 60)


async def test_terms_tag_what_is_heard_and_what_was_heard_and_are_taken_back(
    tmp_path: Path,
) -> None:
    async with running(Home(tmp_path / "home"), 0) as agent:
        owner = Client(agent.port, Authorization=f"Bearer {agent.control_secret}")
        browser = await paired_with(agent.port, agent.control_secret)
        await owner.post("/v1/terms", {"name": "kettle", "kind": "product"})
        await hear_the_sample(agent, browser)

        async def heard() -> list[dict[str, Any]]:
            return list((await owner.get("/v1/items?limit=200")).json["items"])

        def named(items: list[dict[str, Any]], tag: str) -> list[str]:
            return [i["id"] for i in items if tag in [t["name"] for t in i.get("tags", [])]]

        before = await heard()
        kettles = named(before, "about:product:kettle")
        assert kettles
        [term] = (await owner.get("/v1/terms")).json["terms"]
        await owner.send(
            "PATCH", f"/v1/terms/{term['id']}", body=b'{"kind": "brand"}',
            Content_Type="application/json",
        )  # fmt: skip
        author = before[0]["author"]
        account = {"handle": author.get("handle") or author["name"], "platform": "sample"}
        await owner.post("/v1/accounts", account)
        run = (await owner.post("/v1/runs", {"kind": "terms"})).json
        await asyncio.wait_for(agent.runs.settle(), 60)
        done = (await owner.get(f"/v1/runs/{run['run']}")).json
        assert (done["kind"], done["status"], done["undoable"]) == ("terms", "done", True)
        after = await heard()
        assert named(after, "about:brand:kettle") == kettles
        assert named(after, "about:product:kettle") == []
        assert [i["id"] for i in after if i.get("ours")]
        await owner.post(f"/v1/runs/{run['run']}/undo", {})
        await asyncio.wait_for(agent.runs.settle(), 60)
        assert await heard() == before


async def test_a_rule_entered_in_the_inbox_holds_and_what_it_did_is_taken_back(
    tmp_path: Path,
) -> None:
    async with running(Home(tmp_path / "home"), 0) as agent:
        owner = Client(agent.port, Authorization=f"Bearer {agent.control_secret}")
        browser = await paired_with(agent.port, agent.control_secret)
        key = agent.credentials.sign_in(agent.credentials.new_link())
        host = f"earmark.localhost:{agent.port}"
        inbox = Client(agent.port, Cookie=f"earmark_{agent.port}={key}").as_(
            Host=host, Sec_Fetch_Site="same-origin", Origin=f"http://{host}"
        )

        async def submit(target: str, **form: str) -> None:
            kind = "application/x-www-form-urlencoded"
            body = urlencode(form).encode()
            answer = await inbox.send("POST", target, body=body, Content_Type=kind)
            assert answer.status == 303, answer.body.decode()
            await asyncio.wait_for(agent.runs.settle(), 60)

        async def heard(tag: str) -> list[dict[str, Any]]:
            return list((await owner.get(f"/v1/items?limit=200&tag={tag}")).json["items"])

        rule = {"name": "quiet", "query": "quiet", "add_tags": "noise", "enabled": "yes"}
        await submit("/rules/new", **rule)
        await hear_the_sample(agent, browser)
        [quiet] = await heard("noise")
        [told] = [tag for tag in quiet["tags"] if tag["name"] == "noise"]
        assert told == {"name": "noise", "by": "rule:quiet", "because": "“quiet” is in the text"}
        await submit("/rules/new", **rule | {"name": "handle", "query": "handle OR mânerul"})
        assert await heard("noise") == [quiet]
        await submit("/rules/apply", rule="handle")
        assert len(await heard("noise")) > 1
        [newest, *_] = (await owner.get("/v1/runs")).json["runs"]
        assert (newest["kind"], newest["asked"]) == ("rules", {"rules": ["handle"]})
        await submit("/rules/undo", run=str(newest["run"]))
        assert await heard("noise") == [quiet]


async def test_what_a_person_corrects_is_learned_applied_and_taken_back(tmp_path: Path) -> None:
    async with running(Home(tmp_path / "home"), 0) as agent:
        owner = Client(agent.port, Authorization=f"Bearer {agent.control_secret}")
        browser = await paired_with(agent.port, agent.control_secret)
        await hear_the_sample(agent, browser)

        async def heard() -> list[dict[str, Any]]:
            return list((await owner.get("/v1/items?limit=200")).json["items"])

        before = await heard()
        praised = next(i for i in before if "Love how quiet" in i["text"])
        assert praised["sentiment"]["words"]
        word = next(each for each in praised["sentiment"]["words"] if "ove" in each)
        said = {"kind": "word", "phrase": word, "strength": -3, "language": "en"}
        kept = (await owner.post("/v1/corrections", said)).json
        shown = (await owner.post("/v1/corrections/test", {})).json
        assert await heard() == before
        assert praised["id"] in [sample["id"] for sample in shown["samples"]]
        run = (await owner.post("/v1/runs", {"kind": "corrections"})).json
        await asyncio.wait_for(agent.runs.settle(), 60)
        done = (await owner.get(f"/v1/runs/{run['run']}")).json
        assert (done["kind"], done["status"], done["undoable"]) == ("corrections", "done", True)
        after = next(i for i in await heard() if i["id"] == praised["id"])
        assert f"“{word}” is blame, you said" in after["sentiment"]["because"]
        await owner.post(f"/v1/runs/{run['run']}/undo", {})
        await asyncio.wait_for(agent.runs.settle(), 60)
        assert await heard() == before
        assert [
            each["id"] for each in (await owner.get("/v1/corrections")).json["corrections"]
        ] == [kept["id"]]


async def test_the_inbox_leads_to_the_sample_under_the_address_that_is_heard(
    tmp_path: Path,
) -> None:
    link = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    async with running(Home(tmp_path / "home"), 0) as agent:
        inbox = Client(agent.port, Host=f"earmark.localhost:{agent.port}")
        led = await inbox.get("/sample", **link, **{"Sec-Fetch-Site": "same-origin"})
        there = Client(agent.port, Host=f"127.0.0.1:{agent.port}")
        shown = await there.get("/sample", **link, **{"Sec-Fetch-Site": "cross-site"})
        framed = await there.get("/sample", **{"Sec-Fetch-Site": "cross-site"})
    assert led.status == 307
    assert led.header("Location") == f"http://127.0.0.1:{agent.port}/sample"
    assert shown.status == 200
    assert b"data-earmark-sample" in shown.body
    assert framed.status == 403
