"""The eight agent colors as they are drawn: a two-letter tag that says the color in words, and a shade."""

from __future__ import annotations

from textual.content import Content

from agent_studio.model.schema import COLOR_TAGS as TAGS
from agent_studio.model.schema import color_tag as tag

__all__ = ["ANSI", "KEYS", "SHADES", "TAGS", "swatch", "tag"]

KEYS: dict[str, str] = {
    "r": "red",
    "b": "blue",
    "g": "green",
    "y": "yellow",
    "p": "purple",
    "o": "orange",
    "k": "pink",
    "c": "cyan",
}
"""The letter that sets a color."""

SHADES: dict[str, str] = {
    "red": "#dc2626",
    "blue": "#6a9bcc",
    "green": "#16a34a",
    "yellow": "#ca8a04",
    "purple": "#827dbd",
    "orange": "#d97757",
    "pink": "#c46686",
    "cyan": "#0891b2",
}
"""The shades that Claude Code 2.1.329 paints on a dark theme; readable on light ones, too."""

ANSI: dict[str, str] = {
    "red": "ansi_red",
    "blue": "ansi_blue",
    "green": "ansi_green",
    "yellow": "ansi_yellow",
    "purple": "ansi_magenta",
    "orange": "ansi_bright_red",
    "pink": "ansi_bright_magenta",
    "cyan": "ansi_cyan",
}


def swatch(color: str | None, ansi: bool = False) -> Content:
    """The tag in its color; dim where there is none."""
    if color not in TAGS:
        return Content.styled(tag(color), "dim")
    return Content.styled(tag(color), f"bold {(ANSI if ansi else SHADES)[color]}")
