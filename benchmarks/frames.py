"""R7: frames of the compare screen, as Textual draws them, against the first frame of an empty screen."""

from __future__ import annotations

import asyncio
import random
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
from benchmarks.bench import Bench
from benchmarks.collection import SEED, edited
from benchmarks.comparing import comparisons
from benchmarks.figure import Figure, ratio, target
from benchmarks.timing import sample

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


@target("R7", "frames of a comparison, without a terminal")
def frames(bench: Bench) -> Iterator[Figure]:
    _, old, new = next(comparisons((6_500,)))
    opened, compared, scrolled = asyncio.run(_measured(_document(old), _document(new), bench.rounds))
    yield ratio("compare screen, first frame", sample(opened), FLOOR, 1.5)
    yield ratio("compare screen, all there", sample(compared), FLOOR)
    yield ratio("scroll 5,000 rows by a line", sample(scrolled), FLOOR)


def _document(body: str) -> Document:
    return Document(f"---\nname: a\n---\n{body}".encode())


async def _measured(first: Document, second: Document, rounds: int) -> tuple[list[tuple[float, float]], ...]:
    """Of each round an empty screen beside a comparison's first frame, the comparison itself, and a step in it."""
    app = Drawn()
    async with app.run_test(size=SIZE):
        # Styles are read in the first round.
        found = [await _opened(app, first, second) for _ in range(rounds + 1)][1:]
        pane = await _long(app)
        scrolled = [await app.seconds(pane.action_down) for _ in range(rounds)]
    empty, opened, compared = zip(*found, strict=True)
    return tuple(list(zip(empty, each, strict=True)) for each in (opened, compared, scrolled))


def _long_pair() -> tuple[Document, Document]:
    """Two files of 5,000 lines, every tenth of which differs in some words."""
    chance = random.Random(SEED)  # noqa: S311  # the same texts every time is the point
    words = "look at every file twice before you say what is wrong with it and how bad that is".split()
    lines = [f"- {place} {' '.join(chance.sample(words, 12))}" for place in range(5_000)]
    return _document("\n".join(lines)), _document("\n".join(edited(lines, 0.1, chance)))


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
    first, second = _long_pair()
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
