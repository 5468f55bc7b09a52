"""What the program says beside its data, all of it on stderr, and the codes that it ends with."""

from __future__ import annotations

import sys
from contextlib import suppress
from enum import IntEnum

import click

from agent_studio.cli.plain import plain, plain_line

QUIET = "agent_studio.quiet"
"""Key of `click.Context.meta`: whether only errors are said."""


class ExitCode(IntEnum):
    """How the program ends; part of the contract with scripts."""

    FINE = 0
    DIFFERENT = 1
    TROUBLE = 2
    CONFLICT = 3
    INTERRUPTED = 130


class Trouble(Exception):
    """Something that cannot be done; the message says what, with which file, and what the person can do."""


def say(text: str) -> None:
    """Say something that `--quiet` silences."""
    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(QUIET):
        _print(plain_line(text))


def _print(text: str, end: str = "\n") -> None:
    """Print on stderr; where nobody listens there, there is nobody to tell about it."""
    if sys.stderr is not None:
        with suppress(BrokenPipeError):
            print(text, end=end, file=sys.stderr, flush=True)


def complain(text: str) -> None:
    """Say what went wrong."""
    _print(f"agent-studio: {plain_line(text)}")


def misused(error: click.ClickException) -> None:
    """Say how a command line cannot be understood, and where to read more."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _print(plain(error.ctx.get_usage()))
        _print(f"Try '{error.ctx.command_path} --help' for help.\n")
    complain(error.format_message())


def can_ask() -> bool:
    """Whether a person sees the data and the question, and can answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def agreed(question: str) -> bool:
    """The person's answer to a question; anything but yes is no."""
    _print(f"{plain_line(question)} [y/N] ", end="")
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
