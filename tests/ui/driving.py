"""What a test does to the studio: press keys, look at session and disk, wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from agent_studio.model.session import Session
from agent_studio.ui.app import StudioApp
from agent_studio.ui.dialogs.pick import Pick
from agent_studio.ui.panes.editor import EditorPane
from agent_studio.ui.panes.status_line import StatusLine
from agent_studio.ui.screens.main import MainScreen
from tests.ui.waiting import until


@dataclass
class Driver:
    """A running studio over a folder."""

    app: StudioApp
    pilot: Pilot[None]
    folder: Path

    @property
    def main(self) -> MainScreen:
        """The main screen, whatever lies over it."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, MainScreen))

    @property
    def is_loaded(self) -> bool:
        """Whether the agents were read and the list takes keys."""
        screens = [screen for screen in self.app.screen_stack if isinstance(screen, MainScreen)]
        return bool(screens) and screens[0].is_mounted and not screens[0].has_class("-loading")

    @property
    def session(self) -> Session:
        """The state of the interface."""
        return self.main.session

    @property
    def said(self) -> str:
        """The last message."""
        return self.main.query_one(StatusLine).message

    @property
    def editor(self) -> EditorPane:
        """The form, body and raw."""
        return self.main.query_one(EditorPane)

    def data(self, name: str) -> bytes:
        """A file's bytes on disk."""
        return (self.folder / name).read_bytes()

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text that has a key for each character."""
        for char in text:
            await self.pilot.press({" ": "space", ":": "colon", "-": "minus", "/": "slash"}.get(char, char))

    async def until(self, predicate: Callable[[], bool]) -> None:
        """Let the studio run until something holds."""
        await until(self.pilot, predicate)

    async def go_to(self, name: str) -> None:
        """Put the cursor on an agent by its name."""
        agent = next(agent for agent in self.session.agents if agent.name == name)
        self.main.go_to(agent.ref)
        await self.until(lambda: self.session.cursor == agent.ref)

    async def go_home(self) -> None:
        """Back to the list, with nothing marked or filtered; what was chosen on the way is forgotten."""
        while len(self.app.screen_stack) > 1:
            await self.press("escape")
            if isinstance(self.app.screen, Pick):  # whether to leave at all
                await self.press("y")
        self.main.do_pane_list()
        self.main.session = self.session.marked(()).filtered("")
