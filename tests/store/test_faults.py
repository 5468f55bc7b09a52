"""Whatever call to the system fails, a change is written wholly or not at all, and nothing is left lying about."""

from __future__ import annotations

import errno
import inspect
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from tests.store.folders import AGENT, ref, tree, write

OTHER = AGENT.replace(b"Body", b"Text, longer than before")
CALLS = [name for name, _ in inspect.getmembers(files, inspect.isfunction) if not name.startswith("import")]
ERRORS = [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EIO]

CHANGE = Change(
    "everything at once",
    (
        Edit(ref("edited.md"), AGENT, OTHER),
        Edit(ref("shared.md"), AGENT, b"short"),
        Edit(ref("link.md"), AGENT, OTHER),
        Edit(ref("renamed.md"), b"1", None),
        Edit(ref("deep/er/new.md"), None, b"1"),
        Edit(ref("created.md"), None, OTHER),
        Edit(ref("deleted.md"), AGENT, None),
        Edit(ref("also-deleted.md"), AGENT, None),
    ),
)


def fresh(folder: Path) -> dict[str, tuple[bytes | str, int]]:
    """Put the folder into the state that the change expects, and tell it."""
    shutil.rmtree(folder)
    write(folder, "edited.md", "shared.md", "target.txt", "deleted.md", "also-deleted.md")
    write(folder, "renamed.md", data=b"1")
    (folder / "edited.md").chmod(0o640)
    os.link(folder / "shared.md", folder / "same.md")
    (folder / "link.md").symlink_to("target.txt")
    return tree(folder)


@pytest.fixture
def before(folder: Path) -> dict[str, tuple[bytes | str, int]]:
    """What is in the folder before the change."""
    return fresh(folder)


AFTER = {
    "created.md": (OTHER, 0o644),
    "deep/er/new.md": (b"1", 0o644),
    "edited.md": (OTHER, 0o640),
    "link.md": ("target.txt", 0o777),
    "same.md": (b"short", 0o644),
    "shared.md": (b"short", 0o644),
    "target.txt": (OTHER, 0o644),
}


class Fault:
    """Makes the n-th call that alters the disk go wrong."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, place: int, wrong: Callable[[str], None]) -> None:
        self.place = place
        self.wrong = wrong
        self.calls = 0
        for name in CALLS:
            monkeypatch.setattr(files, name, self.wrapped(name, getattr(files, name)))

    def wrapped(self, name: str, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*args: object) -> object:
            self.calls += 1
            if self.calls == self.place:
                self.wrong(name)
            return call(*args)

        return counted


def failing(number: int) -> Callable[[str], None]:
    def fail(name: str) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def interrupting(name: str) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_one_fault(folder: Path, root: Root, number: int) -> None:
    place, calls = 0, 0
    while place <= calls:
        before = fresh(folder)
        place += 1
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, place, failing(number))
            try:
                Store([root]).commit(CHANGE)
            except WriteFailed as failed:
                assert failed.ref in CHANGE.refs
                assert "could not be put back" not in failed.reason
                assert tree(folder) == before, place
            else:
                assert tree(folder) == AFTER, place
            calls = fault.calls
    assert calls > 30


def test_an_interrupt_anywhere(folder: Path, root: Root) -> None:
    place, calls = 0, 0
    while place <= calls:
        before = fresh(folder)
        place += 1
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, place, interrupting)
            try:
                Store([root]).commit(CHANGE)
            except KeyboardInterrupt:
                assert tree(folder) == before, place
            else:
                assert tree(folder) == AFTER
            calls = fault.calls
    assert calls > 30


def test_short_writes(
    folder: Path, root: Root, before: dict[str, tuple[bytes | str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "write", lambda descriptor, data: os.write(descriptor, data[:3]))
    Store([root]).commit(CHANGE)
    assert tree(folder) == AFTER


def test_what_could_not_be_put_back_is_told(
    folder: Path, root: Root, before: dict[str, tuple[bytes | str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.create

    def full(path: str, mode: int) -> int:
        if not (folder / "created.md").exists():
            return real(path, mode)
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(files, "create", full)
    monkeypatch.setattr(files, "sync_folder", lambda path: failing(errno.EIO)(""))
    with pytest.raises(WriteFailed, match="could not be put back: the disk is full"):
        Store([root]).commit(CHANGE)


def meddling(folder: Path, name: str) -> Callable[[str, str], None]:
    """`files.replace`, before whose first call another program writes a file."""
    real = files.replace
    seen: list[str] = []

    def replace(source: str, target: str) -> None:
        if not seen:
            seen.append(target)
            write(folder, name, data=b"by others")
        real(source, target)

    return replace


@pytest.mark.parametrize("name", ["shared.md", "created.md", "deleted.md", "target.txt"])
def test_a_file_that_others_write_meanwhile_is_left_to_them(
    folder: Path, root: Root, before: dict[str, tuple[bytes | str, int]], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(files, "replace", meddling(folder, name))
    with pytest.raises(Conflict):
        Store([root]).commit(CHANGE)
    same = {name, "same.md"} if name == "shared.md" else {name}
    assert tree(folder) == before | {each: (b"by others", 0o644) for each in same}


def test_the_change_alters_the_disk_through_the_seam_only(
    folder: Path, root: Root, before: dict[str, tuple[bytes | str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CALLS:
        monkeypatch.setattr(files, name, lambda *args: (_ for _ in ()).throw(OSError(errno.EROFS, "")))
    with pytest.raises(WriteFailed, match="read-only"):
        Store([root]).commit(CHANGE)
    assert tree(folder) == before
