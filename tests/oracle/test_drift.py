"""The record of a probe against what was observed now."""

from __future__ import annotations

from typing import Any

import pytest

from oracle.drift import drift
from oracle.observation import Observation
from oracle.probe import Row
from tests.oracle.probes import AGENT, LOADED, PLACE, probe


def dropped(reason: str) -> Row:
    return {"verdict": "dropped", "reason": reason, "log": None}


def now(agent: Row = AGENT, verdict: Row = LOADED) -> Observation:
    return Observation((agent,), {PLACE: verdict})


def test_nothing_differs_where_all_is_as_recorded() -> None:
    assert drift(probe(), now()) == ()


def test_more_than_is_compared_may_be_recorded() -> None:
    assert drift(probe(agents=(AGENT | {"body": "Body", "run_model": "m"},)), now()) == ()


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("description", "e", "description was 'd', is 'e'"),
        ("source", "userSettings", "source was 'projectSettings', is 'userSettings'"),
        ("model", "haiku", "model was None, is 'haiku'"),
        ("tools", None, "tools was 'All tools', is None"),
        ("tokens", 3, "tokens was 2, is 3"),
    ],
)
def test_a_field_that_differs_is_told(field: str, value: Any, line: str) -> None:
    assert drift(probe(), now(AGENT | {field: value})) == (f"agent 'one': {line}",)


def test_agents_come_and_go() -> None:
    assert drift(probe(), now(AGENT | {"name": "two"})) == ("agent 'one' is gone", "agent 'two' is new")


def test_a_verdict_that_differs_is_told() -> None:
    assert drift(probe(), now(verdict=dropped("too-large"))) == (f"{PLACE} was loaded, is dropped (too-large)",)


@pytest.mark.parametrize("reason", ["silent", "shadowed", "not-scanned"])
def test_what_the_log_never_says_is_silence(reason: str) -> None:
    assert drift(probe(verdicts={PLACE: dropped(reason)}), now(verdict=dropped("silent"))) == ()


def test_a_long_value_is_cut_and_shows_no_control_character() -> None:
    (line,) = drift(probe(), now(AGENT | {"description": "\x1b[31m" + "x" * 100}))
    assert line.startswith("agent 'one': description was 'd', is '\\x1b[31mxxx")
    assert line.endswith("x…")
    assert len(line) < 120
