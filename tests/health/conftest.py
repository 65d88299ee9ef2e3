"""A house per test, on a computer that has nothing else."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from house import House

from earmark import plugins
from earmark.cli import looking


@pytest.fixture
async def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[House]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    house = House(tmp_path, port)
    monkeypatch.setattr(looking, "DEFAULT_PORT", port)
    monkeypatch.setattr(plugins, "discover", lambda *_: [])
    monkeypatch.setenv("PATH", str(house.programs))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("EARMARK_STORE", raising=False)
    house.service()
    try:
        await house.start()
        house.pair()
        await house.report()
        yield house
    finally:
        await house.close()
