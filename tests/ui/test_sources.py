"""What an agent can be compared with: by key from the list and from a comparison."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from textual.app import App

from agent_studio.ui.dialogs.ask import Ask
from agent_studio.ui.dialogs.pick import Pick
from agent_studio.ui.dialogs.rows import Rows
from agent_studio.ui.panes.compare import ComparePane, CompareTitle, ResultStrip
from agent_studio.ui.screens.compare import CompareScreen
from tests.ui.conftest import REVIEWER, Studio
from tests.ui.driving import Driver

RED = REVIEWER.replace(b"blue", b"red")


def git(folder: Path, *words: str) -> None:
    """A run of git with no configuration but the repository's own."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1"}
    names = ("-c", "user.name=N", "-c", "user.email=n@example.org")
    subprocess.run(["git", "-C", str(folder), *names, *words], env=environment, check=True, capture_output=True)


def commit(folder: Path, data: bytes, title: str) -> None:
    (folder / "reviewer.md").write_bytes(data)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", title)


@pytest.fixture
def repository(folder: Path) -> Path:
    """The agents in a repository, in which the reviewer was green once, then red, and is blue now."""
    git(folder, "init", "-qb", "main")
    commit(folder, REVIEWER.replace(b"blue", b"green"), "first")
    commit(folder, RED, "[b]second")
    (folder / "reviewer.md").write_bytes(REVIEWER)
    return folder


async def over(driver: Driver, kind: type) -> None:
    await driver.until(lambda: isinstance(driver.app.screen, kind) and not driver.app.screen.has_class("-loading"))


async def compared(driver: Driver) -> tuple[str, ...]:
    """What the two sides of the comparison that is shown are called."""
    await over(driver, CompareScreen)
    return tuple(f"{side.title} {side.note}" for side in driver.app.screen.query_one(CompareTitle).sides)


def colors(driver: Driver) -> tuple[object, object]:
    comparison = driver.app.screen.query_one(ComparePane).comparison
    assert comparison is not None
    return comparison.left.get("color"), comparison.right.get("color")


async def test_the_first_comparison_is_built_once_all_is_read_and_judged(studio: Studio) -> None:
    async with studio() as driver:
        app = driver.app
        await driver.until(lambda: app.is_screen_installed(CompareScreen.KEPT))
        kept = app.get_screen(CompareScreen.KEPT)
        await driver.until(lambda: kept.is_mounted)
        assert app.screen is driver.main
        await driver.press("space", "space", "equals_sign")
        await over(driver, CompareScreen)
        assert app.screen is kept


class Ending(App[None]):
    """An app that keeps the screen as it ends already, when Textual mounts nothing any more."""

    def on_mount(self) -> None:
        self.exit()
        CompareScreen.keep(self)


async def test_the_first_comparison_may_be_built_as_the_studio_ends() -> None:
    app = Ending()
    async with app.run_test():
        kept = app.get_screen(CompareScreen.KEPT)
    assert (kept.is_mounted, app.return_code) == (True, 0)


async def test_one_row_is_compared_with_its_nearest_twin(studio: Studio, folder: Path) -> None:
    (folder / "checker.md").write_bytes(REVIEWER.replace(b"name: reviewer", b"name: checker"))
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("equals_sign")
        names = await compared(driver)
        assert [name.partition(" ")[0] for name in names] == ["folder:reviewer.md", "folder:checker.md"]


async def test_of_three_marked_a_pair_is_picked_the_most_alike_first(studio: Studio, folder: Path) -> None:
    (folder / "checker.md").write_bytes(REVIEWER.replace(b"name: reviewer", b"name: checker"))
    async with studio() as driver:
        await driver.press("A", "equals_sign")
        await over(driver, Rows)
        await driver.press("enter")
        names = await compared(driver)
        assert {name.partition(" ")[0] for name in names} == {"folder:reviewer.md", "folder:checker.md"}
        await driver.press("escape", "equals_sign")
        await over(driver, Rows)
        await driver.press("j", "escape")
        await driver.until(lambda: driver.app.screen is driver.main)


async def test_with_git(studio: Studio, repository: Path) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("plus", "h")
        assert (await compared(driver))[0] == "folder:reviewer.md git HEAD"
        assert colors(driver) == ("red", "blue")
        await driver.press("plus", "c")
        await over(driver, Rows)
        await driver.press("G", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, CompareScreen) and len(driver.app.screen_stack) == 3)
        await compared(driver)
        assert colors(driver) == ("green", "blue")
        await driver.press("less_than_sign", "escape", "y", "escape")
        await driver.until(lambda: driver.app.screen is driver.main)
        await driver.press("plus", "r")
        await over(driver, Ask)
        await driver.press(*"HEAD", "tilde", "enter")
        await compared(driver)
        assert colors(driver) == ("green", "blue")


async def test_a_branch_is_merged_by_what_both_changed(studio: Studio, repository: Path) -> None:
    git(repository, "stash", "-q")
    git(repository, "checkout", "-qb", "theirs")
    commit(repository, RED.replace(b"sonnet", b"opus").replace(b"red", b"pink"), "theirs")
    git(repository, "checkout", "-q", "main")
    commit(repository, RED.replace(b"red", b"cyan"), "ours")
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("plus", "r")
        await over(driver, Ask)
        await driver.press(*"theirs", "enter")
        await over(driver, Pick)
        await driver.press("m")
        await compared(driver)
        assert colors(driver) == ("cyan", "pink")
        merging = driver.app.screen.query_one(ResultStrip).merging
        assert merging is not None
        assert [merging.difference(number).name for number in merging.undecided] == ["color"]
        assert merging.result.document.get("model") == "opus"


async def test_without_git_it_is_said_why(studio: Studio, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("plus", "h")
        await driver.until(lambda: "reviewer: " in driver.said)
        await driver.go_to("tester")
        await driver.press("plus", "c")
        await driver.until(lambda: "tester: " in driver.said)
        assert driver.app.screen is driver.main


async def test_with_any_file(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "else where.md").write_bytes(RED)
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("plus", "f")
        await over(driver, Ask)
        await driver.type(str(tmp_path / "nothing"))
        await driver.press("enter")
        assert isinstance(driver.app.screen, Ask)
        await driver.press("ctrl+u")
        await driver.type(str(tmp_path / "else where.md"))
        await driver.press("enter")
        assert (await compared(driver))[1].endswith("else where.md now")
        assert colors(driver) == ("blue", "red")


async def test_an_edit_with_the_file(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        ref = driver.session.cursor
        assert ref is not None
        document = driver.session.document(ref)
        assert document is not None
        driver.main.session = driver.session.edited(ref, type(document)(RED))
        await driver.press("plus", "d")
        assert await compared(driver) == ("folder:reviewer.md your edit", "folder:reviewer.md on disk")
        assert colors(driver) == ("red", "blue")
