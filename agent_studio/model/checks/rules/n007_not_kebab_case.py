"""The name is not made of lower-case words and hyphens, as the documentation asks and its neighbours have it.

Claude Code loads it all the same, and finds it without regard to case and separators. But a comma or parenthesis breaks
`Agent(name)` in settings, and some programs refuse such names. Dots are fine (`dotnet-4.8`), and so are letters that
have no case. A folder of three or more agents most of which are called otherwise has its own way, and is left alone.

Fix: the name in that form. Whoever asks for the agent by its old name must be told, so it is shown first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent_studio.model import fieldedit, plans
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules import n008_dangerous_name
from agent_studio.model.checks.subject import quoted
from agent_studio.model.library import Library

_KEBAB = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_FEW = 3
"""Agents of a folder from which on it may have its own way."""


def check(library: Library) -> Iterator[Problem]:
    """Names in another form than those around them, unless that is worse than a matter of taste."""
    folders: dict[tuple[str, str], list[Agent]] = {}
    for agent in library:
        if agent.verdict.loads and _name(agent):
            folders.setdefault((agent.ref.root, agent.ref.folder), []).append(agent)
    for agents in folders.values():
        odd = [agent for agent in agents if not _is_kebab(agent)]
        if len(agents) < _FEW or 2 * len(odd) <= len(agents):
            yield from (_problem(agent) for agent in odd if not any(n008_dangerous_name.check(agent)))


def _name(agent: Agent) -> str:
    """The name as it is written, without what a plugin adds to it; empty where it is no text."""
    name = agent.document.get("name") if agent.plugin else agent.reading.name
    return name if isinstance(name, str) else ""


def _is_kebab(agent: Agent) -> bool:
    """Whether a name is in that form, as far as its letters have case."""
    name = _name(agent)
    if not name.isascii():
        name = "".join("a" if char.isalpha() and char.lower() == char.upper() else char for char in name)
    return _KEBAB.fullmatch(name) is not None


def _problem(agent: Agent) -> Problem:
    name = _name(agent)
    slug = re.sub(r"[-_]+", "-", plans.slug(n008_dangerous_name.unaccented(name)))
    message = f"{quoted(name)} is not in lower-case words with hyphens: it loads, but is hard to name in settings"
    fix = Fix(f"call it {slug}", False, lambda held: fieldedit.with_field(held, "name", slug))
    span = place.of_value(agent.document, "name")
    return Problem(RULE.id, agent.ref, *span, message, fix if _KEBAB.fullmatch(slug) and slug != "agent" else None)


RULE = Rule("N007", "not-kebab-case", "info", __doc__, library=check)
