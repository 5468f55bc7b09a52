"""What happens without a verb, and the verb `demo`: the interface opens, or without a terminal its list is printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import click

from agent_studio.cli import output, selection
from agent_studio.cli.fresh import fresh_option, is_fresh
from agent_studio.cli.recovery import recovered
from agent_studio.cli.start import Start, start_options
from agent_studio.cli.verb import verb
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.store.roots import find_roots


class Studio(Protocol):
    """The interface, for somebody who does not know it."""

    def __call__(self, roots: tuple[Root, ...], /, given: frozenset[str] = frozenset(), *, fresh: bool = False) -> int:
        """Open it on some roots, and return the exit code when it is closed.

        `given` are the names of agents that Claude Code is started with; `fresh` leaves the last time's list behind.
        """


def _opened(studio: Studio, roots: tuple[Root, ...], given: frozenset[str] = frozenset()) -> int:
    if output.is_terminal() and sys.stdin is not None and sys.stdin.isatty():
        return studio(roots, given, fresh=is_fresh())
    from agent_studio.cli.listing import listed  # noqa: PLC0415  # the interface has a list of its own
    from agent_studio.model.grouping import Section  # noqa: PLC0415

    library = recovered(Store(roots, given)).load()
    listed(library, [Section("", tuple(filter(selection.is_agent, library)))])
    return 0


@verb("open", "Open the interface.", more=[*start_options(), fresh_option()])
@click.argument("paths", nargs=-1)
@click.pass_obj
def open_verb(studio: Studio, paths: tuple[str, ...]) -> int:
    """Open the interface on paths, or on what the host reads from here."""
    start = Start.asked()
    return _opened(studio, selection.roots(paths, start), start.given)


@verb(
    "demo",
    "Open the interface on sample agents. They are a temporary copy to play with, which is removed afterwards; your own"
    " agents and settings are not touched.",
    ("agent-studio demo", "try everything out"),
    ("agent-studio demo | cat", "only list the samples"),
)
@click.pass_obj
def demo_verb(studio: Studio) -> int:
    """Open the interface on a copy of the samples."""
    from agent_studio.store.demo import copy_to  # noqa: PLC0415  # only this verb needs it

    with TemporaryDirectory(prefix="agent-studio-demo-") as folder:
        project = copy_to(Path(folder))
        home = project.parent / "home"
        with _at_home(home), _in_folder(project):
            return _opened(studio, find_roots((), cwd=project, environ=os.environ, home=home))


@contextmanager
def _at_home(home: Path) -> Iterator[None]:
    """Let everything that this program keeps for a person, and its trash, lie in another home for a while."""
    before = dict(os.environ)
    os.environ.update(HOME=str(home), USERPROFILE=str(home))
    elsewhere = ("CACHE_HOME", "CONFIG_HOME", "DATA_HOME", "STATE_HOME")
    for variable in ("AGENT_STUDIO_CONFIG", "CLAUDE_CONFIG_DIR", *(f"XDG_{name}" for name in elsewhere)):
        os.environ.pop(variable, None)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
