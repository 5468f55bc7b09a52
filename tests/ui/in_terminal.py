"""The studio as a program in a terminal of its own, to be typed into and to be killed."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TURN = 0.01
"""Seconds between two looks."""
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|[PX^_\]].*?(?:\x1b\\|\x07)|.)", re.DOTALL)
_LAUNCH = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
_KEPT = ["/bin/sh", "-c", "trap '' HUP; \"$@\"; exit $?", "sh"]
"""A shell that starts a command and tells it nothing of the end of the terminal."""


class Terminal:
    """The program, its terminal, and what it has written there so far."""

    def __init__(self, folder: Path, environ: Mapping[str, str], *, behind_shell: bool = False) -> None:
        self._main, self._side = pty.openpty()
        termios.tcsetwinsize(self._side, (40, 120))
        self.before = self.settings
        self._out = bytearray()
        studio = [sys.executable, "-m", "agent_studio", str(folder)]
        command = [sys.executable, "-ISc", _LAUNCH, *(_KEPT if behind_shell else []), *studio]
        more = {
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            "TEXTUAL_ANIMATIONS": "none",
        }
        told = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        self._program = subprocess.Popen(
            command,
            stdin=self._side,
            stdout=self._side,
            stderr=self._side,
            start_new_session=True,
            env={**told, **more, **environ},
        )
        self._open = True
        self._typed = 0
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        while self._open:
            if select.select([self._main], [], [], TURN)[0]:
                self._out += os.read(self._main, 65_536)

    @property
    def settings(self) -> list[Any]:
        """The settings of the terminal."""
        return termios.tcgetattr(self._side)

    @property
    def shown(self) -> str:
        """Every text that was written to the terminal so far."""
        return self._text()

    def _text(self, start: int = 0) -> str:
        return _ESCAPE.sub("", self._out[start:].decode(errors="replace"))

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._program.poll() is None

    def kill(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        self._program.send_signal(number)

    def resize(self, lines: int, columns: int) -> None:
        """Give the terminal another size."""
        termios.tcsetwinsize(self._main, (lines, columns))
        self.kill(signal.SIGWINCH)
        time.sleep(TURN)

    def until(self, predicate: Callable[[], bool], within: float = 30.0) -> None:
        """Wait until something holds; fails after `within` seconds."""
        end = time.monotonic() + within
        while not predicate():
            assert time.monotonic() < end, f"the condition did not come true; on the terminal: {self.shown[-1500:]}"
            time.sleep(TURN)

    def type(self, keys: str) -> None:
        """Type."""
        self._typed = len(self._out)
        os.write(self._main, keys.encode())

    def until_shown(self, text: str, again: bool = False) -> None:
        """Wait until a text was written, (`again`) after what was typed last."""
        self.until(lambda: text in self._text(self._typed if again else 0))

    def ended(self) -> int:
        """The exit code, once the program has ended."""
        self.until(lambda: not self.is_running)
        return self._program.returncode

    def close(self) -> None:
        """Close the terminal: nobody reads any more what is written there, and nobody types."""
        if self._open:
            self._open = False
            self._reader.join()
            os.close(self._main)

    def clear_up(self) -> None:
        """End whatever still runs in the terminal."""
        with suppress(ProcessLookupError):
            os.killpg(self._program.pid, signal.SIGKILL)
        self._program.wait()
        self.close()
        os.close(self._side)


@contextmanager
def terminal(folder: Path, *, behind_shell: bool = False, **environ: str) -> Iterator[Terminal]:
    """The studio over a folder in a terminal, ready for keys; `behind_shell` tells it nothing of the terminal's end."""
    opened = Terminal(folder, environ, behind_shell=behind_shell)
    try:
        opened.until_shown("▶   ")
        yield opened
    finally:
        opened.clear_up()
