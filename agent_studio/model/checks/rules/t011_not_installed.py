"""The agent names a skill or an MCP server that is not found on this machine.

A skill that is missing is not loaded, the tools of a missing server are not there; the agent starts without them and
says nothing. Only judged where skills, or servers, could be listed at all.

Fix: none; install what is missing, or take it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted
from agent_studio.model.checks.surroundings import Surroundings

_MOST = 50
"""Names that are reported."""


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """Names of what is not there."""
    if agent.verdict.loads:
        if around.skills:
            skills = schema.items_of(agent.document.get("skills"))
            yield from _problems(agent, "skills", "skill", skills, around.skills)
        if around.servers:
            yield from _servers(agent, around.servers)


def _servers(agent: Agent, there: frozenset[str]) -> Iterator[Problem]:
    """Servers by name in `mcpServers`, and those whose tools are listed; one that it brings along is there."""
    value = agent.document.get("mcpServers")
    items = value if isinstance(value, list) else [value]
    named = tuple(item for item in items if isinstance(item, str))
    own = {key for item in items if isinstance(item, dict) for key in item}
    yield from _problems(agent, "mcpServers", "MCP server", named, there | own)
    called = (tool for tool in agent.reading.tools or () if tool.startswith("mcp__"))
    listed = tuple(tool.split("__")[1].partition("(")[0] for tool in called)
    yield from _problems(agent, "tools", "MCP server", tuple(filter(None, listed)), there | own)


def _problems(agent: Agent, key: str, noun: str, names: tuple[str, ...], there: frozenset[str]) -> Iterator[Problem]:
    for name in islice((name for name in dict.fromkeys(names) if name not in there), _MOST):
        message = f"the {noun} {quoted(name, 40)} is not found here: the agent starts without it"
        yield Problem(RULE.id, agent.ref, *place.of_item(agent.document, key, name), message)


RULE = Rule("T011", "not-installed", "warning", __doc__, placed=check)
