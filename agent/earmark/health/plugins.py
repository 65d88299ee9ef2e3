"""Every plugin can be used, and what was heard was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..capture_health import Trouble, troubles
from ..model import Json
from ..plugins import PluginProblem
from ..store import raw
from ..store.log import Log
from .finding import Finding


def check_plugins(problems: Iterable[PluginProblem]) -> Iterator[Finding]:
    """Those that are left out, each with its reason."""
    for problem in problems:
        reason = f"{problem.message} {problem.hint}".strip()
        yield Finding("plugin_left_out", {"plugin": problem.plugin, "reason": reason})


def check_understood(log: Log) -> Iterator[Finding]:
    """Pieces that were kept and that no plugin could read, by platform and host; blocks."""
    for lost in raw.not_understood(log):
        values = {name: lost[name] for name in ("host", "count", "platform")}
        yield Finding(
            "pieces_not_understood", {**values, "at": lost["last"], "reason": lost["error"]}
        )


def check_sites(log: Log) -> Iterator[Finding]:
    """Sites that give less than they did, or that are read in two ways; blocks."""
    for trouble in troubles(log):
        values: Json = {"platform": trouble.platform, "host": trouble.host}
        if trouble.last_good:
            values["day"] = trouble.last_good
        fields = list(trouble.differs or trouble.lost)
        yield Finding(_code(trouble), values | ({"fields": fields} if fields else {}))


def _code(trouble: Trouble) -> str:
    if trouble.differs:
        return "site_read_otherwise" if trouble.last_good else "site_always_read_otherwise"
    if trouble.lost:
        return "site_gives_less"
    return "site_changed" if trouble.last_good else "site_never_heard"
