"""Turns a template and its values into an HTML response in the reader's language.

Templates escape everything; nothing a page said ever becomes markup, a style or a script.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from aiohttp import web
from jinja2 import ChainableUndefined, Environment, FileSystemLoader

from ..keeping.sites import in_letters
from . import pages_shown as shown
from .i18n import UI_LANGUAGES, Words, choose_language, without_bidi_controls, words_in
from .pages_marks import felt
from .pages_reasons import teller

TEMPLATES = Path(__file__).with_name("templates")
UI_COOKIE = "earmark_ui"
YEAR = 365 * 24 * 3600


def safe_url(value: object) -> str:
    """An http(s) address that may become a link; empty for anything else (`javascript:` …)."""
    text = str(value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""


def host(url: object) -> str:
    """The host of a page's address, as people know it; empty where there is none."""
    parts = urlsplit(safe_url(url))
    return in_letters((parts.hostname or "").removeprefix("www."))


def item_path(item: Mapping[str, Any]) -> str:
    """The path of an item's own page."""
    return f"/items/{quote(str(item['platform']), safe='')}/{quote(str(item['id']), safe='')}"


def with_query(path: str, query: Mapping[str, Any]) -> str:
    """`path` with a query string; empty values are left out, lists are repeated."""
    wanted = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(wanted, doseq=True)}" if wanted else path


@cache
def environment(language: str) -> Environment:
    """The templates with the words of one interface language."""
    words = words_in(language)
    env = Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=ChainableUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(words.catalogue, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(words=words, ui_languages=UI_LANGUAGES, **shown.for_templates(words))
    env.globals.update(retold=teller(words), felt=felt)
    env.filters.update(
        safe_url=safe_url,
        host=host,
        in_letters=in_letters,
        plain=without_bidi_controls,
        item_path=item_path,
        with_query=with_query,
        number=words.number,
        percent=words.percent,
        sign=shown.sign,
    )
    return env


def words_for(request: web.Request) -> Words:
    """The words of the language this reader wants (`?ui=`, then cookie, then browser)."""
    asked = request.query.get("ui", "") or request.cookies.get(UI_COOKIE, "")
    return words_in(choose_language(asked, request.headers.get("Accept-Language", "")))


def fragment(request: web.Request, template: str, /, **context: Any) -> str:
    """A template as text."""
    words = words_for(request)
    return environment(words.language).get_template(template).render(context)


def render(
    request: web.Request, template: str, /, *, status: int = 200, **context: Any
) -> web.Response:
    """A whole page. `?ui=` in the address is remembered as the person's choice.

    Three templates need no store: `sign_in.html` (`action`, the form's target), `error.html`
    (`message`, `hint`), `open_in_earmark.html` (`address`, where the link led).
    """
    words = words_for(request)
    here = {key: request.query.getall(key) for key in request.query if key != "ui"}
    context = {"section": "", "problem_count": 0, "flash": None, "status": status, **context}
    body = fragment(request, template, path=request.rel_url.raw_path, query=here, **context)
    response = web.Response(text=body, status=status, content_type="text/html")
    response.headers["Content-Language"] = words.language
    if request.query.get("ui") in UI_LANGUAGES:
        response.set_cookie(
            UI_COOKIE, words.language, max_age=YEAR, httponly=True, samesite="Strict"
        )
    return response
