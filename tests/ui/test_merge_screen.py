"""Merging two agents by key: what is chosen, what is shown, and what is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import TextArea

from agent_studio.model.visible import is_hidden
from agent_studio.ui.dialogs.merge_view import MergeView
from agent_studio.ui.dialogs.own_text import OwnText
from agent_studio.ui.dialogs.pick import Pick
from agent_studio.ui.panes.compare import ComparePane, ResultStrip
from agent_studio.ui.panes.status_line import StatusLine
from agent_studio.ui.screens.compare import CompareScreen
from tests.ui.compared import HOSTILE
from tests.ui.conftest import Studio
from tests.ui.driving import Driver

ONE = b"---\r\n# mine\r\nname: one\r\ndescription: Use it: for code\r\ncolor: blue   # loud\r\n---\r\nBe kind.\r\n"
TWO = b"---\nname: one\ndescription: Use it for all code.\ntools: Read, Grep\ncolor: red\n---\nBe kind.\n\nBe brief.\n"
FILES = {"one.md": ONE, "two.md": TWO}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two agents of one name: the first is tolerated, has a comment, and ends its lines otherwise."""
    place = tmp_path / "agents"
    place.mkdir()
    for name, data in FILES.items():
        (place / name).write_bytes(data)
    return place


async def compared(driver: Driver) -> CompareScreen:
    await driver.press("A", "equals_sign")
    return await shown(driver)


async def shown(driver: Driver) -> CompareScreen:
    await driver.until(
        lambda: isinstance(driver.app.screen, CompareScreen) and not driver.app.screen.has_class("-loading")
    )
    assert isinstance(driver.app.screen, CompareScreen)
    return driver.app.screen


async def viewed(driver: Driver) -> MergeView:
    await driver.press("w")
    await driver.until(lambda: isinstance(driver.app.screen, MergeView))
    assert isinstance(driver.app.screen, MergeView)
    return driver.app.screen


def said_of(screen: CompareScreen) -> str:
    return screen.query_one(ResultStrip).render().plain


async def written(driver: Driver) -> None:
    await driver.press("y")
    await driver.until(lambda: "✔ merge into" in driver.said)


async def test_one_field_taken_across_changes_one_line_and_one_undo_takes_it_back(studio: Studio) -> None:
    async with studio() as driver:
        screen = await compared(driver)
        await driver.press("n", "n", "less_than_sign")
        assert "color: from B" in said_of(screen)
        await viewed(driver)
        assert driver.data("one.md") == ONE
        await written(driver)
        assert driver.data("one.md") == ONE.replace(b"blue", b"red")
        assert driver.data("two.md") == TWO
        assert driver.session.cursor is not None
        await driver.press("u")
        await driver.until(lambda: "undone: merge into" in driver.said)
        assert driver.data("one.md") == ONE


async def test_the_first_choice_says_where_the_merge_goes(studio: Studio) -> None:
    async with studio() as driver:
        await compared(driver)
        await driver.press("n", "n", "greater_than_sign")
        await viewed(driver)
        await written(driver)
        assert driver.data("two.md") == TWO.replace(b"red", b"blue")
        assert driver.data("one.md") == ONE


async def test_the_other_file_goes_to_the_trash_and_comes_back_with_one_undo(studio: Studio) -> None:
    async with studio() as driver:
        await compared(driver)
        await driver.press("greater_than_sign")
        view = await viewed(driver)
        await driver.press("t")
        await driver.until(lambda: view._writing.trashing)
        await written(driver)
        assert not (driver.folder / "one.md").exists()
        assert b"description: Use it: for code" in driver.data("two.md").replace(b'"', b"")
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        assert [driver.data(name) for name in FILES] == [ONE, TWO]


async def test_all_from_one_side_into_a_new_file(studio: Studio) -> None:
    async with studio() as driver:
        await compared(driver)
        await driver.press("n", "n", "n", "space", "A")
        view = await viewed(driver)
        await driver.press("n", *"two", "enter")
        assert not isinstance(driver.app.screen, MergeView)
        await driver.press("full_stop", *"new", "enter")
        await driver.until(lambda: driver.app.screen is view and view._writing.new is not None)
        await written(driver)
        assert (driver.folder / "two.new.md").read_bytes() == ONE + b"\r\nBe brief.\r\n"
        assert [driver.data(name) for name in FILES] == [ONE, TWO]


async def test_choices_are_toggled_and_taken_back(studio: Studio) -> None:
    async with studio(size=(80, 24)) as driver:
        screen = await compared(driver)
        pane = screen.query_one(ComparePane)
        assert "0 of 4 decided, the rest as in A" in said_of(screen)
        for choice in ("right", "left", "right"):
            await driver.press("space")
            assert pane.choices[1] == choice
        await driver.press("B")
        assert set(pane.choices.values()) == {"right"}
        assert len(pane.choices) == 4
        await driver.press("u")
        assert pane.choices == {1: "right"}
        await driver.press("u", "u", "u", "u")
        assert pane.choices == {}
        assert "no choice to take back" in screen.query_one(StatusLine).message
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, CompareScreen))


