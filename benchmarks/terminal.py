"""A program in a terminal of its own, which says that it draws a frame at once: so the end of each frame is a mark."""

from __future__ import annotations

import fcntl
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

SIZE = (140, 40)
_QUERY, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_END = b"\x1b[?2026l"
_LONGEST, _ANSWERED = 300.0, 30.0
"""Seconds that anything is waited for, and the answer to a key."""
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")

KEYS = {"down": b"\x1b[B", "up": b"\x1b[A", "home": b"\x1b[H", "escape": b"\x1b"}


class Silent(Exception):
    """A program that did not draw what was waited for."""


class Terminal:
    """A program in a terminal of so many columns and lines, from its start on."""

    def __init__(self, *words: str, home: Path, cwd: Path | None = None, size: tuple[int, int] = SIZE) -> None:
        self._master, terminal = pty.openpty()
        columns, lines = size
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._changed = threading.Condition()
        self._seen = bytearray()
        self._frames: list[tuple[float, int]] = []
        """When each frame ended, and where in what was seen."""
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            words,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            cwd=cwd or home,
            env=environment(home),
            start_new_session=True,
        )
        os.close(terminal)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, whatever it is doing."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._reader.join(5)
        os.close(self._master)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 1 << 16)
            except OSError:  # the program has ended
                data = b""
            now = time.perf_counter()
            with self._changed:
                before = max(0, len(self._seen) - len(_QUERY))
                self._seen += data
                if _QUERY in self._seen[before:]:
                    os.write(self._master, _ANSWER)
                at = self._seen.find(_END, before)
                while at >= 0:
                    if not self._frames or at + len(_END) > self._frames[-1][1]:
                        self._frames.append((now, at + len(_END)))
                    at = self._seen.find(_END, at + 1)
                self._changed.notify_all()
            if not data:
                return

    @property
    def seen(self) -> bytes:
        """Everything that was written so far."""
        return bytes(self._seen)

    @property
    def length(self) -> int:
        """Bytes that were written so far."""
        return len(self._seen)

    def first(self, text: bytes = b"", after: int = 0, longest: float = _LONGEST) -> float:
        """When the first frame was at its end that has a text in it, or above it, from a place on."""
        with self._changed:
            end = time.monotonic() + longest
            while True:
                place = self._seen.find(text, after)
                for when, at in self._frames:
                    if at > after and place >= 0 and place + len(text) <= at:
                        return when
                if self.process.poll() is not None or time.monotonic() > end:
                    raise Silent(f"{text!r} was not drawn; the last that was: {self.seen[-300:]!r}")
                self._changed.wait(1)

    def up(self, text: bytes = b"") -> float:
        """Seconds from the program's start to the end of the first frame with a text."""
        return self.first(text) - self.started

    def press(self, keys: bytes, text: bytes = b"") -> float:
        """Seconds from a key to the end of the next frame, or of that with a text."""
        after = self.length
        start = time.perf_counter()
        self.type(keys)
        return self.first(text, after, _ANSWERED) - start

    def type(self, keys: bytes) -> None:
        """Press keys and wait for nothing."""
        os.write(self._master, keys)

    def quiet(self, pause: float = 0.06) -> None:
        """Return once nothing was drawn for a while."""
        length = -1
        while length != self.length:
            length = self.length
            time.sleep(pause)

    def rest(self) -> None:
        """Return once the program did next to nothing for three seconds; for less, it may only wait its turn."""
        end = time.monotonic() + _LONGEST
        idle = 0
        while idle < 8 and time.monotonic() < end:
            before = self.cpu()
            time.sleep(0.4)
            idle = idle + 1 if self.cpu() - before <= 0.06 else 0

    def ended(self) -> float:
        """When the program has ended."""
        self.process.wait(_LONGEST)
        return time.perf_counter()

    def cpu(self) -> float:
        """Seconds of processor time that the program took so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> int:
        """Resident bytes."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * _PAGE


ROOT = Path(__file__).resolve().parent.parent


def environment(home: Path) -> Mapping[str, str]:
    """A program's environment: a home of its own, the package from here, its bytecode kept as where it is installed."""
    unwanted = ("PYTHONDONTWRITEBYTECODE", "NO_COLOR", "AGENT_STUDIO_CONFIG", "CLAUDE_CONFIG_DIR")
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("AGENT_STUDIO_PEERS")])])
    return kept | folders | {"HOME": str(home), "PYTHONPATH": path, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def studio(*words: str) -> tuple[str, ...]:
    """The studio's own command line, started as where it is installed."""
    return sys.executable, "-c", "from agent_studio.__main__ import main; main()", *words


def app(name: str, *words: str) -> tuple[str, ...]:
    """A command line for one of the interfaces that are measured beside it."""
    return sys.executable, "-c", f"from benchmarks.apps import {name}; {name}.main()", *words
