"""Dialogs: boxes in the middle of the screen, and the lists in them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import OptionList


class Dialog(ModalScreen[ScreenResultType]):
    """A box over what was asked about; escape dismisses it with None. `#note` and `#keys` are said quietly."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave", show=False)]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical, Dialog > VerticalScroll { max-width: 96%; height: auto; max-height: 92%; }
    Dialog > Vertical, Dialog > VerticalScroll { padding: 1 2; background: $panel; }
    Dialog #note, Dialog #keys { color: $text-muted; }
    Dialog #note.-refused { color: $text-error; }
    """

    def action_leave(self) -> None:
        """Back without an answer."""
        self.dismiss(None)


class Options(OptionList):
    """Lines to choose from in a dialog, moved over as in every list here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]
    DEFAULT_CSS = """
    Options { height: auto; border: none; padding: 0 1; margin: 1 0; background: transparent; }
    Options:focus { border: none; }
    Options:nocolor > .option-list--option-highlighted { text-style: reverse; }
    """
