"""The versions of one agent: what was done to it, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from agent_studio.model.age import age
from agent_studio.model.document import Document
from agent_studio.model.versions import Version
from agent_studio.model.visible import one_line
from agent_studio.ui.commands import BY_ID
from agent_studio.ui.dialogs.dialog import Dialog
from agent_studio.ui.dialogs.keys import Keys
from agent_studio.ui.dialogs.pick import Choice, Pick
from agent_studio.ui.offer import bindings
from agent_studio.ui.panes.compare import Side
from agent_studio.ui.panes.key_bar import KeyBar
from agent_studio.ui.screens.compare import CompareScreen, Desk
from agent_studio.ui.shown import shown, shown_line

_ABOUT = (
    "What was written to this agent, newest first, by the studio, its command line or your editor. Each line is the"
    " file as that change left it; the last one is what stood there before."
)

_WHAT = 50
"""Cells for what was done."""


class VersionList(OptionList):
    """One line for each version."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("history")


class HistoryScreen(Dialog[Version | None]):
    """Dismissed with the version that is to be written again, or None. `current` is the agent as it is now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(command.keys, command.action, command.label, id=command.id, show=False)
        for command in (BY_ID["app.help"],)
    ]
    DEFAULT_CSS = """
    HistoryScreen > Vertical { width: 76; }
    HistoryScreen > Vertical { padding: 1 0 0 0; }
    HistoryScreen Static { padding: 0 2; margin-bottom: 1; }
    HistoryScreen VersionList { height: auto; max-height: 24; border: none; padding: 0; background: transparent; }
    HistoryScreen VersionList:focus { border: none; }
    HistoryScreen VersionList:nocolor > .option-list--option-highlighted { text-style: reverse; }
    HistoryScreen KeyBar { padding: 0 2; margin-top: 1; }
    """

    def __init__(self, name: str, current: Side, versions: Sequence[Version], now: float, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._agent = name
        self._current = current
        self._versions = versions
        self._now = now

    def compose(self) -> ComposeResult:
        """Whose versions these are, the versions, the keys."""
        with Vertical():
            yield Static(Content.assemble(("HISTORY  ", "bold"), shown_line(self._agent, "bold")))
            yield VersionList(
                *(Option(_line_of(version, self._current.document, self._now)) for version in self._versions)
            )
            yield KeyBar("history")

    def on_mount(self) -> None:
        """The newest version first."""
        versions = self.query_one(VersionList)
        versions.highlighted = 0
        versions.focus()

    @property
    def _picked(self) -> Version:
        return self._versions[self.query_one(VersionList).highlighted or 0]

    # Commands

    def action_do(self, command_id: str) -> None:
        """Run a command."""
        getattr(self, f"do_{BY_ID[command_id].verb}")()

    @on(OptionList.OptionSelected)
    def do_compare(self) -> None:
        """Compare a version with what is there now."""
        version = self._picked
        side = Side(self._current.title, version.said(self._now), Document(version.data))
        self.app.push_screen(CompareScreen.of(self.app, side, self._current, self._desk), self._merged)

    def _merged(self, written: bool | None) -> None:
        """What was written is the newest version now: these here are out of date."""
        if written:
            self.dismiss(None)

    def do_bring_back(self) -> None:
        """Ask for `y`, then have the version written again."""
        version = self._picked

        def chosen(answer: str | None) -> None:
            if answer:
                self.dismiss(version)

        title = shown_line(f"write the version {version.said(self._now)} over {self._current.title}? (u undoes it)")
        self.app.push_screen(Pick(title, [Choice("y", "yes", shown("bring back"))]), chosen)

    def do_help(self) -> None:
        """The keys here."""
        self.app.push_screen(Keys("history", _ABOUT))

    def do_back(self) -> None:
        """Back to the list."""
        self.dismiss(None)


def _line_of(version: Version, current: Document, now: float) -> Content:
    """When, what, and where it stands."""
    when, what = "", "before these changes"
    if version.operation:
        when, what = age(now - version.operation.time), one_line(version.operation.title)
    state = "as it is now" if version.data == current.data else "undone" if version.undone else ""
    if cell_len(what) > _WHAT:
        what = f"{set_cell_size(what, _WHAT - 1).rstrip()}…"
    parts = (f"  {when:>4}  ", "dim"), set_cell_size(what, _WHAT), (f"{state:>16}", "dim")
    return Content.assemble(*parts)
