"""How verbs write: they show the exact change, ask where a person can answer, and write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import click

from agent_studio.cli import output, record
from agent_studio.cli.diagnostics import ExitCode, agreed, can_ask, say
from agent_studio.cli.output import ADDED, BOLD, PLACE, REMOVED, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.model.change import Change, Edit
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref, Root
from agent_studio.model.unified import unified
from agent_studio.store.disk import Store
from agent_studio.store.roots import path_of


@dataclass(frozen=True, slots=True)
class Consent:
    """What the command line says about writing: at once, never, or (neither) ask."""

    yes: bool = False
    dry_run: bool = False


def consent_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--yes` and `--dry-run` to a verb, which gets them as `yes` and `dry_run`."""
    yes = click.option("-y", "--yes", is_flag=True, help="Write without asking; needed where there is no terminal.")
    dry_run = click.option("-n", "--dry-run", is_flag=True, help="Only show what would be written.")
    return yes(dry_run(command))


def carried_out(library: Library, plan: Plan, consent: Consent) -> ExitCode:
    """Show a plan's change and write it as far as there is consent; raises `Conflict` and `WriteFailed`."""
    for skip in plan.skipped:
        say(f"skipped {skip.ref}: {skip.reason}")
    store = Store(library.roots)
    change = plan.change
    if not change:
        if not plan.skipped:
            say("Nothing to do: it is so already.")
        return ExitCode.TROUBLE if plan.skipped else ExitCode.FINE
    if consent.yes and not consent.dry_run:
        store.commit(change)
        _show(library.roots, change)
        say(f"Written: {_count(change)}.")
        return ExitCode.FINE
    _show(library.roots, change)
    if consent.dry_run:
        say(f"Nothing was written: this is a dry run ({_count(change)}).")
    elif not can_ask():
        say(f"Nothing was written ({_count(change)}): add --yes to write without a question.")
    elif agreed(f"Write {_count(change)}?"):
        store.commit(change)
        say("Written.")
    else:
        say("Nothing was written.")
    return ExitCode.FINE


def _count(change: Change) -> str:
    return str(change.edits[0].ref) if len(change.edits) == 1 else f"{len(change.edits)} files"


def _show(roots: tuple[Root, ...], change: Change) -> None:
    for line in patch(change, lambda ref: record.near(path_of(roots, ref))):
        output.line(line)


def patch(change: Change, place: Callable[[Ref], str]) -> Iterator[Piece]:
    """A change as the lines of a unified diff; a file that goes and comes under another name is renamed."""
    gone = [edit for edit in change.edits if edit.after is None]
    come = [edit for edit in change.edits if edit.before is None]
    if len(change.edits) == 2 and len(gone) == len(come) == 1:
        before, after = place(gone[0].ref), place(come[0].ref)
        yield Piece(plain_line(f"rename from {before}"), BOLD)
        yield Piece(plain_line(f"rename to {after}"), BOLD)
        yield from diff_lines(gone[0].before, come[0].after, before, after)
        return
    for edit in change.edits:
        yield from _patch_of(edit, place(edit.ref))


def _patch_of(edit: Edit, path: str) -> Iterator[Piece]:
    return diff_lines(edit.before, edit.after, path, path)


_STYLES = {"-": REMOVED, "+": ADDED, "@": PLACE}


def diff_lines(before: bytes | None, after: bytes | None, from_name: str, to_name: str) -> Iterator[Piece]:
    """The lines of a unified diff, styled by what they say."""
    for place, line in enumerate(unified(before, after, from_name, to_name).removesuffix("\n").split("\n")):
        if place or line:
            yield Piece(line, BOLD if place < 2 else _STYLES.get(line[:1], ""))
