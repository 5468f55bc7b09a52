"""The kernel's own record of a change: nothing alters the disk but the calls of `files`; faults put in there."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.store.runs import CASES, Case, Runs
from tests.store.traced import REFUSED

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="needs strace")

FAMILIES = {
    "open": ["open", "openat", "openat2", "creat"],
    "write": ["write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range", "splice"],
    "truncate": ["ftruncate", "truncate", "fallocate"],
    "chown": ["fchown", "chown", "lchown", "fchownat"],
    "chmod": ["fchmod", "chmod", "fchmodat", "fchmodat2"],
    "setxattr": ["fsetxattr", "setxattr", "lsetxattr", "fremovexattr", "removexattr", "lremovexattr"],
    "utime": ["utimensat", "utimes", "utime", "futimesat"],
    "fsync": ["fsync", "fdatasync", "sync", "syncfs"],
    "rename": ["rename", "renameat", "renameat2"],
    "link": ["link", "linkat"],
    "symlink": ["symlink", "symlinkat"],
    "unlink": ["unlink", "unlinkat"],
    "mkdir": ["mkdir", "mkdirat", "mknod", "mknodat"],
    "rmdir": ["rmdir"],
}
"""The system calls that alter a disk, by what they do."""
FAMILY = {name: family for family, names in FAMILIES.items() for name in names}
CALL = re.compile(r"\d+ +(\w+)\((.*)\) += ")
PATH = re.compile(r'(?:\b\d+<([^>]*)>(?:, "([^"/]*)")?)|"(/[^"]*)"')
INJECTED = ["rename", "renameat", "renameat2", "fsync", "write", "fchmod", "fchown", "fsetxattr", "mkdirat", "unlinkat"]


def order(runs: Runs, folder: Path) -> Path:
    """A file that tells another program what to write."""
    path = folder / "order"
    path.write_bytes(pickle.dumps((runs._store().roots, runs._arguments)))
    return path


def traced(order: Path, *options: str) -> int:
    """Carry out an order under strace, whose record lies beside it: the exit status."""
    command = ["strace", "-f", "-y", "-qq", "-s", "0", "-o", f"{order}.strace", *options]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
    run = [*command, sys.executable, "-m", "tests.store.traced", str(order)]
    return subprocess.run(run, cwd=ROOT, env=environment, check=False, capture_output=True).returncode


def record(order: Path, top: Path) -> list[tuple[str, list[str]]]:
    """The calls in a record that altered anything below a folder: their names and paths."""
    found: list[tuple[str, list[str]]] = []
    for line in Path(f"{order}.strace").read_text(encoding="utf-8").splitlines():
        match = CALL.match(line)
        if match is None or (FAMILY[match[1]] == "open" and not re.search("O_(WRONLY|RDWR|CREAT|TRUNC)", line)):
            continue
        found_paths = ["/".join(filter(None, groups)) for groups in PATH.findall(match[2])]
        paths = [path for path in found_paths if path.startswith(str(top))]
        if paths:
            found.append((match[1], paths[-1:] if FAMILY[match[1]] == "symlink" else paths))
    return found


def everything_traced() -> list[str]:
    return ["-e", "trace=" + ",".join(f"?{name}" for name in FAMILY)]


def check_record(top: Path, tmp_path: Path, case: Case) -> None:
    path = order(Runs(top, case), tmp_path)
    assert traced(path, *everything_traced()) == 0
    seen = [[FAMILY[name], *paths] for name, paths in record(path, top)]
    assert seen == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert len(seen) > 12


@pytest.mark.parametrize("title", ["save", "append to a shared file", "everything at once", "undo of everything"])
def test_nothing_bypasses_the_seam(top: Path, tmp_path: Path, title: str) -> None:
    check_record(top, tmp_path, next(case for case in CASES if case.title == title))


@pytest.mark.sweep
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_nothing_bypasses_the_seam_whatever_is_written(top: Path, tmp_path: Path, case: Case) -> None:
    check_record(top, tmp_path, case)


@pytest.mark.sweep
@pytest.mark.parametrize("name", INJECTED)
@pytest.mark.parametrize("fault", ["signal=KILL", "error=ENOSPC", "error=EIO", "error=EROFS"])
def test_faults_in_the_kernel(top: Path, tmp_path: Path, name: str, fault: str) -> None:
    runs = Runs(top, next(case for case in CASES if case.title == "everything at once"))
    runs._set_up()
    traced(order(runs, tmp_path), "-e", f"trace={name}")
    count = len(record(tmp_path / "order", top))
    runs._set_up()
    for place in range(1, count + 1):
        status = traced(order(runs, tmp_path), "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={place}")
        allowed = {0: [runs.after], REFUSED: [runs.before]}.get(status, [runs.before, runs.after])
        assert status in {0, REFUSED} or fault == "signal=KILL"
        runs._recover(f"{fault} at {name} {place}", allowed)
    assert (runs.wrong, count > 0) == ([], True)
