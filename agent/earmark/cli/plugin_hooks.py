"""Plugins as a command needs them: tried in a worker process first, the broken ones named."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import click

from earmark import plugins
from earmark.plugins import Plugins, PluginSource
from earmark.policy import read_system_policy
from earmark.workers import PluginWorkers


@contextmanager
def loaded_plugins() -> Iterator[tuple[Plugins, PluginWorkers]]:
    """All installed plugins, and the worker processes that run them until the end.

    What is wrong with some is in `problems`, for the command to tell in its own way.
    """
    with _quiet(logging.getLogger(plugins.__name__)), PluginWorkers() as workers:
        yield _load(plugins.discover(), workers), workers


@contextmanager
def _quiet(logger: logging.Logger) -> Iterator[None]:
    """Warnings of `logger` are told by the command itself meanwhile."""
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _load(sources: list[PluginSource], workers: PluginWorkers) -> Plugins:
    policy, _ = read_system_policy()
    return plugins.load(sources, workers, policy.plugins)


@cache
def installed_by_others() -> Plugins:
    """The plugins of other packages, for what they add to the command line and to exports.

    Without any, which is usual, no worker process is started.
    """
    sources = [source for source in plugins.discover() if source.distribution != plugins.OURS]
    with PluginWorkers() as workers:
        return _load(sources, workers)


@cache
def plugin_commands() -> click.Group:
    """The commands that plugins add."""
    group = click.Group()
    installed_by_others().add_commands(group)
    return group
