"""The colors in use, and balancing them by one key, after a look."""

from __future__ import annotations

from pathlib import Path

from tests.ui.conftest import Studio
from tests.ui.driving import Driver


def shows(driver: Driver, text: str) -> bool:
    """Whether the screen has a text."""
    strips = driver.app.screen._compositor.render_strips()
    return any(text in "".join(segment.text for segment in strip) for strip in strips)


async def test_colors_are_balanced_after_a_look_and_one_undo(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "red"
    folder.mkdir()
    for number in range(4):
        text = f"---\nname: agent-{number}\ndescription: Does {number}.\ncolor: red\n---\nBody.\n"
        (folder / f"agent-{number}.md").write_text(text)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    async with studio(folder) as driver:
        await driver.press("C")
        await driver.until(lambda: shows(driver, "6 pairs used together with one color"))
        assert shows(driver, "agent-0, agent-1, agent-2, agent-3")
        await driver.press("b")
        await driver.until(lambda: shows(driver, "balance the colors of 3 agents"))
        assert {name: driver.data(name) for name in before} == before
        await driver.press("enter")
        await driver.until(lambda: "balance the colors" in driver.said)
        assert len({agent.reading.color for agent in driver.session.agents}) == 4
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        assert {name: driver.data(name) for name in before} == before


async def test_even_colors_are_left_as_they_are(studio: Studio) -> None:
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("space", "C")
        await driver.until(lambda: shows(driver, "no two have one color"))
        await driver.press("b")
        await driver.until(lambda: "even already" in driver.said)
