"""One studio writes at a time; who dies lets go, and who waits too long is told why."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import locks
from agent_studio.store.disk import Store
from agent_studio.store.entry import Trace
from agent_studio.store.locks import Busy, locked
from tests.store.folders import AGENT, ref, tree, write
from tests.store.runs import LONGER, edit
from tests.store.seam import fork, forked

SAVE = Change("save", (edit("a"),))


@contextmanager
def another_studio(works: Callable[[], object]) -> Iterator[int]:
    """Another program that does something while it holds the lock, and then keeps it: its id."""
    reader, writer = os.pipe()
    if (child := fork()) == 0:
        with locked():
            works()
            os.write(writer, b"locked")
            signal.pause()
    try:
        os.read(reader, 6)
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)
        os.close(writer)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits."""
    monkeypatch.setattr(locks, "PATIENCE", 0.0)


@pytest.mark.usefixtures("impatient")
def test_who_waits_too_long_is_told_why(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    with another_studio(lambda: None), pytest.raises(WriteFailed) as raised:
        Store([root]).commit(SAVE)
    assert "another agent-studio has been writing for 0 seconds: close it and try again" in raised.value.reason
    assert tree(folder) == {"a.md": (AGENT, 0o644)}


@pytest.mark.usefixtures("impatient")
def test_who_is_killed_lets_go(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    with another_studio(lambda: None) as child:
        os.kill(child, signal.SIGKILL)
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        Store([root]).commit(SAVE)
    assert tree(folder) == {"a.md": (LONGER, 0o644)}


@pytest.mark.usefixtures("impatient")
def test_a_lock_is_free_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), locked():
        print(1 / 0)
    with locked(), pytest.raises(Busy), locked():
        pass
    with locked():
        pass


@pytest.mark.usefixtures("impatient")
def test_who_has_nothing_to_take_back_does_not_wait(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    Store([root]).commit(SAVE)
    with another_studio(lambda: None):
        assert Store([root]).recover() == []


def test_what_a_living_studio_writes_is_not_taken_back(
    folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, "a.md")
    store = Store([root])

    def begin() -> None:
        store.journal.begin("another's", [Trace(str(folder / "a.md"), str(folder / "a.md"), AGENT, LONGER)])
        write(folder, "a.md", data=LONGER)

    monkeypatch.setattr(locks, "PATIENCE", 0.0)
    with another_studio(begin):
        with pytest.raises(Busy):
            store.recover()
        assert len(store.journal.unfinished()) == 1
    assert tree(folder) == {"a.md": (LONGER, 0o644)}


def saving(root: Root, mark: bytes, turns: int) -> None:
    """Append a line to each of five files in turn, again and again, over nothing but what was read."""
    store = Store([root])
    for turn in range(turns):
        name = f"{turn % 5}.md"
        while True:
            before = (Path(root.path) / name).read_bytes()
            try:
                store.commit(Change("save", (Edit(ref(name), before, before + b"%s %d\n" % (mark, turn)),)))
                break
            except Conflict:
                continue


def two_studios(root: Root, folder: Path, turns: int) -> None:
    write(folder, *(f"{number}.md" for number in range(5)), data=b"")
    if (child := fork()) == 0:
        os._exit(forked(lambda: saving(root, b"child", turns)))
    saving(root, b"parent", turns)
    assert os.waitpid(child, 0)[1] == 0
    lines = [line for path in folder.iterdir() for line in path.read_bytes().splitlines()]
    assert sorted(lines) == sorted(b"%s %d" % (mark, turn) for mark in (b"child", b"parent") for turn in range(turns))
    assert len(Store([root]).journal.operations()) == 2 * turns


def test_two_studios_lose_nothing(folder: Path, root: Root) -> None:
    two_studios(root, folder, 50)


@pytest.mark.sweep
def test_two_studios_lose_nothing_in_a_thousand_saves(top: Path, root: Root) -> None:
    folder = top / "agents"
    folder.mkdir(parents=True)
    two_studios(Root("project", "project", str(folder)), folder, 1_000)
