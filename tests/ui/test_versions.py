"""Undo, redo and history: over runs, over other programs' writes, and never over what they wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Static

from agent_studio.model.change import Change, Edit
from agent_studio.model.ref import Ref
from agent_studio.store.disk import Store
from agent_studio.store.roots import find_roots
from tests.ui.conftest import REVIEWER, TESTER, Studio
from tests.ui.driving import Driver
from tests.ui.in_terminal import ROOT

REF = Ref("folder", "reviewer.md")
GREEN = REVIEWER.replace(b"blue", b"green")


def elsewhere(folder: Path, before: bytes, after: bytes, title: str) -> None:
    """Another studio, or the command line, changes the reviewer."""
    Store(find_roots([folder], folder, {}, folder)).commit(Change(title, (Edit(REF, before, after),)))


async def over(driver: Driver, name: str) -> None:
    await driver.until(lambda: type(driver.app.screen).__name__ == name)


def asked(driver: Driver) -> str:
    """The question that lies over the screen, with its choices."""
    return str(driver.app.screen.query_one(Static).content)


async def test_undo_and_redo_in_a_later_run(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("c", "g")
        await driver.until(lambda: "color=green" in driver.said)
    async with studio() as driver:
        await driver.press("u")
        await driver.until(lambda: "undone: color=green" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER
    async with studio() as driver:
        await driver.press("U")
        await driver.until(lambda: "redone: color=green" in driver.said)
        assert driver.data("reviewer.md") == GREEN


async def test_what_another_studio_wrote_arrives_and_can_be_undone(studio: Studio) -> None:
    async with studio() as driver:
        elsewhere(driver.folder, REVIEWER, GREEN, "by command")
        await driver.until(lambda: [one.title for one in driver.session.history.done] == ["by command"])
        await driver.press("u")
        await driver.until(lambda: "undone: by command" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER


async def test_undo_over_what_another_program_wrote_takes_back_only_its_part(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("c", "g")
        await driver.until(lambda: len(driver.session.history.done) == 1)
        (driver.folder / "reviewer.md").write_bytes(GREEN + b"More.\n")
        await driver.press("u")
        await over(driver, "Pick")
        await driver.press("escape")
        assert driver.data("reviewer.md") == GREEN + b"More.\n"
        await driver.press("u")
        await over(driver, "Pick")
        await driver.press("equals_sign")
        await over(driver, "CompareScreen")
        await driver.press("escape")
        await over(driver, "Pick")
        await driver.press("m")
        await driver.until(lambda: "undone: color=green" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER + b"More.\n"
        await driver.until(lambda: not driver.session.history.done)


@pytest.mark.parametrize("theirs", [REVIEWER.replace(b"blue", b"red"), None])
async def test_undo_that_cannot_be_told_from_what_came_later_is_not_offered(
    studio: Studio, theirs: bytes | None
) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("c", "g")
        await driver.until(lambda: len(driver.session.history.done) == 1)
        path = driver.folder / "reviewer.md"
        path.unlink()
        if theirs:
            path.write_bytes(theirs)
        await driver.press("u")
        await over(driver, "Pick")
        await driver.press("m", "y", "enter", "escape")
        await over(driver, "MainScreen")
        assert (path.read_bytes() if path.exists() else None) == theirs
        assert len(driver.session.history.done) == 1


async def test_what_cannot_be_undone_can_be_left(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("tester")
        await driver.press("c", "g")
        await driver.go_to("reviewer")
        await driver.press("c", "g")
        await driver.until(lambda: len(driver.session.history.done) == 2)
        (driver.folder / "reviewer.md").unlink()
        await driver.press("u")
        await over(driver, "Pick")
        assert "cannot undo color=green: folder:reviewer.md changed" in asked(driver)
        assert "n leave it, undo the next one: color=green" in asked(driver)
        await driver.press("n")
        await driver.until(lambda: "undone: color=green" in driver.said)
        assert driver.data("tester.md") == TESTER
        await driver.press("u")
        await over(driver, "Pick")
        assert "leave it" not in asked(driver)


async def test_an_older_version_is_compared_and_brought_back(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("H")
        await driver.until(lambda: "nothing was done to it" in driver.said)
        await driver.press("c", "g", "m", "h")
        await driver.until(lambda: len(driver.session.history.done) == 2)
        now = driver.data("reviewer.md")
        await driver.press("H")
        await over(driver, "HistoryScreen")
        await driver.press("G", "enter")
        await over(driver, "CompareScreen")
        await driver.press("escape")
        await driver.press("w", "escape")
        assert driver.data("reviewer.md") == now
        await driver.press("w", "y")
        await driver.until(lambda: "bring back reviewer as it was before" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER
        await driver.press("u")
        await driver.until(lambda: "undone: bring back" in driver.said)
        assert driver.data("reviewer.md") == now


async def test_the_history_follows_an_agent_to_its_old_name(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("tester")
        await driver.press("x")
        await driver.until(lambda: "parked tester" in driver.said)
        await driver.press("H")
        await over(driver, "HistoryScreen")
        await driver.press("escape")
        await driver.press("x")
        await driver.until(lambda: "unparked tester" in driver.said)
        assert driver.data("tester.md") == TESTER


CRASH = """
import os, sys
from agent_studio.model.change import Change, Edit
from agent_studio.model.ref import Ref
from agent_studio.store import files
from agent_studio.store.disk import Store
from agent_studio.store.roots import find_roots

files.exchange = lambda *paths: os._exit(9)
folder = sys.argv[1]
data = open(f"{folder}/reviewer.md", "rb").read()
edit = Edit(Ref("folder", "reviewer.md"), data, b"")
Store(find_roots([folder], folder, {}, folder)).commit(Change("all red", (edit,)))
"""


@pytest.fixture
def crashed(folder: Path) -> None:
    """A studio has died while it wrote."""
    assert subprocess.run([sys.executable, "-c", CRASH, folder], check=False, cwd=ROOT).returncode == 9


@pytest.mark.usefixtures("crashed")
async def test_an_interrupted_change_is_taken_back_and_said(studio: Studio) -> None:
    async with studio() as driver:
        await driver.until(lambda: driver.said == "an interrupted change was taken back: all red")
        assert driver.data("reviewer.md") == REVIEWER
