"""The frontmatter holds hooks, and Claude Code runs them on your machine without asking when the agent works.

A hook of type `command` is a shell command; others call a server or start another prompt. In a folder that you trust
they run as you, before or after tools, whatever the agent itself may do. The message shows what would run. One that
asks a model, or only prints a text and ends (`echo "not here" >&2 && exit 2`), weighs less.

Fix: by hand. Read each one before you trust the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import configured
from agent_studio.model.checks.problem import Problem, Severity
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import quoted

_SAID = (
    r"(?:echo|printf|exit|true|false)"
    r"(?:[ \t]+(?:'[^'\n]*'|\"[^\"$`\\\n]*\"|[\w.,:=/+-]+|[12]?>(?:&[12]|[ \t]?/dev/null)(?![^\s;&|])))*[ \t]*"
)
_PRINTS = re.compile(rf"{_SAID}(?:(?:&&|\|\||;)[ \t]*{_SAID}){{0,5}}")
"""Commands that print and end, without anything that a shell would fill in, run, or write to."""
_WORDS = {"command": "runs", "url": "calls", "prompt": "asks a model", "tool": "calls the tool"}


def check(agent: Agent) -> Iterator[Problem]:
    """Everything that hooks run, call, or ask."""
    for setting in configured.settings(agent, "hooks", tuple(_WORDS)):
        message = f"found a hook that {_WORDS[setting.key]} {quoted(setting.told, 300)}"
        runs = setting.key == "url" or (setting.key == "command" and not _PRINTS.fullmatch(setting.told))
        severity: Severity | None = None if runs else "medium"
        yield Problem(RULE.id, agent.ref, setting.start, setting.end, message, severity=severity)


RULE = Rule("S010", "hook-commands", "high", __doc__, check)
