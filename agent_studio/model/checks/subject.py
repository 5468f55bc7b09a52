"""Which agents the rules about text look at, and how a message quotes them."""

from __future__ import annotations

from agent_studio.model.agent import Agent


def readable(agent: Agent) -> bool:
    """Whether the whole text of a file is at hand."""
    return not agent.trouble and agent.document.whole and not agent.document.locked


def judged(agent: Agent) -> bool:
    """Whether a file is an agent, or tries to be one, and its text is at hand: a README beside agents is left alone."""
    return readable(agent) and agent.verdict.status != "not-agent"


def quoted(text: str, most: int = 80) -> str:
    """Text from a file for a message: on one line, in quotes, cut behind `most` characters."""
    text = " ".join(text[: 4 * most].split())
    return f'"{text}"' if len(text) <= most else f'"{text[: most - 1]}…"'


def counted(number: int, noun: str) -> str:
    """A number and its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
