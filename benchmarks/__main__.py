"""Measure what a person waits for, each figure against a floor of the same run."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from agent_studio.model import plans
from agent_studio.model.compare.comparison import compare
from agent_studio.model.query.query import parse
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from benchmarks import frames, hostile, lint
from benchmarks.collection import build
from benchmarks.comparing import comparisons
from benchmarks.timing import ROUNDS, Figure, paired, python


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


def measure(project: Path, small: Path) -> Iterator[Figure]:
    """Everything that is measured of the agents of a project, and of some more."""
    folder = project / ".claude" / "agents"
    root = (Root("folder", "folder", str(folder)),)
    library = Store(root).load()
    agents = library.ordered
    assert all(agent.verdict for agent in agents)
    first, second = agents[0].document, agents[1].document

    def floor() -> int:
        return raw_read(folder)

    def verdicts() -> object:
        return [agent.verdict for agent in Store(root).load()]

    yield Figure("load, nothing parsed", *paired(Store(root).load, floor), "walk and read")
    yield Figure("load and read as the host", *paired(verdicts, floor), "walk and read")
    yield Figure("rescan, nothing changed", *paired(lambda: Store(root).reload(library), floor), "walk and read")
    yield Figure(
        "set color in all, in memory", *paired(lambda: plans.assign(agents, {"color": "red"}), floor), "walk and read"
    )
    yield from lint.figures(library, project, small, floor)
    matching = paired(lambda: list(filter(parse("catalog").matches, agents)), lambda: [agent.name for agent in agents])
    yield Figure("filter all by a word", *matching, "touch every name")
    listing = paired(python("-m", "agent_studio", "list", str(small)), python("-c", "import yaml, click"))
    yield Figure("list 50 files (process)", *listing, "import yaml, click")
    yield Figure(
        "compare two agents", *paired(lambda: compare(first, second), first.text.split), "split one into words"
    )
    for name, work, against, what in comparisons():
        yield Figure(name, *paired(work, against), what)
    yield from frames.figures(first, second)


def measure_hostile() -> Iterator[Figure]:
    """How long files that are made to be slow are looked at."""
    kind, taken, ratio = hostile.steepest()
    yield Figure(f"steepest: {kind}", taken, ratio, "half the text")
    what, taken = hostile.slowest()
    yield Figure(f"slowest, 1 MiB: {what}", taken, taken / hostile.MOST, f"{hostile.MOST * 1000:.0f} ms")


def main() -> None:
    """Build the collections, measure, print a table, write JSON where asked."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--files", type=int, default=1_000, help="size of the collection (default 1000)")
    parser.add_argument("--hostile", action="store_true", help="measure only the rules on hostile files (minutes)")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        project, small = Path(name) / "project", Path(name) / "small"
        build(project / ".claude" / "agents", options.files)
        build(small, 50)
        print(f"{options.files} files, medians of {ROUNDS} rounds run in turn with the floor")
        figures = []
        for figure in measure_hostile() if options.hostile else measure(project, small):
            figures.append(figure)
            print(f"{figure.what:<28} {figure.seconds * 1000:9.2f} ms {figure.ratio:8.2f} × {figure.floor}", flush=True)
    if options.json:
        table = [figure._asdict() for figure in figures]
        options.json.write_text(json.dumps({"files": options.files, "figures": table}, indent=2) + "\n")


if __name__ == "__main__":
    main()
