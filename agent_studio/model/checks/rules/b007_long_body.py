"""The instructions are long: over 20 000 characters, about 5 000 tokens, before the agent has read its task.

Every call of the agent pays for them, and models follow the twentieth rule less well than the first. Reference text
that is needed now and then is better kept in a file of its own, or in a skill, and named in the body.

Fix: by hand. What can go is yours to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged

MOST = 20_000
"""Characters of a body that pass without a word."""


def check(agent: Agent) -> Iterator[Problem]:
    """A body with more characters than that."""
    document = agent.document
    length = len(document.text) - document.body_at
    if length > MOST and judged(agent):
        message = f"the body has {length:,} characters, about {agent.tokens[1]:,} tokens with every call"
        yield Problem(RULE.id, agent.ref, document.body_at, len(document.text), message)


RULE = Rule("B007", "long-body", "info", __doc__, check)
