"""The agent's tools can read your files, take in pages of the web, and act: together they let a page steal data.

A page that the agent fetches may hold instructions. If the agent can also read what is private and run commands or
write files, those instructions can make it send your files away. Each tool is harmless by itself. An agent without a
list of tools has all of them (T001).

Fix: by hand. Take away the tool that the agent does not need.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.subject import judged
from agent_studio.model.hosts import tools

_LEGS = (("Read", "Grep", "Glob", "Bash", "PowerShell"), ("WebFetch",), ("Bash", "PowerShell", "Write", "Edit"))
"""Tools that read what is private, that bring in what strangers wrote, and that act."""


def check(agent: Agent) -> Iterator[Problem]:
    """A list of tools with one of each kind."""
    listed = agent.reading.tools
    if not listed or not judged(agent):
        return
    granted = {tool.partition("(")[0] for tool in tools.left(listed, agent.reading.denied)}
    legs = [next((tool for tool in leg if tool in granted), None) for leg in _LEGS]
    if all(legs):
        named = ", ".join(dict.fromkeys(filter(None, legs)))
        message = f"found {named} together: a page that it fetches may make it act on what it reads"
        yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "tools"), message)


RULE = Rule("S025", "lethal-trifecta", "low", __doc__, check)
