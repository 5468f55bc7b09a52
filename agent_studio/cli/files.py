"""The verbs `new`, `rename` and `delete`: agent files that come, go, or are called otherwise."""

from __future__ import annotations

from typing import Literal

import click

from agent_studio.cli import destination, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble, say
from agent_studio.cli.selection import STDIN
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model import plans, schema
from agent_studio.model.agent import Agent
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import PlanRefused
from agent_studio.model.schema import IllegalValue

What = Literal["both", "name", "file"]


def _checked_name(name: str) -> str:
    try:
        schema.BY_NAME["name"].parse(name)
    except IllegalValue as illegal:
        raise Trouble(str(illegal)) from None
    return name


def _warn_of_twins(library: Library, name: str, itself: Agent | None = None) -> None:
    twins = [a.ref for a in library if a.reading.name == name and a.verdict.loads and a is not itself]
    if twins:
        say(f"{name} is also the name of {', '.join(map(str, twins))}: Claude Code uses only one of a name")


@verb(
    "new",
    "Create an agent. Its file is named after it, and made from a template or as a copy of another agent.",
    ("agent-studio new code-reviewer", "in this project"),
    ("agent-studio new strict-reviewer --from code-reviewer --scope user", "a copy, in your own agents"),
    ('agent-studio new triage --in ./agents --description "For new issues." --yes', "in any folder"),
)
@click.argument("name", help="What the agent is called.")
@click.option(
    "--scope",
    type=click.Choice(["project", "user"]),
    help="Whose agent it is. By default the project's, if there is one.",
)
@click.option("--in", "folder", type=click.Path(), metavar="FOLDER", help="Create it in this folder instead.")
@click.option("--from", "source", type=AgentType(), metavar="AGENT", help="Copy this agent; - is standard input.")
@click.option("--description", metavar="TEXT", help="When to use it.")
@consent_options
def new_verb(
    *,
    name: str,
    scope: str | None,
    folder: str | None,
    source: str | None,
    description: str | None,
    yes: bool,
    dry_run: bool,
) -> ExitCode:
    """Create the agent."""
    if scope and folder:
        raise click.UsageError("--scope and --in say two different places")
    library = selection.opened()
    scopes = (scope,) if scope else ("project", "user")
    root = destination.of_folder(folder) if folder else destination.of_scope(library, *scopes)
    places = destination.library_of(library, root)
    try:
        like = plans.assigned(_source(source), {"description": description} if description else {})
        plan = plans.create(places, root.name, _checked_name(name), like)
    except (PlanRefused, EditRefused) as refused:
        raise Trouble(str(refused)) from None
    _warn_of_twins(library, name)
    return carried_out(places, plan, Consent(yes, dry_run))


def _source(source: str | None) -> Document:
    """What a new agent begins with: the template, or another agent's file."""
    if source is None:
        return plans.TEMPLATE
    agent = selection.from_stdin() if source == STDIN else selection.selected((source,)).agents[0]
    if agent.trouble or not agent.document.whole:
        raise Trouble(f"{agent.ref}: {agent.trouble or agent.document.trouble}")
    return agent.document


@verb(
    "rename",
    "Rename an agent. Both the name that Claude Code knows, and the file, which is named after it.",
    ("agent-studio rename code-reviewer strict-reviewer", "name and file"),
    ("agent-studio rename code-reviewer strict-reviewer --name", "only the name; the file stays"),
    ("agent-studio rename user:reviewer.md code-reviewer --file", "only the file"),
)
@click.argument("agent", type=AgentType(), help="A ref, a path or a name.")
@click.argument("new", help="The new name.")
@click.option("--both", "what", flag_value="both", type=str, default="both", help="Name and file (the default).")
@click.option("--name", "what", flag_value="name", type=str, help="Only the name.")
@click.option("--file", "what", flag_value="file", type=str, help="Only the file.")
@consent_options
def rename_verb(agent: str, new: str, what: What, yes: bool, dry_run: bool) -> ExitCode:
    """Rename the agent."""
    chosen = selection.selected((agent,))
    found = chosen.agents[0]
    name = None if what == "file" else _checked_name(new)
    stem = {"both": plans.slug(new), "name": None, "file": new.removesuffix(".md")}[what]
    try:
        plan = plans.rename(chosen.library, found, name, stem)
    except (PlanRefused, EditRefused) as refused:
        raise Trouble(str(refused)) from None
    if name is not None:
        _warn_of_twins(chosen.library, name, found)
    return carried_out(chosen.library, plan, Consent(yes, dry_run))


@verb(
    "delete",
    "Move agents to the trash. `agent-studio undo` brings them back.",
    ("agent-studio delete old-reviewer", "by name, after one question"),
    ("agent-studio delete project:a.md project:b.md --yes", "two, without a question"),
)
@click.argument("agents", nargs=-1, required=True, type=AgentType(), metavar="AGENT...", help="Refs, paths or names.")
@consent_options
def delete_verb(agents: tuple[str, ...], yes: bool, dry_run: bool) -> ExitCode:
    """Delete the agents."""
    chosen = selection.selected(agents)
    plan = plans.delete(chosen.agents)
    them = "it" if len(plan.change.edits) == 1 else "them"
    hint = f"`agent-studio undo` brings {them} back."
    return carried_out(chosen.library, plan, Consent(yes, dry_run), hint=hint)
