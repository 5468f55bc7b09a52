"""Agents in sight are checked first, and whoever waits for all is told how far it is."""

from __future__ import annotations

from threading import Event

from agent_studio.model.checks.engine import Configuration
from agent_studio.model.checks.surroundings import NOTHING_KNOWN
from agent_studio.ui.checks import Checks
from tests.model.duplicates.libraries import library, written

AGENTS = [written(f"a{number}", "Look.\n", extra="tools: Bahs, Read\n") for number in range(200)]


def test_what_is_in_sight_is_known_before_all_is() -> None:
    held, told = library(*AGENTS), list[tuple[int, int]]()
    checks = Checks(Configuration(select=("T004", "N002")))
    first = checks.first(held, [agent.ref for agent in AGENTS[:3]])
    assert not first.checked
    assert [finding.problem.ref for finding in first.all] == [agent.ref for agent in AGENTS[:3]]
    found = checks.of(held, NOTHING_KNOWN, Event(), lambda done, of: told.append((done, of)))
    assert found
    assert found.checked
    assert {finding.problem.ref for finding in found.all} == held.agents.keys()
    assert told == [(0, 200), (64, 200), (128, 200), (192, 200)]


def test_nobody_is_told_what_they_do_not_wait_for() -> None:
    outdated, told = Event(), list[int]()
    outdated.set()
    assert Checks().of(library(*AGENTS), NOTHING_KNOWN, outdated, lambda done, _of: told.append(done)) is None
    assert told == []
