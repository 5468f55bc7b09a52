"""The keys that work here, each with a sentence."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from agent_studio.ui.commands import Command, Context
from agent_studio.ui.dialogs.dialog import Dialog
from agent_studio.ui.offer import in_context, key_name


class Keys(Dialog[None]):
    """A sheet of keys: those of the pane first, then those that work everywhere."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "leave", "Leave", show=False)]
    DEFAULT_CSS = """
    Keys > VerticalScroll { width: 76; }
    Keys Static { margin-bottom: 1; }
    """

    def __init__(self, context: Context, about: str) -> None:
        super().__init__()
        self._where: Context = context
        self._about = about

    def compose(self) -> ComposeResult:
        """What the pane is for, its keys, the keys that work everywhere."""
        commands = in_context(self._where)
        with VerticalScroll():
            yield Static(Content(self._about))
            yield Static(_table([command for command in commands if command.context != "app"]))
            yield Static(Content.styled("Everywhere", "bold"))
            yield Static(_table([command for command in commands if command.context == "app"]))
            yield Static(Content.styled("esc closes this", "dim"))


def _table(commands: list[Command]) -> Content:
    keys = [" ".join(key_name(key) for key in command.keys.split(",")) for command in commands]
    width = max(map(len, keys), default=0)
    rows = [
        Content.assemble((key.ljust(width + 2), "bold $text-accent"), command.help)
        for key, command in zip(keys, commands, strict=True)
    ]
    return Content("\n").join(rows)
