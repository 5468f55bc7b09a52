"""The eight agent colors on the command line: a two-letter tag that says the color in words, and a shade."""

from __future__ import annotations

from agent_studio.cli.output import DIM, Piece
from agent_studio.model.schema import color_tag

_SHADES = {
    "red": 160,
    "blue": 68,
    "green": 35,
    "yellow": 172,
    "purple": 103,
    "orange": 173,
    "pink": 168,
    "cyan": 31,
}
"""The nearest of a terminal's 256 colors to what Claude Code 2.1.329 paints."""


def tag(color: str | None) -> Piece:
    """Two letters for a color: `--` for none, `??` for a word that is no color."""
    return Piece(color_tag(color), f"1;38;5;{_SHADES[color]}" if color in _SHADES else DIM)
