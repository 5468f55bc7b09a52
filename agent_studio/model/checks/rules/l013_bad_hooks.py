"""The hooks of the agent cannot be used: before a tool they drop the whole agent, elsewhere they are ignored.

`hooks` must be a mapping of events. An entry under `PreToolUse` or `PermissionRequest` that is no list of matchers, a
matcher without a list of `hooks`, or a hook without a type and what that type needs (`command` for a command) drops
the file: Claude Code does not start an agent without the guard that it asks for. Under other events, or for an event
that does not exist, it only ignores them; that is a warning.

Fix: none; hooks run commands and are edited by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule

_MOST = 50
"""Ignored events that are named."""


def check(agent: Agent) -> Iterator[Problem]:
    """Hooks that drop the agent, and hooks that never run."""
    span = place.of_value(agent.document, "hooks")
    if agent.verdict.status == "dropped" and agent.verdict.cause == "hooks-invalid":
        yield Problem(RULE.id, agent.ref, *span, f"Claude Code drops the file: {agent.verdict.reason}")
    elif agent.verdict.loads:
        for loss in islice(agent.reading.lost("hooks"), _MOST):
            yield Problem(RULE.id, agent.ref, *span, loss.words, severity="warning")


RULE = Rule("L013", "bad-hooks", "error", __doc__, check)
