"""Marks: ranges, what a filter hides of them, what verbs act on."""

from __future__ import annotations

from agent_studio.ui.panes.status_line import StatusLine
from tests.ui.conftest import Studio
from tests.ui.driving import Driver


def marked(driver: Driver) -> list[bool]:
    """Which rows are marked."""
    return [agent.ref in driver.session.marks for agent in driver.session.shown]


def said_right(driver: Driver) -> str:
    """What verbs act on, as the status line says it."""
    return driver.main.query_one(StatusLine).render().plain.rpartition("  ")[2]


async def test_range_follows_the_cursor_until_it_is_ended(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("v")
        await driver.until(lambda: marked(driver) == [True, False, False])
        await driver.press("j", "j")
        await driver.until(lambda: marked(driver) == [True, True, True])
        await driver.press("k")
        await driver.until(lambda: marked(driver) == [True, True, False])
        await driver.press("v", "j")
        await driver.until(lambda: driver.session.cursor == driver.session.shown[2].ref)
        assert marked(driver) == [True, True, False]
        await driver.press("asterisk")
        await driver.until(lambda: marked(driver) == [False, False, True])


async def test_shift_marks_as_it_goes_and_a_plain_arrow_ends_it(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("shift+down", "shift+down", "shift+up")
        await driver.until(lambda: marked(driver) == [True, True, False])
        await driver.press("down")
        await driver.until(lambda: driver.session.cursor == driver.session.shown[2].ref)
        assert marked(driver) == [True, True, False]


async def test_escape_ends_the_range_before_it_clears_marks(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("v", "j", "escape", "j")
        await driver.until(lambda: driver.session.cursor == driver.session.shown[2].ref)
        assert marked(driver) == [True, True, False]
        await driver.press("escape")
        await driver.until(lambda: not driver.session.marks)


async def test_filter_keeps_marks_and_says_how_many_it_hides(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("A")
        await driver.until(lambda: said_right(driver) == "on 3 marked")
        await driver.press("slash")
        await driver.type("planner")
        await driver.until(lambda: said_right(driver) == "on 3 marked, 2 not shown")
        assert len(driver.session.targets) == 3
