"""R7: frames of the compare screen, as Textual draws them, against an empty screen's first one, in processor time."""

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
from benchmarks.comparing import EMPTY, comparisons
from benchmarks.figure import Figure, ratio, target
from benchmarks.timing import sample

SIZE = (160, 48)
REST = 0.05
"""Seconds in which a screen that came or went is done with."""


class Drawn(App[None]):
    """An app that takes note of every frame of the screen on top: when it was drawn, and whether all was there."""

    CSS_PATH = Path(agent_studio.ui.__file__).with_name("app.tcss")

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[tuple[float, bool]] = []
        self._whole: Callable[[], bool] = bool
        self._drawn = asyncio.Event()

    def post_display_hook(self) -> None:
        """Called by Textual when a frame was drawn."""
        self.frames.append((time.process_time(), self._whole()))
        self._drawn.set()

    async def seconds(self, begin: Callable[[], object], whole: Callable[[], bool] = lambda: True) -> list[float]:
        """The processor time from a beginning to each frame, up to the first one in which all is there.

        What was begun before is done by then. Nothing is done while waiting: it would hold up what a thread does.
        """
        await asyncio.sleep(REST)
        self.frames.clear()
        self._whole = whole
        start = time.process_time()
        begin()
        while not any(there for _, there in self.frames):
            self._drawn.clear()
            await self._drawn.wait()
        return [when - start for when, _ in self.frames]

    def compared(self) -> bool:
        """Whether the screen has a comparison to show."""
        return any(pane.comparison for pane in self.screen.query(ComparePane))


@target("R7", "frames of a comparison, without a terminal")
def frames(bench: Bench) -> Iterator[Figure]:
    _, old, new = next(comparisons((6_500,)))
    opened, compared, scrolled = asyncio.run(_measured(_document(old), _document(new), bench.rounds))
    yield ratio("compare screen, first frame", sample(opened), EMPTY, 1.5)
    yield ratio("compare screen, all there", sample(compared), EMPTY)
    yield ratio("scroll 5,000 rows by a line", sample(scrolled), EMPTY)


def _document(body: str) -> Document:
    return Document(f"---\nname: a\n---\n{body}".encode())


async def _measured(first: Document, second: Document, rounds: int) -> tuple[list[tuple[float, float]], ...]:
    """Of each round an empty screen beside a comparison's first frame, the comparison itself, and a step in it."""
    app = Drawn()
    async with app.run_test(size=SIZE):
        # Styles are read in the first round.
        found = [await _opened(app, first, second) for _ in range(rounds + 1)][1:]
        pane = await _long(app)
        scrolled = [(await app.seconds(pane.action_down))[0] for _ in range(rounds)]
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
    opened = await app.seconds(lambda: _compare(app, first, second), app.compared)
    await app.pop_screen()
    return empty[0], opened[0], opened[-1]


async def _long(app: Drawn) -> ComparePane:
    """The pane of a comparison of 5,000 rows, none of them folded."""
    first, second = _long_pair()
    await app.seconds(lambda: _compare(app, first, second), app.compared)
    pane = app.screen.query_one(ComparePane)
    pane.context = sys.maxsize
    await app.seconds(pane.action_down)
    return pane


def _compare(app: Drawn, first: Document, second: Document) -> None:
    app.push_screen(CompareScreen.of(app, Side("a", "", first), Side("b", "", second)))
