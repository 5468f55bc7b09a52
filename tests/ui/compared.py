"""Pairs of agents to compare, and a pane to compare them in."""

from __future__ import annotations

from typing import Any

from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from agent_studio.model.compare import Comparison
from agent_studio.model.document import Document
from agent_studio.ui.panes.compare import ComparePane
from tests.ui.waiting import until


def document(body: str, **fields: str) -> Document:
    """An agent with a body and fields as they are written."""
    header = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return Document(f"---\n{header}---\n{body}".encode())


BODY = [f"Line {number} of the body." for number in range(40)]
LEFT = document("\n".join(BODY), name="a", model="opus", color="green")
RIGHT = document(
    "\n".join([*BODY[:20], "Line 20 of the text.", *BODY[21:30], "Only at the right.", *BODY[30:]]),
    name="a",
    model="sonnet",
    color="blue",
)

MOVED = (
    "Intro.\n\n## One\n\nThe first section says this.\nAnd that.\n\n## Two\n\nThe second is of another kind.\n\n"
    "## Three\n\nA third one comes last.\n"
)
MOVED_THERE = (
    "Intro.\n\n## Two\n\nThe second is of another kind.\n\n## Last\n\nA third one comes last.\n\n"
    "## One\n\nThe first section says this.\nAnd that.\n"
)

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "[/nope] [@click=app.bell]x[/] [b",
    "abc\u202edcba",
    "漢字とかな交じり文",
    "👩\u200d👩\u200d👧 ❤️ 🇩🇪",
    "\t\ttabbed\x07\x00",
    "long " * 400,
    "x" * 2000,
)


class PaneApp(App[None]):
    """A pane alone."""

    def __init__(self, comparison: Comparison | None = None) -> None:
        super().__init__()
        self.comparison = comparison
        self.heard: list[int] = []

    def compose(self) -> ComposeResult:
        yield ComparePane()

    def on_mount(self) -> None:
        self.pane.focus()
        self.pane.comparison = self.comparison

    def on_compare_pane_hunk_picked(self, event: ComparePane.HunkPicked) -> None:
        self.heard.append(event.hunk)

    @property
    def pane(self) -> ComparePane:
        return self.query_one(ComparePane)

    @property
    def lines(self) -> list[str]:
        """What the pane draws."""
        return [self.pane.render_line(y).text for y in range(self.pane.size.height)]

    def line(self, text: str) -> int:
        """The first screen line with this text."""
        return next(y for y, line in enumerate(self.lines) if text in line)

    def style(self, text: str) -> Style:
        """The style of the first drawn stretch that has this text."""
        segments = (segment for y in range(self.pane.size.height) for segment in self.pane.render_line(y))
        return next(segment.style or Style() for segment in segments if text in segment.text)


async def drawn(pilot: Pilot[Any], app: PaneApp) -> None:
    await until(pilot, lambda: app.pane.virtual_size.height > 0 and app.pane.size.width == app.size.width)
