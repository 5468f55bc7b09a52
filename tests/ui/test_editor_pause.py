"""The editing pane while a person runs through the list: it waits for a pause, and shows nothing of another row."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from agent_studio.ui.panes import editor
from tests.ui.desk import Desk, agent_of, ready
from tests.ui.waiting import until

FIRST = "---\nname: first\ndescription: Does things.\n---\nBody.\n"


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A pane whose pause is longer than any test."""
    monkeypatch.setattr(editor, "_PAUSE", 60.0)
    return Desk(agent_of(FIRST))


async def run_through(pilot: Pilot[None], desk: Desk) -> None:
    """Two other agents, one after the other."""
    await ready(pilot, desk)
    desk.set_focus(None)
    for number in range(2):
        desk.open(agent_of(FIRST.replace("first", "other"), f"{number}.md"))
        await pilot.pause()


async def test_running_through_agents_no_other_one_is_shown(desk: Desk) -> None:
    async with desk.run_test() as pilot:
        await run_through(pilot, desk)
        await until(pilot, lambda: not desk.shows("first"))
        assert not desk.shows("other")
        desk.open(agent_of(FIRST))
        await until(pilot, lambda: desk.shows("first"))


async def test_a_key_for_the_form_does_not_wait(desk: Desk) -> None:
    async with desk.run_test() as pilot:
        await run_through(pilot, desk)
        desk.pane.focus_first()
        await until(pilot, lambda: desk.shows("other") and desk.pane.has_focus_within)
