"""The door: no request reaches a handler before every check here has passed.

Any page in any browser on this machine can send requests to the agent's port. What tells them
apart, browser by browser, is written down in docs/security.md; the checks come in its order.
"""

from __future__ import annotations

import asyncio
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from ..errors import EarmarkError
from .credentials import SESSION_SECONDS, Browser, Session
from .errors import HTTP_ERRORS, OddRequest, is_api
from .operations import AGENT, Access, Handler, operation_of
from .render import render

if TYPE_CHECKING:
    from ..agent import Agent

INBOX_HOST = "earmark.localhost"
HOSTS = ("127.0.0.1", "localhost", "[::1]", INBOX_HOST)
EXTENSION_ORIGIN = re.compile(r"chrome-extension://[a-p]{32}|moz-extension://[0-9a-f-]{36}")
ONCE_AT_MOST = (
    "Host", "Origin", "Authorization", "Cookie", "Content-Type", "Content-Encoding",
    "If-Match", "Last-Event-ID", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest",
)  # fmt: skip
ENCODINGS = ("", "identity", "gzip", "deflate")
READING = ("GET", "HEAD")
OPEN_FOLDERS = ("/static",)
SAMPLE_PATH = "/sample"


class Refused(EarmarkError):
    """A request that does not come from where it may."""

    code = "refused"
    status = 403


class Unauthorized(EarmarkError):
    """A request without a credential that counts here."""

    code = "unauthorized"
    status = 401


@dataclass(frozen=True)
class Caller:
    """Who asks: a paired browser, a signed-in inbox, or (neither) a command of the owner."""

    browser: Browser | None = None
    session: Session | None = None

    @property
    def is_owner(self) -> bool:
        return self.browser is None


CALLER: web.RequestKey[Caller | None] = web.RequestKey("caller")
RENEWED: web.RequestKey[bool] = web.RequestKey("renewed")


def authority(host: str, port: int) -> str:
    """`host` with the port as browsers write it in Host and Origin."""
    return host if port == 80 else f"{host}:{port}"


def inbox_origin(port: int) -> str:
    """Where the inbox lives, and the only http origin that is ours."""
    return f"http://{authority(INBOX_HOST, port)}"


def is_inbox(request: web.Request) -> bool:
    """Whether the request was sent to the inbox's own name."""
    return request.headers["Host"] == authority(INBOX_HOST, request.app[AGENT].port)


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets a request through, or says why not; `request[CALLER]` is None on open routes."""
    agent = request.app[AGENT]
    check_form(request)
    check_host(request, agent.port)
    check_origin(request, agent.port)
    if request.method == "OPTIONS":
        raise HTTP_ERRORS[405]
    if is_from_elsewhere(request) and not asks_for_the_sample(request):
        return ask_first(request, agent.port)
    check_body(request)
    access = access_to(request)
    if access is Access.OPEN:
        request[CALLER] = None
        return await handler(request)
    if request.method in READING and not is_inbox(request) and not is_api(request.path):
        return to_the_inbox(request, agent.port)
    request[CALLER] = await admit(request, agent, access)
    return await handler(request)


def check_form(request: web.Request) -> None:
    """Refuse what two readers could understand differently."""
    for name in ONCE_AT_MOST:
        if len(request.headers.getall(name, ())) > 1:
            raise OddRequest(f"The header {name} came twice.", "Send it once.")
    address = request.raw_path
    if not address.startswith("/") or address.startswith("//") or not address.isascii():
        raise OddRequest("The address is not a path.", "Send a percent-encoded path.")


def check_host(request: web.Request, port: int) -> None:
    """Host is one of our names: the only tell of a page that rebound its own name to us."""
    allowed = [authority(host, port) for host in HOSTS]
    if request.headers.get("Host", "") not in allowed:
        raise Refused(
            "Earmark answers only under its own names.",
            f"Use {inbox_origin(port)}, or http://127.0.0.1:{port} from programs.",
            code="wrong_host",
        )


def check_origin(request: web.Request, port: int) -> None:
    """Origin, where one is sent, is the inbox's or some extension's. Many a GET sends none."""
    origin = request.headers.get("Origin")
    ours = origin == inbox_origin(port)
    if not (origin is None or ours or EXTENSION_ORIGIN.fullmatch(origin)):
        raise Refused(
            "Web pages may not talk to Earmark.",
            "Only the Earmark extension and the inbox may.",
            code="wrong_origin",
        )


def is_from_elsewhere(request: web.Request) -> bool:
    """Whether the browser says that another site made it send this."""
    return request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")


def is_navigation(request: web.Request) -> bool:
    """Whether the browser asks for a page to show in a tab."""
    return (
        request.method == "GET"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
        and request.headers.get("Sec-Fetch-Dest") == "document"
    )


def asks_for_the_sample(request: web.Request) -> bool:
    """Whether the inbox sent somebody on to the sample thread, which says the same to everyone.

    The extension hears it under the agent's own address only.
    """
    return request.path == SAMPLE_PATH and not is_inbox(request) and is_navigation(request)


def ask_first(request: web.Request, port: int) -> web.StreamResponse:
    """For a link followed from elsewhere, a page without data; anything else is refused."""
    if not is_navigation(request):
        raise Refused(
            "Another site may not make this browser talk to Earmark.",
            "If this is the extension, it lacks its permission for 127.0.0.1.",
            code="cross_site",
        )
    if is_api(request.path):
        return render(request, "open_in_earmark.html", address=inbox_origin(port))
    if not is_inbox(request):
        return to_the_inbox(request, port)
    return render(request, "open_in_earmark.html", address=inbox_origin(port) + target(request))


def check_body(request: web.Request) -> None:
    """A body is JSON, in an encoding whose size is watched while it is unpacked."""
    if not request.body_exists:
        return
    operation = operation_of(request)
    wanted = operation.consumes if operation else "application/json"
    charset = request.charset or "utf-8"
    if request.content_type != wanted or charset.lower() not in ("utf-8", "utf8"):
        raise EarmarkError(
            f"The body must be {wanted} in UTF-8.",
            f"Send it with Content-Type: {wanted}.",
            code="wrong_content_type",
            status=415,
        )
    if request.headers.get("Content-Encoding", "").lower() not in ENCODINGS:
        raise EarmarkError(
            "The body is compressed in a way Earmark does not read.",
            "Use gzip or deflate, or send it plain.",
            code="wrong_encoding",
            status=415,
        )


def access_to(request: web.Request) -> Access:
    """Who may call the matched route: whatever does not say so is for the owner and browsers."""
    if operation := operation_of(request):
        return operation.access
    resource = request.match_info.route.resource
    is_file = resource is not None and resource.canonical in OPEN_FOLDERS
    return Access.OPEN if is_file else Access.PAIRED


def to_the_inbox(request: web.Request, port: int) -> web.Response:
    """Pages live under the inbox's own name, where no other program's port gets the cookie."""
    return web.Response(status=307, headers={"Location": inbox_origin(port) + target(request)})


def target(request: web.Request) -> str:
    """Path and query as they were sent, fit for a header and a link."""
    return quote(request.raw_path, safe="/?&=%+:@!$'()*,;~")


async def admit(request: web.Request, agent: Agent, access: Access) -> Caller:
    """The caller, known and allowed; raises Unauthorized or Refused."""
    caller = identify(request, agent)
    if access is Access.OWNER and not caller.is_owner:
        raise Refused(
            "A paired browser may not do this.", "Do it in the inbox or with the command line."
        )
    holder = caller.browser or caller.session
    if holder and agent.credentials.is_due(holder):
        await asyncio.to_thread(agent.credentials.seen, holder)
        request[RENEWED] = caller.session is not None
    return caller


def identify(request: web.Request, agent: Agent) -> Caller:
    """Who asks, by the one credential that was sent."""
    if header := request.headers.get("Authorization"):
        scheme, _, token = header.partition(" ")
        known = scheme.lower() == "bearer" and by_token(request, agent, token.strip())
        if not known:
            note_turned_away(request, "token_refused")
            raise Unauthorized(
                "This token is not known, or was revoked.",
                "Pair the browser again: `earmark pair` shows a code.",
                code="token_refused",
            )
        return known
    if session := session_of(request):
        if request.method not in READING:
            require_own_origin(request)
        return Caller(session=session)
    raise Unauthorized(
        "You are not signed in here.",
        "Run `earmark start`: it opens the inbox. An extension needs to be paired.",
    )


def by_token(request: web.Request, agent: Agent, token: str) -> Caller | None:
    """The browser of a token, from the origin it was paired with, or the owner's command."""
    origin = request.headers.get("Origin")
    if hmac.compare_digest(token.encode("utf-8", "surrogatepass"), agent.control_secret.encode()):
        from_a_browser = origin is not None or "Sec-Fetch-Site" in request.headers
        return None if from_a_browser else Caller()
    browser = agent.credentials.browser_with(token)
    if browser is None or (origin is not None and origin != browser.origin):
        return None
    return Caller(browser=browser)


