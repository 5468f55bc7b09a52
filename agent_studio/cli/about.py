"""The verbs `info` and `completion`: about the program itself."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress

import click

from agent_studio import __version__
from agent_studio.cli import operations, output, selection
from agent_studio.cli.output import BOLD, Piece
from agent_studio.cli.plain import plain_line
from agent_studio.cli.verb import COMPLETE, PROGRAM, verb
from agent_studio.model.hosts.releases import LATEST
from agent_studio.store.disk import Store
from agent_studio.store.state import state_path


@verb(
    "info",
    "Print versions, and the folders that are read and written.",
    ("agent-studio info", "what to put into a bug report"),
)
def info_verb() -> None:
    """Print what is known of the program and its surroundings."""
    facts = list(_facts())
    width = max(len(name) for name, _ in facts)
    for name, fact in facts:
        output.line(Piece(f"{name:<{width}}", BOLD), "  ", plain_line(fact))


def _facts() -> Iterator[tuple[str, str]]:
    from importlib import metadata  # noqa: PLC0415  # slow, and only this verb needs it

    from agent_studio.store.settings import own_path  # noqa: PLC0415  # brings the rules along

    yield PROGRAM, __version__
    yield "python", f"{platform.python_version()} ({sys.executable})"
    for package in ("textual", "click"):
        yield package, metadata.version(package)
    yield "system", platform.platform()
    size = shutil.get_terminal_size()
    color = "color" if output.in_color() else "no color"
    kind = os.environ.get("TERM", "unknown") if output.is_terminal() else "no terminal"
    yield "terminal", f"{kind}, {size.columns}×{size.lines}, {color}, {output.encoding()}"
    yield "claude-code", f"{LATEST.version} is the newest release whose reading is known"
    yield "state", state_path()
    yield "journal", _journal(state_path("journal"))
    own = own_path(os.environ, selection.home())
    yield "configuration", own + (" (not there)" if not os.path.exists(own) else "")
    for root in selection.roots():
        flags = (("read-only", root.read_only), ("not there", not root.exists), (root.idle, root.idle))
        marks = [mark for mark, holds in flags if mark and holds]
        yield root.name, root.path + (f" ({', '.join(marks)})" if marks else "")


def _journal(folder: str) -> str:
    """Where every written change is remembered, and how many they are."""
    if not os.path.isdir(folder):
        return f"{folder} (not there)"
    count, size = len(operations.of_store(Store(()))), 0
    for entry in os.scandir(folder):
        with suppress(FileNotFoundError):  # it has just got another name
            size += entry.stat(follow_symlinks=False).st_size
    return f"{folder} ({count:,} change{'s' * (count != 1)}, {size:,} bytes)"


@verb(
    "completion",
    "Print a script for your shell. With it, verbs, options, fields and agents are completed.",
    ('eval "$(agent-studio completion bash)"', "in ~/.bashrc"),
    ('eval "$(agent-studio completion zsh)"', "in ~/.zshrc"),
    ("agent-studio completion fish >~/.config/fish/completions/agent-studio.fish", "once"),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]), metavar="SHELL", help="bash, zsh or fish.")
@click.pass_context
def completion_verb(context: click.Context, shell: str) -> None:
    """Print the script."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415  # only this verb needs it

    made = get_completion_class(shell)
    assert made is not None
    output.line(made(context.find_root().command, {}, PROGRAM, COMPLETE).source())
