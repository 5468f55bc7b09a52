"""Changing a field of many agents: few keys, every line before it is written, one undo."""

from __future__ import annotations

import json
from pathlib import Path

from agent_studio.model.visible import is_hidden
from agent_studio.ui.dialogs.change_view import ChangeLines
from agent_studio.ui.panes.outcome_list import OutcomeList
from agent_studio.ui.screens.reassign import ReassignScreen
from tests.ui.conftest import FILES, PLANNER, REVIEWER, TESTER, Studio
from tests.ui.desk import HOSTILE
from tests.ui.driving import Driver


def screen(driver: Driver) -> ReassignScreen:
    """The reassign screen, which is in front."""
    assert isinstance(driver.app.screen, ReassignScreen)
    return driver.app.screen


def lines(driver: Driver) -> str:
    """What stands on the screen."""
    strips = driver.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def shows(driver: Driver, text: str) -> bool:
    """Whether the screen has a text."""
    return text in lines(driver)


async def test_model_of_37_found_by_a_query_in_five_keys_and_one_undo(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    before = {}
    for number in range(50):
        model, name = "opus" if number < 37 else "haiku", f"agent-{number}"
        before[name] = f"---\nname: {name}\ndescription: Does {number}.\nmodel: {model} # why\n---\nBody.\n".encode()
        (folder / f"{name}.md").write_bytes(before[name])
    async with studio(folder) as driver:
        await driver.press("slash")
        await driver.type("model:opus")
        await driver.press("enter")
        await driver.press("A", "B", "m", "s", "enter")
        await driver.until(lambda: "model=sonnet on 37 agents" in driver.said)
        for name, data in before.items():
            assert driver.data(f"{name}.md") == data.replace(b"opus", b"sonnet")
        assert len(driver.session.history.done) == 1
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        assert {name: driver.data(f"{name}.md") for name in before} == before


async def test_nothing_is_written_before_enter_and_everything_is_shown(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("A", "B")
        await driver.until(lambda: shows(driver, "3 marked"))
        await driver.press("m", "h")
        await driver.until(lambda: shows(driver, "after   haiku 3"))
        assert shows(driver, "before  unset 2, sonnet 1")
        assert shows(driver, "sonnet → haiku")
        assert shows(driver, "model: haiku   # the usual one")
        assert shows(driver, "Nothing is written yet.")
        await driver.press("escape", "escape")
        await driver.until(lambda: driver.app.screen is driver.main)
        assert {name: driver.data(name) for name in FILES} == FILES


async def test_skipped_ones_come_first_with_the_reason(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("A", "B", "t", "a")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Ask")
        await driver.type("WebFetch")
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "skipped 2: it has every tool"))
        outcomes = screen(driver).query_one(OutcomeList).outcomes
        assert [bool(outcome.skipped) for outcome in outcomes] == [True, True, False]
        assert outcomes[2].words == "+WebFetch"
        await driver.press("enter")
        await driver.until(lambda: "tester.md" in driver.said)
        assert driver.data("tester.md") == TESTER.replace(b"Read, Bash", b"Read, Bash, WebFetch")
        assert driver.data("reviewer.md") == REVIEWER


async def test_text_is_replaced_in_prompts(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("A", "B", "b", "r")
        await driver.type("You")
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "instead of You"))
        await driver.type("They")
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "before  You 3"))
        await driver.press("v")
        await driver.until(lambda: not screen(driver).query_one(OutcomeList).display)
        assert screen(driver).query_one(ChangeLines).display
        await driver.press("enter")
        await driver.until(lambda: "on 3 agents" in driver.said)
        assert driver.data("plans/planner.md") == PLANNER.replace(b"You plan", b"They plan")


async def test_field_without_a_letter_is_removed(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("planner")
        await driver.press("B", "o")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Rows")
        await driver.press("G", "enter")
        await driver.until(lambda: isinstance(driver.app.screen, ReassignScreen) and shows(driver, "planning"))
        await driver.press("0", "enter")
        await driver.until(lambda: "no category on " in driver.said and "planner.md" in driver.said)
        assert driver.data("plans/planner.md") == PLANNER.replace(b"category: planning\n", b"")


async def test_enter_without_a_choice_or_a_difference_writes_nothing(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("B", "enter")
        await driver.until(lambda: shows(driver, "Choose a field"))
        await driver.press("m", "s", "enter")
        await driver.until(lambda: shows(driver, "nothing to apply"))
        assert driver.data("reviewer.md") == REVIEWER


async def test_file_that_moved_on_is_not_overwritten(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("B", "m", "o")
        await driver.until(lambda: shows(driver, "after   opus 1"))
        theirs = REVIEWER.replace(b"sonnet", b"haiku")
        (driver.folder / "reviewer.md").write_bytes(theirs)
        await driver.press("enter")
        await driver.until(lambda: driver.app.screen is driver.main and "reviewer.md" in driver.said)
        assert driver.data("reviewer.md") == theirs


async def test_ticked_tools_are_added_and_taken(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("tester")
        await driver.press("t")
        await driver.until(lambda: shows(driver, "[x] Read") and shows(driver, "[ ] Agent"))
        await driver.press("space", "j", "j", "space")
        await driver.until(lambda: shows(driver, "- [ ] Read") and shows(driver, "+ [x] Agent"))
        await driver.press("enter")
        await driver.until(lambda: shows(driver, "+Agent") and shows(driver, "-Read"))
        assert driver.data("tester.md") == TESTER
        await driver.press("enter")
        await driver.until(lambda: "tester.md" in driver.said)
        assert driver.data("tester.md") == TESTER.replace(b"Read, Bash", b"Bash, Agent")


async def test_ticks_are_the_whole_list_where_nothing_restricts_the_tools(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("t")
        await driver.until(lambda: shows(driver, "Nothing restricts the tools yet"))
        await driver.press("space", "enter")
        await driver.until(lambda: shows(driver, "unset → Agent"))
        await driver.press("enter")
        await driver.until(lambda: "reviewer.md" in driver.said)
        assert b"\ntools: Agent\n" in driver.data("reviewer.md")


async def test_texts_from_files_are_shown_as_texts(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for number, text in enumerate(HOSTILE):
        header = f"name: agent-{number}\ndescription: d\nmodel: {json.dumps(text)}\n{json.dumps(text[:40])}: 1\n"
        (folder / f"{number}.md").write_text(f"---\n{header}---\n{text}\n", encoding="utf-8")
    async with studio(folder, (80, 24)) as driver:
        await driver.press("A", "B", "m", "s")
        await driver.until(lambda: shows(driver, "apply to"))
        assert not {char for char in lines(driver) if is_hidden(char) and char != "\n"}
        await driver.press("v")
        await driver.until(lambda: not screen(driver).query_one(OutcomeList).display)
        assert not {char for char in lines(driver) if is_hidden(char) and char != "\n"}
        await driver.press("escape", "escape", "o")
        await driver.until(lambda: type(driver.app.screen).__name__ == "Rows")
        await driver.press("G")
        await driver.until(lambda: shows(driver, "choose"))
        assert not {char for char in lines(driver) if is_hidden(char) and char != "\n"}