async def test_choices_are_kept_when_the_sides_are_swapped_and_asked_about_when_one_leaves(studio: Studio) -> None:
    async with studio() as driver:
        screen = await compared(driver)
        pane = screen.query_one(ComparePane)
        await driver.press("less_than_sign", "n", "greater_than_sign", "x")
        await driver.until(lambda: pane.comparison is not None and pane.comparison.left.data == TWO)
        assert dict(pane.choices) == {1: "left", 2: "right"}
        await driver.press("i")
        await driver.until(lambda: pane.comparison is not None and pane.comparison.loose)
        assert dict(pane.choices) == {1: "left", 2: "right"}
        await driver.press("escape")
        await driver.until(lambda: isinstance(driver.app.screen, Pick))
        await driver.press("escape")
        await shown(driver)
        await driver.press("q", "y")
        await driver.until(lambda: not isinstance(driver.app.screen, CompareScreen | Pick))
        assert [driver.data(name) for name in FILES] == [ONE, TWO]
        assert await compared(driver) is screen
        assert not pane.choices
        assert "0 of 4 decided" in said_of(screen)
        await driver.press("escape")
        await driver.until(lambda: not isinstance(driver.app.screen, CompareScreen | Pick))


async def test_a_file_that_changed_meanwhile_is_not_written_over(studio: Studio) -> None:
    async with studio() as driver:
        screen = await compared(driver)
        await driver.press("n", "n", "less_than_sign")
        await viewed(driver)
        theirs = ONE.replace(b"kind", b"careful")
        (driver.folder / "one.md").write_bytes(theirs)
        await driver.press("y")
        await driver.until(lambda: "Nothing was written" in screen.query_one(StatusLine).message)
        await driver.until(lambda: screen.query_one(ComparePane).comparison is not None and "careful" in _left(screen))
        assert driver.data("one.md") == theirs
        assert list(screen.query_one(ComparePane).choices.values()) == ["right"]
        await viewed(driver)
        await written(driver)
        assert driver.data("one.md") == theirs.replace(b"blue", b"red")


def _left(screen: CompareScreen) -> str:
    comparison = screen.query_one(ComparePane).comparison
    return comparison.left.text if comparison else ""


async def test_a_difference_is_written_by_hand(studio: Studio) -> None:
    async with studio() as driver:
        await compared(driver)
        await driver.press("n", "e")
        await driver.until(lambda: isinstance(driver.app.screen, OwnText))
        area = driver.app.screen.query_one(TextArea)
        assert area.text == "Read\nGrep"
        area.text = "Read\n Bash \n\n"
        await driver.press("ctrl+s")
        await shown(driver)
        await driver.press("n", "e")
        await driver.until(lambda: isinstance(driver.app.screen, OwnText))
        driver.app.screen.query_one(TextArea).text = "mauve"
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, OwnText)
        driver.app.screen.query_one(TextArea).text = "cyan"
        await driver.press("ctrl+s")
        screen = await shown(driver)
        assert "color: your own" in said_of(screen)
        await viewed(driver)
        await written(driver)
        assert b"color: cyan   # loud\r\n" in driver.data("one.md")
        assert b"tools: Read, Bash\r\n" in driver.data("one.md")


async def test_nothing_chosen_writes_nothing(studio: Studio) -> None:
    async with studio() as driver:
        await compared(driver)
        await viewed(driver)
        await driver.press("y")
        assert isinstance(driver.app.screen, MergeView)
        await driver.press("escape", "escape")
        await driver.until(lambda: not isinstance(driver.app.screen, CompareScreen | MergeView))
        assert not driver.session.history.done


async def test_only_what_both_changed_is_asked_where_a_file_changed_under_an_edit(studio: Studio) -> None:
    async with studio() as driver:
        two = next(agent.ref for agent in driver.session.agents if agent.ref.path == "two.md")
        driver.main.go_to(two)
        document = driver.session.document(two)
        assert document is not None
        mine = TWO.replace(b"red", b"pink").replace(b"Be kind.", b"Be very kind.")
        driver.main.session = driver.session.edited(two, type(document)(mine))
        (driver.folder / "two.md").write_bytes(TWO.replace(b"red", b"green").replace(b"Grep", b"Glob"))
        await driver.until(lambda: driver.session.outside(two) == "changed")
        driver.main.action_do("form.compare_disk")
        screen = await shown(driver)
        merging = screen.query_one(ResultStrip).merging
        assert merging is not None
        assert [merging.difference(number).name for number in merging.undecided] == ["color"]
        await driver.press("x", "i")
        screen.query_one(ComparePane).pick(merging.undecided[0])
        await driver.press("less_than_sign")
        await viewed(driver)
        await written(driver)
        assert driver.data("two.md") == mine.replace(b"pink", b"green").replace(b"Grep", b"Glob")
        assert not driver.session.drafts
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_hostile_text_is_harmless_in_every_part(studio: Studio, folder: Path, size: tuple[int, int]) -> None:
    body = "\n".join(HOSTILE).encode()
    (folder / "one.md").write_bytes(b'---\nname: "[/nope]\\e[31m"\n"[b]\\u202e": 1\n---\n' + body)
    (folder / "two.md").write_bytes(TWO)
    async with studio(size=size) as driver:
        await compared(driver)
        for key in ("less_than_sign", "n", "greater_than_sign", "n", "space", "G", "space", "B"):
            await driver.press(key)
        await viewed(driver)
        assert not any(is_hidden(char) for line in screen_of(driver) for char in line)
        await driver.press("escape")
        await shown(driver)
        await driver.press("e")
        await driver.until(lambda: isinstance(driver.app.screen, OwnText | CompareScreen))
        assert not any(is_hidden(char) for line in screen_of(driver) for char in line)


def screen_of(driver: Driver) -> list[str]:
    """What stands on the screen, line by line."""
    return ["".join(segment.text for segment in line) for line in driver.app.screen._compositor.render_strips()]
