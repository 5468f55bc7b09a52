"""A file that is made to be slow is gone through like any other; `make bench` measures how long that takes."""

from __future__ import annotations

import pytest

from agent_studio.model.checks.catalogue import RULES
from benchmarks.hostile import HOSTILE, found, made

SIZE = 20_000


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_rule_comes_to_an_end_within_the_text(kind: str) -> None:
    agent = made(kind, SIZE)
    for rule in RULES:
        for problem in found(rule, agent):
            assert 0 <= problem.start <= problem.end <= len(agent.document.text)
