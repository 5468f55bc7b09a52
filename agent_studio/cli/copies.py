"""The verb `copy`: agents into another scope or folder, and what is different about them there."""

from __future__ import annotations

from collections.abc import Iterator

import click
from click.shell_completion import CompletionItem

from agent_studio.cli import destination, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble, say
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model import plans, schema
from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan, PlanRefused
from agent_studio.model.ref import Ref, Root
from agent_studio.model.schema import Field
from agent_studio.store.roots import path_of

SCOPES = ("project", "user")


class PlaceType(click.Path):
    """A scope that agents can be copied to, or a folder."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The scopes that begin so, and folders."""
        scopes = [CompletionItem(scope) for scope in SCOPES if scope.startswith(incomplete)]
        return scopes + super().shell_complete(ctx, param, incomplete)


@verb(
    "copy",
    "Copy agents to another scope or folder. Their names stay; those of a plugin lose what the plugin adds to them.",
    ("agent-studio copy code-reviewer --to user", "into your own agents"),
    ("agent-studio copy user:a.md user:b.md --to project --yes", "both or, where one cannot be, none"),
    ("agent-studio copy storefront-tools:seo-auditor --to ./agents", "a plugin's, into any folder"),
)
@click.argument("agents", nargs=-1, required=True, type=AgentType(), metavar="AGENT...", help="Refs, paths or names.")
@click.option(
    "--to",
    "place",
    required=True,
    type=PlaceType(file_okay=False),
    metavar="project|user|FOLDER",
    help="This project's agents, your own, or any folder.",
)
@consent_options
def copy_verb(agents: tuple[str, ...], place: str, yes: bool, dry_run: bool) -> ExitCode:
    """Copy the agents."""
    chosen = selection.selected(agents)
    root = destination.of_scope(chosen.library, place) if place in SCOPES else destination.of_folder(place)
    library = destination.library_of(chosen.library, root)
    copies: dict[Ref, Agent] = {}
    for agent in chosen.agents:
        copy = _copied(library, agent, root)
        if copy.ref in copies:
            raise Trouble(f"two of them would become {copy.ref}: copy one, or rename one first")
        copies[copy.ref] = copy
    after = library.replaced(copies.values())
    for agent, copy in zip(chosen.agents, copies.values(), strict=True):
        for note in _notes(after, agent, copy):
            say(f"{copy.ref}: {note}")
    noun = chosen.agents[0].name if len(copies) == 1 else f"{len(copies)} agents"
    edits = tuple(Edit(ref, None, copy.document.data) for ref, copy in copies.items())
    return carried_out(library, Plan(Change(f"copy {noun} to {root.name}", edits)), Consent(yes, dry_run))


def _copied(library: Library, agent: Agent, root: Root) -> Agent:
    """The copy of an agent in a root, as it will be."""
    try:
        (edit,) = plans.copy(library, agent, root).change.edits
    except PlanRefused as refused:
        raise Trouble(str(refused)) from None
    except EditRefused as refused:
        raise Trouble(f"{agent.ref}: {refused}") from None
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
