"""W, R3: what other programs do to the files, until it is known and shown."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import watchfiles

from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from agent_studio.store.watch import watch
from benchmarks.bench import Bench
from benchmarks.collection import build
from benchmarks.figure import Figure, amount, counted, ratio, target
from benchmarks.terminal import KEYS
from benchmarks.timing import sample, single, worst

FILES = 240
TRIALS = 20
LATE = 20.0
"""Seconds after which a change counts as lost."""


@target("W1", "from a file replaced to the news of it")
def news(bench: Bench) -> Iterator[Figure]:
    folder = build(bench.fresh("watched"), FILES)
    files = sorted(map(str, folder.rglob("*.md")))
    pairs = [asyncio.run(_latencies(folder, files)) for _ in range(bench.rounds)]
    yield ratio(f"replaced to known, 95 of 100, {FILES}", sample(pairs), "watchfiles as it comes", 0.3)


class _Listener:
    """When each path was first heard of; an empty one stands for a look at everything."""

    def __init__(self) -> None:
        self.known: dict[str, float] = {}
        self._news = asyncio.Event()

    async def listen(self, stream: AsyncIterator[frozenset[str] | None]) -> None:
        """Listen to the end."""
        async for paths in stream:
            for path in paths or {""}:
                self.known.setdefault(path, time.perf_counter())
            self._news.set()

    async def heard(self, path: str) -> float:
        """When a path was heard of."""
        async with asyncio.timeout(LATE):
            while path not in self.known:
                await self._news.wait()
                self._news.clear()
        return self.known[path]


async def _latencies(folder: Path, files: list[str]) -> tuple[float, float]:
    """Of the same changes the time, which 95 of 100 stay below, to watchfiles as it comes and to the studio's watch."""
    stop = asyncio.Event()
    theirs, ours = listeners = (_Listener(), _Listener())
    streams = (_default(folder, stop), watch((Root("folder", "folder", str(folder)),), stop))
    listening = [asyncio.create_task(one.listen(stream)) for one, stream in zip(listeners, streams, strict=True)]
    await ours.heard("")
    await asyncio.sleep(0.5)  # the other one does not say when it has begun
    took: list[tuple[float, float]] = []
    for path in files[:TRIALS]:
        start = time.perf_counter()
        _replaced(path)
        took.append((await theirs.heard(path) - start, await ours.heard(path) - start))
        await asyncio.sleep(0.15)
    stop.set()
    await asyncio.gather(*listening)
    return worst([one for one, _ in took]), worst([other for _, other in took])


async def _default(folder: Path, stop: asyncio.Event) -> AsyncIterator[frozenset[str] | None]:
    async for changes in watchfiles.awatch(folder, stop_event=stop):
        yield frozenset(path for _, path in changes)


def _replaced(path: str, more: bytes = b"More.\n") -> None:
    data = Path(path).read_bytes()
    Path(path + ".new").write_bytes(data + more)
    os.replace(path + ".new", path)


@target("W2", "a thousand files replaced at once")
def burst(bench: Bench) -> Iterator[Figure]:
    found = [asyncio.run(_burst(build(bench.fresh("watched"), 1_000))) for _ in range(bench.rounds)]
    yield amount("1,000 replaced: all known after the last", single([late for late, _, _ in found]), "ms", 60)
    yield amount("batches of it", single([batches for _, batches, _ in found]), "", 5)
    yield counted("lost", max(lost for _, _, lost in found), "", 0)


async def _burst(folder: Path) -> tuple[float, int, int]:
    """Milliseconds after the last change until the store has all, in how many batches, and how many it lost."""
    stop = asyncio.Event()
    store = Store((Root("folder", "folder", str(folder)),))
    library = store.load()
    started = False
    batches = 0
    writing: asyncio.Task[float] | None = None
    left = set(library.agents)
    done = time.perf_counter()
    with suppress(TimeoutError):
        async with asyncio.timeout(LATE):
            async for paths in watch(store.roots, stop):
                if not started:
                    started = True
                    files = [agent.path for agent in library]
                    writing = asyncio.create_task(asyncio.to_thread(_all_replaced, files))
                    continue
                batches += paths is not None
                library = store.reload_some(library, paths) if paths else library
                left = {ref for ref in left if not library.agents[ref].document.data.endswith(b"More.\n")}
                done = time.perf_counter()
                if not left:
                    stop.set()
    assert writing is not None
    return 1_000 * max(0.0, done - await writing), batches, len(left)


def _all_replaced(paths: list[str]) -> float:
    for path in paths:
        _replaced(path)
    return time.perf_counter()


@target("R3", "from a file that another program changed to the screen")
def seen(bench: Bench) -> Iterator[Figure]:
    for size, limit in ((bench.usual, 150), *((size, 300) for size in bench.grown[-1:])):
        terminal = bench.resting(size)
        terminal.type(KEYS["home"])
        terminal.quiet(0.3)
        took = [1_000 * _shown(bench, size, number) for number in range(bench.rounds)]
        yield amount(f"changed to shown, {size:,}", single(took), "ms", limit)


def _shown(bench: Bench, size: int, number: int) -> float:
    """Seconds from a file replaced to the frame that has its new description."""
    terminal = bench.resting(size)
    said = f"Said{size}x{number}"
    path = bench.aside / ".claude" / "agents" / "aaa.md"
    new = path.with_suffix(".new")
    new.write_text(f"---\nname: aaa\ndescription: {said}\n---\nBody.\n")
    terminal.quiet(1.0)
    length, start = terminal.length, time.perf_counter()
    new.replace(path)
    return terminal.first(said.encode(), length) - start
