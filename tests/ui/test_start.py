"""The start: little is loaded before the first picture, rows stand in it, and keys that come early are not lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from textual import constants

from agent_studio.model.history import Operation
from agent_studio.store.disk import Store
from agent_studio.store.drafts import Drafts
from agent_studio.store.roots import find_roots
from agent_studio.ui.app import StudioApp
from agent_studio.ui.dialogs.pick import Pick
from agent_studio.ui.panes.agent_list import AgentList
from agent_studio.ui.screens.main import MainScreen
from tests.conftest import ROOT
from tests.ui.waiting import until

LATER = (
    "agent_studio.model.checks.catalogue",
    "agent_studio.model.compare",
    "agent_studio.model.merge",
    "agent_studio.ui.editors",
    "agent_studio.ui.panes.preview",
    "markdown_it",
    "pygments",
    "rapidfuzz",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
    "watchfiles",
    "yaml",
)
"""Modules that only what comes behind the first picture needs."""


def app_over(folder: Path) -> StudioApp:
    return StudioApp(find_roots([folder], folder, {}, folder / "nobody"))


def test_the_first_picture_needs_none_of_what_comes_later() -> None:
    code = f"import sys, agent_studio.__main__, agent_studio.ui.app; print([m for m in {LATER} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


async def test_a_key_that_comes_before_everything_is_there_is_not_lost(folder: Path) -> None:
    app = app_over(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        assert app.query_one(AgentList).agents
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, Pick))


async def test_what_was_left_unsaved_is_back_before_anybody_can_edit(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "reviewer.md"
    last = Drafts()
    last.keep(str(path), path.read_bytes(), path.read_bytes() + b"More.\n")
    last.close()
    gate, recover = Event(), Store.recover
    monkeypatch.setattr(Store, "recover", lambda store: recover(store) if gate.wait(60) else [])
    app = app_over(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        await until(pilot, lambda: bool(app.query("DuplicatesPane")))
        assert not main.ready.is_set()
        gate.set()
        await until(pilot, main.ready.is_set)
        assert [draft.document.data[-6:] for draft in main.session.drafts.values()] == [b"More.\n"]


async def test_the_end_does_not_wait_for_what_is_taken_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = Event()

    def recover(_: Store) -> list[Operation]:
        gate.wait(60)
        return []

    monkeypatch.setattr(Store, "recover", recover)
    app = app_over(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        await until(pilot, main.furnished.is_set)
        main.leave(7)
        try:
            await until(pilot, lambda: app.return_code == 7)
        finally:
            gate.set()


def test_nothing_moves_by_itself_unless_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_ANIMATIONS", raising=False)
    assert StudioApp(()).animation_level == "none"
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "full")
    assert StudioApp(()).animation_level == constants.TEXTUAL_ANIMATIONS
