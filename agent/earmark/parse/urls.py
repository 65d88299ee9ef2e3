"""URLs: match patterns as in a browser manifest, and the one spelling of a host and an address."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

import idna

from ..errors import EarmarkError

_PATTERN = re.compile(
    r"(?P<scheme>\*|https?)://(?P<host>\*|(?:\*\.)?[^*/:\s]+)(?::\d+|:\*)?(?P<path>/.*)"
)
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|igsh|mc_[ce]id|ref_src|ref_url"
    r"|_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+_id|wt_zmc|share_id|rdt)",
    re.IGNORECASE,
)


class UrlPattern:
    """One match pattern, `<scheme>://<host><path>` or `<all_urls>`; ports are ignored.

    Raises EarmarkError for a pattern no browser would accept.
    """

    def __init__(self, pattern: str) -> None:
        parts = _PATTERN.fullmatch("*://*/*" if pattern == "<all_urls>" else pattern)
        if not parts:
            raise EarmarkError(
                f"“{pattern}” is not a URL match pattern.",
                "Write it as in a browser manifest, for example https://*.example.org/forum/*",
                code="bad_pattern",
            )
        self.pattern = pattern
        self._schemes = ("http", "https") if parts["scheme"] == "*" else (parts["scheme"],)
        self._host = parts["host"].lower()
        self._path = re.compile(".*".join(map(re.escape, parts["path"].split("*"))), re.DOTALL)

    def matches(self, url: str) -> bool:
        """Whether `url` (with its query, without its fragment) fits the pattern."""
        parts = split_url(url)
        if not parts or parts.scheme not in self._schemes:
            return False
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return self._fits_host(_ascii_host(parts)) and bool(self._path.fullmatch(path))

    def _fits_host(self, host: str) -> bool:
        if self._host == "*":
            return True
        if self._host.startswith("*."):
            return host == self._host[2:] or host.endswith(self._host[1:])
        return host == self._host


def split_url(url: str) -> SplitResult | None:
    """The parts of an http(s) URL; None for anything else, however it is malformed."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018  (reading it raises for a port that is none)
    except ValueError:
        return None
    return parts if parts.scheme in _DEFAULT_PORTS and parts.hostname else None


def canonical_host(url: str) -> str:
    """The host of `url`: lower case, IDNA, without `www.`; a port only when it is not the default.

    An empty string when `url` is no http(s) address.
    """
    parts = split_url(url)
    if not parts:
        return ""
    return _ascii_host(parts).removeprefix("www.") + _shown_port(parts)


def canonical_url(url: str) -> str:
    """`url` without fragment and tracking parameters, host in its one spelling but `www.` kept.

    What is no http(s) address comes back as it is.
    """
    parts = split_url(url)
    if not parts:
        return url
    kept = [p for p in parts.query.split("&") if p and not _TRACKING.fullmatch(p.split("=")[0])]
    host = _ascii_host(parts) + _shown_port(parts)
    return urlunsplit((parts.scheme, host, parts.path or "/", "&".join(kept), ""))


def absolute_url(url: str | None, base: str) -> str | None:
    """`url` as seen on the page `base`, in full; None for what is not http(s)."""
    if not url or not isinstance(url, str):
        return None  # in a response, anything may stand where an address was
    try:
        full = urljoin(base, url.strip())
    except ValueError:
        return None
    return full if split_url(full) and not _NOT_IN_ADDRESSES.search(full) else None


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{host}]"
    try:
        return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def _shown_port(parts: SplitResult) -> str:
    default = _DEFAULT_PORTS[parts.scheme]
    return "" if parts.port in (None, default) else f":{parts.port}"
