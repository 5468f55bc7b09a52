"""How the scenes look: few pictures, changed only on purpose (`pytest --snapshot-update`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.snapshots.scenes import BY_NAME, reach, studio

Compare = Callable[..., bool]

LOOKS = [
    ("list", (80, 24), "textual-dark"),
    ("list", (160, 48), "textual-dark"),
    ("list", (80, 24), "ansi-dark"),
    ("form", (80, 24), "textual-dark"),
    ("compare", (80, 24), "textual-dark"),
    ("compare", (160, 48), "textual-light"),
    ("filter", (80, 24), "textual-dark"),
    ("help", (80, 24), "textual-dark"),
    ("empty", (80, 24), "textual-dark"),
]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look[0]}-{look[1][0]}x{look[1][1]}-{look[2]}")
def test_scene(
    snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: tuple[str, tuple[int, int], str]
) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("HOME", str(tmp_path))
    name, size, theme = look
    scene = BY_NAME[name]

    async def play(pilot: Pilot[Any]) -> None:
        await reach(pilot, scene)

    assert snap_compare(studio(tmp_path, empty=scene.empty, theme=theme), terminal_size=size, run_before=play)


def test_scene_without_color(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("HOME", str(tmp_path))

    async def play(pilot: Pilot[Any]) -> None:
        await reach(pilot, BY_NAME["compare"])

    assert snap_compare(studio(tmp_path), terminal_size=(80, 24), run_before=play)
