"""What other programs do is noticed, whatever they do it to and whatever goes wrong with the watching."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from agent_studio.model.ref import Root
from agent_studio.store import watch as watching
from tests.store.folders import write
from tests.store.watched import Watched, watched


@pytest.fixture(autouse=True)
def only_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """No look at everything within a test, so that an event that was missed shows."""
    monkeypatch.setattr(watching, "RECONCILE", 1_000.0)


async def test_create_edit_replace_rename_delete(folder: Path, root: Root) -> None:
    write(folder, "edited.md", "replaced.md", "renamed.md", "deleted.md", "sub/deep/a.md")
    async with watched(root) as watch:
        write(folder, "new.md")
        await watch.told(folder / "new.md")
        write(folder, "edited.md", data=b"")
        await watch.told(folder / "edited.md")
        write(folder, "temporary")
        (folder / "temporary").replace(folder / "replaced.md")
        await watch.told(folder / "replaced.md")
        (folder / "renamed.md").rename(folder / "other.md")
        await watch.told(folder / "renamed.md", folder / "other.md")
        (folder / "deleted.md").unlink()
        await watch.told(folder / "deleted.md")
        write(folder, "sub/deep/a.md", data=b"")
        await watch.told(folder / "sub" / "deep" / "a.md")
        assert watch.paths == {
            str(folder / name)
            for name in ("new edited replaced renamed other deleted sub/deep/a".replace(" ", ".md ") + ".md").split()
        }


async def test_an_event_takes_less_than_a_look_around(folder: Path, root: Root) -> None:
    async with watched(root) as watch:
        begun = time.monotonic()
        write(folder, "a.md")
        await watch.told(folder / "a.md")
        assert time.monotonic() - begun < 3


async def test_other_files_say_nothing(folder: Path, root: Root) -> None:
    async with watched(root) as watch:
        write(folder, ".a.md.12345678.agst-tmp", "a.md~", ".a.md.swp", "4913", "notes.txt")
        write(folder, "a.md")
        await watch.told(folder / "a.md")
        assert watch.paths == {str(folder / "a.md")}


async def test_new_folders_are_watched_at_once(folder: Path, root: Root) -> None:
    deep = folder / "new" / "deep"
    async with watched(root) as watch:
        async with watch.looking():
            deep.mkdir(parents=True)
        await watch.told_of(lambda: write(deep, "a.md"), deep / "a.md")


async def test_a_renamed_folder_is_watched_under_its_new_name(folder: Path, root: Root) -> None:
    write(folder, "sub/a.md")
    async with watched(root) as watch:
        async with watch.looking():
            os.rename(folder / "sub", folder / "sup")
        await watch.told_of(lambda: write(folder, "sup/a.md"), folder / "sup" / "a.md")


async def test_a_root_that_comes_into_being(folder: Path, root: Root) -> None:
    project = folder.parent.parent
    shutil.rmtree(folder.parent)
    async with watched(root) as watch:
        write(project, "noise.md")
        async with watch.looking():
            os.makedirs(folder)
        await watch.told_of(lambda: write(folder, "a.md"), folder / "a.md")
        assert str(project / "noise.md") not in watch.paths


async def test_a_root_that_goes_and_comes_back(folder: Path, root: Root) -> None:
    write(folder, "a.md")
    async with watched(root) as watch:
        async with watch.looking():
            shutil.rmtree(folder)
        await watch.told_of(lambda: write(folder, "b.md"), folder / "b.md")


async def test_what_links_lead_to_is_told_by_the_links(folder: Path, root: Root, tmp_path: Path) -> None:
    write(tmp_path / "team", "sub/a.md")
    write(tmp_path / "dotfiles", "b.txt", "noise.md")
    (folder / "team").symlink_to(tmp_path / "team")
    (folder / "b.md").symlink_to(tmp_path / "dotfiles" / "b.txt")
    async with watched(root) as watch:
        write(tmp_path / "dotfiles", "noise.md", data=b"")
        write(tmp_path / "team", "sub/a.md", "sub/new.md", data=b"")
        write(tmp_path / "dotfiles", "b.txt", data=b"")
        below = folder / "team" / "sub"
        await watch.told(below / "a.md", below / "new.md", folder / "b.md")
        assert watch.paths == {str(path) for path in (below / "a.md", below / "new.md", folder / "b.md")}


async def test_a_link_made_later(folder: Path, root: Root, tmp_path: Path) -> None:
    write(tmp_path / "team", "a.md")
    async with watched(root) as watch:
        async with watch.looking():
            (folder / "team").symlink_to(tmp_path / "team")
        await watch.told_of(lambda: write(tmp_path / "team", "a.md"), folder / "team" / "a.md")


async def test_a_root_behind_a_link(folder: Path, root: Root, tmp_path: Path) -> None:
    os.rename(folder, tmp_path / "real")
    os.symlink(tmp_path / "real", folder)
    async with watched(root) as watch:
        write(tmp_path / "real", "a.md")
        await watch.told(folder / "a.md")


async def test_single_files(folder: Path) -> None:
    write(folder, "a.md")
    root = Root("folder", "folder", str(folder), only=frozenset({"a.md", "missing.md"}))
    async with watched(root) as watch:
        write(folder, "other.md")
        (folder / "a.md").unlink()
        write(folder, "a.md", "missing.md")
        await watch.told(folder / "a.md", folder / "missing.md")
        assert watch.paths == {str(folder / "a.md"), str(folder / "missing.md")}


async def test_a_thousand_files_at_once(folder: Path, root: Root) -> None:
    async with watched(root) as watch:
        names = [f"{number}.md" for number in range(1_000)]
        write(folder, *names)
        await watch.told(*(folder / name for name in names))


async def test_everything_is_looked_at_now_and_then(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "RECONCILE", 0.01)
    async with watched(root) as watch:
        await watch.until(lambda: watch.looks > 3)


async def test_where_nothing_can_be_watched_everything_is_looked_at(
    folder: Path, root: Root, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = watchfiles.watch
    failures = [OSError("OS file watch limit reached"), RuntimeError("the watcher died"), FileNotFoundError("gone")]

    def failing(*paths: str, **options: Any) -> Iterator[set[tuple[watchfiles.Change, str]]]:
        if failures:
            raise failures.pop()
        yield from real(*paths, **options)

    monkeypatch.setattr(watching, "POLL", 0.01)
    monkeypatch.setattr(watchfiles, "watch", failing)
    async with watched(root) as watch:
        await watch.until(lambda: watch.looks > 3)
        assert not failures
        write(folder, "a.md")
        await watch.told(folder / "a.md")


async def test_it_stops_at_once(root: Root) -> None:
    async with watched(root) as watch:
        watch.stop.set()
        begun = time.monotonic()
        await watch.task
    assert time.monotonic() - begun < 3


async def test_it_can_be_cancelled(root: Root) -> None:
    watch = Watched([root])
    await watch.until(lambda: watch.looks > 0)
    watch.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watch.task


def test_watchfiles_is_imported_by_watching_only() -> None:
    code = "import sys, agent_studio.store.watch, agent_studio.store.disk; print('watchfiles' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
