"""Whether an item was written by one of the person's own accounts."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from ..folding import fold
from ..model import Json

ANYWHERE = ""  # the platform of an account that was entered without one


def as_handle(written: object) -> str:
    """A handle as it is compared: folded, without the @ in front."""
    return fold(str(written or "")).strip().removeprefix("@")


class Accounts:
    """The person's own accounts, by platform.

    An account without a platform is theirs everywhere. A name is anybody's to choose: it counts
    only where an account names its platform, and the page shows nothing else of the author.
    """

    def __init__(self, accounts: Iterable[Json]) -> None:
        self._handles: set[tuple[str, str]] = set()
        self._names: set[tuple[str, str]] = set()
        for account in accounts:
            platform = str(account.get("platform") or ANYWHERE)
            self._handles.add((platform, as_handle(account["handle"])))
            if platform:
                names = (account.get("name"), account["handle"])
                self._names |= {(platform, as_handle(name)) for name in names if name}

    def wrote(self, item: Json) -> bool | None:
        """Whether the author is one of them; None where nobody is named."""
        author = item.get("author") or {}
        platform = str(item.get("platform") or "")
        known = {as_handle(each) for each in _ids(author)} - {""}
        if known:
            return any((where, each) in self._handles for where in (platform, "") for each in known)
        if not author.get("name"):
            return None
        return (platform, as_handle(author["name"])) in self._names


def _ids(author: Json) -> Iterable[object]:
    """What names this author and nobody else, as far as the page shows it."""
    yield author.get("handle")
    yield author.get("id")
    if not author.get("handle"):
        path = urlsplit(str(author.get("url") or "")).path.rstrip("/")
        yield unquote(path.rpartition("/")[2])
