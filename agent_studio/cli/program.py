"""The program: its verbs, and how each run ends."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from agent_studio import __version__
from agent_studio.cli import output
from agent_studio.cli.diagnostics import ExitCode, Trouble, complain, misused
from agent_studio.cli.fresh import fresh_option
from agent_studio.cli.start import start_options
from agent_studio.cli.verb import COMPLETE, PROGRAM, Verb, shared_options, written
from agent_studio.model.change import Conflict, WriteFailed

if TYPE_CHECKING:
    from agent_studio.cli.opening import Studio

VERBS = {
    "list": "listing",
    "show": "show",
    "lint": "lint",
    "explain": "explain",
    "budget": "budget",
    "dedupe": "dedupe",
    "set": "assignment",
    "unset": "assignment",
    "diff": "difference",
    "merge": "merging",
    "new": "files",
    "copy": "copies",
    "move": "copies",
    "import": "importing",
    "rename": "files",
    "park": "parking",
    "unpark": "parking",
    "delete": "files",
    "undo": "undo",
    "redo": "undo",
    "history": "history",
    "restore": "history",
    "demo": "opening",
    "info": "about",
    "completion": "about",
}
"""Verb -> the module of this package that holds it as `<verb>_verb`; only the one that is called is imported."""

_EXAMPLES = (
    ("agent-studio", "open the interface on what Claude Code reads from here"),
    ("agent-studio ~/some/agents", "open it on any folder of agent files"),
    ("agent-studio set color=red code-reviewer", "change one field of one agent, after a question"),
)
_HELP = """Curate the agent files that Claude Code reads.

Without a verb the interface opens on each PATH (an agent file, a folder, or a project), or on what Claude Code reads
when it starts here; where there is no terminal the agents are listed instead.

An agent is named by ref (project:code-reviewer.md), by path, or by name where only one has it. Verbs that write show
the change first; without a terminal they write only with --yes. Whatever was written, undo takes back. A folder that is
called like a verb is opened as ./FOLDER.

Exit codes: 0 fine, 1 files differ or there are problems, 2 wrong usage or trouble with a file, 3 a file was changed
meanwhile and nothing was written.
"""


class Program(click.Group):
    """All verbs; a first word that is none of them is a path to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which help lists them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A verb, imported now."""
        if cmd_name not in VERBS:
            return None
        found = getattr(import_module(f"agent_studio.cli.{VERBS[cmd_name]}"), f"{cmd_name}_verb")
        assert isinstance(found, Verb)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that a command line means, and what is left for it."""
        if args[0] in VERBS:
            return super().resolve_command(ctx, args)
        if os.sep not in args[0] and not os.path.lexists(args[0]):
            raise click.UsageError(f"{args[0]} is neither a verb nor a file or folder{_hint(args[0])}", ctx)
        opening = _opening()
        return opening.name, opening, args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs that begin so, and files."""
        return [*super().shell_complete(ctx, incomplete), CompletionItem(incomplete, type="file")]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the verbs."""
        written(formatter, _EXAMPLES)


def _opening() -> Verb:
    """What opens the interface, imported now."""
    from agent_studio.cli.opening import open_verb  # noqa: PLC0415  # verbs do without the list that it prints

    return open_verb


def _hint(word: str) -> str:
    close = get_close_matches(word, VERBS, n=1)
    return f": did you mean {close[0]}?" if close else ""


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        output.line(f"{PROGRAM} {__version__}")
        context.exit()


def program() -> Program:
    """The command line as click knows it."""
    version = click.Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
    )
    return Program(
        PROGRAM,
        help=_HELP,
        callback=_without_verb,
        invoke_without_command=True,
        subcommand_metavar="[VERB | PATH]...",
        params=[*start_options(), fresh_option(), *shared_options(), version],
        context_settings={"help_option_names": ["-h", "--help"]},
    )


@click.pass_context
def _without_verb(context: click.Context) -> int | None:
    return None if context.invoked_subcommand else context.invoke(_opening(), paths=())


def run(arguments: Sequence[str], studio: Studio) -> int:
    """Do what a command line asks for and return the exit code; `studio` opens the interface."""
    try:
        result = program().main(arguments, PROGRAM, COMPLETE, standalone_mode=False, obj=studio)
        output.finished()
    except output.ReaderGone:
        output.abandoned()
        return ExitCode.FINE
    except output.OutputFailed as failed:
        output.abandoned()
        complain(str(failed))
        return ExitCode.TROUBLE
    except click.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        misused(error)
        return ExitCode.TROUBLE
    except Conflict as conflict:
        complain(str(conflict))
        return ExitCode.CONFLICT
    except (Trouble, WriteFailed, OSError) as trouble:
        complain(str(trouble))
        return ExitCode.TROUBLE
    return result or ExitCode.FINE
