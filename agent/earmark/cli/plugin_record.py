"""`earmark plugin record`: a case of a page, with everybody on it made up."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

import click

from earmark.errors import EarmarkError
from earmark.kit.heard import heard_at
from earmark.kit.project import is_project, sources_at
from earmark.kit.record import Seen
from earmark.kit.record_task import RECORD_SECONDS, record_here
from earmark.model import Json
from earmark.parse.urls import split_url
from earmark.settings import Home

from .homes import with_home
from .plugin_hooks import loaded_plugins
from .reading import log_path, reading
from .streams import printable, words

LARGEST = 32 * 1024 * 1024  # bytes
FETCH_SECONDS = 20.0


@click.command()
@click.argument("source", type=words, metavar="URL|FILE")
@click.option("--url", type=words, default="", help="Where the page in FILE came from.")
@click.option("--name", type=words, default="", help="What to call the case.")
@with_home
def record(home: Home, source: str, url: str, name: str) -> None:
    """Make a case of a page: its structure, with people, links and prose made up.

    FILE is a page saved from the browser, or a JSON response. With a URL it is the page as you
    last heard it: Earmark itself asks no site for anything, but for pages on this computer. The
    case lies in the project you are in, under cases, else in the home.

    \b
    Examples:
      earmark plugin record page.html --url https://talk.example.org/t/1 --name a_long_thread
      earmark plugin record https://talk.example.org/t/1
    """
    seen = _seen(home, source, url)
    here = Path()
    project = sources_at(here) if is_project(here) else []
    folder = (here / "cases" if project else home.cases_folder).absolute()
    with loaded_plugins(home, project) as (loaded, workers):
        recorded: Json = workers.call_sync(
            record_here,
            {"url": seen.url, "captured_at": seen.captured_at},
            seen.content.decode("utf-8", "replace"),
            str(folder),
            loaded.entries,
            name,
            "",
            timeout=RECORD_SECONDS,
        )
    click.echo(recorded["folder"])
    click.echo(
        f"{recorded['items']} items read by {recorded['platform'] or 'no plugin'}.", err=True
    )
    told = ", ".join(f"{what} {count}" for what, count in sorted(recorded["replaced"].items()))
    click.echo(f"Replaced: {told or 'nothing'}. Look through it before you give it away.", err=True)
    for line in recorded["different"]:
        click.echo(printable(line), err=True)


def _seen(home: Home, source: str, url: str) -> Seen:
    if Path(source).is_file():
        return _saved(Path(source), url)
    if not split_url(source):
        raise EarmarkError(f"There is no file {source}.", "Name a saved page, or a URL.")
    if _is_here(source):
        return Seen(source, _fetched(source), _moment(datetime.now(UTC)))
    if log_path(home).exists():
        with reading(home) as log:
            if seen := heard_at(log, source):
                return seen
    raise EarmarkError(
        f"You have not heard {source} with Earmark, and Earmark asks no site for pages.",
        "Open it in your browser and choose Record this page in Earmark's popup; or save it there "
        f"and run: earmark plugin record FILE --url {source}",
    )


def _saved(file: Path, url: str) -> Seen:
    if not url:
        raise EarmarkError("Where does this page come from?", "Say it with --url URL.")
    if file.stat().st_size > LARGEST:
        raise EarmarkError(f"{file} is larger than 32 MiB.", "Save a smaller part of the page.")
    saved = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return Seen(url, file.read_bytes(), _moment(saved))


def _is_here(url: str) -> bool:
    """Whether an address is this computer's own."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Nowhere(HTTPRedirectHandler):
    """Follows no redirection: it might lead away from this computer."""

    def redirect_request(self, *_: object) -> None:
        return None


def _fetched(url: str) -> bytes:
    """A page of this computer; no proxy is asked, and nothing leads elsewhere."""
    try:
        with build_opener(ProxyHandler({}), _Nowhere).open(url, timeout=FETCH_SECONDS) as answer:
            content: bytes = answer.read(LARGEST)
    except OSError as error:
        raise EarmarkError(f"{url} does not answer: {error}.", "Is it running?") from error
    return content


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")
