"""Reads JSON bodies and answers with JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from aiohttp import web

from ..errors import EarmarkError
from ..model import Json
from .shapes import Record

MAX_BODY = 8 * 1024 * 1024  # bytes, decompressed
LONE_SURROGATES = re.compile("[\ud800-\udfff]")


async def read_json(request: web.Request, shape: Record) -> Json:
    """The body, checked against `shape`; raises EarmarkError that says what is wrong with it."""
    body = await request.read()
    try:
        text = body.decode("utf-8")
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise EarmarkError(
            "The body is not JSON in UTF-8.", "Send one JSON object.", code="not_json"
        ) from error
    # Valid in JSON, but no text: the log could not be written in UTF-8 with one in it.
    clean = without_lone_surrogates(value) if "\\ud" in text.lower() else value
    return shape.check(clean, "")


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def without_lone_surrogates(value: Any) -> Any:
    """`value` with every half character replaced by U+FFFD, in keys as well."""
    if isinstance(value, str):
        return LONE_SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [without_lone_surrogates(each) for each in value]
    if isinstance(value, dict):
        return {
            without_lone_surrogates(key): without_lone_surrogates(each)
            for key, each in value.items()
        }
    return value


def answer(value: Json, *, status: int = 200, etag: str = "") -> web.Response:
    """`value` as the JSON body of a response."""
    text = json.dumps(value, ensure_ascii=False)
    headers = {"ETag": f'"{etag}"'} if etag else {}
    return web.Response(text=text, status=status, content_type="application/json", headers=headers)
