"""The frontmatter brings an MCP server of its own, a program that is started or an address that is called with it.

A name in `mcpServers` refers to a server that you have set up; an entry with `command` or `url` sets one up right
there, and `headersHelper` is a program, too. It runs as you, and whatever the agent hands to the server's tools goes
there. The message shows both.

Fix: by hand. Read it, or set the server up yourself and refer to it by name.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted

_WORDS = {"command": "runs", "url": "calls", "headersHelper": "runs"}


def check(agent: Agent) -> Iterator[Problem]:
    """The programs and addresses of its servers."""
    for setting in configured.settings(agent, "mcpServers", tuple(_WORDS)):
        message = f"found an MCP server that {_WORDS[setting.key]} {quoted(setting.told, 300)}"
        yield Problem(RULE.id, agent.ref, setting.start, setting.end, message)


RULE = Rule("S011", "inline-mcp-server", "high", __doc__, check)
