"""Which entries below a root are read: links are followed but never in circles, and never without an end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent_studio.model.ref import Root
from agent_studio.store import walk as walking
from agent_studio.store.walk import Entry, walk
from tests.store.folders import not_as_root, write


def files(root: Root) -> dict[str, str | None]:
    return {entry.path: entry.target for entry in walk(root) if not entry.folder}


def troubles(root: Root) -> dict[str, str]:
    return {entry.path: entry.trouble for entry in walk(root) if entry.trouble}


def test_files_ending_in_md_in_any_depth_hidden_ones_too(folder: Path, root: Root) -> None:
    yes = ["a.md", ".hidden.md", "README.md", "x/y/z/b.md", ".git/c.md", "node_modules/d.md", ".md", "e.md/f.md"]
    write(folder, *yes, "a.md.bak", "a.md~", "md", "a.text", "a.parked", "a.md.parked.x")
    assert files(root) == dict.fromkeys(yes)


def test_files_that_were_set_aside_or_that_the_host_overlooks(folder: Path, root: Root) -> None:
    yes = ["a.MD", "a.markdown", "a.mdx", "a.txt", "a.md.parked", "a.md.disabled", "a.md.off"]
    write(folder, *yes)
    assert files(root) == dict.fromkeys(yes)


def test_nothing_there(root: Root, folder: Path) -> None:
    assert list(walk(root)) == []
    folder.rmdir()
    assert list(walk(root)) == []
    folder.touch()
    assert list(walk(root)) == []


def test_depth_first_in_the_order_of_the_file_system(folder: Path, root: Root) -> None:
    write(folder, *(f"{name}/{leaf}.md" for name in "cab" for leaf in "zyx"), "m.md", "q.md")
    expected: list[str] = []
    for entry in os.scandir(folder):
        below = [f"{entry.name}/{leaf.name}" for leaf in os.scandir(entry)] if entry.is_dir() else [entry.name]
        expected += below
    assert list(files(root)) == expected


def test_links_carry_their_target(folder: Path, root: Root, tmp_path: Path) -> None:
    outside = tmp_path.resolve() / "outside"
    write(outside, "one.text", "sub/two.md")
    (folder / "one.md").symlink_to(outside / "one.text")
    (folder / "team").symlink_to(os.path.relpath(outside, folder))
    assert files(root) == {"one.md": str(outside / "one.text"), "team/sub/two.md": str(outside / "sub" / "two.md")}


def test_a_root_behind_a_link_has_no_targets(folder: Path, root: Root, tmp_path: Path) -> None:
    folder.rmdir()
    write(tmp_path / "real", "a.md")
    folder.symlink_to(tmp_path / "real")
    assert files(root) == {"a.md": None}


def test_links_into_a_folder_that_is_being_read_are_not_followed(folder: Path, root: Root) -> None:
    write(folder, "a.md", "sub/b.md")
    (folder / "sub" / "self").symlink_to(".")
    (folder / "sub" / "top").symlink_to(folder)
    (folder / "sub" / "above").symlink_to(folder.parent)
    (folder / "self.md").symlink_to("self.md")
    paths = files(root)
    assert set(paths) == {"a.md", "sub/b.md", "self.md"}


def test_a_folder_reached_twice_is_read_where_it_is_met_first(folder: Path, root: Root) -> None:
    write(folder, "sub/b.md")
    (folder / "again").symlink_to("sub")
    met_first = os.listdir(folder)[0]
    target = None if met_first == "sub" else str(folder / "sub" / "b.md")
    assert files(root) == {f"{met_first}/b.md": target}


def test_a_link_to_very_many_folders_is_cut_short(
    folder: Path, root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "LINKED_FOLDERS", 5)
    for number in range(10):
        (tmp_path / "many" / "deep" / str(number)).mkdir(parents=True)
    write(folder, "a.md", "z/b.md")
    (folder / "many").symlink_to(tmp_path / "many")
    (trouble,) = [entry for entry in walk(root) if entry.trouble]
    assert (trouble.path, trouble.folder) == ("many", True)
    assert "more than 5 folders" in (trouble.trouble or "")
    assert set(files(root)) == {"a.md", "z/b.md"}


def test_crossing_links_come_to_an_end(folder: Path, root: Root) -> None:
    for number in range(30):
        (folder / str(number)).mkdir()
        for name in "xy":
            (folder / str(number) / name).symlink_to(f"../{number + 1}")
    assert sum(1 for _ in walk(root)) == 30
    assert not troubles(root)


def test_very_deep_folders(folder: Path, root: Root) -> None:
    deep = folder
    for _ in range(1_200):
        deep /= "d"
        deep.mkdir()
    try:
        assert len(list(walk(root))) == 1_200
    finally:
        os.removedirs(deep)  # what cleans up after tests recurses


@not_as_root
def test_a_folder_without_permission_is_told(folder: Path, root: Root) -> None:
    write(folder, "a.md", "sub/b.md")
    (folder / "sub").chmod(0)
    try:
        assert troubles(root) == {"sub": "no permission to read it"}
    finally:
        (folder / "sub").chmod(0o700)


def test_only_some_files(folder: Path, root: Root) -> None:
    write(folder, "a.md", "b.md")
    (folder / "l.md").symlink_to("a.md")
    some = Root("folder", "folder", str(folder), only=frozenset({"a.md", "gone.md", "l.md"}))
    assert list(walk(some)) == [Entry("a.md"), Entry("gone.md"), Entry("l.md", str(folder / "a.md"), is_link=True)]
