"""The daily verbs by keys: what is on disk afterwards, and that one key takes it back."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from agent_studio.model.ref import Ref
from agent_studio.store.roots import find_roots
from agent_studio.ui.app import StudioApp
from agent_studio.ui.panes.filter_bar import FilterBar
from agent_studio.ui.panes.preview import Preview
from tests.ui.conftest import FILES, PLANNER, REVIEWER, TESTER, Studio
from tests.ui.driving import Driver


async def test_color_of_two_marked_by_nine_keys_and_back(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("slash")
        await driver.type("model:unset")
        await driver.press("enter", "space", "space")
        await driver.until(lambda: len(driver.session.marks) == 2)
        await driver.press("equals_sign")
        await driver.until(lambda: type(driver.app.screen).__name__ == "CompareScreen")
        await driver.press("escape", "c", "r")
        await driver.until(lambda: "color=red on 2 agents" in driver.said)
        assert driver.data("tester.md") == TESTER.replace(b"Bash\r\n", b"Bash\r\ncolor: red\r\n")
        assert driver.data("plans/planner.md") == PLANNER.replace(b"none\n", b"none\ncolor: red\n")
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        assert {name: driver.data(name) for name in FILES} == FILES


async def test_model_by_letter_changes_one_value(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("m", "o")
        await driver.until(lambda: "model=opus" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER.replace(b"model: sonnet", b"model: opus")


async def test_full_model_id(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("planner")
        await driver.press("m", "slash")
        await driver.type("claude-x-1")
        await driver.press("enter")
        await driver.until(lambda: "model=claude-x-1" in driver.said)
        assert b"\nmodel: claude-x-1\n" in driver.data("plans/planner.md")


async def test_zero_removes_and_dot_repeats(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("c", "0")
        await driver.until(lambda: "no color" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER.replace(b"color: blue\n", b"")
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        await driver.press("full_stop")
        await driver.until(lambda: "no color" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER.replace(b"color: blue\n", b"")


async def test_undo_and_redo_walk_the_history(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("c", "g", "m", "h")
        await driver.until(lambda: len(driver.session.history.done) == 2)
        both = driver.data("reviewer.md")
        await driver.press("u", "u")
        await driver.until(lambda: not driver.session.history.done)
        assert driver.data("reviewer.md") == REVIEWER
        await driver.press("U", "U")
        await driver.until(lambda: len(driver.session.history.done) == 2)
        assert driver.data("reviewer.md") == both


async def test_delete_asks_for_another_key_and_undo_brings_the_file_back(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("tester")
        await driver.press("d", "d", "escape")
        assert driver.data("tester.md") == TESTER
        await driver.press("d", "y")
        await driver.until(lambda: "delete" in driver.said)
        assert not (driver.folder / "tester.md").exists()
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        assert driver.data("tester.md") == TESTER


async def test_duplicate_gets_a_free_name_and_the_cursor(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("D")
        await driver.until(lambda: "copy of reviewer" in driver.said)
        assert driver.data("reviewer-2.md") == REVIEWER.replace(b"name: reviewer", b"name: reviewer-2")
        assert driver.session.current is not None
        assert driver.session.current.name == "reviewer-2"


async def test_rename_both(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("planner")
        await driver.press("r", "b", "ctrl+u")
        await driver.type("architect")
        await driver.press("enter")
        await driver.until(lambda: "rename planner to architect" in driver.said)
        assert driver.data("plans/architect.md") == PLANNER.replace(b"name: planner", b"name: architect")
        assert not (driver.folder / "plans/planner.md").exists()
        await driver.press("u")
        await driver.until(lambda: driver.said == "↶ undone: rename planner to architect · U redo")


async def test_new_from_template_refuses_a_name_that_the_host_drops(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("n")
        await driver.type("-x")
        await driver.press("enter")
        assert type(driver.app.screen).__name__ == "Ask"
        await driver.press("ctrl+u")
        await driver.type("helper one")
        await driver.press("enter")
        await driver.until((driver.folder / "helper-one.md").exists)
        await driver.until(lambda: driver.session.current is not None and driver.session.current.name == "helper one")


async def test_a_blocked_verb_says_why(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("u")
        assert driver.said == "nothing to undo"
        await driver.press("full_stop")
        assert "nothing to repeat" in driver.said


async def test_escape_clears_the_filter_then_the_marks(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("space", "slash")
        await driver.type("review")
        await driver.press("enter")
        await driver.until(lambda: len(driver.session.shown) == 1)
        await driver.press("escape")
        assert len(driver.session.shown) == 3
        assert len(driver.session.marks) == 1
        await driver.press("escape")
        assert not driver.session.marks


async def test_an_unknown_qualifier_is_said_beside_the_filter(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("slash")
        await driver.type("flavour:x")
        await driver.until(lambda: driver.session.listing.error is not None)
        assert len(driver.session.shown) == 3


async def test_what_is_typed_right_behind_the_filter_key_goes_into_the_filter(studio: Studio) -> None:
    async with studio() as driver:
        driver.main.action_do("list.filter")
        assert driver.app.focused is driver.main.query_one(FilterBar).query_one(Input)


async def test_park_and_back(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("x")
        await driver.until(lambda: "parked reviewer · u undo" in driver.said)
        assert driver.data("reviewer.md.parked") == REVIEWER
        assert not (driver.folder / "reviewer.md").exists()
        assert driver.session.cursor is not None
        assert driver.session.cursor.parked
        await driver.press("x")
        await driver.until(lambda: "unparked reviewer" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER
        await driver.press("u", "u")
        await driver.until(lambda: not driver.session.history.done)
        assert {name: driver.data(name) for name in FILES} == FILES


async def test_marks_and_cursor_go_with_what_is_parked(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("A", "x")
        await driver.until(lambda: "parked 3 agents" in driver.said)
        assert all(ref.parked for ref in driver.session.marks)
        assert len(driver.session.targets) == 3
        await driver.press("x")
        await driver.until(lambda: "unparked 3 agents" in driver.said)
        assert {name: driver.data(name) for name in FILES} == FILES


async def test_an_edited_agent_is_not_parked(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        driver.main.session = driver.session.edited(
            Ref("folder", "reviewer.md"), driver.session.agents[-1].document.with_body("Another.\n")
        )
        await driver.until(lambda: bool(driver.session.drafts) or driver.session.cursor is None)
        await driver.press("x")
        assert "save (^s) or revert" in driver.said
        assert driver.data("reviewer.md") == REVIEWER


async def test_sorted_by_a_key_and_reversed_by_the_same(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("s", "n")
        await driver.until(lambda: [agent.name for agent in driver.session.shown] == ["planner", "reviewer", "tester"])
        found = driver.main.query_one(FilterBar).found
        assert found.plain == "3 agents · sort name"
        await driver.press("s", "n")
        await driver.until(lambda: [agent.name for agent in driver.session.shown] == ["tester", "reviewer", "planner"])
        assert driver.main.query_one(FilterBar).found.plain == "3 agents · sort name reversed"
        await driver.press("s", "escape")
        assert driver.session.sort.by == "name"


async def test_views_of_the_preview(studio: Studio) -> None:
    async with studio(size=(80, 24)) as driver:
        preview = driver.main.query_one(Preview)
        await driver.press("w")
        await driver.until(lambda: preview.has_focus)
        modes = ["where"]
        for key in ("w", "P", "w", "p", "p", "P", "P", "w", "escape", "w", "escape", "j", "p"):
            await driver.press(key)
            modes.append(preview.mode)
        assert modes == [
            *("where", "source", "given", "where", "source", "rendered", "given"),
            *("source", "where", "where", "where", "where", "where", "rendered"),
        ]


async def test_a_copy_to_another_folder_and_when_it_is_live(tmp_path: Path) -> None:
    project, home = tmp_path / "shop", tmp_path / "home"
    (project / ".git").mkdir(parents=True)
    theirs = home / ".claude" / "agents"
    theirs.mkdir(parents=True)
    (theirs / "reviewer.md").write_bytes(REVIEWER)
    app = StudioApp(find_roots([], project, {}, home))
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(app, pilot, project)
        await driver.until(lambda: driver.is_loaded)
        await driver.press("c", "g")
        await driver.until(lambda: driver.said.endswith(" · u undo · live in Claude Code within seconds"))
        await driver.press("c", "r")
        await driver.until(lambda: driver.said.endswith("color=red on user:reviewer.md · u undo"))
        await driver.press("M", "c", "p")
        await driver.until(lambda: "copy reviewer to project · wins over user:reviewer.md" in driver.said)
        assert driver.said.endswith(" · u undo · restart Claude Code: this folder is new to it")
        copied = project / ".claude" / "agents" / "reviewer.md"
        assert copied.read_bytes() == REVIEWER.replace(b"blue", b"red")
        await driver.until(lambda: driver.session.cursor == Ref("project", "reviewer.md"))
        await driver.press("M", "c", "u")
        await driver.until(lambda: "exists already" in driver.said)
