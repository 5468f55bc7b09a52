"""The verbs `undo` and `redo`: what was written, by whomever and whenever, taken back and brought back."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import click

from agent_studio.cli import operations, output, record, selection
from agent_studio.cli.diagnostics import ExitCode, Trouble, complain, say
from agent_studio.cli.operations import OperationType
from agent_studio.cli.recovery import recovered
from agent_studio.cli.verb import verb
from agent_studio.cli.writing import Consent, carried_out, consent_options
from agent_studio.model.history import Operation
from agent_studio.model.plans import Plan
from agent_studio.model.rebase import moved, rebased
from agent_studio.store.disk import Store

Way = Literal["undo", "redo"]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Which change is meant, and below which paths; whether only its own part, and whether and how only to list."""

    words: tuple[str, ...]
    merge: bool
    listed: bool
    shape: str

    @property
    def id(self) -> str | None:
        """The change that is named."""
        found = [word for word in self.words if operations.is_id(word)]
        if len(found) > 1:
            raise click.UsageError("give one ID: changes are taken back and brought back one at a time")
        return found[0] if found else None

    @property
    def paths(self) -> list[str]:
        """The places to look below."""
        return [word for word in self.words if not operations.is_id(word)]


def _steps(store: Store, way: Way) -> list[Operation]:
    """What can be undone or redone, the next one first."""
    return list(store.history().steps(way))


def _step_options(way: Way) -> list[click.Parameter]:
    return [
        click.Argument(
            ["words"],
            nargs=-1,
            type=OperationType(partial(_steps, way=way), paths=True),
            metavar="[ID] [PATH]...",
            help="Which change, by its ID in --list; and the places to look below.",
        ),
        click.Option(
            ["--merge"], is_flag=True, help=f"Where a file was changed since: {way} only this change's part of it."
        ),
        click.Option(["--list", "listed"], is_flag=True, help=f"Only list what there is to {way}, the next one first."),
        click.Option(
            ["--format", "shape"],
            type=click.Choice(["table", "json", "jsonl", "tsv"]),
            default="table",
            show_default=True,
            help="What --list prints.",
        ),
    ]


@verb(
    "undo",
    "Take back the last change. Whoever made it: the interface or a verb, now or a week ago. It is the last one of"
    " files below each PATH (a file, a folder, a project), or without one below what Claude Code reads when it starts"
    " here. It is shown first, and on a terminal you are asked once. Where a file was changed since, you are told how"
    " to take back only this change's part, or to leave it and go on with the one before.",
    ("agent-studio undo", "the last change, after one question"),
    ("agent-studio undo --list", "everything that can be taken back"),
    ("agent-studio undo 01795267205123456789 --yes", "an older one alone, by its ID"),
    ("agent-studio undo --merge ./agents", "what others wrote into the file since stays"),
    more=_step_options("undo"),
)
@consent_options
def undo_verb(*, words: tuple[str, ...], merge: bool, listed: bool, shape: str, yes: bool, dry_run: bool) -> ExitCode:
    """Take a change back."""
    return _stepped("undo", _Wish(words, merge, listed, shape), Consent(yes, dry_run))


@verb(
    "redo",
    "Bring back what `agent-studio undo` took back last. Once something else is written, nothing can be brought back"
    " any more.",
    ("agent-studio redo", "after one question"),
    ("agent-studio redo --list", "everything that can be brought back"),
    more=_step_options("redo"),
)
@consent_options
def redo_verb(*, words: tuple[str, ...], merge: bool, listed: bool, shape: str, yes: bool, dry_run: bool) -> ExitCode:
    """Bring a change back."""
    return _stepped("redo", _Wish(words, merge, listed, shape), Consent(yes, dry_run))


def _stepped(way: Way, wish: _Wish, consent: Consent) -> ExitCode:
    if wish.listed and wish.id:
        raise click.UsageError("--list goes without an ID")
    if wish.shape != "table" and not wish.listed:
        raise click.UsageError("--format goes with --list")
    store = recovered(Store(selection.roots(wish.paths)))
    steps = _steps(store, way)
    if wish.listed:
        return _listed(way, steps, wish.shape)
    if not steps and not wish.id:
        say(f"Nothing to {way} here.")
        return ExitCode.FINE
    step = _chosen(way, steps, wish.id)
    code = _taken(store, way, step, wish, consent)
    if code is ExitCode.CONFLICT:
        for other in steps[steps.index(step) + 1 :][:1]:
            complain(f"`agent-studio {way} {other.id}` leaves it and goes on with the next one: {other.title}")
    return code


def _chosen(way: Way, steps: Sequence[Operation], identity: str | None) -> Operation:
    """The next step, or the one that is named."""
    found = next((step for step in steps if identity in {None, step.id}), None)
    if found is None:
        raise Trouble(f"there is no {identity} to {way} here: `agent-studio {way} --list` says what there is")
    return found


def _taken(store: Store, way: Way, operation: Operation, wish: _Wish, consent: Consent) -> ExitCode:
    """Write the change that takes an operation back, or brings it back."""
    change = store.change_of(operation)
    if change is None:
        raise Trouble(f"{operation.title}: the journal has its files no more")
    change = change.inverse if way == "undo" else change
    say(f"{way} {operation.title} ({operations.since(operation)})")
    library = store.load()
    rebase = rebased(library, change)
    conflicts = rebase.conflicts if wish.merge else moved(library, change)
    if wish.merge:
        change = rebase.change
    if not conflicts:
        return carried_out(library, Plan(change), consent, kind=way, of=operation.id)
    for conflict in conflicts:
        complain(conflict)
    if rebase.conflicts:
        agent = shlex.quote(record.near(operation.paths[0]))
        advice = f"edit the file by hand; `agent-studio history {agent} --diff {operation.id}` shows the change"
    else:
        advice = f"`agent-studio {way} {operation.id} --merge` writes only this change's part"
    complain(f"nothing was written: {advice}")
    return ExitCode.CONFLICT


def _listed(way: Way, steps: Sequence[Operation], shape: str) -> ExitCode:
    match shape:
        case "json":
            output.as_json({"schema": record.SCHEMA, "operations": [*map(operations.record_of, steps)]})
        case "jsonl":
            for step in steps:
                output.as_json({"schema": record.SCHEMA, **operations.record_of(step)}, indent=None)
        case "tsv":
            operations.as_tabs(steps, "files", _files)
        case _ if steps:
            operations.as_rows(steps, "files", _few_files)
        case _:
            say(f"Nothing to {way} here.")
    return ExitCode.FINE


def _files(operation: Operation) -> list[str]:
    return [record.near(path) for path in operation.paths]


def _few_files(operation: Operation) -> list[str]:
    """The first file, and how many there are besides."""
    first, *others = _files(operation)
    return [first, f"{len(others)} more"] if others else [first]
