"""Deleted files go to the system's trash where there is one, and always into the journal."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from agent_studio.model.change import Change, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from tests.store.folders import AGENT, tree, write
from tests.store.runs import edit
from tests.store.seam import refusing

DELETE = Change("delete", (edit("a", AGENT, None),))


def test_the_system_is_asked(folder: Path, root: Root, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.md")
    asked: list[str] = []
    real = files.trash

    def trash(path: str) -> None:
        asked.append(path)
        real(path)

    monkeypatch.setattr(files, "trash", trash)
    operation = Store([root]).commit(DELETE)
    assert (asked, tree(folder)) == ([str(folder / "a.md")], {})
    Store([root]).commit(DELETE.inverse, "undo", operation.id)
    assert tree(folder) == {"a.md": (AGENT, 0o644)}


@pytest.mark.parametrize("error", [errno.ENOENT, errno.ENOSPC, errno.EACCES], ids=errno.errorcode.get)
def test_without_a_trash_the_very_file_is_kept(
    folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    write(folder, "a.md")
    monkeypatch.setattr(files, "trash", refusing(error))
    number = (folder / "a.md").stat().st_ino
    store = Store([root])
    operation = store.commit(DELETE)
    assert tree(folder) == {}
    assert number in {path.stat().st_ino for path in Path(store.journal.folder).iterdir()}
    store.commit(DELETE.inverse, "undo", operation.id)
    assert tree(folder) == {"a.md": (AGENT, 0o644)}


def test_an_undone_deletion_brings_back_all_that_the_file_had(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    (folder / "a.md").chmod(0o4640)
    (folder / "l.md").symlink_to("a.md")
    before = tree(folder)
    store = Store([root])
    for name in ("l", "a"):
        operation = store.commit(Change("delete", (edit(name, AGENT, None),)))
        store.commit(Change("delete", (edit(name, None, AGENT),)), "undo", operation.id)
        assert tree(folder) == before


def test_what_cannot_be_deleted_stays(folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.md")
    monkeypatch.setattr(files, "trash", refusing(errno.ENOSPC))
    real = files.replace

    def replace(source: str, target: str) -> None:
        if source == str(folder / "a.md"):
            raise OSError(errno.EPERM, "")
        real(source, target)

    monkeypatch.setattr(files, "replace", replace)
    with pytest.raises(WriteFailed, match="no permission to write here"):
        Store([root]).commit(DELETE)
    assert (tree(folder), os.listdir(folder)) == ({"a.md": (AGENT, 0o644)}, ["a.md"])
