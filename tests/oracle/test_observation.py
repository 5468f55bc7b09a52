"""What one run told, as it is recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from oracle.host import Answer, Silent
from oracle.observation import observe, recorded
from oracle.tree import Tree, lay
from tests.oracle.probes import AGENT, LOADED, PLACE, probe

OTHER = "project/.claude/agents/other.md"


def answer(tree: Tree, log: str = "") -> Answer:
    """One project agent beside a built-in, which has no source."""
    agents = [{"name": "one", "description": "d"}, {"name": "Plan", "description": "plans", "model": "inherit"}]
    usage = [{"agentType": "one", "source": "projectSettings", "path": str(tree.top / PLACE), "tokens": 2}]
    text = "Available agent types for the Agent tool:\n- one: d (Tools: All tools)\n- Plan: plans (Tools: Read)\n\n"
    return Answer(agents, usage, [{"system": text}], log)


def test_an_agent_and_its_file_are_recorded(tmp_path: Path) -> None:
    tree = lay(probe(), tmp_path)
    now = observe(answer(tree), tree, [PLACE])
    assert now.agents == (AGENT,)
    assert now.files == {PLACE: LOADED}


def test_a_dropped_file_has_the_reason_that_the_log_gives(tmp_path: Path) -> None:
    tree = lay(probe(), tmp_path)
    log = f'2026-11-21T12:12:43.213Z [ERROR] Agent file {tree.top}/{OTHER}: Invalid "name": no\n'
    message = 'Agent file $PROJECT/.claude/agents/other.md: Invalid "name": no'
    files = observe(answer(tree, log), tree, [OTHER]).files
    assert files == {OTHER: {"verdict": "dropped", "reason": "name-rejected", "log": message}}
    files = observe(answer(tree), tree, [OTHER]).files
    assert files == {OTHER: {"verdict": "dropped", "reason": "silent", "log": None}}


def test_requests_without_a_roster_are_no_answer(tmp_path: Path) -> None:
    tree = lay(probe(), tmp_path)
    with pytest.raises(Silent):
        observe(Answer([], [], [{"system": "nothing"}], ""), tree, [])


def test_a_long_text_is_recorded_by_its_hash() -> None:
    assert recorded("x" * 400) == "x" * 400
    digest = hashlib.sha256(b"x" * 401).hexdigest()
    assert recorded("x" * 401) == {"sha256": digest, "chars": 401, "prefix": "x" * 200}
