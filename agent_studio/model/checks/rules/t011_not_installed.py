"""The agent names a skill or an MCP server that is not found on this machine.

A skill that is missing is not loaded, the tools of a missing server are not there; the agent starts without them and
says nothing. Only judged in agents that Claude Code reads from their place, by a person who has used it here: on a
build machine, and in a collection that lies somewhere, nobody can tell what will be there.

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
_ELSEWHERE = ("claude.ai ", "claude_ai_")
"""How the servers of a claude.ai account begin, which no file on the machine lists."""


def check(agent: Agent, around: Surroundings) -> Iterator[Problem]:
    """Names of what is not there."""
    skills, servers = around.skills.get(agent.ref.root), around.servers.get(agent.ref.root)
    if agent.verdict.loads and skills is not None:
        named = schema.items_of(agent.document.get("skills"))
        yield from _problems(agent, "skills", "skill", named, skills)
    if agent.verdict.loads and servers is not None:
        yield from _servers(agent, servers)


def _servers(agent: Agent, there: frozenset[str]) -> Iterator[Problem]:
    """Servers by name in `mcpServers`, and those whose tools are listed; one that it brings along is there."""
    value = agent.document.get("mcpServers")
    items = value if isinstance(value, list) else [value]
    named = tuple(item for item in items if isinstance(item, str))
    own = {key for item in items if isinstance(item, dict) for key in item}
    yield from _problems(agent, "mcpServers", "MCP server", named, there | own)
    known = tuple(f"mcp__{server}__" for server in there | own)
    called = (f"{tool.partition('(')[0]}__" for tool in agent.reading.tools or () if tool.startswith("mcp__"))
    listed = (tool.split("__")[1] for tool in called if not tool.startswith(known))
    yield from _problems(agent, "tools", "MCP server", tuple(name for name in listed if name.strip("*")), there | own)


def _problems(agent: Agent, key: str, noun: str, names: tuple[str, ...], there: frozenset[str]) -> Iterator[Problem]:
    missing = (name for name in dict.fromkeys(names) if name not in there and not name.startswith(_ELSEWHERE))
    for name in islice(missing, _MOST):
        message = f"the {noun} {quoted(name, 40)} is not found here: the agent starts without it"
        yield Problem(RULE.id, agent.ref, *place.of_item(agent.document, key, name), message)


RULE = Rule("T011", "not-installed", "warning", __doc__, placed=check)
