"""The verbs `history` and `restore`: what was done to one agent, and its file as it was."""

from __future__ import annotations

from collections.abc import Sequence

import click

from agent_studio.cli import operations, output, record, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble, say
from agent_studio.cli.operations import OperationType
from agent_studio.cli.verb import verb
from agent_studio.cli.words import AgentType
from agent_studio.cli.writing import Consent, carried_out, consent_options, shown
from agent_studio.model.change import Change, Edit
from agent_studio.model.history import Operation
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref
from agent_studio.model.versions import Touch, touches
from agent_studio.store.disk import Store

_AGENT_HELP = "A ref, a path or a name; a ref or a path also of one that is not there any more."


@verb(
    "history",
    "List every change of an agent's file. Also those under its former names, undos and redos, the newest first.",
    ("agent-studio history code-reviewer", "by name"),
    ("agent-studio history project:gone.md", "also of an agent that was deleted"),
    ("agent-studio history code-reviewer --diff 01795267205123456789", "one change, line by line"),
)
@click.argument("agent", type=AgentType(), help=_AGENT_HELP)
@click.option("--diff", "identity", type=OperationType(), metavar="ID", help="Print this change instead.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json", "jsonl", "tsv"]),
    default="table",
    show_default=True,
    help="What to print.",
)
def history_verb(agent: str, identity: str | None, shape: str) -> None:
    """Print the history in the shape that was asked for."""
    if identity and shape != "table":
        raise click.UsageError("--diff has a fixed shape: it goes without --format")
    library, ref = selection.located(agent)
    found = list(touches(ref, Store(library.roots).past(ref)))
    if identity:
        shown(library.roots, _chosen(found, ref, identity).change)
    else:
        _listed(ref, found, shape)


def _chosen(found: Sequence[Touch], ref: Ref, identity: str) -> Touch:
    touch = next((touch for touch in found if touch.operation.id == identity), None)
    if touch is None:
        raise Trouble(f"there is no change {identity} of {ref}: `agent-studio history` lists them")
    return touch


def _listed(ref: Ref, found: Sequence[Touch], shape: str) -> None:
    by_id = {touch.operation.id: touch for touch in found}
    steps = [touch.operation for touch in found]

    def words(operation: Operation) -> list[str]:
        return by_id[operation.id].words

    match shape:
        case "json":
            output.as_json({"schema": record.SCHEMA, "ref": str(ref), "operations": [*map(_record, found)]})
        case "jsonl":
            for touch in found:
                output.as_json({"schema": record.SCHEMA, **_record(touch)}, indent=None)
        case "tsv":
            operations.as_tabs(steps, "changed", words)
        case _ if found:
            operations.as_rows(steps, "changed", words)
        case _:
            say(f"{ref}: no change of it is remembered.")


def _record(touch: Touch) -> dict[str, object]:
    added, removed = touch.lines
    return {
        **operations.record_of(touch.operation),
        "before": str(touch.old.ref) if touch.before is not None else None,
        "after": str(touch.new.ref) if touch.new.after is not None else None,
        "fields": touch.fields,
        "body": {"added": added, "removed": removed},
    }


@verb(
    "restore",
    "Bring an agent's file back as it once was. As a change left it or, with --before, found it; also a file that was"
    " deleted. This is a change like any other: `agent-studio undo` takes it back.",
    ("agent-studio restore code-reviewer 01795267205123456789", "as that change left it"),
    ("agent-studio restore project:gone.md 01795267205123456789 --before", "as it was before it was deleted"),
)
@click.argument("agent", type=AgentType(), help=_AGENT_HELP)
@click.argument("identity", type=OperationType(), metavar="ID", help="The change, by its ID in `agent-studio history`.")
@click.option("--before", is_flag=True, help="As that change found it.")
@consent_options
def restore_verb(agent: str, identity: str, *, before: bool, yes: bool, dry_run: bool) -> ExitCode:
    """Bring the file back."""
    library, ref = selection.located(agent)
    touch = _chosen(list(touches(ref, Store(library.roots).past(ref))), ref, identity)
    data = touch.before if before else touch.after
    if data is None:
        other = "without --before: as it left it" if before else "with --before: as it found it"
        raise Trouble(f"{ref} was not there {'before' if before else 'after'} that change. Say it {other}")
    now = library.get(ref)
    edit = Edit(ref, now.document.data if now else None, data)
    change = Change(f"restore {now.name if now else ref}", (edit,) if edit.before != edit.after else ())
    return carried_out(library, Plan(change), Consent(yes, dry_run), of=identity)
