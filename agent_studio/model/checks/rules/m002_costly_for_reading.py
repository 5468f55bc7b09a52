"""An agent that can only read asks for the most expensive model.

Looking things up and summing up is what smaller models do as well, for a fraction of the price and in less time. An
agent that judges or plans (reviews, audits, security, architecture) may be worth it, and is left alone.

Fix: `sonnet`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import granted, place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule

_JUDGING = re.compile(
    r"review|audit|critic|critique|architect|plan|design|analy[sz]|assess|evaluat|judg|secur|vulnerab|threat|strateg"
    r"|complian|advis|debug|diagnos|root cause|reason|research|verif|coach|mentor|expert|deep",
    re.IGNORECASE,
)
"""What is more than looking something up."""


def check(agent: Agent) -> Iterator[Problem]:
    """A large model with tools for reading only."""
    model = (agent.reading.model or "").lower()
    held = granted.granted(agent)
    if not (agent.verdict.loads and held and held <= granted.READING and ("opus" in model or model == "best")):
        return
    if not _JUDGING.search(f"{agent.name} {agent.description}"):
        message = f"the agent only looks things up ({', '.join(sorted(held))}), on a costly model, {model[:60]}"
        fix = Fix("write sonnet", False, lambda document: fieldedit.with_field(document, "model", "sonnet"))
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "model"), message, fix)


RULE = Rule("M002", "costly-for-reading", "info", __doc__, check)
