"""Measure what a person waits for, each figure against a floor of the same run.

Collections are made once and kept in the person's cache. Beside this run stand those of `baseline.json`: what fell back
is told, and ends it with 1. Peers are measured where they are there: see `peers.py`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from benchmarks import (
    comparing,
    curating,
    frames,
    growing,
    headless,
    hostile,
    keys,
    loading,
    report,
    starting,
    watching,
)
from benchmarks.bench import SIZES, Bench
from benchmarks.figure import Figure, Target, absent, targets
from benchmarks.terminal import ROOT, Silent
from benchmarks.timing import ROUNDS

FAMILIES = (loading, starting, keys, comparing, frames, curating, watching, headless, growing, hostile)
"""What declares the targets."""
BASELINE = ROOT / "benchmarks" / "baseline.json"
PAGE = ROOT / "docs" / "performance.md"


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help="targets, or first letters of them, with commas: S,K1")
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="sizes of the collections (default %(default)s)"
    )
    parser.add_argument("--folder", type=Path, help="measure on a folder of yours instead")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="rounds of everything (default %(default)s)")
    parser.add_argument("--json", type=Path, help="write the figures there")
    parser.add_argument("--save-baseline", action="store_true", help="what is measured is what later runs stand beside")
    parser.add_argument("--page", action="store_true", help="write the table into docs/performance.md")
    parser.add_argument("--list", action="store_true", help="only list the targets")
    return parser.parse_args()


def chosen(only: str) -> list[Target]:
    """The targets that are asked for; a rare one only by its name."""
    words = tuple(filter(None, only.replace(" ", "").split(",")))
    if not words:
        return [target for target in targets() if not target.rare]
    return [target for target in targets() if target.id.startswith(words)]


def measured(target: Target, bench: Bench) -> Iterator[Figure]:
    """What a target comes to; where something was not drawn, that."""
    try:
        yield from target.measure(bench)
    except (Silent, TimeoutError) as silent:
        yield absent(target.text, str(silent)[:60] or "it took too long")


def run(wanted: list[Target], bench: Bench) -> dict[str, list[Figure]]:
    """Measure targets one after the other, and print what comes; when interrupted, as far as it came."""
    results: dict[str, list[Figure]] = {}
    with suppress(KeyboardInterrupt):
        for target in wanted:
            print(f"{target.id}: {target.text}", flush=True)
            for figure in measured(target, bench):
                results.setdefault(target.id, []).append(figure)
                print(report.line(target.id, figure), flush=True)
    return results


def machine(sizes: tuple[int, ...]) -> str:
    """When and where it was measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    found = ", ".join(f"{size:,}" for size in sizes)
    where = f"{platform.system()} on {cores} processors, load {load:.1f}, Python {platform.python_version()}"
    return f"{time.strftime('%Y-%m-%d')}, {where}, collections of {found}"


def main() -> int:
    """Measure, print the table, say what fell back; the exit code."""
    options = asked()
    wanted = chosen(options.only)
    if options.list:
        print("\n".join(f"{target.id:<3} {target.text}" for target in wanted))
        return 0
    scratch = Path(tempfile.mkdtemp(prefix="agent-studio-bench-"))
    sizes = tuple(sorted(int(size) for size in options.sizes.split(",")))
    bench = Bench(scratch, sizes, options.folder, options.rounds)
    said = machine(bench.sizes)
    print(f"{said}; medians, and quartiles, of rounds run in turn with what they stand against")
    try:
        results = run(wanted, bench)
    finally:
        bench.close()
        shutil.rmtree(scratch, ignore_errors=True)
    return told(results, said, options)


def told(results: dict[str, list[Figure]], said: str, options: argparse.Namespace) -> int:
    """Sum up, write what is to be written; 1 where something fell back."""
    before = report.load(BASELINE)
    worse = report.fell_back(results, before)
    print(report.summary(results))
    for what, names in (
        ("fell back since the baseline", worse),
        ("not measured as then", report.gone(results, before)),
    ):
        for name in names:
            print(f"{what}: {name}")
    merged = report.ordered(before | results)
    if options.json:
        report.save(options.json, results, said)
    if options.save_baseline:
        report.save(BASELINE, merged, said)
    if options.page:
        PAGE.write_text(report.paged(PAGE.read_text(), merged, said))
    return int(bool(worse) and not options.save_baseline)


if __name__ == "__main__":
    sys.exit(main())