def note_turned_away(request: web.Request, why: str) -> None:
    """Remember for `earmark doctor` that a browser was turned away; programs are not told of."""
    origin = request.headers.get("Origin", "")
    if origin or "Sec-Fetch-Site" in request.headers:
        request.app[AGENT].credentials.turned_away.note(why, origin)


def cookie_name(port: int) -> str:
    """Named by port: all ports of one host name share their cookies."""
    return f"earmark_{port}"


def session_of(request: web.Request) -> Session | None:
    """The session of the cookie, which counts under the inbox's name only."""
    agent = request.app[AGENT]
    key = request.cookies.get(cookie_name(agent.port), "")
    return agent.credentials.session_with(key) if key and is_inbox(request) else None


def give_session(request: web.Request, response: web.StreamResponse, key: str) -> None:
    """Have the browser keep the session's key for as long as the agent does."""
    response.set_cookie(
        cookie_name(request.app[AGENT].port),
        key,
        path="/",
        max_age=SESSION_SECONDS,
        httponly=True,
        samesite="Strict",
    )


async def renew_cookie(request: web.Request, response: web.StreamResponse) -> None:
    """The application's signal handler: a session that was prolonged is so in the browser, too."""
    name = cookie_name(request.app[AGENT].port)
    if request.get(RENEWED) and session_of(request):
        give_session(request, response, request.cookies[name])
        # The response's own cookies were made headers already, just before this was called.
        response.headers.add("Set-Cookie", response.cookies[name].OutputString())


def require_own_origin(request: web.Request) -> None:
    """A change by cookie comes from the inbox itself, and its browser says so."""
    if request.headers.get("Origin") != inbox_origin(request.app[AGENT].port):
        raise Refused(
            "Only the inbox itself may change things.",
            "Reload the inbox and try again.",
            code="wrong_origin",
        )


def still_admitted(request: web.Request) -> bool:
    """Whether the caller of a long-lived request still holds its credential."""
    caller = request[CALLER]
    credentials = request.app[AGENT].credentials
    if caller and caller.browser:
        token_hash = caller.browser.token_hash
        return any(each.token_hash == token_hash for each in credentials.browsers())
    if caller and caller.session:
        return any(each.id == caller.session.id for each in credentials.sessions())
    return True
