"""A Markdown file among agents is a document, not an agent: it has no frontmatter, and does not speak to a model.

Claude Code passes over it without a word, so nothing is wrong where it is a README or a list of notes. It is named
because an agent whose frontmatter was lost may look the same. A file with a frontmatter, or one whose text begins like
a prompt ("You are ..."), is taken for an agent that was dropped, and that is an error (L003, L004).

Fix: none; give it a name and a description if it is meant to be an agent.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule


def check(agent: Agent) -> Iterator[Problem]:
    """A file that does not try to be an agent."""
    if agent.verdict.status == "not-agent":
        message = f"no agent comes of this file: {agent.verdict.reason}"
        yield Problem(RULE.id, agent.ref, *place.of_head(agent.document), message)


RULE = Rule("L014", "not-an-agent", "info", __doc__, check)
