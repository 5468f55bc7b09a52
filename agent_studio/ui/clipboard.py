"""The clipboard: the system's own command where there is one, else the terminal's escape sequence."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Mapping

from textual.app import App

_COMMANDS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
    ("", ("clip.exe",)),
)
"""What must be set for a command to work (empty: nothing), and the command, which reads its standard input."""

PATIENCE = 5.0
"""Seconds that a command may take."""


def command(environ: Mapping[str, str]) -> tuple[str, ...] | None:
    """The command that fills the clipboard of the person's own machine; None over SSH, or where there is none."""
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        return None
    return next(
        (words for name, words in _COMMANDS if (not name or environ.get(name)) and shutil.which(words[0])), None
    )


async def copy(app: App[None], text: str) -> str:
    """Copy a text, with what no text can hold (halves of characters) as `?`; returns the way it went, in words."""
    text = text.encode(errors="replace").decode()
    words = command(os.environ)
    if words and await _through(words, text.encode()):
        return f"copied with {words[0]}"
    app.copy_to_clipboard(text)
    return "sent to the terminal's clipboard (OSC 52), if it takes it"


async def _through(words: tuple[str, ...], data: bytes) -> bool:
    """Whether a command took the data; what stays to serve the clipboard keeps no pipe of ours."""
    try:
        process = await asyncio.create_subprocess_exec(
            *words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        async with asyncio.timeout(PATIENCE):
            await process.communicate(data)
    except (OSError, TimeoutError):
        return False
    return process.returncode == 0
