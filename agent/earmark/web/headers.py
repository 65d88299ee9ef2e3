"""The headers that every answer carries, whatever it is."""

from __future__ import annotations

from aiohttp import web

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": "Earmark",
}


def set_headers(response: web.StreamResponse) -> None:
    """Put the fixed headers on one response, over whatever stood there."""
    response.headers.update(ALWAYS)


async def on_response_prepare(_request: web.Request, response: web.StreamResponse) -> None:
    """The application's signal handler: no handler can forget the headers."""
    set_headers(response)
