"""The verbs `copy` and `move`: agents in another scope or folder, and what is different about them there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from agent_studio.cli import destination, selection
from agent_studio.cli.destination import to_option
from agent_studio.cli.diagnostics import ExitCode, Trouble, say
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.change import Edit
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Root
from agent_studio.model.schema import Field
from agent_studio.model.transfer import transfer
from agent_studio.store.roots import path_of


@verb(
    "copy",
    "Copy agents to another scope or folder. Their names stay; those of a plugin lose what the plugin adds to them.",
    ("agent-studio copy code-reviewer --to user", "into your own agents"),
    ("agent-studio copy user:a.md user:b.md --to project --yes", "both or, where one cannot be, none"),
    ("agent-studio copy storefront-tools:seo-auditor --to ./agents", "a plugin's, into any folder"),
)
@click.argument("agents", nargs=-1, required=True, type=AgentType(), metavar="AGENT...", help="Refs, paths or names.")
@to_option(required=True)
@consent_options
def copy_verb(agents: tuple[str, ...], place: str, yes: bool, dry_run: bool) -> ExitCode:
    """Copy the agents."""
    return _transferred(agents, place, Consent(yes, dry_run), move=False)


@verb(
    "move",
    "Move agents to another scope or folder. A file that is in the way there is never replaced.",
    ("agent-studio move code-reviewer --to user", "from this project to your own agents"),
    ("agent-studio move user:a.md user:b.md --to ./attic --yes", "both or, where one cannot be, none"),
)
@click.argument("agents", nargs=-1, required=True, type=AgentType(), metavar="AGENT...", help="Refs, paths or names.")
@to_option(required=True)
@consent_options
def move_verb(agents: tuple[str, ...], place: str, yes: bool, dry_run: bool) -> ExitCode:
    """Move the agents."""
    return _transferred(agents, place, Consent(yes, dry_run), move=True)


def _transferred(words: Sequence[str], place: str, consent: Consent, *, move: bool) -> ExitCode:
    """All of the agents copied or moved, or none."""
    chosen = selection.selected(words)
    library, root = destination.within(chosen.library, destination.of(chosen.library, place))
    plan = transfer(library, chosen.agents, root, move=move)
    if plan.skipped:
        raise Trouble(plan.skipped[0].reason)
    copies = [made_of(edit, root) for edit in plan.change.edits if edit.before is None]
    after = library.replaced(copies, (edit.ref for edit in plan.change.edits if edit.after is None))
    for agent, copy in zip(chosen.agents, copies, strict=True):
        for note in _notes(after, agent, copy):
            say(f"{copy.ref}: {note}")
    return carried_out(library, plan, consent)


def made_of(edit: Edit, root: Root) -> Agent:
    """The agent that an edit makes in a root."""
    return Agent(edit.ref, path_of((root,), edit.ref), Document(edit.after or b""), plugin=root.plugin)


def _notes(library: Library, agent: Agent, copy: Agent) -> Iterator[str]:
    """What a person should know of a copy that will stand in a library."""
    if agent.plugin and not copy.plugin:
        yield f"it is called {copy.name} there, not {agent.name}"
        if counting := [field.name for field in schema.FIELDS if _counts_anew(field, agent)]:
            yield f"{', '.join(counting)} will count there: in a plugin's agent Claude Code ignores that"
    standing = library.standing(copy)
    if not copy.verdict.loads:
        yield f"it does not load: {copy.verdict.reason}"
    elif standing.why:
        yield "which one wins depends on read order" if standing.undefined else standing.why


def _counts_anew(field: Field, agent: Agent) -> bool:
    """Whether a field of a plugin's agent has a value that Claude Code takes elsewhere only."""
    value = agent.document.get(field.name)
    return field.plugin == "ignored" and value is not None and not field.problem(value)
