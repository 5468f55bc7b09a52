"""Words that verbs take: agents by ref, path or name, with what the shell may complete them to."""

from __future__ import annotations

import re

import click
from click.shell_completion import CompletionItem

from agent_studio.cli import selection
from agent_studio.cli.diagnostics import Trouble
from agent_studio.model import schema
from agent_studio.store.disk import Store

_HARMLESS = re.compile(r"[\w.:/@+-]+")
"""What may be offered to a shell as it is."""


class AgentType(click.ParamType[str]):
    """An agent by ref, path or name."""

    name = "agent"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names and refs that begin so, and files."""
        try:
            library = Store(selection.roots()).load()
        except Trouble:
            return []
        words = {agent.name for agent in library} | {str(agent.ref) for agent in library}
        fitting = sorted(word for word in words if word.startswith(incomplete) and _HARMLESS.fullmatch(word))
        return [*map(CompletionItem, fitting), CompletionItem(incomplete, type="file")]


class TargetType(AgentType):
    """What `set` and `unset` take: field names (with `=` for values), and agents."""

    name = "target"

    def __init__(self, sign: str) -> None:
        self.sign = sign

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The fields that begin so, then agents."""
        fields = [CompletionItem(name + self.sign) for name in schema.BY_NAME if name.startswith(incomplete)]
        return fields + super().shell_complete(ctx, param, incomplete)
