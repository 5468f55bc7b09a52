"""Write the README's pictures, an SVG for each scene, size and kind of theme: `make screenshots`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from tests.snapshots.scenes import SCENES, Scene, reach, studio

FOLDER = Path(__file__).parents[2] / "screenshots"
SIZES = ((80, 24), (160, 48))
THEMES = {"dark": "textual-dark", "light": "textual-light"}
SHOWN = ("list", "form", "compare", "problems", "duplicates", "empty")


async def take(scene: Scene, size: tuple[int, int], kind: str) -> None:
    """One picture."""
    with tempfile.TemporaryDirectory(prefix="studio-") as name:
        app = studio(Path(name), empty=scene.empty, theme=THEMES[kind])
        async with app.run_test(size=size) as pilot:
            await reach(pilot, scene)
            await pilot.pause()
            picture = app.export_screenshot(title="agent-studio")
    target = FOLDER / f"{scene.name}-{size[0]}x{size[1]}-{kind}.svg"
    target.write_text(picture, encoding="utf-8")
    print(target.relative_to(FOLDER.parent))


def main() -> None:
    """All pictures."""
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    FOLDER.mkdir(exist_ok=True)
    for scene in SCENES:
        if scene.name in SHOWN:
            for size in SIZES:
                for kind in THEMES:
                    asyncio.run(take(scene, size, kind))


if __name__ == "__main__":
    main()
