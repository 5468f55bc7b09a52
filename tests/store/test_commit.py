"""A change is written all or nothing, over nothing that it did not expect, and keeps what a file has besides bytes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pytest

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.ref import Ref, Root
from agent_studio.store import rollback
from agent_studio.store.disk import Store
from tests.store.folders import AGENT, as_root, not_as_root, ref, tree, write

OTHER = AGENT.replace(b"Body", b"Text, longer than before")


def commit(root: Root, *edits: Edit) -> None:
    Store([root]).commit(Change("test", edits))


def edit(path: str, before: bytes | None = AGENT, after: bytes | None = OTHER) -> Edit:
    return Edit(ref(path), before, after)


@contextmanager
def nothing_written(folder: Path) -> Iterator[None]:
    """Fail where the block leaves anything in a folder different from before."""
    before = tree(folder)
    yield
    assert tree(folder) == before


def refused(root: Root, *edits: Edit) -> WriteFailed:
    with nothing_written(Path(root.path)), pytest.raises(WriteFailed) as raised:
        commit(root, *edits)
    return raised.value


def conflicting(root: Root, *edits: Edit) -> tuple[Ref, ...]:
    with nothing_written(Path(root.path)), pytest.raises(Conflict) as raised:
        commit(root, *edits)
    return raised.value.refs


def test_edit(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md")
    commit(root, edit("a.md"))
    assert tree(folder) == {"a.md": (OTHER, 0o644), "b.md": (AGENT, 0o644)}


def test_create_in_folders_that_are_not_there(folder: Path, root: Root) -> None:
    folder.rmdir()
    folder.parent.rmdir()
    commit(root, edit("x/y/a.md", None))
    assert (folder / "x" / "y" / "a.md").read_bytes() == OTHER


def test_a_new_file_has_the_permissions_that_new_files_have(folder: Path, root: Root) -> None:
    old = os.umask(0o027)
    try:
        commit(root, edit("a.md", None))
    finally:
        os.umask(old)
    assert tree(folder) == {"a.md": (OTHER, 0o640)}


def test_many_at_once(folder: Path, root: Root) -> None:
    names = [f"{number}.md" for number in range(100)]
    write(folder, *names)
    commit(root, *map(edit, names))
    assert tree(folder) == dict.fromkeys(sorted(names), (OTHER, 0o644))


def test_an_edit_that_changes_nothing_touches_nothing(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    before = (folder / "a.md").stat()
    commit(root, edit("a.md", AGENT, AGENT))
    assert (folder / "a.md").stat() == before


def test_inverse_takes_it_back(folder: Path, root: Root) -> None:
    write(folder, "edited.md", "renamed.md", "deleted.md")
    change = Change(
        "all",
        (edit("edited.md"), edit("renamed.md", AGENT, None), edit("new.md", None), edit("deleted.md", AGENT, None)),
    )
    before = tree(folder)
    store = Store([root])
    store.commit(change)
    assert set(tree(folder)) == {"edited.md", "new.md"}
    store.commit(change.inverse)
    assert tree(folder) == before


# Conflicts


def test_a_file_that_is_not_as_expected(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md", "c.md")
    write(folder, "b.md", data=b"by others")
    (folder / "c.md").unlink()
    assert conflicting(root, edit("a.md"), edit("b.md"), edit("c.md")) == (ref("b.md"), ref("c.md"))


def test_a_deletion_of_a_file_that_is_not_as_expected(folder: Path, root: Root) -> None:
    write(folder, "a.md", data=b"by others")
    assert conflicting(root, edit("a.md", AGENT, None)) == (ref("a.md"),)


def test_a_new_file_where_something_stands(folder: Path, root: Root) -> None:
    write(folder, "a.md", data=b"")
    (folder / "b.md").symlink_to("nowhere")
    (folder / "c.md").mkdir()
    os.mkfifo(folder / "d.md")
    edits = [edit(f"{name}.md", None) for name in "abcd"]
    assert conflicting(root, *edits) == tuple(each.ref for each in edits)
    write(folder, "old.md")
    assert conflicting(root, edit("old.md", AGENT, None), edit("b.md", None)) == (ref("b.md"),)


# Where it must not write


def test_read_only_root(folder: Path) -> None:
    write(folder, "a.md")
    root = Root("project", "plugin", str(folder), read_only=True)
    assert "read-only" in refused(root, edit("a.md")).reason
    assert "read-only" in refused(root, edit("new.md", None)).reason


@pytest.mark.parametrize("path", ["../a.md", "/etc/a.md", "a/../../b.md", ""])
def test_paths_that_lead_away(folder: Path, root: Root, path: str) -> None:
    write(folder.parent, "a.md", "b.md")
    with nothing_written(folder.parent):
        refused(root, edit(path))
        refused(root, edit(path, None))


def test_unknown_root(root: Root) -> None:
    assert "no folder called 'user'" in refused(root, Edit(Ref("user", "a.md"), None, AGENT)).reason


def test_links_that_lead_outside(folder: Path, root: Root, tmp_path: Path) -> None:
    write(tmp_path / "out", "a.md")
    (folder / "a.md").symlink_to(tmp_path / "out" / "a.md")
    (folder / "far").symlink_to(tmp_path / "out")
    with nothing_written(tmp_path):
        for each in (edit("a.md"), edit("a.md", AGENT, None), edit("far/a.md"), edit("far/new.md", None)):
            assert "outside" in refused(root, each).reason


def test_a_link_into_another_root_that_is_open(folder: Path, root: Root, tmp_path: Path) -> None:
    write(tmp_path / "user", "a.md")
    (folder / "a.md").symlink_to(tmp_path / "user" / "a.md")
    user = Root("user", "user", str(tmp_path / "user"))
    Store([root, user]).commit(Change("test", (edit("a.md"),)))
    assert (tmp_path / "user" / "a.md").read_bytes() == OTHER
    locked = Root("user", "user", str(tmp_path / "user"), read_only=True)
    with pytest.raises(WriteFailed, match="outside"):
        Store([root, locked]).commit(Change("test", (edit("a.md", OTHER, AGENT),)))


def test_write_protected(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    (folder / "a.md").chmod(0o444)
    for each in (edit("a.md"), edit("a.md", AGENT, None)):
        assert "write-protected" in refused(root, each).reason


def test_no_file(folder: Path, root: Root) -> None:
    os.mkfifo(folder / "a.md")
    assert "a pipe, not a file" in refused(root, edit("a.md")).reason


def test_too_large(folder: Path, root: Root) -> None:
    write(folder, "a.md", data=b"x" * 1_048_577)
    assert "1 MiB" in refused(root, edit("a.md", b"x" * 1_048_576)).reason


@not_as_root
def test_folder_without_permission(folder: Path, root: Root) -> None:
    write(folder, "a.md", "sub/b.md")
    (folder / "sub").chmod(0o555)
    try:
        failure = refused(root, edit("a.md"), edit("sub/b.md"))
    finally:
        (folder / "sub").chmod(0o755)
    assert (failure.ref, failure.reason.partition(":")[0]) == (ref("sub/b.md"), "no permission to write here")


# What a file has besides bytes


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o755, 0o777, 0o4755, 0o2640])
def test_permissions_stay(folder: Path, root: Root, mode: int) -> None:
    write(folder, "a.md")
    (folder / "a.md").chmod(mode)
    commit(root, edit("a.md"))
    assert tree(folder) == {"a.md": (OTHER, mode)}


def test_permissions_go_with_a_new_name(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md")
    (folder / "a.md").chmod(0o600)
    (folder / "b.md").chmod(0o660)
    commit(root, edit("a.md", AGENT, None), edit("new.md", None, AGENT))
    assert tree(folder)["new.md"] == (AGENT, 0o600)
    commit(root, edit("other.md", None, OTHER), edit("b.md", AGENT, None))
    assert tree(folder)["other.md"] == (OTHER, 0o660)


@pytest.mark.usefixtures("no_trash")
@pytest.mark.parametrize("turned", [False, True], ids=["by hand", "undone"])
def test_permissions_go_with_new_names_and_texts_of_many_files(folder: Path, root: Root, turned: bool) -> None:
    modes = {"a": 0o600, "b": 0o660, "c": 0o644}
    pairs = [
        (edit(f"{name}.md", name.encode(), None), edit(f"{name}2.md", None, OTHER + name.encode())) for name in modes
    ]
    change = Change("test", tuple(chain.from_iterable(pairs)))
    if turned:
        change = change.inverse
    for gone in (each for each in change.edits if each.before):
        write(folder, gone.ref.path, data=gone.before or b"")
        (folder / gone.ref.path).chmod(modes[gone.ref.path[0]])
    Store([root]).commit(change)
    assert {name[0]: mode for name, (_, mode) in tree(folder).items()} == modes
    assert set(tree(folder)) == {each.ref.path for each in change.edits if each.after}


@as_root
def test_owner_stays(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    os.chown(folder / "a.md", 1234, 5678)
    (folder / "a.md").chmod(0o4750)
    commit(root, edit("a.md"))
    status = (folder / "a.md").stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 5678, 0o4750)


@pytest.mark.skipif(sys.platform != "linux", reason="Python knows extended attributes on Linux only")
def test_extended_attributes_stay(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    try:
        os.setxattr(folder / "a.md", "user.reviewed", b"yes")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    commit(root, edit("a.md"))
    assert os.getxattr(folder / "a.md", "user.reviewed") == b"yes"


def test_a_link_stays_and_its_target_is_written(folder: Path, root: Root) -> None:
    write(folder, "real/a.txt")
    (folder / "one.md").symlink_to("hop/two")
    (folder / "hop").symlink_to("chain")
    (folder / "chain").mkdir()
    (folder / "chain" / "two").symlink_to("../real/three")
    (folder / "real" / "three").symlink_to("a.txt")
    before = tree(folder)
    commit(root, edit("one.md"))
    assert tree(folder) == before | {"real/a.txt": (OTHER, 0o644)}


def test_a_file_in_a_linked_folder(folder: Path, root: Root) -> None:
    write(folder, "real/a.md")
    (folder / "link").symlink_to("real")
    commit(root, edit("link/a.md"), edit("link/new.md", None))
    assert tree(folder) == {"link": ("real", 0), "real/a.md": (OTHER, 0o644), "real/new.md": (OTHER, 0o644)}


def test_hard_links_stay_one_file(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    os.link(folder / "a.md", folder / "b.md")
    commit(root, edit("a.md"))
    assert tree(folder) == {"a.md": (OTHER, 0o644), "b.md": (OTHER, 0o644)}
    commit(root, edit("b.md", OTHER, b""))
    assert tree(folder) == {"a.md": (b"", 0o644), "b.md": (b"", 0o644)}
    assert (folder / "a.md").samefile(folder / "b.md")


def test_one_file_under_several_names_is_written_once(folder: Path, root: Root) -> None:
    write(folder, "a.md", "h.md")
    (folder / "l.md").symlink_to("a.md")
    os.link(folder / "h.md", folder / "k.md")
    commit(root, *map(edit, ("a.md", "l.md", "h.md", "k.md")))
    assert {data for data, _ in tree(folder).values()} == {OTHER, "a.md"}
    assert "same file as project:a.md" in refused(root, edit("a.md", OTHER, AGENT), edit("l.md", OTHER, b"")).reason


def test_deleting_a_link_leaves_its_target(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    (folder / "l.md").symlink_to("a.md")
    commit(root, edit("l.md", AGENT, None))
    assert tree(folder) == {"a.md": (AGENT, 0o644)}


def test_a_link_is_not_renamed(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    (folder / "l.md").symlink_to("a.md")
    assert "symbolic link" in refused(root, edit("l.md", AGENT, None), edit("new.md", None, AGENT)).reason


# Names


@pytest.fixture
def no_trash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where anything goes to the trash."""

    monkeypatch.setattr(rollback, "discard", lambda place, path: pytest.fail(f"{path} went to the trash"))


