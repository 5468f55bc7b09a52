"""The Textual application: themes, palette, and the guards that every screen stands behind."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.console import RenderableType
from textual import work
from textual.app import App, SystemCommand
from textual.filter import LineFilter
from textual.screen import Screen
from textual.types import CSSPathType

from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.ui import terminal
from agent_studio.ui.controls import DropControls
from agent_studio.ui.palette import CommandProvider
from agent_studio.ui.screens.main import MainScreen
from agent_studio.ui.shown import shown_line

PATIENCE = 10.0
"""Seconds for which a write that has begun may hold up the end, when the studio is told to end."""
LOOK = 1.0
"""Seconds between two looks whether the terminal is still there."""
_DROP = DropControls()
"""One for all: Textual keeps what a filter made of a line under the filter itself."""


class StudioApp(App[None]):
    """The studio over some roots; `now` is the clock that ages are counted from.

    The list is as it was left the last time, unless `fresh`.
    """

    TITLE = "agent studio"
    CSS_PATH: ClassVar[CSSPathType] = ["app.tcss", "screens/main.tcss"]
    COMMANDS = App.COMMANDS | {CommandProvider}

    def __init__(
        self,
        roots: tuple[Root, ...],
        place: str = "",
        now: Callable[[], float] = time.time,
        given: frozenset[str] = frozenset(),
        *,
        fresh: bool = False,
    ) -> None:
        super().__init__(driver_class=terminal.StudioDriver)
        if "TEXTUAL_ANIMATIONS" not in os.environ:  # a key shows at once where it went
            self.animation_level = "none"
        self._start = MainScreen(Store(roots, given), place, now)
        self._start.fresh = fresh
        self._leaving: signal.Signals | None = None

    def get_default_screen(self) -> Screen[None]:
        """The main screen, below which there is none."""
        return self._start

    def on_mount(self) -> None:
        """End in good order when told to."""
        if not self.is_headless:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGHUP):
                loop.add_signal_handler(number, self.leave, number)
            loop.add_signal_handler(signal.SIGINT, self.action_help_quit)
            self.set_interval(LOOK, self._look_for_terminal)

    def _look_for_terminal(self) -> None:
        """End without a terminal also where `make` or a shell has kept the signal."""
        if terminal.is_gone():
            self.leave(signal.SIGHUP)

    def leave(self, number: signal.Signals) -> None:
        """End because of a signal: with what is unsaved on the disk, and its exit code."""
        if self._leaving is None:
            self._leaving = number
            if terminal.is_gone():
                terminal.let_go()
            self._leave(number)

    @work
    async def _leave(self, number: signal.Signals) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._start.put_away()
        except TimeoutError:
            self.log.warning("something was still being written")
        self._start.leave(128 + number)

    def panic(self, *renderables: RenderableType) -> None:
        """Show what went wrong, unless it is only that the terminal was closed."""
        if terminal.is_gone() and not self.is_headless:
            self.leave(signal.SIGHUP)
        else:
            super().panic(*renderables)

    def action_help_quit(self) -> None:
        """Say how to quit: ctrl+c only copies."""
        self._start.say("press q to quit")

    def get_line_filters(self) -> list[LineFilter]:
        """Textual's own filters, then the one that lets no control character out."""
        return [*super().get_line_filters(), _DROP]

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Show a link instead of following it: a click on an agent's text must not open a browser."""
        self.notify(f"link not opened: {shown_line(url).plain}", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Textual's commands that make sense here."""
        yield SystemCommand("Screenshot", "Save an SVG of the screen in the working directory", self._save_picture)

    def _save_picture(self) -> None:
        self.notify(f"saved {shown_line(self.save_screenshot(path='.')).plain}", markup=False)
