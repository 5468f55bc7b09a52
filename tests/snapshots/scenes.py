"""Scenes: named situations of the studio over the demo collection, the same in tests and in the README's pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import Input

from agent_studio.store.demo import copy_to
from agent_studio.store.roots import find_roots
from agent_studio.ui.app import StudioApp
from agent_studio.ui.screens.main import MainScreen
from tests.ui.waiting import until

NOW = 1_800_000_000.0
"""The clock of every scene, in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is pressed after the demo collection was opened, and what shows that the scene is reached."""

    name: str
    keys: tuple[str, ...] = ()
    reached: Callable[[StudioApp], bool] = lambda app: True
    empty: bool = False


def studio(folder: Path, *, empty: bool = False, theme: str = "textual-dark") -> StudioApp:
    """The studio on a fresh copy of the demo collection, or (`empty`) in a project without agents; nothing blinks."""
    # Paths are shown from the home folder on, and so are the same wherever the scene is played.
    os.environ["HOME"] = str(folder)
    project, home = folder / "shop", folder / "nobody"
    if empty:
        project.mkdir(parents=True)
        (project / ".git").mkdir()
    else:
        project, home = copy_to(folder / "demo"), folder / "demo" / "home"
        _settle_times(folder)
    app = StudioApp(find_roots([], project, {}, home), place="demo", now=lambda: NOW)
    app.theme = theme
    return app


def _settle_times(folder: Path) -> None:
    """Give every file a time of its own, hours to months before `NOW`."""
    for number, path in enumerate(sorted(folder.rglob("*.md"))):
        age = 3600.0 * (1 + number**3)
        os.utime(path, (NOW - age, NOW - age))


async def reach(pilot: Pilot[Any], scene: Scene) -> None:
    """Press the scene's keys once the agents are listed, and wait until it is reached."""
    app = pilot.app
    assert isinstance(app, StudioApp)
    busy = ("-loading", "-checking")
    await until(pilot, lambda: isinstance(app.screen, MainScreen) and not any(map(app.screen.has_class, busy)))
    for field in app.screen.query(Input):
        field.cursor_blink = False
    for key in scene.keys:
        await pilot.press(key)
    await until(pilot, lambda: scene.reached(app))


def _compared(app: StudioApp) -> bool:
    return type(app.screen).__name__ == "CompareScreen" and not app.screen.has_class("-loading")


TYPED = ("n", "a", "m", "e", "colon", *"checkout")
SCENES: tuple[Scene, ...] = (
    Scene("list"),
    Scene("form", ("slash", *TYPED, "enter", "enter")),
    Scene("compare", ("slash", *TYPED, "enter", "equals_sign"), _compared),
    Scene("problems", ("exclamation_mark", "j", "j")),
    Scene("duplicates", ("number_sign", "j")),
    Scene("filter", ("slash", *"model:sonnet", "enter", "space", "space", "c")),
    Scene("help", ("question_mark",)),
    Scene("empty", empty=True),
)
BY_NAME = {scene.name: scene for scene in SCENES}
