"""A watch that runs in a test, and what it has told so far."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from agent_studio.model.ref import Root
from agent_studio.store import watch as watching
from agent_studio.store.watch import watch

PATIENCE = 10.0
"""Seconds after which what was waited for will not come; it takes milliseconds."""


class Watched:
    """A watch that runs, and what it has told so far."""

    def __init__(self, roots: Sequence[Root]) -> None:
        self.stop = asyncio.Event()
        self.paths: set[str] = set()
        self.looks = 0
        self.news = asyncio.Condition()
        self.task = asyncio.create_task(self.listen(roots))

    async def listen(self, roots: Sequence[Root]) -> None:
        async for paths in watch(roots, self.stop):
            await self.heard(paths)
            async with self.news:
                self.looks += paths is None
                self.paths |= paths or set()
                self.news.notify_all()

    async def heard(self, paths: frozenset[str] | None) -> None:
        """Do what a front end does with the news: here, nothing."""

    async def until(self, done: Callable[[], bool], seconds: float = PATIENCE) -> None:
        async with asyncio.timeout(seconds), self.news:
            await self.news.wait_for(done)

    async def told(self, *paths: Path) -> None:
        """Wait until these paths were told."""
        await self.until(lambda: {str(path) for path in paths} <= self.paths)

    async def told_of(self, act: Callable[[], None], path: Path) -> None:
        """Act again and again until the path is told: the watch of a new place takes its time to begin."""
        async with asyncio.timeout(PATIENCE):
            while str(path) not in self.paths:
                act()
                await asyncio.sleep(watching.QUIET / 1000)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """After the block, wait until everything was to be looked at once more."""
        looks = self.looks
        yield
        await self.until(lambda: self.looks > looks)


@asynccontextmanager
async def watched(*roots: Root) -> AsyncIterator[Watched]:
    """A watch that has begun."""
    async with begun(Watched(roots)) as watch:
        yield watch


W = TypeVar("W", bound=Watched)


@asynccontextmanager
async def begun(watch: W) -> AsyncIterator[W]:
    """A watch, from its first news to its end."""
    await watch.until(lambda: watch.looks > 0)
    yield watch
    watch.stop.set()
    async with asyncio.timeout(PATIENCE):
        await watch.task
