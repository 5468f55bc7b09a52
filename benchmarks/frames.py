"""Frames of the compare screen, as Textual draws them, against the first frame of an empty screen."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from textual.app import App
from textual.screen import Screen

import agent_studio.ui
from agent_studio.model.document import Document
from agent_studio.ui.panes.compare import ComparePane, Side
from agent_studio.ui.screens.compare import CompareScreen
from benchmarks.comparing import long_pair
from benchmarks.timing import ROUNDS, Figure

SIZE = (160, 48)
FLOOR = "an empty screen"


class Drawn(App[None]):
    """An app that takes note of every frame of the screen on top, and when it was drawn."""

    CSS_PATH = Path(agent_studio.ui.__file__).with_name("app.tcss")

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[float] = []

    def post_display_hook(self) -> None:
        """Called by Textual when a frame was drawn."""
        self.frames.append(time.perf_counter())

    async def seconds(self, begin: Callable[[], object], ready: Callable[[], bool] = lambda: True) -> float:
        """The time from a beginning to the first frame that is drawn when it is ready."""
        self.frames.clear()
        start = time.perf_counter()
        begin()
        while not (self.frames and ready()):  # noqa: ASYNC110 - a frame is drawn in one turn of the loop
            await asyncio.sleep(0)
        return self.frames[-1] - start


def figures(first: Document, second: Document) -> Iterator[Figure]:
    """How long two agents take to be on the screen, and a long comparison to be scrolled by a line."""
    empty, opened, compared, scrolled = asyncio.run(_measured(first, second))
    named = ("compare screen, first frame", opened), ("compare screen, all there", compared)
    for what, found in (*named, ("scroll 5,000 rows by a line", scrolled)):
        ratio = statistics.median(one / floor for one, floor in zip(found, empty, strict=True))
        yield Figure(what, statistics.median(found), ratio, FLOOR)


async def _measured(first: Document, second: Document) -> tuple[list[float], ...]:
    """The rounds of each: an empty screen, a comparison's first frame, the comparison itself, scrolling."""
    app = Drawn()
    async with app.run_test(size=SIZE):
        # Styles are read in the first round.
        rounds = [await _opened(app, first, second) for _ in range(ROUNDS + 1)][1:]
        pane = await _long(app)
        scrolled = [await app.seconds(pane.action_down) for _ in range(ROUNDS)]
    return (*map(list, zip(*rounds, strict=True)), scrolled)


async def _opened(app: Drawn, first: Document, second: Document) -> tuple[float, float, float]:
    blank = Screen[object]()
    empty = await app.seconds(lambda: app.push_screen(blank))
    await app.pop_screen()
    screen = CompareScreen(Side("a", "", first), Side("b", "", second))
    start = time.perf_counter()
    opened = await app.seconds(lambda: app.push_screen(screen))
    await _compared(app, screen)
    compared = time.perf_counter() - start
    await app.pop_screen()
    return empty, opened, compared


async def _long(app: Drawn) -> ComparePane:
    """The pane of a comparison of 5,000 rows, none of them folded."""
    first, second = long_pair()
    screen = CompareScreen(Side("a", "", first), Side("b", "", second))
    await app.push_screen(screen)
    pane = await _compared(app, screen)
    pane.context = sys.maxsize
    await app.seconds(pane.action_down)
    return pane


async def _compared(app: Drawn, screen: CompareScreen) -> ComparePane:
    """The pane of a screen, its comparison drawn."""
    pane = screen.query_one(ComparePane)
    await app.seconds(lambda: None, lambda: pane.comparison is not None)
    return pane
