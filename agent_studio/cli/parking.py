"""The verbs `park` and `unpark`: agents out of the host's sight, and back."""

from __future__ import annotations

import click

from agent_studio.cli import selection
from agent_studio.cli.diagnostics import ExitCode
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model import plans


@verb(
    "park",
    "Put agents out of Claude Code's sight. Their files stay where they are, under names that it does not read.",
    ("agent-studio park old-reviewer", "by name, after one question"),
    ("agent-studio park project:a.md project:b.md --yes", "two at once, without a question"),
)
@click.argument("agents", nargs=-1, required=True, type=AgentType(), metavar="AGENT...", help="Refs, paths or names.")
@consent_options
def park_verb(agents: tuple[str, ...], yes: bool, dry_run: bool) -> ExitCode:
    """Park the agents."""
    chosen = selection.selected(agents)
    return carried_out(chosen.library, plans.park(chosen.library, chosen.agents), Consent(yes, dry_run))


@verb(
    "unpark",
    "Put parked agents back into Claude Code's sight. Also those that end in .disabled or .off.",
    ("agent-studio unpark old-reviewer", "by its name"),
    ("agent-studio unpark project:old-reviewer.md --yes", "by the ref that it had before"),
)
@click.argument("agents", nargs=-1, required=True, type=AgentType(), metavar="AGENT...", help="Refs, paths or names.")
@consent_options
def unpark_verb(agents: tuple[str, ...], yes: bool, dry_run: bool) -> ExitCode:
    """Unpark the agents."""
    chosen = selection.selected(agents, parked=True)
    return carried_out(chosen.library, plans.unpark(chosen.library, chosen.agents), Consent(yes, dry_run))
