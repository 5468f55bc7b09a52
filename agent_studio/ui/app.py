"""The Textual application: themes, palette, and the guards that every screen stands behind."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen

from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.ui.controls import DropControls
from agent_studio.ui.palette import CommandProvider
from agent_studio.ui.screens.main import MainScreen
from agent_studio.ui.shown import shown_line


class StudioApp(App[None]):
    """The studio over some roots; `now` is the clock that ages are counted from."""

    TITLE = "agent studio"
    CSS_PATH = "app.tcss"
    COMMANDS = App.COMMANDS | {CommandProvider}

    def __init__(
        self,
        roots: tuple[Root, ...],
        place: str = "",
        now: Callable[[], float] = time.time,
        given: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self._start = MainScreen(Store(roots, given), place, now)

    def on_mount(self) -> None:
        """Show the main screen."""
        self.push_screen(self._start)

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own filters, then the one that lets no control character out."""
        return [*super().get_line_filters(), DropControls()]

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Show a link instead of following it: a click on an agent's text must not open a browser."""
        self.notify(f"link not opened: {shown_line(url).plain}", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's commands that make sense here."""
        yield SystemCommand("Screenshot", "Save an SVG of the screen in the working directory", self._save_picture)

    def _save_picture(self) -> None:
        self.notify(f"saved {shown_line(self.save_screenshot(path='.')).plain}", markup=False)
