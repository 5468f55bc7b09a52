"""Measure the recorded probes again and print what differs: exit 0 nothing, 1 something, 2 it could not be measured."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from oracle import host
from oracle.drift import drift
from oracle.network import shut_off
from oracle.observation import Observation, observe
from oracle.probe import Damaged, Probe, read
from oracle.tree import lay

CORPUS = Path(__file__).resolve().parents[1] / os.environ.get("AGENT_STUDIO_CORPUS", "../shared")
JOBS = 2 * (os.cpu_count() or 1)
"""A run waits as long as it computes."""


@dataclass(frozen=True, slots=True)
class Result:
    """One probe measured again; without an observation where `skipped` or the difference says why."""

    probe: Probe
    now: Observation | None = None
    differences: tuple[str, ...] = ()
    skipped: str = ""


def measure(program: str, probe: Probe) -> Result:
    """Lay a probe out, run the program in it, compare."""
    with tempfile.TemporaryDirectory(prefix="oracle-", ignore_cleanup_errors=True) as top:
        tree = lay(probe, Path(top))
        if probe.read_order and not tree.lists(probe.read_order):
            return Result(probe, skipped="this file system lists its files in another order than was recorded")
        try:
            now = observe(host.ask(program, tree), tree, probe.verdicts)
        except host.Silent as silent:
            return Result(probe, differences=(f"no answer: {silent}",))
    return Result(probe, now, drift(probe, now))


def counted(results: Iterable[Result], of: int) -> Iterator[Result]:
    """The results, their number on a terminal meanwhile."""
    for number, result in enumerate(results, 1):
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{number} of {of}" if number < of else "\r\x1b[K")
        yield result


def report(results: Sequence[Result]) -> str:
    """How many are as recorded, and a line for each difference."""
    measured = [result for result in results if not result.skipped]
    differ = [result for result in measured if result.differences]
    names = ": " + ", ".join(result.probe.id for result in differ) if differ else ""
    lines = [f"{len(measured) - len(differ)} of {len(measured)} probes as recorded; {len(differ)} differ{names}"]
    lines += [f"  {result.probe.id}: {line}" for result in differ for line in result.differences]
    lines += [f"  {result.probe.id}: not compared, {result.skipped}" for result in results if result.skipped]
    return "\n".join(lines) + "\n"


def observations(results: Sequence[Result], version: str) -> str:
    """What was observed, a JSON line for each probe, in the form of the record."""
    seen = [(result.probe.id, result.now) for result in results if result.now]
    rows = [{"id": id, "version": version, "observed": {"agents": now.agents, "files": now.files}} for id, now in seen]
    return "".join(json.dumps(row) + "\n" for row in rows)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="oracle", description=__doc__)
    parser.add_argument("--program", default=os.environ.get("CLAUDE_CODE_BINARY"), help="default: claude on the PATH")
    parser.add_argument("--folder", type=Path, default=CORPUS / "oracle", help="the record (default: %(default)s)")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="measure these probes only")
    parser.add_argument("--jobs", type=int, default=JOBS, help="runs at a time (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was observed, a JSON line for each probe")
    return parser.parse_args()


def fail(why: object) -> int:
    """Say why nothing could be measured."""
    sys.stderr.write(f"{why}\n")
    return 2


def main() -> int:
    """Read the record, measure, print."""
    options = arguments()
    program = host.found(options.program)
    if not program:
        return fail("No Claude Code here: npm install -g @anthropic-ai/claude-code, or name one in CLAUDE_CODE_BINARY.")
    if not shut_off("oracle", sys.argv[1:]):
        sys.stderr.write("unshare does not work here, so the network stays open to the program.\n")
    try:
        recorded = {probe.id: probe for probe in read(options.folder)}
        probes = [recorded[id] for id in options.only or recorded]
        version = host.version(program)
    except (OSError, Damaged, host.Silent) as trouble:
        return fail(trouble)
    except KeyError as unknown:
        return fail(f"There is no probe {unknown}.")
    sys.stdout.write(f"Claude Code {version}, recorded on {', '.join(sorted({probe.version for probe in probes}))}\n")
    with ThreadPoolExecutor(options.jobs) as pool:
        results = list(counted(pool.map(lambda probe: measure(program, probe), probes), len(probes)))
    sys.stdout.write(report(results))
    if options.json:
        options.json.write_text(observations(results, version))
    return int(any(result.differences for result in results))


if __name__ == "__main__":
    sys.exit(main())
