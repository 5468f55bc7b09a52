"""Inks: the styles in which a comparison is drawn, by what they say.

They are no component classes: Textual would look up each of these whenever the screen opens or the focus moves.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import App

_INKS = {
    "rule": "$foreground 20%",
    "muted": "$foreground 70%",
    "label": "$text-primary",
    "key": "bold $text-primary",
    "changed": "$text-warning",
    "left": "bold $text-error",
    "right": "bold $text-success",
    "moved": "bold $text-primary",
    "left-line": "on $error 12%",
    "right-line": "on $success 10%",
    "moved-line": "on $primary 12%",
    "removed": "bold on $error 40%",
    "added": "bold on $success 32%",
    "found": "underline on $warning 40%",
    "found-here": "bold underline $background on $warning",
}

_NO_COLOR = {
    "removed": "bold underline on $error 40%",
    "added": "bold underline on $success 32%",
    "found": "reverse",
    "found-here": "bold underline reverse",
}

_ANSI = {
    "rule": "dim",
    "muted": "dim",
    "changed": "ansi_yellow",
    "moved": "bold ansi_cyan",
    "left-line": "$error",
    "right-line": "$success",
    "moved-line": "ansi_cyan",
    "removed": "bold underline $error",
    "added": "bold underline $success",
    "found": "reverse",
    "found-here": "bold underline reverse",
}


def inks(app: App[object]) -> Mapping[str, str]:
    """The styles in the theme of an app: other ones in the colors of the terminal, and without any."""
    return _INKS | (_NO_COLOR if app.no_color else {}) | (_ANSI if app.native_ansi_color else {})
