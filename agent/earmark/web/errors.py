"""Every error becomes one answer: JSON for programs, a short page for people, the same words."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

from aiohttp import web
from aiohttp.http_exceptions import ContentEncodingError

from ..errors import EarmarkError
from .operations import Handler
from .render import render, words_for

logger = logging.getLogger(__name__)

HTTP_ERRORS = {
    404: EarmarkError(
        "There is nothing at this address.",
        "Programs find every address in /v1/openapi.json.",
        code="not_found",
        status=404,
    ),
    405: EarmarkError(
        "This address does not answer that kind of request.",
        "Programs find every address in /v1/openapi.json.",
        code="method_not_allowed",
        status=405,
    ),
    413: EarmarkError(
        "The body is larger than 8 MiB once decompressed.",
        "Send the fragments in smaller batches.",
        code="too_large",
        status=413,
    ),
}
NOT_HTTP = EarmarkError(
    "This is not a well-formed HTTP request.", "Send HTTP/1.1.", code="not_http", status=400
)
UNREADABLE_BODY = EarmarkError(
    "The body could not be read.",
    "Send it whole, and compressed as Content-Encoding says.",
    code="unreadable_body",
    status=400,
)
OUR_FAULT = EarmarkError(
    "Something went wrong inside Earmark.",
    "Nothing acknowledged was lost. The agent's log says where it happened.",
    code="internal",
    status=500,
)


class OddRequest(EarmarkError):
    """A request that two readers could understand differently; its address may not be text."""

    code = "odd_request"


def is_api(path: str) -> bool:
    """Whether a program asks here; everything else is for people."""
    return path.startswith("/v1/") or path == "/v1"


def answer_with(error: EarmarkError, request: web.Request) -> web.Response:
    """The response that tells `error` to whoever asked."""
    if is_api(request.path) or isinstance(error, OddRequest):
        return web.json_response(error.as_json(), status=error.status)
    words = words_for(request)
    told = {"message": words.told(error.message), "hint": words.told(error.hint)}
    return render(request, "error.html", status=error.status, **told)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns whatever is raised further in into an answer."""
    try:
        return await handler(request)
    except EarmarkError as error:
        return answer_with(error, request)
    except web.HTTPException as error:
        return _http_answer(error, request)
    except (web.RequestPayloadError, ContentEncodingError):
        return answer_with(UNREADABLE_BODY, request)
    except ConnectionError:
        raise
    except Exception as error:
        log_failure(request.method, error)
        return answer_with(OUR_FAULT, request)


def _http_answer(error: web.HTTPException, request: web.Request) -> web.Response:
    if error.status < 400:
        raise error
    other = EarmarkError(f"{error.reason}.", code="http_error", status=error.status)
    answer = answer_with(HTTP_ERRORS.get(error.status, other), request)
    if "Allow" in error.headers:
        answer.headers["Allow"] = error.headers["Allow"]
    return answer


def log_failure(method: str, error: BaseException) -> None:
    """Record where an error was raised; its text may quote a page, so it is left out."""
    frames = traceback.extract_tb(error.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    known = method if method in ("GET", "POST", "PATCH", "DELETE", "HEAD") else "other"
    logger.error("%s request failed: %s at %s", known, type(error).__name__, where)
