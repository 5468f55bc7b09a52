"""`--fresh`: the interface as if for the first time."""

from __future__ import annotations

import click

_FRESH = "agent_studio.fresh"
"""The key of `click.Context.meta` for it."""


def fresh_option() -> click.Option:
    """The option, in front of the paths or behind them."""
    words = "Open as if for the first time: without the order, groups, filter and cursor of the last time."
    return click.Option(["--fresh"], is_flag=True, expose_value=False, callback=_remembered, help=words)


def _remembered(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        context.meta[_FRESH] = True


def is_fresh() -> bool:
    """Whether it was given."""
    return _FRESH in click.get_current_context().meta
