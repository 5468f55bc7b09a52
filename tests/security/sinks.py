"""Textual's widgets with a text in each, drawn on a real terminal: `python -m tests.security.sinks guarded`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from rich.text import Text
from textual.app import App
from textual.containers import Grid
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import (
    DataTable,
    Header,
    Input,
    Log,
    Markdown,
    OptionList,
    RichLog,
    Select,
    Static,
    TextArea,
    Tree,
)

from agent_studio.ui.app import StudioApp
from tests.conftest import ROOT
from tests.security.payloads import CONTROLS
from tests.ui.waiting import until

COUNT = 15
"""The sinks: 13 widgets, the title of the program and a notice."""


class Bare(App[None]):
    """Textual without any guard."""

    CSS = "Grid { grid-size: 3; grid-rows: 4; } Grid > * { height: 4; } Toast { width: 70; }"


class Guarded(StudioApp):
    """The studio's own guards around the same widgets."""

    CSS_PATH = str(ROOT / "agent_studio" / "ui" / "app.tcss")
    CSS = Bare.CSS

    def __init__(self) -> None:
        super().__init__(())

    def get_default_screen(self) -> Screen[None]:
        """Show no screen of the studio."""
        return Screen()


def marked(sink: int, place: int, payload: str) -> str:
    """A payload between two words that say which it is and where it stands."""
    return f"Q{place:02}{sink:02}{payload}W{place:02}{sink:02}"


def widgets(texts: Iterator[str]) -> Iterator[Widget]:
    """One widget of each kind, each with the next text and nothing of ours between."""
    yield Static(next(texts), markup=False)
    yield Static(Content(next(texts)))
    yield Static(Text(next(texts)))
    yield TextArea(next(texts))
    yield Input(next(texts))
    table: DataTable[Text] = DataTable()
    table.add_column("c")
    table.add_row(Text(next(texts)))
    yield table
    log, rich_log = Log(), RichLog()
    log.write(next(texts))
    rich_log.write(Text(next(texts)), width=50)
    yield log
    yield rich_log
    yield Markdown(next(texts), open_links=False)
    yield Tree(Text(next(texts)))
    yield OptionList(Content(next(texts)))
    framed = Static()
    framed.styles.border = ("solid", "red")
    framed.border_title = Content(next(texts))
    yield framed
    yield Select([(Content(next(texts)), 1)], value=1)


async def show_all(pilot: Pilot[Any]) -> None:
    """Draw every payload in every sink, in full, and end."""
    app = pilot.app
    for place, payload in enumerate(CONTROLS.values()):
        marks = [f"Q{place:02}{sink:02}" for sink in range(COUNT)]
        texts = iter([marked(sink, place, payload) for sink in range(COUNT)])
        app.clear_notifications()
        app.title = next(texts)
        app.notify(next(texts), markup=False)
        await app.screen.remove_children("Grid, Header")
        await app.screen.mount(Header(), Grid(*widgets(texts)))
        await until(pilot, partial(_drawn, app, marks))
        await draw(pilot)
    app.exit()


def on_screen(app: App[Any]) -> str:
    """The text that is drawn now."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


def _drawn(app: App[Any], marks: list[str]) -> bool:
    return all(mark in on_screen(app) for mark in marks)


async def draw(pilot: Pilot[Any]) -> None:
    """Write the whole screen to the terminal as it is now."""
    await pilot.pause()
    screen = pilot.app.screen
    pilot.app._display(screen, screen._compositor.render_update(full=True))


if __name__ == "__main__":
    studio: App[None] = Guarded() if sys.argv[1] == "guarded" else Bare()
    studio.run(auto_pilot=show_all)
