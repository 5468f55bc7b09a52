"""An agent that can only read asks for the most expensive model.

Looking things up and summing up is what smaller models do as well, for a fraction of the price and in less time. An
agent that judges what it reads may be worth it; then leave it.

Fix: `sonnet`.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule


def check(agent: Agent) -> Iterator[Problem]:
    """A large model with tools for reading only."""
    model = (agent.reading.model or "").lower()
    held = granted.granted(agent)
    if agent.verdict.loads and held and held <= granted.READING and ("opus" in model or model == "best"):
        message = f"the agent only reads ({', '.join(sorted(held))}), on the most expensive model, {model[:60]}"
        fix = Fix("write sonnet", False, lambda document: fieldedit.with_field(document, "model", "sonnet"))
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "model"), message, fix)


RULE = Rule("M002", "costly-for-reading", "info", __doc__, check)
