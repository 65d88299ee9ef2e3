"""Everything that can be told from a home and its log, whoever has them open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ..keeping.choices import Choices
from ..model import Json
from ..plugins import PluginProblem
from ..policy import Policies
from ..settings import Home
from ..store.log import Log
from .at_home import check_disk, check_home
from .browsers import Yardstick, check_browsers, check_turned_away
from .finding import Finding
from .of_log import check_log
from .plugins import check_plugins, check_sites, check_understood
from .policy import check_policy
from .versions import LeastVersions


@dataclass(frozen=True)
class Inside:
    """What is looked at. browsers: as `GET /v1/browsers` lists them. version: of Earmark."""

    home: Home
    log: Log
    version: str
    browsers: Sequence[Json]
    policies: Policies
    plugins: Sequence[PluginProblem] = ()
    turned_away: Sequence[Json] = ()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


def examine(inside: Inside) -> Iterator[Finding]:
    """All of it, in the order in which it is put right best; blocks."""
    yield from check_home(inside.home)
    yield from check_disk(inside.home)
    yield from check_log(inside.log, inside.clock())
    yield from check_plugins(inside.plugins)
    yield from check_understood(inside.log)
    yield from check_sites(inside.log)
    chosen = [each["site"] for each in Choices(inside.log).document()["sites"]]
    yield from check_policy(inside.policies.effective(), inside.policies.problems, chosen)
    by = Yardstick(inside.version, LeastVersions.of_extension(), inside.clock())
    yield from check_browsers(inside.browsers, by)
    yield from check_turned_away(inside.turned_away)
