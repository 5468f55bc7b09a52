"""Measure what a person waits for, each figure against a floor of the same run."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from agent_studio.model import plans
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker
from agent_studio.model.compare.comparison import compare
from agent_studio.model.query import parse
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from benchmarks.collection import build
from benchmarks.comparing import comparisons

ROUNDS = 7


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(work: Callable[[], object], floor: Callable[[], object]) -> tuple[float, float]:
    """The median time of `work`, and its median ratio to `floor`, run in turn."""
    pairs = [(seconds(floor), seconds(work)) for _ in range(ROUNDS)]
    return statistics.median(b for _, b in pairs), statistics.median(b / a for a, b in pairs)


def raw_read(folder: Path | str) -> int:
    """Walk and read every file, nothing else: the floor of loading."""
    read = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                read += raw_read(entry.path)
                continue
            descriptor = os.open(entry.path, os.O_RDONLY)
            read += len(os.read(descriptor, 1 << 21))
            os.close(descriptor)
    return read


def process(*words: str) -> Callable[[], object]:
    """A Python process to run from outside."""
    return lambda: subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)


def measure(folder: Path, small: Path) -> list[tuple[str, float, float, str]]:
    """(what, median seconds, ratio, against what)."""
    root = (Root("folder", "folder", str(folder)),)
    library = Store(root).load()
    agents = library.ordered
    read = [agent.verdict for agent in agents]
    first, second = agents[0].document, agents[1].document
    rows = [
        ("load, nothing parsed", Store(root).load, lambda: raw_read(folder), "walk and read"),
        (
            "load and read as the host",
            lambda: [agent.verdict for agent in Store(root).load()],
            lambda: raw_read(folder),
            "walk and read",
        ),
        ("rescan, nothing changed", lambda: Store(root).reload(library), lambda: raw_read(folder), "walk and read"),
        (
            "set color in all, in memory",
            lambda: plans.assign(agents, {"color": "red"}),
            lambda: raw_read(folder),
            "walk and read",
        ),
        ("lint all, in memory", lambda: Checker(RULES).check(library), lambda: raw_read(folder), "walk and read"),
        (
            "filter all by a word",
            lambda: list(filter(parse("catalog").matches, agents)),
            lambda: [agent.name for agent in agents],
            "touch every name",
        ),
        (
            "list 50 files (process)",
            process("-m", "agent_studio", "list", str(small)),
            process("-c", "import yaml, click"),
            "import yaml, click",
        ),
        ("compare two agents", lambda: compare(first, second), first.text.split, "split one into words"),
        *comparisons(),
    ]
    assert len(read) == len(agents)
    return [(name, *paired(work, floor), against) for name, work, floor, against in rows]


def main() -> None:
    """Build the collections, measure, print a table, write JSON where asked."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--files", type=int, default=1_000, help="size of the collection (default 1000)")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, small = build(Path(name) / "large", options.files), build(Path(name) / "small", 50)
        rows = measure(folder, small)
    print(f"{options.files} files, medians of {ROUNDS} rounds run in turn with the floor")
    for what, time_taken, ratio, against in rows:
        print(f"{what:<28} {time_taken * 1000:9.2f} ms {ratio:8.2f} × {against}")
    if options.json:
        figures = [{"what": what, "seconds": t, "ratio": ratio, "floor": against} for what, t, ratio, against in rows]
        options.json.write_text(json.dumps({"files": options.files, "figures": figures}, indent=2) + "\n")


if __name__ == "__main__":
    main()
