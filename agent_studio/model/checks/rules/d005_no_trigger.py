"""The description says what the agent is, not when to ask it.

Claude picks an agent by its description alone. "Use this agent when ...", "use proactively after ...", "must be used
for ..." tell it; a job title does not. Only short descriptions (60 characters at most) are judged: a longer one says
what the agent is good at, and Claude gets along with that.

Fix: none; only you know when it should be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule

_TRIGGER = re.compile(
    r"\b(?:us(?:e|ed|ing|eful)|invok\w{1,8}|call|ask|delegat\w{1,6}|launch|trigger\w{0,5}|activat\w{1,6}"
    r"|proactiv\w{1,4}|when\w{0,4}|if|for|before|after|whether|must be)\b|[^\x00-\u02ff]",
    re.IGNORECASE,
)
_SHORT = 60


def check(agent: Agent) -> Iterator[Problem]:
    """A description without a word about an occasion."""
    written = agent.verdict.loads and isinstance(agent.document.get("description"), str)
    if written and len(agent.description) <= _SHORT and not _TRIGGER.search(agent.description):
        message = "the description does not say when to use the agent, so Claude has to guess"
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "description"), message)


RULE = Rule("D005", "no-trigger", "info", __doc__, check)
