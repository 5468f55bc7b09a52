"""The terminal itself: its settings, and what becomes of it when it goes away."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from agent_studio.store.files import reopen
from agent_studio.store.place import Place


@contextmanager
def restored() -> Iterator[None]:
    """Leave the terminal with the settings that it had, whatever an editor or a signal did to them."""
    try:
        before = termios.tcgetattr(0)
    except termios.error:  # no terminal: nothing to restore
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error):  # it is gone
            termios.tcsetattr(0, termios.TCSADRAIN, before)


def is_gone() -> bool:
    """Whether the terminal that the studio was started in was closed."""
    try:
        termios.tcgetattr(0)
    except termios.error:
        return True
    return False


def let_go() -> None:
    """Write nothing more to a terminal that is gone: that can hang."""
    nothing = reopen(Place(os.devnull))
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    os.close(nothing)


class _Output:
    """A text file that writes to the terminal as long as there is one."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write a text."""
        try:
            return self._file.write(text)
        except OSError:
            let_go()
            return len(text)

    def flush(self) -> None:
        """Let everything go out."""
        try:
            self._file.flush()
        except OSError:
            let_go()


class StudioDriver(LinuxDriver):
    """Textual's driver, which says nothing while the terminal is somebody else's or nobody's."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if sys.__stderr__ is not None:
            self._file = _Output(sys.__stderr__)  # type: ignore[assignment]  # all that the writing thread asks of one

    def write(self, data: str) -> None:
        """Write to the terminal, unless it was given away."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)
