"""The filter: what is suggested while one types, what cannot be understood, what it knows beside the files."""

from __future__ import annotations

from textual.widgets import Input, Static

from agent_studio.ui.panes.filter_bar import FilterBar
from tests.ui.conftest import Studio
from tests.ui.driving import Driver


def hint(driver: Driver) -> str:
    """What stands below the filter."""
    return str(driver.main.query_one("#hint", Static).render())


def typed(driver: Driver) -> str:
    """What stands in the filter."""
    return driver.main.query_one(FilterBar).query_one(Input).value


async def test_tab_takes_a_qualifier_and_then_a_value_that_occurs(studio: Studio) -> None:
    async with studio() as driver:
        await driver.press("slash")
        await driver.type("mo")
        await driver.until(lambda: hint(driver).startswith("⇥ model:"))
        await driver.press("tab")
        await driver.until(lambda: typed(driver) == "model:" and "sonnet 1" in hint(driver))
        await driver.type("s")
        await driver.until(lambda: hint(driver).startswith("⇥ sonnet"))
        await driver.press("tab")
        await driver.until(lambda: [agent.name for agent in driver.session.shown] == ["reviewer"])
        assert typed(driver) == "model:sonnet"


async def test_tab_in_an_empty_filter_goes_on(studio: Studio) -> None:
    async with studio() as driver:
        line = driver.main.query_one("#hint", Static)
        assert not line.display
        await driver.press("slash")
        await driver.until(lambda: line.display and "color:" in hint(driver))
        await driver.press("tab")
        await driver.until(lambda: not driver.main.query_one(FilterBar).has_focus_within)
        await driver.until(lambda: not line.display)
        assert typed(driver) == ""


async def test_mistake_is_said_below_and_left_out(studio: Studio) -> None:
    async with studio() as driver:
        bar = driver.main.query_one(FilterBar)
        await driver.press("slash")
        await driver.type("modle:opus plan")
        await driver.until(lambda: "did you mean model?" in hint(driver))
        assert bar.has_class("-wrong")
        assert [agent.name for agent in driver.session.shown] == ["planner"]
        await driver.press("enter")
        await driver.until(lambda: not bar.has_focus_within)
        assert driver.main.query_one("#hint", Static).display
        await driver.press("escape")
        await driver.until(lambda: not bar.has_class("-wrong"))
        assert len(driver.session.shown) == 3


async def test_filter_knows_marks_problems_and_the_time(studio: Studio) -> None:
    async with studio() as driver:
        await driver.until(lambda: driver.main.findings.checked)
        await driver.go_to("tester")
        await driver.press("space", "slash")
        await driver.type("is:marked")
        await driver.until(lambda: [agent.name for agent in driver.session.shown] == ["tester"])
        rule = driver.main.findings.all[0].rule.id
        broken = {one.problem.ref for one in driver.main.findings.all if one.rule.id == rule}
        await driver.press("ctrl+u")
        await driver.type(f"rule:{rule}")
        await driver.until(lambda: {agent.ref for agent in driver.session.shown} == broken)
        await driver.press("ctrl+u")
        await driver.type("age:1d")
        await driver.until(lambda: driver.session.filter == "age:1d" and len(driver.session.shown) == 3)
