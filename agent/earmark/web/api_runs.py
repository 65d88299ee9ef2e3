"""Reparses, imports and rules: begun, watched, written and undone."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..importing import Import
from ..keeping.sites import as_site
from ..model import Json
from ..reparse import Asked
from ..ruling import named
from ..runs import CORRECTIONS, RULES, TERMS
from ..share.imports.files import keep_stream
from ..store import runs
from .bodies import answer, read_json
from .operations import AGENT, Access, operation
from .shapes import ListOf, Record, Text

CHUNK = 256 * 1024  # bytes of a file read at once
DAY = Text(pattern=r"\d{4}-\d\d-\d\d(T[0-9:.]+Z)?", expected="a day like 2026-01-31")
ASKED = Record({"platform": Text(most=64), "site": Text(most=300), "since": DAY}, closed=True)
NOTHING = Record({}, closed=True)
NAMES = ListOf(Text(least=1, most=400), most=1000)
RUN_OF = Record(
    {"kind": Text(choices=(RULES, TERMS, CORRECTIONS)), "rules": NAMES},
    required=("kind",),
    closed=True,
)
A_RUN = (
    "`{run, kind: reparse|import|rules|terms|corrections, status, began_at, ended_at?, asked, "
    "told, undoable, progress?: {done, total}}`"
)


@operation(
    "Read what is kept raw once more with today's plugins; nothing is written yet.",
    access=Access.OWNER,
    body=ASKED,
    answers={202: f"{A_RUN}; watch it until it is `shown`.", 409: "Another run is under way."},
)
async def reparse(request: web.Request) -> web.Response:
    given = await read_json(request, ASKED)
    if given.get("site"):
        given["site"] = as_site(given["site"])
    asked = Asked(**given)
    return await begun(request, await request.app[AGENT].runs.read_again(asked))


@operation(
    "Import a file: our own export, a table, a saved page or an archive of posts.",
    access=Access.OWNER,
    consumes="application/octet-stream",
    query={
        "name": "What the file is called.",
        "format": "ndjson, csv, archive or page; by default told by the content.",
        "url": "Where a saved page came from.",
        "kind": "What the rows of a table are: note, comment, review or post.",
        "columns": "JSON: the names of a table's columns by field.",
        "saved_at": "When a saved page was saved (ISO 8601).",
        "dry_run": "1 to store nothing and only tell.",
    },
    answers={
        202: f"{A_RUN}; watch it until it is `done`.",
        409: "Another run is under way.",
        413: "More than 8 GiB.",
    },
)
async def imports(request: web.Request) -> web.Response:
    agent = request.app[AGENT]
    asked = asked_import(request.query)
    file = await keep_stream(agent.home.path, request.content.iter_chunked(CHUNK))
    try:
        number = await agent.runs.take_in(file, asked)
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    return await begun(request, number)


def asked_import(query: Any) -> Import:
    """What the query asks; raises EarmarkError for what cannot be."""
    known = ("name", "format", "url", "kind", "saved_at")
    given = {name: str(query[name])[:2000] for name in known if query.get(name)}
    return Import(**given, columns=columns_of(query), dry_run=query.get("dry_run") == "1")


def columns_of(query: Any) -> dict[str, str]:
    try:
        columns = json.loads(query.get("columns") or "{}")
        return {str(name): str(column) for name, column in columns.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise EarmarkError(
            "columns must be a JSON object.", 'Like {"text": "What do you think?"}.'
        ) from error


@operation(
    "Apply to everything that is there rules, all or those named, terms and accounts, or "
    "corrections.",
    access=Access.OWNER,
    body=RUN_OF,
    answers={
        202: f"{A_RUN}; watch it until it is `done`.",
        404: "There is no rule of that name.",
        409: "Another run is under way.",
    },
)
async def begin(request: web.Request) -> web.Response:
    asked, agent = await read_json(request, RUN_OF), request.app[AGENT]
    if asked["kind"] == TERMS:
        return await begun(request, await agent.runs.apply_terms())
    if asked["kind"] == CORRECTIONS:
        return await begun(request, await agent.runs.apply_corrections())
    rules = agent.rules.rules()
    names = named(rules, asked.get("rules", []))
    return await begun(request, await agent.runs.apply_rules(rules, names))


@operation(
    "The newest reparses, imports and rules.",
    access=Access.OWNER,
    answers={200: f"`{{runs: [{A_RUN[1:-1]}]}}`, the newest first."},
)
async def every(request: web.Request) -> web.Response:
    def look() -> list[Json]:
        with request.app[AGENT].log.reading() as connection:
            return runs.every(connection)

    return answer({"runs": await asyncio.to_thread(look)})


@operation(
    "One run: how far it is, what it would change or what came of it.",
    access=Access.OWNER,
    answers={200: f"{A_RUN}.", 404: "No such run."},
)
async def one(request: web.Request) -> web.Response:
    return answer(await request.app[AGENT].runs.state(number_of(request)))


@operation(
    "Write what a reparse has shown.",
    access=Access.OWNER,
    body=NOTHING,
    answers={202: f"{A_RUN}.", 409: "It shows nothing that could be written."},
)
async def write(request: web.Request) -> web.Response:
    await read_json(request, NOTHING)
    await request.app[AGENT].runs.write(number_of(request))
    return await begun(request, number_of(request))


@operation(
    "Put back what a run changed; what was done to an item since stays.",
    access=Access.OWNER,
    body=NOTHING,
    answers={202: f"{A_RUN}; watch it until it is `undone`.", 409: "It cannot be undone."},
)
async def undo(request: web.Request) -> web.Response:
    await read_json(request, NOTHING)
    await request.app[AGENT].runs.undo(number_of(request))
    return await begun(request, number_of(request))


@operation(
    "Forget what a reparse has shown, or end its reading; nothing was written.",
    access=Access.OWNER,
    answers={200: f"{A_RUN}.", 409: "It is being written."},
)
async def drop(request: web.Request) -> web.Response:
    await request.app[AGENT].runs.drop(number_of(request))
    return answer(await request.app[AGENT].runs.state(number_of(request)))


async def begun(request: web.Request, number: int) -> web.Response:
    return answer(await request.app[AGENT].runs.state(number), status=202)


def number_of(request: web.Request) -> int:
    return int(request.match_info["run"])


RUN = r"/v1/runs/{run:\d{1,18}}"
ROUTES = [
    web.post("/v1/reparses", reparse),
    web.post("/v1/imports", imports),
    web.get("/v1/runs", every),
    web.post("/v1/runs", begin),
    web.get(RUN, one),
    web.post(f"{RUN}/write", write),
    web.post(f"{RUN}/undo", undo),
    web.delete(RUN, drop),
]
