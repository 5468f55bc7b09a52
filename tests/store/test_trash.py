"""Deleted files go to the system's trash, or else to the studio's own."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from agent_studio.model.change import Change, Edit, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from agent_studio.store.trash import own_trash
from tests.store.folders import AGENT, ref, tree, write

DELETE = Change("delete", (Edit(ref("a.md"), AGENT, None),))


def full(path: str) -> None:
    raise OSError(errno.ENOSPC, "")


def test_the_system_is_asked_first(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.md")
    asked: list[str] = []
    real = files.trash

    def trash(path: str) -> None:
        asked.append(path)
        real(path)

    monkeypatch.setattr(files, "trash", trash)
    Store([root]).commit(DELETE)
    assert asked == [str(folder / "a.md")]
    assert tree(folder) == {}


def test_own_trash(folder: Path, root: Root, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.md")
    monkeypatch.setattr(files, "trash", full)
    Store([root]).commit(DELETE)
    assert tree(folder) == {}
    trash = home / ".local" / "state" / "agent-studio" / "trash"
    assert own_trash() == str(trash)
    (kept,) = trash.iterdir()
    assert kept.name.endswith("-a.md")
    assert kept.read_bytes() == AGENT
    assert {path.stat().st_mode & 0o777 for path in (trash, trash.parent)} == {0o700}


def test_no_trash_at_all(folder: Path, root: Root, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.md")
    (home / ".local").write_text("in the way")
    monkeypatch.setattr(files, "trash", full)
    with pytest.raises(WriteFailed):
        Store([root]).commit(DELETE)
    assert tree(folder) == {"a.md": (AGENT, 0o644)}
