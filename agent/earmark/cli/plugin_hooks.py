"""Plugins as a command needs them: tried in a worker process first, the broken ones named."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache

import click

from earmark import plugins
from earmark.plugins import Plugins, PluginSource
from earmark.policy import read_system_policy
from earmark.settings import Home
from earmark.switches import Switches
from earmark.workers import PluginWorkers


@contextmanager
def loaded_plugins(
    home: Home | None = None, project: Sequence[PluginSource] = (), only: Collection[str] = ()
) -> Iterator[tuple[Plugins, PluginWorkers]]:
    """The plugins in use, and the worker processes that run them until the end.

    project: plugins somebody is at work on, in the place of installed ones of their names. only:
    names; without any, all. What is wrong with some is in `problems`, for the command to tell in
    its own way.
    """
    with _quiet(logging.getLogger(plugins.__name__)), PluginWorkers() as workers:
        yield _load(plugins.discover(only or None), workers, home, project), workers


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Warnings of `logger` are told by the command itself meanwhile."""
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _load(
    sources: Sequence[PluginSource],
    workers: PluginWorkers,
    home: Home | None = None,
    project: Sequence[PluginSource] = (),
) -> Plugins:
    policy, _ = read_system_policy()
    switches, names = Switches(home or Home()), {source.name for source in project}
    others = [source for source in sources if source.name not in names]
    return plugins.load(
        [*project, *others],
        workers,
        policy.plugins,
        lambda source: "on" if source in project else switches.state(source),
    )


@cache
def installed_by_others() -> Plugins:
    """The plugins of other packages, for what they add to the command line and to exports.

    Without any that is enabled, which is usual, no worker process is started.
    """
    others = (source for source in plugins.discover() if source.distribution != plugins.OURS)
    sources = [source for source in others if Switches(Home()).state(source) == "on"]
    with PluginWorkers() as workers:
        return _load(sources, workers)


@cache
def plugin_commands() -> click.Group:
    """The commands that plugins add."""
    group = click.Group()
    installed_by_others().add_commands(group)
    return group
