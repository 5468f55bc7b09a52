"""What is said of the row under the cursor, in the room that there is, and of keys that find nothing to work on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from agent_studio.ui.editors.form import FieldList
from agent_studio.ui.panes.editor import Target
from agent_studio.ui.panes.problems.problem_list import ProblemList
from agent_studio.ui.panes.problems.rows import Group, rows
from agent_studio.ui.panes.problems.why import Why, Words
from agent_studio.ui.screens.main import MainScreen
from tests.ui.conftest import Studio
from tests.ui.driving import Driver
from tests.ui.test_problems import MANY, finding, findings
from tests.ui.waiting import until


class Asked(App[None]):
    """Only what is said of a row."""

    def compose(self) -> ComposeResult:
        yield Why()


@pytest.mark.parametrize("size", [(80, 11), (40, 6), (100, 30)])
async def test_words_are_laid_out_for_the_room_that_there_is_and_never_end_midway(size: tuple[int, int]) -> None:
    app = Asked()
    async with app.run_test(size=(70, 8)) as pilot:
        found = finding("L002", "a.md", message="said " * 40)
        app.query_one(Why).show(findings(found), found)
        await pilot.resize_terminal(*size)
        words = app.query_one(Words)
        await until(pilot, lambda: app.query_one(Why).size.width == size[0] and words.size.width == size[0] - 2)
        said = words.render()
        assert isinstance(said, Content)
        lines = said.plain.split("\n")
        assert len(lines) <= words.size.height
        assert lines[0].startswith("⚠ L002")
        assert lines[0].endswith("/p/a.md:2")
        assert len(lines[0]) == words.size.width
        assert said.plain.rstrip().endswith(("…", "."))


async def test_a_file_is_told_by_its_own_problems_the_most_pressing_first() -> None:
    app = Asked()
    async with app.run_test() as pilot:
        group = next(row for row in rows(MANY.all, "file", ()) if isinstance(row, Group))
        app.query_one(Why).show(MANY, group)
        await pilot.pause()
        said = app.query_one(Words).render()
        assert isinstance(said, Content)
        title, *told = filter(None, said.plain.split("\n"))
        assert title.split() == ["✖", "b", "/p/b.md"]
        assert told == ["2 problems · 0 with a safe fix", "✖ L001 said", "· T001 said"]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


async def test_f8_says_what_it_went_to_and_passes_no_field_over(studio: Studio, folder: Path, alone: None) -> None:
    rights = "permissionMode: bypassPermissions\nmcpServers:\n  - a:\n      command: x\n"
    text = f"---\nname: body\ndescription: Use when tests fail.\n{rights}---\none\n"
    (folder / "body.md").write_text(text, encoding="utf-8")
    async with studio(size=(80, 24)) as driver:
        await driver.until(lambda: driver.main.findings.checked and not driver.main.has_class("-checking"))
        await driver.go_to("body")
        await driver.press("enter")
        await driver.until(lambda: driver.editor.focused_key == "name")
        for rule, place in (("T001", "tools"), ("S012", "permissionMode"), ("S011", (2, 7)), ("T001", "tools")):
            await driver.press("f8")
            await driver.until(partial(is_seen, driver, place))
            assert driver.said[2:].startswith(rule)


def is_seen(driver: Driver, place: Target) -> bool:
    """Whether the cursor is there, and all of its field in sight."""
    rows = driver.main.query(f"#row-{place}") if isinstance(place, str) else ()
    seen = driver.main.query_one(FieldList).region
    return driver.editor.place == place and all(seen.contains_region(row.region) for row in rows)


async def test_keys_say_why_they_find_nothing_to_mend(studio: Studio, alone: None) -> None:
    async with studio() as driver:
        main = driver.main
        await driver.until(lambda: main.findings.checked and not main.has_class("-checking"))
        await driver.press("exclamation_mark")
        await driver.until(lambda: isinstance(driver.app.focused, ProblemList))
        await driver.press("g", "home")
        for key in "fFp":
            main.say("")
            await driver.press(key)
            await driver.until(lambda: "of a file" in driver.said)
        main.problems.search = "nothing has this in it"
        await driver.until(lambda: main.problems.first is None)
        for key in ("f", "F", "p", "T", "enter"):
            main.say("")
            await driver.press(key)
            await driver.until(lambda: "nothing is listed" in driver.said)
            assert isinstance(driver.app.screen, MainScreen)
