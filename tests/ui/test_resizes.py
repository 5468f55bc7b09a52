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
SCREENS = {
    "list": ("", "spc mark"),
    "form": ("\r", "will be written"),
    "where": ("w", "Where it loads"),
    "rendered": ("p", "RENDERED"),
    "problems": ("!", "PROBLEMS"),
    "duplicates": ("#", "DUPLICATES"),
    "compare": ("  =", "COMPARE"),
    "reassign": ("AB", "REASSIGN"),
    "colors": ("C", "balance"),
    "help": ("?", "Next agent"),
}
"""Keys to each screen, and what shows that it is there."""


@pytest.mark.parametrize(
    "screen", [pytest.param(name, marks=[pytest.mark.sweep] * (name not in {"form", "compare"})) for name in SCREENS]
)
def test_a_storm_of_sizes(folder: Path, screen: str) -> None:
    chosen = random.Random(screen)
    with terminal(folder) as term:
        keys, sign = SCREENS[screen]
        term.type(keys)
        term.until_shown(sign)
        for _ in range(TIMES):
            term.resize(*(chosen.randint(1, most) for most in LARGEST))
        term.resize(1, 1)
        term.type("\x1b[27u" * 3)
        term.resize(40, 120)
        term.until_shown("spc mark", again=True)
        term.kill(signal.SIGTERM)
        assert term.ended() == 143
