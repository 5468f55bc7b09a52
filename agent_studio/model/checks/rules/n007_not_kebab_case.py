"""The name is not made of lower-case words and hyphens, as the documentation asks and its neighbours have it.

Claude Code loads it all the same, and finds it without regard to case and separators. But a comma or parenthesis breaks
`Agent(name)` in settings, and some programs refuse such names. Dots are fine (`dotnet-4.8`), and so are letters of any
script; a name in one without case (Japanese, say) may hold whatever breaks nothing. A folder of three or more agents
most of which are called otherwise has its own way, and is left alone.

Fix: the name in that form, where no letter is lost. Whoever asks for the agent by its old name must be told, so it is
shown first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules import n008_dangerous_name
from agent_studio.model.checks.subject import quoted
from agent_studio.model.library import Library

_KEBAB = re.compile(r"[^\W_]+(?:[.-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")
_LONGEST = 64
"""Characters of a name that is offered."""
_BREAKING = frozenset(",()")
"""What `Agent(name)` in settings cannot hold."""
_FEW = 3
"""Agents of a folder from which on it may have its own way."""


def check(library: Library) -> Iterator[Problem]:
    """Names in another form than those around them, unless that is worse than a matter of taste."""
    for agents in by_folder(library):
        odd = [agent for agent in agents if not is_kebab(_name(agent))]
        if stand_out(odd, agents):
            yield from (_problem(agent) for agent in odd if not any(n008_dangerous_name.check(agent)))


def by_folder(library: Library) -> Collection[list[Agent]]:
    """The agents that load and say how they are called, those of each folder together."""
    folders: dict[tuple[str, str], list[Agent]] = {}
    for agent in library:
        if agent.verdict.loads and _name(agent):
            folders.setdefault((agent.ref.root, agent.ref.folder), []).append(agent)
    return folders.values()


def stand_out(odd: list[Agent], agents: list[Agent]) -> bool:
    """Whether those of a folder that are called otherwise are the exception there."""
    return len(agents) < _FEW or 2 * len(odd) <= len(agents)


def _name(agent: Agent) -> str:
    """The name as it is written, without what a plugin adds to it; empty where it is no text."""
    name = agent.document.get("name") if agent.plugin else agent.reading.name
    return name if isinstance(name, str) else ""


def is_kebab(name: str) -> bool:
    """Whether a name is in that form, as far as its letters have case."""
    if not name.isascii() and any(char.isalpha() and char.lower() == char.upper() for char in name):
        return _BREAKING.isdisjoint(name)
    return name == name.lower() and _KEBAB.fullmatch(unicodedata.normalize("NFC", name)) is not None


def _problem(agent: Agent) -> Problem:
    name = _name(agent)
    plain = n008_dangerous_name.unaccented(name.lower())
    slug = "-".join(_PART.findall(plain))[:_LONGEST].rstrip("-.")
    breaks = not _BREAKING.isdisjoint(name)
    effect = "`Agent(name)` in settings cannot name it" if breaks else "some programs refuse it"
    message = f"{quoted(name)} is not in lower-case words with hyphens: it loads, but {effect}"
    fix = Fix(f"call it {slug}", False, lambda held: fieldedit.with_field(held, "name", slug))
    whole = is_kebab(slug) and not any(unicodedata.category(char).startswith("M") for char in plain)
    return Problem(RULE.id, agent.ref, *place.of_value(agent.document, "name"), message, fix if whole else None)


RULE = Rule("N007", "not-kebab-case", "info", __doc__, library=check)
