"""The name is not made of lower-case words and hyphens, as the documentation asks.

Claude Code loads it all the same. But a comma or parenthesis breaks `Agent(name)` in settings, blanks and capitals are
written wrong again and again, and some programs refuse such names. Dots are fine (`dotnet-4.8`).

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

_KEBAB = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def check(agent: Agent) -> Iterator[Problem]:
    """A name in another form, unless that is worse than a matter of taste."""
    name = agent.document.get("name")
    if not agent.verdict.loads or not isinstance(name, str) or _KEBAB.fullmatch(name):
        return
    if any(n008_dangerous_name.check(agent)):
        return
    slug = re.sub(r"[-_]+", "-", plans.slug(name))
    message = f"{quoted(name)} is not in lower-case words with hyphens: it loads, but is hard to name in settings"
    fix = Fix(f"call it {slug}", False, lambda held: fieldedit.with_field(held, "name", slug))
    span = place.of_value(agent.document, "name")
    yield Problem(RULE.id, agent.ref, *span, message, fix if _KEBAB.fullmatch(slug) and slug != "agent" else None)


RULE = Rule("N007", "not-kebab-case", "info", __doc__, check)
