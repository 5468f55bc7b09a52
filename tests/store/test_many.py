"""Many files are flushed side by side, and still before the first is replaced: all are written or none."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from agent_studio.model.change import Change, Edit, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from tests.store.folders import AGENT, ref, tree, write
from tests.store.seam import forked, installed, no_fault

PATHS = [f"{number % 4}/{number:02}.md" for number in range(70)]
OLD = dict.fromkeys(PATHS, (AGENT, 0o644))
NEW = dict.fromkeys(PATHS, (AGENT + b"More.\n", 0o644))
CHANGE = Change("test", tuple(Edit(ref(path), AGENT, AGENT + b"More.\n") for path in PATHS))


def at_flush(place: int, work: Callable[[], None]) -> Callable[[int], None]:
    """A call that flushes a file; at the one of a number something else happens first. The journal's is number 0."""
    numbers = count()

    def sync(descriptor: int) -> None:
        if next(numbers) == place:
            work()
        os.fsync(descriptor)

    return sync


def refuse() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_all_are_flushed_before_one_is_replaced(folder: Path, root: Root) -> None:
    write(folder, *PATHS)
    with installed(no_fault, {}) as log:
        Store([root]).commit(CHANGE)
    assert log[: log.index("exchange")].count("sync") == 1 + len(PATHS)
    assert tree(folder) == NEW


@pytest.mark.parametrize("place", [1, 20, 40, 70])
def test_one_that_cannot_be_flushed(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    write(folder, *PATHS)
    monkeypatch.setattr(files, "sync", at_flush(place, refuse))
    with pytest.raises(WriteFailed, match="the disk reports an error"):
        Store([root]).commit(CHANGE)
    assert tree(folder) == OLD


@pytest.mark.parametrize("place", [1, 20, 40, 70])
def test_death_while_they_are_flushed(folder: Path, root: Root, place: int) -> None:
    write(folder, *PATHS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", at_flush(place, lambda: os.kill(os.getpid(), signal.SIGKILL)))
        assert forked(lambda: Store([root]).commit(CHANGE)) == -signal.SIGKILL
    assert len(tree(folder)) > len(PATHS)
    assert [operation.title for operation in Store([root]).recover()] == ["test"]
    assert tree(folder) == OLD
