"""The name of the file does not end in `.md`, so Claude Code never reads it.

Only `.md` in lower case counts: `.MD`, `.markdown`, `.mdx`, and a `.txt` with the frontmatter of an agent are passed
over without a word (a plugin's `.MD` is read). Files that are parked (`.md.parked`, `.md.disabled`) are meant to be out
of sight and are no problem.

Fix: rename the file, where no other has that name.
"""

from __future__ import annotations

from collections.abc import Iterator

from agent_studio.model.checks import place
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.library import Library
from agent_studio.model.ref import EXTENSION


def check(library: Library) -> Iterator[Problem]:
    """Agents that the host overlooks for their file names."""
    for agent in library:
        if agent.verdict.status != "dropped" or agent.verdict.cause != "not-scanned":
            continue
        target = agent.ref.beside(f"{agent.ref.stem.removesuffix(EXTENSION)}{EXTENSION}")
        free = library.get(target) is None
        fix = Fix(f"rename the file to {target.path}", safe=True, rename=target.path) if free else None
        message = f"{agent.ref.path} is not read: {agent.verdict.reason}"
        yield Problem(RULE.id, agent.ref, *place.of_head(agent.document), message, fix)


RULE = Rule("L005", "wrong-extension", "error", __doc__, library=check)
