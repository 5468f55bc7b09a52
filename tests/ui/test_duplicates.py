"""Duplicates by keys: found beside the interface, compared, marked, parked, gone to."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from agent_studio.model.agent import Agent
from agent_studio.model.checks import copies
from agent_studio.model.document import Document
from agent_studio.model.duplicates.finder import Finder
from agent_studio.model.duplicates.group import Group
from agent_studio.model.duplicates.nearness import Nearness
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.ui.agent_row import Row as AgentRow
from agent_studio.ui.looked import Looked
from agent_studio.ui.panes.duplicates import DuplicatesPane
from agent_studio.ui.panes.duplicates.duplicate_list import DuplicateList
from agent_studio.ui.panes.duplicates.rows import Heading, View, drawn, middle, rows
from agent_studio.ui.screens.compare import CompareScreen
from agent_studio.ui.twins import Twins
from tests.model.duplicates.libraries import TEXT, edited, library, written
from tests.ui.conftest import REVIEWER, TESTER, Studio
from tests.ui.desk import HOSTILE
from tests.ui.driving import Driver

PROMPT = " ".join(f"word{number}" for number in range(80))
LONG = f"---\nname: long\ndescription: Says much.\n---\n{PROMPT}\n".encode()
NEARLY = LONG.replace(b"name: long", b"name: nearly").replace(b"word79", b"other")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def folder(folder: Path) -> Path:
    """The three agents, a second one called reviewer, and two that say nearly the same."""
    (folder / "z.md").write_bytes(REVIEWER.replace(b"You review changes", b"You look at what others did"))
    (folder / "long.md").write_bytes(LONG)
    (folder / "nearly.md").write_bytes(NEARLY)
    return folder


def pane(driver: Driver) -> DuplicatesPane:
    return driver.main.query_one(DuplicatesPane)


def kinds(driver: Driver) -> list[tuple[str, list[str]]]:
    groups = driver.main.looked.duplicates.groups
    return [(group.kind, sorted(ref.path for ref in group.refs)) for group in groups]


async def open_pane(driver: Driver) -> None:
    await driver.until(lambda: driver.main.looked.done)
    await driver.press("number_sign")
    await driver.until(lambda: isinstance(driver.app.focused, DuplicateList) and pane(driver).rows.group is not None)


async def go_to(driver: Driver, path: str) -> None:
    """Put the cursor on an agent of a group."""
    await driver.press("home")
    for _ in range(20):
        if (ref := pane(driver).rows.ref) and ref.path == path:
            return
        await driver.press("j")
    raise AssertionError(path)


def test_the_rules_about_copies_compare_nothing_that_the_studio_has_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    held = library(*(written("abc"[place], edited(TEXT, place), f"{place}.md") for place in range(3)))
    monkeypatch.setattr(copies, "nearness", Nearness())
    looked = Twins().of(held, Event(), lambda _done, _of: None)
    monkeypatch.setattr("agent_studio.model.duplicates.nearness.runs", pytest.fail)
    told = {agent.ref: tuple((twin.ref, share) for share, twin in twins) for agent, twins in copies.copies(held)}
    assert looked is not None
    assert len(told) == 3
    assert told == looked.duplicates.near


async def test_they_are_found_by_kind_and_again_when_a_file_changes(studio: Studio) -> None:
    async with studio() as driver:
        await driver.until(lambda: driver.main.looked.done)
        assert kinds(driver) == [("same-name", ["reviewer.md", "z.md"]), ("near", ["long.md", "nearly.md"])]
        assert driver.session.known.duplicates is driver.main.looked.duplicates
        (driver.folder / "copy.md").write_bytes(TESTER.replace(b"name: tester", b"name: copy"))
        await driver.until(lambda: ("same-body", ["copy.md", "tester.md"]) in kinds(driver))


async def test_the_list_says_how_many_are_alike_without_being_loud(studio: Studio) -> None:
    async with studio() as driver:
        await driver.until(lambda: driver.main.looked.done)
        long = next(agent for agent in driver.session.agents if agent.name == "long")
        assert AgentRow(long, alike=driver.main.looked.sizes[long.ref]).state() == [("⇄2", "muted")]


async def test_all_but_the_one_to_keep_are_marked_and_go_to_the_trash(studio: Studio) -> None:
    async with studio() as driver:
        await open_pane(driver)
        group = pane(driver).rows.group
        assert isinstance(group, Group)
        assert group.winner is not None
        (rest,) = set(group.refs) - {group.winner}
        await driver.press("A")
        await driver.until(lambda: driver.session.marks == {rest})
        await driver.press("d", "y")
        await driver.until(lambda: not (driver.folder / rest.path).exists())
        assert (driver.folder / group.winner.path).exists()
        await driver.until(lambda: kinds(driver) == [("near", ["long.md", "nearly.md"])])
        await driver.press("u")
        await driver.until((driver.folder / rest.path).exists)


async def test_a_group_has_nobody_to_trash_until_some_are_marked(studio: Studio) -> None:
    async with studio() as driver:
        await open_pane(driver)
        await driver.press("d")
        await driver.until(lambda: "A marks all" in driver.said)
        assert driver.app.screen is driver.main


async def test_marking_the_rest_again_takes_the_marks_away(studio: Studio) -> None:
    async with studio() as driver:
        await open_pane(driver)
        await driver.press("space")
        await driver.until(lambda: len(driver.session.marks) == 1)
        await driver.press("space")
        await driver.until(lambda: not driver.session.marks)


async def test_one_agent_is_compared_parked_and_gone_to(studio: Studio) -> None:
    async with studio() as driver:
        await open_pane(driver)
        await go_to(driver, "nearly.md")
        await driver.press("equals_sign")
        await driver.until(lambda: isinstance(driver.app.screen, CompareScreen))
        screen = driver.app.screen
        assert isinstance(screen, CompareScreen)
        assert [side.title.rpartition(":")[2] for side in screen.sides] == ["long.md", "nearly.md"]
        await driver.press("escape")
        await driver.until(lambda: driver.app.screen is driver.main)
        await driver.press("x")
        await driver.until((driver.folder / "nearly.md.parked").exists)
        await go_to(driver, "long.md")
        await driver.press("enter")
        await driver.until(lambda: driver.session.current is not None and driver.session.current.name == "long")
        assert driver.main.pane == "list"


async def test_a_heading_stands_for_all_groups_of_its_kind(studio: Studio, folder: Path) -> None:
    for name in ("y.md", "deep/x.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(TESTER)
    async with studio() as driver:
        await open_pane(driver)
        await driver.press("home", "A")
        await driver.until(lambda: len(driver.session.marks) == 3)
        assert "3 marked, one of each of 2 groups is kept · prompts differ in 1 of them" in driver.said
        names = [ref for kind, refs in kinds(driver) if kind == "same-name" for ref in refs]
        assert driver.session.marks < {Ref("folder", name) for name in names}
        await driver.press("right_square_bracket")
        await driver.until(lambda: pane(driver).rows.current == Heading("identical", 1))
        await driver.press("asterisk", "A", "d", "y")
        await driver.until(lambda: pane(driver).rows.current == Heading("nearly the same prompt", 1))
        assert len(driver.session.library) == 6
        await driver.press("left_square_bracket")
        await driver.until(lambda: pane(driver).rows.row == 0)


async def test_a_kind_folds_away(studio: Studio) -> None:
    async with studio() as driver:
        await open_pane(driver)
        await driver.press("home", "enter")
        await driver.until(lambda: isinstance(pane(driver).rows._lines[1], Heading))
        await driver.press("escape")
        await driver.until(lambda: driver.main.pane == "list")


def agent(path: str, text: str) -> Agent:
    return Agent(Ref("folder", path), f"/agents/{path}", Document(text.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("width", [56, 78, 158])
def test_no_row_is_wider_than_the_list_or_holds_what_a_terminal_obeys(hostile: str, width: int) -> None:
    text = f"---\nname: {hostile!r}\ndescription: Says much.\nmodel: {hostile!r}\n---\n{PROMPT}\n"
    agents = [agent("one.md", text), agent("two.md", text), agent(f"{hostile}.md".replace("/", "-"), text + "more\n")]
    library = Library((Root("folder", "folder", "/agents"),), {one.ref: one for one in agents})
    looked = Looked(library, Finder().find(library), done=True)
    listed = list(rows(looked, ()))
    assert len(listed) > 3
    for row in listed:
        line = "".join(piece.text for piece in drawn(row, looked, View(library), width))
        assert cell_len(line) <= width
        assert line.isprintable()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.integers(2, 40))
def test_both_ends_of_a_text_fit(text: str, width: int) -> None:
    assert cell_len(middle(text, width)) <= width
