"""Whether the agent comes back by itself."""

from __future__ import annotations

from collections.abc import Iterator

from .. import service
from ..errors import EarmarkError
from ..settings import Home
from .finding import Finding


def check_service(home: Home) -> Iterator[Finding]:
    """Where there is a manager of services, what it says of ours."""
    try:
        status = service.status(home)
    except EarmarkError as error:
        yield Finding("service_broken", {"reason": f"{error.message} {error.hint}".strip()})
        return
    kind = {"kind": status.kind}
    if not status.installed and status.problem:
        yield Finding("service_elsewhere", {"reason": status.problem})
    elif not status.installed:
        if status.kind:
            yield Finding("service_not_installed")
    elif status.problem:
        yield Finding("service_broken", {"reason": status.problem})
    elif not status.enabled:
        yield Finding("service_not_enabled", kind)
    elif not status.active:
        yield Finding("service_not_active", kind)
    else:
        yield Finding("service_active", kind)
