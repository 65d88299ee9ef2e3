"""Hosts and addresses as keys: which site an item belongs to."""

from __future__ import annotations

from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """The host of a URL in lower case without `www.`, with a port that is not the default one."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port
    except ValueError:
        return ""
    if port is None or port == DEFAULT_PORTS.get(parts.scheme):
        return host
    return f"{host}:{port}"


def without_fragment(url: str) -> str:
    """A URL without what follows `#`."""
    return url.partition("#")[0]