@pytest.mark.usefixtures("no_trash")
def test_a_rename_leaves_nothing_in_the_trash(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    commit(root, edit("a.md", AGENT, None), edit("b.md", None, AGENT))
    commit(root, edit("b.md", AGENT, None), edit("sub/c.md", None, OTHER))
    assert tree(folder) == {"sub/c.md": (OTHER, 0o644)}


@pytest.mark.usefixtures("no_trash")
def test_equal_files_renamed_at_once(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md", "c.md")
    commit(
        root, *(edit(name, AGENT, None) for name in ("a.md", "b.md")), *(edit(n, None, AGENT) for n in ("x.md", "y.md"))
    )
    assert set(tree(folder)) == {"c.md", "x.md", "y.md"}


def test_names_can_be_swapped(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    write(folder, "b.md", data=OTHER)
    commit(root, edit("a.md", AGENT, OTHER), edit("b.md", OTHER, AGENT))
    assert tree(folder) == {"a.md": (OTHER, 0o644), "b.md": (AGENT, 0o644)}


def test_a_change_of_case_alone(folder: Path, root: Root) -> None:
    write(folder, "reviewer.md")
    (folder / "reviewer.md").chmod(0o600)
    commit(root, edit("reviewer.md", AGENT, None), edit("Reviewer.md", None, OTHER))
    assert tree(folder) == {"Reviewer.md": (OTHER, 0o600)}


def test_a_name_that_differs_in_case_from_one_that_stands_there(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    if (folder / "A.md").exists():
        assert conflicting(root, edit("A.md", None)) == (ref("A.md"),)
    else:
        commit(root, edit("A.md", None))
        assert set(tree(folder)) == {"a.md", "A.md"}


def test_two_names_of_one_file_are_not_two_spellings_of_one_name(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    if (folder / "A.md").exists():
        pytest.skip("this file system takes both for one name")
    os.link(folder / "a.md", folder / "A.md")
    assert conflicting(root, edit("a.md", AGENT, None), edit("A.md", None)) == (ref("A.md"),)


def test_the_longest_name_that_the_system_takes(folder: Path, root: Root) -> None:
    name = "é" * 84 + "x" * 84 + ".md"
    commit(root, edit(name, None, AGENT))
    commit(root, edit(name))
    assert tree(folder) == {name: (OTHER, 0o644)}


def test_a_name_that_is_too_long(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    failure = refused(root, edit("a.md"), edit("x" * 300 + ".md", None))
    assert failure.reason == "the file name is too long for this file system: choose a shorter one"


def test_a_single_file_root_follows_new_names(folder: Path) -> None:
    write(folder, "a.md", "x.md")
    store = Store([Root("project", "project", str(folder), only=frozenset({"a.md"}))])
    library = store.load()
    store.commit(Change("rename", (edit("a.md", AGENT, None), edit("b.md", None, AGENT))))
    assert [agent.ref for agent in store.reload(library)] == [ref("b.md")]
