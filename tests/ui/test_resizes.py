"""However the terminal is pulled about, down to one cell, the studio goes on."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.ui.in_terminal import terminal

TIMES = 100
"""Sizes that a terminal has, one at once after the other."""
LARGEST = (100, 300)
KEYS = {
    "list": "",
    "form": "\r",
    "body": "\r\x1b[6;5~",
    "where": "w",
    "rendered": "p",
    "problems": "!",
    "duplicates": "#",
    "compare": "A=",
    "unified": "A=v",
    "reassign": "AB",
    "colors": "C",
    "help": "?",
    "history": "H",
}
"""Keys to each screen."""


@pytest.mark.parametrize(
    "screen", [pytest.param(name, marks=[pytest.mark.sweep] * (name not in {"form", "compare"})) for name in KEYS]
)
def test_a_storm_of_sizes(folder: Path, screen: str) -> None:
    chosen = random.Random(screen)
    with terminal(folder) as term:
        term.type(KEYS[screen])
        for _ in range(TIMES):
            term.resize(*(chosen.randint(1, most) for most in LARGEST))
        term.resize(1, 1)
        term.resize(40, 120)
        term.type("\x1b[27u" * 3)
        term.until_shown("spc mark", again=True)
        term.kill(signal.SIGTERM)
        assert term.ended() == 143
