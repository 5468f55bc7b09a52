"""The frontmatter holds hooks, and Claude Code runs them on your machine without asking when the agent works.

A hook of type `command` is a shell command; others call a server or start another prompt. In a folder that you trust
they run as you, before or after tools, whatever the agent itself may do. The message shows what would run.

Fix: by hand. Read each one before you trust the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.problem import Problem, Severity
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted

_WORDS = {"command": "runs", "url": "calls", "prompt": "asks a model", "tool": "calls the tool"}


def check(agent: Agent) -> Iterator[Problem]:
    """Everything that hooks run, call, or ask."""
    for setting in configured.settings(agent, "hooks", tuple(_WORDS)):
        message = f"found a hook that {_WORDS[setting.key]} {quoted(setting.text, 300)}"
        severity: Severity | None = None if setting.key in {"command", "url"} else "medium"
        yield Problem(RULE.id, agent.ref, setting.start, setting.end, message, severity=severity)


RULE = Rule("S010", "hook-commands", "high", __doc__, check)
