"""A plugin that fails again and again rests for a while, never for good."""

from __future__ import annotations

import pytest

from earmark.errors import PluginTimedOut
from earmark.rest import FIRST_REST_SECONDS, LONGEST_REST_SECONDS, STRIKES, RestingPlugins


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def resting(clock: Clock) -> RestingPlugins:
    return RestingPlugins(clock)


def strike(resting: RestingPlugins, times: int, plugin: str = "forum") -> None:
    for _ in range(times):
        resting.strike(PluginTimedOut(plugin, f"{plugin} did not answer."))


def test_two_failures_are_not_enough(resting):
    strike(resting, STRIKES - 1)
    assert resting.now() == {}


def test_a_good_answer_in_between_begins_the_count_anew(resting):
    strike(resting, STRIKES - 1)
    resting.forgive(["forum"])
    strike(resting, STRIKES - 1)
    assert resting.now() == {}


def test_a_rest_says_why_and_for_how_long_and_ends(resting, clock):
    strike(resting, STRIKES)
    error = resting.now()["forum"]
    assert "3 times in a row" in error.message
    assert "did not answer" in error.message
    assert "10 minutes" in error.hint
    clock.seconds += FIRST_REST_SECONDS
    assert resting.now() == {}


def test_failing_again_after_a_rest_makes_the_next_one_twice_as_long(resting, clock):
    strike(resting, STRIKES)
    clock.seconds += FIRST_REST_SECONDS
    strike(resting, 1)
    clock.seconds += FIRST_REST_SECONDS
    assert list(resting.now()) == ["forum"]
    clock.seconds += FIRST_REST_SECONDS
    assert resting.now() == {}


def test_no_rest_is_longer_than_the_longest(resting, clock):
    strike(resting, STRIKES)
    for _ in range(20):
        clock.seconds += LONGEST_REST_SECONDS
        assert resting.now() == {}
        strike(resting, 1)


def test_others_are_not_blamed(resting):
    strike(resting, STRIKES)
    strike(resting, STRIKES, plugin="")
    assert list(resting.now()) == ["forum"]
