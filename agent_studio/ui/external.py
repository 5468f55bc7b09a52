"""The person's own programs: the editor, started on one file; the difftool, started on two."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from textual.app import App

WAITING = {
    "code": ["--wait"],
    "code-insiders": ["--wait"],
    "codium": ["--wait"],
    "cursor": ["--wait"],
    "windsurf": ["--wait"],
    "subl": ["--wait"],
    "atom": ["--wait"],
    "zed": ["--wait"],
    "mate": ["--wait"],
    "gvim": ["--nofork"],
    "mvim": ["--nofork"],
    "gedit": ["--wait"],
    "kate": ["--block"],
    "gnome-text-editor": [],
    "notepad": [],
}
"""Editors with a window of their own, and what makes them stay until the file is closed."""

_PLUS_LINE = {"vi", "vim", "nvim", "nano", "emacs", "micro", "kak", "joe", "ne", "gvim", "mvim"}
_GOTO = {"code", "code-insiders", "codium", "cursor", "windsurf"}


_WINDOWS = {"meld", "kdiff3", "kompare", "diffuse", "xxdiff", "bcompare", "bcomp", "p4merge", "opendiff", "gvimdiff"}
"""Difftools with a window of their own."""


class NoEditor(Exception):
    """No editor can be started; the message says what to set."""


@dataclass(frozen=True, slots=True)
class EditorCommand:
    """The words of a command line, and whether the editor has a window of its own."""

    words: tuple[str, ...]
    window: bool


def editor_command(environ: Mapping[str, str], path: str, line: int = 1) -> EditorCommand:
    """The command that opens an absolute `path` at a line in `$VISUAL` or `$EDITOR`; raises `NoEditor`."""
    setting = environ.get("VISUAL") or environ.get("EDITOR")
    if not setting:
        raise NoEditor("no editor is set: export VISUAL or EDITOR, for example EDITOR=nano")
    try:
        words = shlex.split(setting, posix=os.name != "nt")
    except ValueError as error:
        raise NoEditor(f"$EDITOR cannot be read ({error}): {setting}") from None
    name = PurePath(words[0]).stem.lower() if words else ""
    if name in WAITING:
        words += [flag for flag in WAITING[name] if flag not in words]
    if name in _GOTO:
        return EditorCommand((*words, "--goto", f"{path}:{line}"), True)
    if name in _PLUS_LINE:
        words.append(f"+{line}")
    # An absolute path never begins with a dash or a plus, whatever the file is called.
    return EditorCommand((*words, path), name in WAITING)


def difftool_command(environ: Mapping[str, str], left: str, right: str) -> EditorCommand:
    """The command that compares two files in `$DIFFTOOL`, else in the tool that git is set up with.

    Raises `NoEditor`.
    """
    setting = environ.get("DIFFTOOL")
    if not setting:
        # In the folder of the copies: no repository's configuration has a say there.
        folder = str(PurePath(left).parent.parent)
        return EditorCommand(("git", "-C", folder, "difftool", "--no-index", "--no-prompt", "--", left, right), False)
    try:
        words = shlex.split(setting, posix=os.name != "nt")
    except ValueError as error:
        raise NoEditor(f"$DIFFTOOL cannot be read ({error}): {setting}") from None
    name = PurePath(words[0]).stem.lower() if words else ""
    if name in WAITING:
        words += [flag for flag in (*WAITING[name], "--diff") if flag not in words]
    return EditorCommand((*words, left, right), name in _WINDOWS or name in WAITING)


async def run_editor(app: App[None], command: EditorCommand) -> None:
    """Run the editor until it is closed; a terminal editor gets the terminal. Raises `NoEditor`."""
    try:
        if command.window:
            process = await asyncio.create_subprocess_exec(
                *command.words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            await process.wait()
            return
        failed: OSError | None = None
        with app.suspend():  # which takes the terminal back only where nothing is raised inside
            try:
                await _in_terminal(command.words)
            except OSError as error:
                failed = error
        if failed:
            raise failed
    except OSError as error:
        raise NoEditor(f"{command.words[0]} cannot be started: {error.strerror}") from None


async def _in_terminal(words: tuple[str, ...]) -> None:
    """Run a program in the terminal; it ends when the studio does."""
    process = await asyncio.create_subprocess_exec(*words)
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
