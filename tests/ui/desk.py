"""An app that holds one agent and its draft, and answers the editing pane as the main screen does."""

from __future__ import annotations

from dataclasses import replace

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen

from agent_studio.model import plans
from agent_studio.model.agent import Agent
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.ref import Ref
from agent_studio.model.visible import is_hidden
from agent_studio.ui.panes.editor import EditorPane
from tests.ui.waiting import until

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "[/nope]",
    "[b +",
    "[@click=app.bell]x[/]",
    "\u202eright to left",
    "日本語",
    "👩‍💻 🙂",
    "y" * 2_000,
)
"""Texts that a terminal or a markup reader would obey, or that are hard to measure."""


def agent_of(text: str | bytes, name: str = "one.md", read_only: bool = False) -> Agent:
    """An agent file with this text."""
    data = text.encode() if isinstance(text, str) else text
    return Agent(Ref("project", name), f"/agents/{name}", Document(data), read_only=read_only)


class DeskScreen(Screen[None]):
    """Takes note of the commands that keys run."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def action_do(self, command: str) -> None:
        """Run a command of the main screen."""
        self.done.append(command)


class Desk(App[None]):
    """The pane over one agent; edits become `document`, and every message is kept in `got`."""

    CSS = "EditorPane { height: 1fr; width: 1fr; }"

    def __init__(self, agent: Agent, shown: bool = True) -> None:
        super().__init__()
        self.agent = agent
        self.document = agent.document
        self.got: list[Message] = []
        self.desk_screen = DeskScreen()
        self.deaf = False
        self._shown = shown

    def get_default_screen(self) -> DeskScreen:
        """The screen that takes note of commands."""
        return self.desk_screen

    @property
    def done(self) -> list[str]:
        """The commands that were run."""
        return self.desk_screen.done

    def compose(self) -> ComposeResult:
        """The pane."""
        pane = EditorPane()
        pane.display = self._shown
        yield pane

    def on_mount(self) -> None:
        """Hand everything down."""
        self.hand_down()

    @property
    def pane(self) -> EditorPane:
        """The pane."""
        return self.query_one(EditorPane)

    def hand_down(self) -> None:
        """Set the attributes of the pane."""
        self.pane.base = self.pane.agent = self.agent
        self.pane.document = self.document

    def open(self, agent: Agent) -> None:
        """Go to another agent."""
        self.agent, self.document = agent, agent.document
        self.hand_down()

    def change(self, **values: object) -> None:
        """Change fields from elsewhere, as a key of the list or another program would."""
        for key, value in values.items():
            assert value is None or isinstance(value, str | int | tuple)
            self.document = plans.assigned(self.document, {key: value})
        self.hand_down()

    def lock(self) -> None:
        """Make the agent read-only."""
        self.agent = replace(self.agent, read_only=True)
        self.hand_down()

    @on(EditorPane.FieldEdited)
    def _field(self, event: EditorPane.FieldEdited) -> None:
        self.got.append(event)
        if self.deaf:
            return
        try:
            self.document = plans.assigned(self.document, {event.key: event.value})
        except EditRefused as refused:
            self.pane.refuse(event.key, str(refused))
        self.hand_down()

    @on(EditorPane.BodyEdited)
    def _body(self, event: EditorPane.BodyEdited) -> None:
        self.got.append(event)
        self.document = self.document.with_body(event.text)
        self.hand_down()

    @on(EditorPane.RawEdited)
    def _raw(self, event: EditorPane.RawEdited) -> None:
        self.got.append(event)
        self.document = self.document.with_text(event.text)
        self.hand_down()

    @property
    def fields(self) -> list[tuple[str, object]]:
        """The field edits that came up."""
        return [(event.key, event.value) for event in self.got if isinstance(event, EditorPane.FieldEdited)]

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    def shows(self, text: str) -> bool:
        """Whether a line of the screen holds `text`."""
        return any(text in line for line in self.lines)

    @property
    def hidden(self) -> set[str]:
        """The characters on the screen that a terminal would obey."""
        return {char for line in self.lines for char in line if is_hidden(char)}


async def ready(pilot: Pilot[None], desk: Desk) -> None:
    """Wait until the form of the agent is there and has the focus."""
    desk.pane.focus_first()
    await until(pilot, lambda: desk.pane.has_focus_within and desk.shows("will be"))


async def focus(pilot: Pilot[None], desk: Desk, key: str) -> None:
    """Focus a field."""
    assert await desk.pane.focus_field(key)
    await until(pilot, lambda: desk.pane.focused_key == key)
