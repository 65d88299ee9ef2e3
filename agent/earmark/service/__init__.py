"""Always there: the agent as a service of the person's own login, by systemd or launchd.

It starts at login and not before, and comes back after a crash, a taken port or an upgrade.
"""

from __future__ import annotations

from .command import under_service
from .desk import ServiceStatus, autostart, can_be_installed, install, remove, status

__all__ = [
    "ServiceStatus",
    "autostart",
    "can_be_installed",
    "install",
    "remove",
    "status",
    "under_service",
]
