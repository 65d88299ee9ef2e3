"""Sites as people name them: `reddit.com` stands for a host and everything under it."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import urlunsplit

import idna

from ..errors import EarmarkError
from ..parse.urls import canonical_host, canonical_url, split_url
from .given_messages import told

LONGEST_HOST = 253  # characters, as in the domain name system
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_PORT = re.compile(r":\d+$")
_SCHEME = re.compile(r"[a-z*]+://", re.IGNORECASE)


class BadSite(EarmarkError):
    """What was typed names no site."""

    code = "bad_site"

    def __init__(self, typed: str) -> None:
        super().__init__(told("no_site", text=shown(typed)), told("how_sites_look"))


def as_site(typed: str) -> str:
    """The site meant by an address, a host or a match pattern: lower case, IDNA, without `www.`.

    A port is left out. Raises BadSite.
    """
    text = typed.strip()
    if any(unicodedata.category(sign) in ("Cc", "Zs", "Zl", "Zp") for sign in text):
        raise BadSite(typed)
    site = host_in("https://" + _SCHEME.sub("", text, count=1).removeprefix("*."))
    if not _is_host(site):
        raise BadSite(typed)
    return site


def host_in(url: str) -> str:
    """The host of a URL as a site is written; empty where there is none."""
    return _PORT.sub("", canonical_host(url))


def conversation_at(url: str) -> str:
    """A conversation's address as browsers write it: all of it counts, also what follows #."""
    parts = split_url(url)
    if not parts:
        return url
    host = canonical_url(url).partition("://")[2].partition("/")[0]
    return urlunsplit((parts.scheme, host, parts.path or "/", parts.query, parts.fragment))


def covers(site: str, host: str) -> bool:
    """Whether a page on `host` belongs to `site`."""
    return host == site or (_is_domain(site) and host.endswith(f".{site}"))


def sites_over(host: str) -> list[str]:
    """Every site that `host` can belong to, the narrowest first."""
    labels = host.split(".")
    wider = [".".join(labels[start:]) for start in range(1, len(labels))]
    return [host, *(site for site in wider if covers(site, host))]


def patterns(site: str) -> list[str]:
    """Match patterns for a browser, which ask for nothing outside the site."""
    if _is_domain(site):
        return [f"https://{site}/*", f"https://*.{site}/*"]
    return [f"https://{site}/*", f"http://{site}/*"]


def in_letters(site: str) -> str:
    """An international site as its readers write it."""
    try:
        return idna.decode(site) if "xn--" in site else site
    except idna.IDNAError:
        return site


def shown(typed: str) -> str:
    """What somebody typed, safe and short enough to repeat to them."""
    return "".join(sign if sign.isprintable() else "�" for sign in typed[:60])


def _is_domain(site: str) -> bool:
    """Whether the site has hosts under it; `localhost`, `wiki` and numbers have none."""
    return "." in site and not _is_number(site)


def _is_number(host: str) -> bool:
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def _is_host(host: str) -> bool:
    if _is_number(host):
        return _is_ip(host)
    labels = host.split(".")
    return len(host) <= LONGEST_HOST and all(_is_label(label) for label in labels)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _is_label(label: str) -> bool:
    if not _LABEL.fullmatch(label):
        return False
    try:
        return not label.startswith("xn--") or bool(label[4:].encode().decode("punycode"))
    except UnicodeError:
        return False
