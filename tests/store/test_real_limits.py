"""Limits that the system itself sets: a full disk, a read-only one, too large a file, too many open ones."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from agent_studio.model.change import Change, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from tests.conftest import ROOT
from tests.store.folders import AGENT, tree, write
from tests.store.runs import edit, look
from tests.store.seam import forked

PAGE = 4096
TEXT = AGENT * (PAGE // len(AGENT))
CHANGE = Change(
    "many",
    (
        edit("a", TEXT, TEXT + TEXT),
        edit("sub/new", None, TEXT),
        edit("b", TEXT, None),
        edit("c", None, TEXT),
        edit("shared", TEXT, TEXT + TEXT),
    ),
)
FULL = "the disk is full: free some space and try again"


def prepared(folder: Path) -> Store:
    """A store over some files that the change expects."""
    write(folder, "a.md", "b.md", "shared.md", data=TEXT)
    os.link(folder / "shared.md", folder / "same.md")
    return Store([Root("project", "project", str(folder))])


def outcome(store: Store) -> str:
    """Why the change was refused, in which case everything must be as it was; nothing where it was written."""
    folder = Path(store.roots[0].path)
    before = look(str(folder))
    try:
        store.commit(CHANGE)
    except WriteFailed as failed:
        assert look(str(folder)) == before
        return failed.reason
    assert set(tree(folder)) == {"a.md", "c.md", "sub/new.md", "same.md", "shared.md"}
    return ""


def fill(disk: Path, pages: int) -> None:
    """Leave so many pages free on a disk."""
    (disk / "filler").unlink(missing_ok=True)
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize // PAGE
    (disk / "filler").write_bytes(b"x" * PAGE * (free - pages))


def on_a_full_disk(disk: Path, folder: Path) -> None:
    """Print what comes of the change with more and more room on a disk."""
    for pages in range(24):
        store = prepared(folder)
        fill(disk, pages)
        print(outcome(store))
        store.recover()
        (disk / "filler").unlink()
        shutil.rmtree(store.journal.folder)
        shutil.rmtree(folder)


def on_a_read_only_disk(folder: Path) -> None:
    """Print what comes of the change where nothing can be written any more."""
    print(outcome(Store([Root("project", "project", str(folder))])))


def said_on_a_mount(mount: str, call: str, state: Path) -> list[str]:
    """What a function here prints, line by line, when called where something is mounted."""
    code = f"from pathlib import Path; from {__name__} import *; {call}"
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = ["unshare", *user, "--mount", "sh", "-ec", f'{mount}\nexec "$@"', "sh"]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("nothing can be mounted here")
    environment = os.environ | {"XDG_STATE_HOME": str(state)}
    run = subprocess.run(
        [*command, sys.executable, "-c", code], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout.splitlines()


@pytest.mark.parametrize("what", ["agents", "state", "both"])
def test_a_full_disk(tmp_path: Path, what: str) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.mkdir()
    large.mkdir()
    state, folder = (large if what == "agents" else small) / "state", (large if what == "state" else small) / "agents"
    mount = f"mount -t tmpfs -o size={32 * PAGE} tmpfs {small}"
    said = said_on_a_mount(mount, f"on_a_full_disk(Path({str(small)!r}), Path({str(folder)!r}))", state)
    refused, written = said[: said.index("")], said[said.index("") :]
    assert {reason.rpartition(" cannot be: ")[2] for reason in refused} == {FULL}
    assert len(refused) > 2
    assert set(written) == {""}


def test_a_read_only_disk(tmp_path: Path) -> None:
    folder = tmp_path / "agents"
    prepared(folder)
    mount = f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}"
    (said,) = said_on_a_mount(mount, f"on_a_read_only_disk(Path({str(folder)!r}))", tmp_path / "state")
    assert said == "this file system is read-only: choose a folder on another one"


@pytest.mark.parametrize("more", range(5))
def test_too_many_open_files(folder: Path, more: int) -> None:
    store = prepared(folder)
    store.recover()  # as at every start: a module that is not loaded yet could not be either
    said = folder.parent / "said"

    def limited() -> None:
        free = 3
        os.closerange(free, 4_096)
        resource.setrlimit(resource.RLIMIT_NOFILE, (free + more, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        reason = ""
        try:
            store.commit(CHANGE)
        except WriteFailed as failed:
            reason = failed.reason
        resource.setrlimit(resource.RLIMIT_NOFILE, (free + 20, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        said.write_text(reason)

    before = look(str(folder))
    assert forked(limited) == 0
    assert ("too many files are open" in said.read_text()) == (look(str(folder)) == before) == (more < 3)


def test_too_large_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = prepared(folder)
    for pages in range(1, 8):
        old = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (pages * PAGE, old[1]))
        try:
            said = outcome(store)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old)
        assert "the file would be larger than the system allows (see `ulimit -f`)" in said
    assert outcome(store) == ""
