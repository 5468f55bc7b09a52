"""The studio over a small folder of agents, driven by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from agent_studio.store.roots import find_roots
from agent_studio.ui.app import StudioApp
from tests.ui.driving import Driver
from tests.ui.waiting import until

Studio = Callable[..., AbstractAsyncContextManager[Driver]]

REVIEWER = b"""---
name: reviewer
description: "Reviews changes."
model: sonnet   # the usual one
color: blue
---

You review changes.
"""
TESTER = b"""---\r
name: tester\r
description: Use it when: tests fail. user: "help"\r
tools: Read, Bash\r
---\r
\r
You write tests.\r
"""
PLANNER = b"""---
name: planner
description: Plans work.\\n\\nExamples: none
category: planning
---
You plan."""
FILES = {"reviewer.md": REVIEWER, "tester.md": TESTER, "plans/planner.md": PLANNER}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three agents, each with a quirk."""
    place = tmp_path / "agents"
    for name, data in FILES.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


@pytest.fixture
def studio(folder: Path) -> Studio:
    """Opens the studio on the folder and hands out a driver once the agents are listed."""

    @asynccontextmanager
    async def opened(path: Path = folder, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
        app = StudioApp(find_roots([path], path, {}, path / "nobody"))
        async with app.run_test(size=size) as pilot:
            driver = Driver(app, pilot, path)
            await until(pilot, lambda: driver.is_loaded)
            yield driver

    return opened
