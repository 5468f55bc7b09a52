"""A walk over every screen of the studio, on a real terminal: `python -m tests.security.walked FOLDER`."""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from agent_studio.store.roots import find_roots
from agent_studio.ui.app import StudioApp
from tests.security.payloads import CONTROLS, STARTS
from tests.security.sinks import draw
from tests.ui.driving import Driver
from tests.ui.test_hostile import SCREENS

ERRORS: dict[str, tuple[str, ...]] = {
    "no editor": ("e",),
    "no name": ("n", "minus", "enter"),
    "history": ("H",),
    "colored": ("c", "r"),
    "undone": ("u",),
    "given up": ("r", "f", "enter"),
}
"""Keys that make the studio speak of what it cannot do, or did."""


async def walk(driver: Driver) -> AsyncIterator[str]:
    """Every screen, one after the other, over every agent there is."""
    await driver.until(lambda: driver.is_loaded)
    for name, keys in (SCREENS | ERRORS).items():
        await driver.press(*keys)
        await driver.pilot.pause()
        if name == "no editor":
            await driver.until(lambda: "no editor" in driver.said or "cannot be started" in driver.said)
        yield name
        while len(driver.app.screen_stack) > 1:
            await driver.press("escape")
        driver.main.do_pane_list()
        driver.main.session = driver.session.marked(())
        await driver.press("j")


def main(folder: Path) -> None:
    """Walk over every screen, draw each in full, end, and say how many they were and what was started."""
    started: list[str] = []
    sys.addaudithook(lambda event, args: started.append(f"{event} {args[0]}") if event in STARTS else None)
    app = StudioApp(find_roots([folder], folder, {}, folder / "nobody"), now=time.time)

    async def walked(pilot: Pilot[Any]) -> None:
        driver, names = Driver(app, pilot, folder), []
        async for name in walk(driver):
            await draw(pilot)
            names.append(name)
        app.open_url(f"http://{''.join(CONTROLS.values())}")
        await draw(pilot)
        app.exit(message=f"{len(names)} screens, started: {[ascii(each)[:26] for each in started]}")

    app.run(auto_pilot=walked)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
