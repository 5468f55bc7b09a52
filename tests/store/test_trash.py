"""Deleted files go to the system's trash where there is one, and always into the journal."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import pytest

from agent_studio.model.change import Change, Conflict, WriteFailed
from agent_studio.model.ref import Root
from agent_studio.store import files, trash
from agent_studio.store.disk import Store
from agent_studio.store.place import Place
from tests.store.folders import AGENT, tree, write
from tests.store.runs import edit
from tests.store.seam import installed, preceded, refusing

DELETE = Change("delete", (edit("a", AGENT, None),))


def deleted(root: Root, *names: str) -> None:
    """Make agents of these names, and delete them one after another."""
    for name in names:
        write(Path(root.path), f"{name}.md")
        Store([root]).commit(Change("delete", (edit(name, AGENT, None),)))


def trashed(home: Path) -> Path:
    return home / (".Trash" if sys.platform == "darwin" else ".local/share/Trash/files")


def test_it_lies_there_under_its_name(folder: Path, root: Root, home: Path) -> None:
    write(folder, "a.md")
    number = (folder / "a.md").stat().st_ino
    operation = Store([root]).commit(DELETE)
    assert (trashed(home) / "a.md").stat().st_ino == number
    assert (tree(trashed(home)), tree(folder)) == ({"a.md": (AGENT, 0o644)}, {})
    Store([root]).commit(DELETE.inverse, "undo", operation.id)
    assert tree(folder) == {"a.md": (AGENT, 0o644)}


@pytest.mark.skipif(sys.platform == "darwin", reason="there the system takes no notes")
def test_the_system_is_told_where_it_stood(folder: Path, root: Root, home: Path) -> None:
    deleted(root, "ä 100%")
    note = (home / ".local/share/Trash/info/ä 100%.md.trashinfo").read_text("ascii")
    title, path, date = note.splitlines()
    assert (title, unquote(path)) == ("[Trash Info]", f"Path={folder}/ä 100%.md")
    assert date.startswith("DeletionDate=20")


def test_what_lies_there_already_stays(folder: Path, root: Root, home: Path) -> None:
    deleted(root, "a", "b")
    (trashed(home).parent / "info/b.md.trashinfo").unlink(missing_ok=True)
    deleted(root, "a", "a", "b")
    assert set(tree(trashed(home))) == {"a.md", "a 2.md", "a 3.md", "b.md", "b 2.md"}
    if sys.platform != "darwin":
        notes = {f"{name}.trashinfo" for name in tree(trashed(home)) if name != "b.md"}
        assert set(os.listdir(trashed(home).parent / "info")) == notes


@pytest.mark.parametrize("call", ["make", "write_all", "move"])
def test_without_a_trash_the_very_file_is_kept(
    folder: Path, root: Root, home: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write(folder, "a.md")
    monkeypatch.setattr(trash, call, refusing(errno.ENOSPC))
    number = (folder / "a.md").stat().st_ino
    store = Store([root])
    operation = store.commit(DELETE)
    assert (tree(folder), tree(trashed(home).parent)) == ({}, {})
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
    real = files.replace

    def replace(source: Place, target: Place) -> None:
        if source.name == "a.md":
            raise OSError(errno.EPERM, "")
        real(source, target)

    monkeypatch.setattr(files, "replace", replace)
    with pytest.raises(WriteFailed, match="no permission to write here"):
        Store([root]).commit(DELETE)
    assert (tree(folder), os.listdir(folder)) == ({"a.md": (AGENT, 0o644)}, ["a.md"])


def test_what_others_put_there_at_the_last_moment_is_not_deleted(folder: Path, root: Root, home: Path) -> None:
    """Also not by going to the trash, where nobody would look for it."""
    place, calls = 0, 1
    while place < calls:
        shutil.rmtree(home / ".local/share", ignore_errors=True)
        write(folder, "a.md", "b.md")
        write(folder.parent, "theirs", data=b"theirs")
        work = partial(os.replace, folder.parent / "theirs", folder / "a.md")
        with installed(preceded(place, work), {}) as log, suppress(Conflict):
            Store([root]).commit(Change("delete", (edit("b", AGENT, None), *DELETE.edits)))
        assert (folder / "a.md").read_bytes() == b"theirs"
        assert b"theirs" not in {data for data, _ in tree(trashed(home)).values()}
        place, calls = place + 1, max(calls, len(log))
    assert calls > 12
