"""L: files on their way from the disk to agents."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from subprocess import run

from agent_studio.model import frontmatter
from agent_studio.model.document import Document
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from benchmarks.bench import Bench, above, raw_read
from benchmarks.figure import Figure, counted, ratio, target
from benchmarks.terminal import environment
from benchmarks.timing import Work

FLOOR = "walk and read"


def loaded(roots: tuple[Root, ...]) -> object:
    """Every agent below some roots, with what the host makes of it; as by both front ends, without the collector."""
    gc.disable()
    try:
        return [agent.verdict for agent in Store(roots).load()]
    finally:
        gc.enable()


def floor(bench: Bench, size: int) -> Work:
    """Walk a size's files and read them, nothing else."""
    folder = bench.folder(size)
    return lambda: raw_read(folder)


@target("L1", "cold load, metadata and reading included")
def cold(bench: Bench) -> Iterator[Figure]:
    for size in above(bench.sizes, 1_000):
        took = bench.paired(partial(loaded, bench.roots(size)), floor(bench, size))
        yield ratio(f"load {size:,}", took, FLOOR, 2.6 if size == 10_000 else None)
    took = bench.paired(Store(bench.roots(bench.usual)).load, floor(bench, bench.usual))
    yield ratio(f"load {bench.usual:,}, nothing parsed", took, FLOOR)


@target("L2", "warm start: nothing is read that did not change")
def warm(bench: Bench) -> Iterator[Figure]:
    for size in above(bench.sizes, 1_000):
        store = Store(bench.roots(size))
        library = store.load()
        took = bench.paired(partial(store.reload, library), floor(bench, size))
        yield ratio(f"look again at {size:,}", took, FLOOR, 1.1 if size == 10_000 else None)


@target("L3", "headers are read by lines exactly as by the grammar, or left to it")
def flat_headers(bench: Bench) -> Iterator[Figure]:
    size = max(size for size in bench.sizes if size <= 10_000 or size == bench.sizes[0])
    kinds = [_read(agent.document) for agent in Store(bench.roots(size)).load() if agent.document.fences]
    valid = [kind for kind in kinds if kind != "invalid"]
    yield counted("read otherwise than by the grammar", kinds.count("other"), "", 0)
    yield counted("valid headers that are left to it", 100 * valid.count("left") / len(valid), "%", 10)


def _read(document: Document) -> str:
    """How a header is read by its lines."""
    assert document.fences
    source = document.text[document.fences.header : document.fences.close]
    exact, read = frontmatter.parsed(source, 0), frontmatter.read(source, 0)
    entries = tuple(entry._replace(node=None, shift=0) for entry in exact.entries)
    if read.flat and read != exact._replace(entries=entries, flat=True):
        return "other"
    return "invalid" if exact.reading != "strict" else "same" if read.flat else "left"


@target("L4", "memory that is held of a file that is read")
def held(bench: Bench) -> Iterator[Figure]:
    for size in above(bench.sizes, 10_000):
        told = run(
            (sys.executable, "-c", "from benchmarks.loading import hold; hold()", str(bench.folder(size))),
            env=environment(bench.home),
            capture_output=True,
            check=True,
        )
        yield counted(f"held of each of {size:,}", int(told.stdout) / size / 1_000, "kB", 1.8)


def hold() -> None:
    """Print by how many bytes this process grows when it loads a folder."""
    before = _resident()
    library = Store((Root("folder", "folder", sys.argv[1]),)).load()
    for agent in library:
        _ = agent.verdict
    gc.collect()
    print(_resident() - before)


def _resident() -> int:
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) * 1_024
