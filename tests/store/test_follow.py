"""The list of agents is right soon after whatever others did, even if the watch was told too late or nothing at all."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import watchfiles

from agent_studio.model.ref import Root
from agent_studio.store import watch as watching
from agent_studio.store.disk import Store
from tests.conftest import ROOT
from tests.store.folders import tree, write
from tests.store.seam import refusing
from tests.store.watched import PATIENCE, Watched, begun

SOON = 2.0
"""Seconds within which the list of agents is right again, whatever happened."""


@pytest.fixture(autouse=True)
def only_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """No look at everything within a test, so that an event that was missed shows."""
    monkeypatch.setattr(watching, "RECONCILE", 1_000.0)


class Followed(Watched):
    """A watch whose news a library follows."""

    def __init__(self, root: Root) -> None:
        self.folder = Path(root.path)
        self.store = Store([root])
        self.library = self.store.load()
        super().__init__([root])

    async def heard(self, paths: frozenset[str] | None) -> None:
        """Read again what changed."""
        work = self.store.reload if paths is None else lambda library: self.store.reload_some(library, paths)
        self.library = await asyncio.to_thread(work, self.library)

    def read(self) -> dict[str, bytes]:
        """What the library takes for the files."""
        return {agent.ref.path: agent.document.data for agent in self.library}

    async def is_right_soon(self) -> None:
        """Wait until the library is as the disk is, but not for long."""
        await self.until(lambda: self.read() == on_disk(self.folder), SOON)


def on_disk(folder: Path) -> dict[str, bytes | str]:
    """What stands in a folder."""
    return {path: content for path, (content, _) in tree(folder).items() if path.endswith(".md")}


async def test_a_folder_in_the_place_of_the_root(folder: Path, root: Root, tmp_path: Path) -> None:
    write(folder, "a.md", "same.md", "sub/b.md")
    write(tmp_path / "other", "same.md", "sub/c.md", data=b"other")
    async with begun(Followed(root)) as watch:
        os.rename(folder, tmp_path / "away")
        os.rename(tmp_path / "other", folder)
        await watch.is_right_soon()
        write(folder, "sub/d.md")
        await watch.is_right_soon()


async def test_a_file_from_yesterday(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md", data=b"today")
    write(folder, "old", data=b"yesterday")
    async with begun(Followed(root)) as watch:
        seen = (folder / "a.md").stat()
        write(folder, "a.md", data=b"again")
        for name in ("a.md", "old"):
            os.utime(folder / name, ns=(0, seen.st_mtime_ns - 86_400 * 10**9))
        os.replace(folder / "old", folder / "b.md")
        await watch.is_right_soon()


def git(folder: Path, *words: str) -> None:
    identity = ("-c", "user.name=me", "-c", "user.email=me@example.com")
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def commit_two_branches(folder: Path) -> None:
    """Make a repository: 200 files on one branch; on the other some are changed, some gone, and as many new."""
    git(folder, "init", "--initial-branch", "one")
    for branch, numbers in {"one": range(200), "two": range(50, 250)}.items():
        git(folder, "checkout", "-B", branch)
        for path in folder.glob("*/*.md"):
            path.unlink()
        write(folder, *(f"{number % 5}/{number}.md" for number in numbers), data=branch.encode())
        git(folder, "add", "--all")
        git(folder, "commit", "--message", branch)


async def test_branches_checked_out(folder: Path, root: Root) -> None:
    await asyncio.to_thread(commit_two_branches, folder)
    async with begun(Followed(root)) as watch:
        for branch in ("one", "two", "one"):
            await asyncio.to_thread(git, folder, "checkout", branch)
        await watch.is_right_soon()
        assert set(watch.read().values()) == {b"one"}


async def test_what_cannot_be_watched_is_read_soon(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchfiles, "watch", lambda *paths, **options: iter(refusing(errno.ENOSPC), None))
    write(folder, "a.md", "b.md")
    async with begun(Followed(root)) as watch:
        for number in range(3):
            write(folder, "a.md", f"new/{number}.md", data=b"%d" % number)
            await watch.is_right_soon()
        (folder / "b.md").unlink()
        await watch.is_right_soon()


def digest(files: Mapping[str, bytes | str]) -> str:
    """What tells one state of a folder from another."""
    return hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()


async def print_what_is_read(folder: str) -> None:
    """Follow a folder for ever, and print what the library is whenever there was news."""
    async with begun(Followed(Root("project", "project", folder))) as watch, watch.news:
        while True:
            print(digest(watch.read()), flush=True)
            await watch.news.wait()


@contextmanager
def another_watching(folder: Path) -> Iterator[tuple[subprocess.Popen[str], Callable[[], float]]]:
    """Another process that follows a folder, and what lets it go on until it is right: the seconds it took."""
    code = f"import asyncio; from {__name__} import *; asyncio.run(print_what_is_read({str(folder)!r}))"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        late = threading.Timer(6 * PATIENCE, other.kill)
        late.start()

        def right() -> float:
            expected, started = digest(on_disk(folder)), time.monotonic()
            other.send_signal(signal.SIGCONT)
            assert other.stdout is not None
            assert expected in map(str.strip, other.stdout)
            return time.monotonic() - started

        try:
            yield other, right
        finally:
            late.cancel()
            other.kill()


def stopped_during(folder: Path, files: int) -> float:
    """Make many files while another process that follows them is stopped: how long it is wrong once it goes on."""
    write(folder, "a.md")
    with another_watching(folder) as (other, right):
        right()
        other.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, other.pid, os.WSTOPPED)
        write(folder, *(f"{number % 10}/{number}.md" for number in range(files)))
        return right()


def test_a_storm_while_it_is_stopped(folder: Path) -> None:
    assert stopped_during(folder, 3_000) < SOON


@pytest.mark.sweep
def test_more_than_the_system_remembers_while_it_is_stopped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seconds = stopped_during(folder, 12_001)
    with capsys.disabled():
        print(f"\n  12,001 files: right after {seconds:.1f} s")
    assert seconds < SOON + watching.RECONCILE
