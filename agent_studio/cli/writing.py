"""How verbs write: they show the exact change, ask where a person can answer, and write all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from agent_studio.cli import output, record
from agent_studio.cli.diagnostics import ExitCode, agreed, can_ask, say
from agent_studio.cli.output import ADDED, BOLD, PLACE, REMOVED, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.model.change import Change
from agent_studio.model.library import Library
from agent_studio.model.plans import Plan
from agent_studio.model.ref import Ref, Root
from agent_studio.store.disk import Store
from agent_studio.store.roots import AGENTS, path_of

if TYPE_CHECKING:
    from agent_studio.model.history import Kind


class Consent(NamedTuple):
    """What the command line says about writing: at once, never, or (neither) ask."""

    yes: bool = False
    dry_run: bool = False


def consent_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--yes` and `--dry-run` to a verb, which gets them as `yes` and `dry_run`."""
    yes = click.option("-y", "--yes", is_flag=True, help="Write without asking; needed where there is no terminal.")
    dry_run = click.option("-n", "--dry-run", is_flag=True, help="Only show what would be written.")
    return yes(dry_run(command))


def carried_out(
    library: Library,
    plan: Plan,
    consent: Consent,
    *,
    kind: Kind = "do",
    of: str | None = None,
    hint: str = "",
    summary: Iterable[str] = (),
) -> ExitCode:
    """Show a plan's change and write it as far as there is consent; raises `Conflict` and `WriteFailed`.

    `kind` and `of` are for the journal, `summary` is said of the change, `hint` when it is written.
    """
    say_skipped(plan)
    if not plan.change:
        if not plan.skipped:
            say("Nothing to do: it is so already.")
        return ExitCode.TROUBLE if plan.skipped else ExitCode.FINE
    for line in summary:
        say(line)
    written(library, plan.change, consent, kind=kind, of=of, hint=hint)
    return ExitCode.FINE


def say_skipped(plan: Plan) -> None:
    """Say which files a plan leaves alone, and why."""
    for skip in plan.skipped:
        say(f"skipped {skip.ref}: {skip.reason}")


def written(
    library: Library, change: Change, consent: Consent, *, kind: Kind = "do", of: str | None = None, hint: str = ""
) -> bool:
    """Show a change and write it as far as there is consent, and whether it was; raises `Conflict`, `WriteFailed`."""
    store = Store(library.roots)
    if consent.yes and not consent.dry_run:
        store.commit(change, kind, of)
        shown(library.roots, change)
        _say_written(library.roots, change, f"Written: {_count(change)}.", hint)
        return True
    shown(library.roots, change)
    if consent.dry_run:
        say(f"Nothing was written: this is a dry run ({_count(change)}).")
    elif not can_ask():
        say(f"Nothing was written ({_count(change)}): add --yes to write without a question.")
    elif agreed(f"Write {_count(change)}?"):
        store.commit(change, kind, of)
        _say_written(library.roots, change, "Written.", hint)
        return True
    else:
        say("Nothing was written.")
    return False


def _say_written(roots: tuple[Root, ...], change: Change, words: str, hint: str) -> None:
    """Say that it is done, and what the host needs to see it: it watches only folders that were there at its start."""
    say(f"{words} {hint}".rstrip())
    written = {ref.root for ref in change.refs}
    for root in roots:
        seen = root.scope != "folder" or root.path.endswith(AGENTS)
        if root.name in written and seen and not root.exists:
            say(f"restart Claude Code: {record.near(root.path)} is new to it")


def _count(change: Change) -> str:
    files = change.files
    return str(files[0][0].ref) if len(files) == 1 else f"{len(files)} files"


def shown(roots: tuple[Root, ...], change: Change) -> None:
    """Print a change as a unified diff."""
    for line in patch(change, lambda ref: record.near(path_of(roots, ref))):
        output.line(line)


def patch(change: Change, place: Callable[[Ref], str]) -> Iterator[Piece]:
    """A change as the lines of a unified diff; a file that goes and comes under another name is renamed."""
    for old, new in change.files:
        before, after = place(old.ref), place(new.ref)
        if old is not new:
            yield Piece(plain_line(f"rename from {before}"), BOLD)
            yield Piece(plain_line(f"rename to {after}"), BOLD)
        yield from diff_lines(old.before, new.after, before, after)


_STYLES = {"-": REMOVED, "+": ADDED, "@": PLACE}


def diff_lines(before: bytes | None, after: bytes | None, from_name: str, to_name: str) -> Iterator[Piece]:
    """The lines of a unified diff, styled by what they say."""
    from agent_studio.model.unified import unified  # noqa: PLC0415  # most verbs show no difference

    for place, line in enumerate(unified(before, after, from_name, to_name).removesuffix("\n").split("\n")):
        if place or line:
            yield Piece(line, BOLD if place < 2 else _STYLES.get(line[:1], ""))
