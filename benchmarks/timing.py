"""How long work takes, and how many times as long as a floor."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROUNDS = 7
ROOT = Path(__file__).resolve().parent.parent

Work = Callable[[], object]


class Figure(NamedTuple):
    """What was measured, its median in seconds, and its median ratio to a floor of the same rounds."""

    what: str
    seconds: float
    ratio: float
    floor: str


def seconds(work: Work) -> float:
    """How long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(work: Work, floor: Work) -> tuple[float, float]:
    """The median time of `work`, and its median ratio to `floor`, run in turn."""
    pairs = [(seconds(floor), seconds(work)) for _ in range(ROUNDS)]
    return statistics.median(b for _, b in pairs), statistics.median(b / a for a, b in pairs)


def process(*words: str, cwd: Path = ROOT) -> Work:
    """A process to run from outside, with the package from here and its bytecode kept as where it is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPATH": str(ROOT)}
    return lambda: subprocess.run(words, check=True, cwd=cwd, env=environment, capture_output=True)


def python(*words: str, cwd: Path = ROOT) -> Work:
    """A Python process."""
    return process(sys.executable, *words, cwd=cwd)
