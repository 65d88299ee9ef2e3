"""Every plugin can be used, and what was heard was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..capture_health import troubles
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
    """Sites that give less than they did; blocks."""
    for trouble in troubles(log):
        values: Json = {"platform": trouble.platform, "host": trouble.host}
        if trouble.last_good:
            values["day"] = trouble.last_good
        if trouble.lost:
            yield Finding("site_gives_less", values | {"fields": list(trouble.lost)})
        else:
            yield Finding("site_changed" if trouble.last_good else "site_never_heard", values)
