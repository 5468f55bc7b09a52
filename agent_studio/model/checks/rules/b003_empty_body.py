"""The agent has no instructions: nothing stands behind the frontmatter.

Claude Code loads and lists it all the same. When it is called, it knows only the task that it is handed, and nothing of
what its description promises.

Fix: by hand. Write what the agent is to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged


def check(agent: Agent) -> Iterator[Problem]:
    """A body without a visible character, in an agent that loads."""
    document = agent.document
    if document.fences and judged(agent) and agent.verdict.loads and not document.body.strip():
        message = "the agent loads without any instructions"
        yield Problem(RULE.id, agent.ref, document.body_at, len(document.text), message)


RULE = Rule("B003", "empty-body", "error", __doc__, check)
