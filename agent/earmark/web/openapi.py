"""`/v1/openapi.json`, made from the routes themselves, so that it cannot say anything else."""

from __future__ import annotations

import re
from typing import Any

from aiohttp import web

from ..model import Json
from .api_agent import API
from .bodies import answer
from .errors import is_api
from .operations import AGENT, OPERATIONS, Access, Operation, operation

PARAMETER = re.compile(r"\{(\w+)(?::[^}]*)?\}")
ERROR_SCHEMA: Json = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {name: {"type": "string"} for name in ("code", "message", "hint")},
        }
    },
}
SECURITY: dict[Access, list[Json]] = {
    Access.OPEN: [],
    Access.PAIRED: [{"token": []}, {"session": []}, {"control": []}],
    Access.OWNER: [{"session": []}, {"control": []}],
}


@operation("This description.", answers={200: "OpenAPI 3.1."})
async def openapi(request: web.Request) -> web.Response:
    return answer(describe(request.app))


def describe(app: web.Application) -> Json:
    """The OpenAPI document of every route under /v1."""
    paths: dict[str, Json] = {}
    for route in app.router.routes():
        path = route.resource.canonical if route.resource else ""
        if is_api(path) and route.method != "HEAD":
            contract = OPERATIONS[route.handler]
            paths.setdefault(path, {})[route.method.lower()] = _operation(path, contract)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Earmark", "version": app[AGENT].version, "x-api": API},
        "paths": paths,
        "components": {"schemas": {"Error": ERROR_SCHEMA}, "securitySchemes": _schemes()},
    }


def _operation(path: str, contract: Operation) -> Json:
    described: Json = {
        "summary": contract.summary,
        "security": SECURITY[contract.access],
        "parameters": _parameters(path, contract),
        "responses": _responses(contract),
    }
    if contract.body:
        content = {contract.consumes: {"schema": contract.body.schema()}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _parameters(path: str, contract: Operation) -> list[Json]:
    in_path = dict.fromkeys(PARAMETER.findall(path), "One percent-encoded segment.")
    groups = [("path", in_path), ("query", contract.query), ("header", contract.headers)]
    return [
        {
            "in": place,
            "name": name,
            "description": text,
            "required": place == "path",
            "schema": {"type": "string"},
        }
        for place, named in groups
        for name, text in named.items()
    ]


def _responses(contract: Operation) -> Json:
    responses: Json = {}
    for status, meaning in contract.answers.items():
        content: dict[str, Any] = {contract.produces: {}} if status < 300 else {}
        responses[str(status)] = {"description": meaning} | (
            {"content": content} if content else {}
        )
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return responses | {"default": {"description": "An error.", "content": error}}


def _schemes() -> Json:
    return {
        "token": {"type": "http", "scheme": "bearer", "description": "Of a paired browser."},
        "control": {
            "type": "http",
            "scheme": "bearer",
            "description": "The control secret in agent.json; never from a browser.",
        },
        "session": {
            "type": "apiKey",
            "in": "cookie",
            "name": "earmark_PORT",
            "description": "Of a signed-in inbox, under earmark.localhost only; a change also "
            "needs its Origin.",
        },
    }


ROUTES = [web.get("/v1/openapi.json", openapi)]
