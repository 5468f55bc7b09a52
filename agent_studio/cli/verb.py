"""Verb: a command of the command line with the options that all of them share, and help with examples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import click

from agent_studio.cli import diagnostics, output

PROGRAM = "agent-studio"
COMPLETE = "_AGENT_STUDIO_COMPLETE"
"""The environment variable by which a shell asks for completions."""


def shared_options() -> list[click.Parameter]:
    """The options that every verb takes, and the program itself in front of a verb."""
    return [
        click.Option(
            ["--color"],
            type=click.Choice(["auto", "always", "never"]),
            help="When to use color; auto heeds NO_COLOR and FORCE_COLOR.",
            expose_value=False,
            callback=partial(_remembered, output.COLOR),
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            default=None,
            help="Say nothing on stderr but errors.",
            expose_value=False,
            callback=partial(_remembered, diagnostics.QUIET),
        ),
    ]


def _remembered(key: str, context: click.Context, _: click.Parameter, value: object) -> object:
    """Keep an option where output and diagnostics find it; a verb's own counts more than the program's."""
    if value is not None:
        context.meta[key] = value
    return value


class Verb(click.Command):
    """A command with the shared options and examples; `examples` are pairs of a command line and what it does.

    `more` are options that it shares with some other verbs.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[tuple[str, str]] = (),
        more: Sequence[click.Parameter] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = examples
        self.params += [*more, *shared_options()]

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples below the options."""
        written(formatter, self.examples)


def written(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Write examples into a help text, each below what it does."""
    if examples:
        with formatter.section("Examples"):
            for line, meaning in examples:
                formatter.write(f"{'':>{formatter.current_indent}}# {meaning}\n")
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def verb(
    name: str, help: str, *examples: tuple[str, str], more: Sequence[click.Parameter] = ()
) -> Callable[[Callable[..., Any]], Verb]:
    """A decorator that makes a function the verb `name`."""
    settings = {"help_option_names": ["-h", "--help"]}
    return click.command(name, cls=Verb, help=help, examples=examples, more=more, context_settings=settings)
