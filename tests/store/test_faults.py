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
from tests.store.folders import AGENT, Tree, ref, tree, write

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


def fresh(folder: Path) -> Tree:
    """Put the folder into the state that the change expects, and tell it."""
    shutil.rmtree(folder)
    write(folder, "edited.md", "shared.md", "target.txt", "deleted.md", "also-deleted.md")
    write(folder, "renamed.md", data=b"1")
    (folder / "edited.md").chmod(0o640)
    os.link(folder / "shared.md", folder / "same.md")
    (folder / "link.md").symlink_to("target.txt")
    return tree(folder)


@pytest.fixture
def before(folder: Path) -> Tree:
    """What is in the folder before the change."""
    return fresh(folder)


AFTER = {
    "created.md": (OTHER, 0o644),
    "deep/er/new.md": (b"1", 0o644),
    "edited.md": (OTHER, 0o640),
    "link.md": ("target.txt", 0),
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


def failed(root: Root) -> WriteFailed | None:
    """The failure of the change; None where it was written."""
    try:
        Store([root]).commit(CHANGE)
    except WriteFailed as failure:
        return failure
    return None


@pytest.mark.parametrize("number", ERRORS, ids=errno.errorcode.get)
def test_one_fault(folder: Path, root: Root, number: int) -> None:
    place, calls = 0, 0
    while place <= calls:
        before = fresh(folder)
        place += 1
        with pytest.MonkeyPatch.context() as patch:
            fault = Fault(patch, place, failing(number))
            failure = failed(root)
            calls = fault.calls
        assert tree(folder) == (before if failure else AFTER), place
        assert (folder / "deep").exists() == (failure is None)
        assert failure is None or "could not be put back" not in failure.reason
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


def test_short_writes(folder: Path, root: Root, before: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "write", lambda descriptor, data: os.write(descriptor, data[:3]))
    Store([root]).commit(CHANGE)
    assert tree(folder) == AFTER


def test_what_could_not_be_put_back_is_told(
    folder: Path, root: Root, before: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.create

    def full(path: str, mode: int) -> int:
        if not (folder / "created.md").exists():
            return real(path, mode)
        raise OSError(errno.ENOSPC, "")

    monkeypatch.setattr(files, "create", full)
    monkeypatch.setattr(files, "sync_folder", failing(errno.EIO))
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
    folder: Path, root: Root, before: Tree, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(files, "replace", meddling(folder, name))
    with pytest.raises(Conflict):
        Store([root]).commit(CHANGE)
    same = {name, "same.md"} if name == "shared.md" else {name}
    assert tree(folder) == before | dict.fromkeys(same, (b"by others", 420))


def test_what_others_wrote_over_the_new_bytes_is_not_rolled_back(
    folder: Path, root: Root, before: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.replace

    def replace(source: str, target: str) -> None:
        if (folder / "edited.md").read_bytes() == OTHER:
            write(folder, "edited.md", data=b"by others")
            failing(errno.EIO)("")
        real(source, target)

    monkeypatch.setattr(files, "replace", replace)
    with pytest.raises(WriteFailed):
        Store([root]).commit(CHANGE)
    assert tree(folder) == before | {"edited.md": (b"by others", 0o640)}


def test_the_change_alters_the_disk_through_the_seam_only(
    folder: Path, root: Root, before: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(errno.EROFS, "")

    for name in CALLS:
        monkeypatch.setattr(files, name, refuse)
    with pytest.raises(WriteFailed, match="read-only"):
        Store([root]).commit(CHANGE)
    assert tree(folder) == before
