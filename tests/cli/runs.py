"""Runs of the command line: in this process, in another one, and on a terminal."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from click.testing import CliRunner

from agent_studio.cli.program import run
from agent_studio.model.ref import Root

PROGRAM = (sys.executable, "-m", "agent_studio")
"""The program as another process starts it."""
TIMEOUT = 30
NO_STUDIO = 64
"""What the interface of these tests returns instead of opening anything."""
_NO_STUDIO = f"""
import sys
from agent_studio.cli.program import run
def studio(roots, given=(), fresh=False):
    print(*(root.path for root in roots), *given, *["fresh"] * fresh)
    return {NO_STUDIO}
sys.exit(run(sys.argv[1:], studio))
"""
WITHOUT_STUDIO = (sys.executable, "-c", _NO_STUDIO)
"""The program in another process, with an interface that only prints what it was to open."""


@dataclass(frozen=True)
class Run:
    """How a run ended, and what it printed; on a terminal `err` is among the output."""

    code: int
    raw: bytes
    err: str = ""

    @property
    def out(self) -> str:
        """The output as text."""
        return self.raw.decode()

    @property
    def lines(self) -> list[str]:
        """The output line by line."""
        return self.out.splitlines()


class Cli(Protocol):
    """The command line in this process."""

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Run: ...


def no_studio(roots: tuple[Root, ...], given: frozenset[str] = frozenset(), *, fresh: bool = False) -> int:
    return NO_STUDIO


def run_here(*arguments: str, stdin: bytes = b"") -> Run:
    """A run in this process, without a terminal."""
    with CliRunner().isolation(input=stdin) as (out, err, _):
        code = run(arguments, no_studio)
        sys.stdout.flush()
    return Run(code, out.getvalue(), err.getvalue().decode())


def environment(**changes: str) -> dict[str, str]:
    """The environment of another process, in which the package is found from any folder."""
    places = [str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places)), **changes}


def run_there(*arguments: str | bytes, program: Sequence[str] = PROGRAM, stdin: bytes = b"", **changes: str) -> Run:
    """A run in another process, without a terminal; `changes` are variables of its environment."""
    done = subprocess.run(
        [*program, *arguments],
        input=stdin,
        capture_output=True,
        timeout=TIMEOUT,
        env=environment(**changes),
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr.decode())


def run_on_terminal(
    *arguments: str,
    program: Sequence[str] = PROGRAM,
    answer: str = "",
    meanwhile: Callable[[], object] = lambda: None,
    columns: int = 80,
    **changes: str,
) -> Run:
    """A run on a terminal; as soon as a question is asked, `meanwhile` is called and `answer` typed."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    variables = environment(TERM="xterm-256color", **changes)
    # They would count for more than the size of the terminal.
    for name in ("COLUMNS", "LINES"):
        variables.pop(name, None)
    command = [sys.executable, "-c", _IN_CHARGE, *program, *arguments]
    with subprocess.Popen(
        command, env=variables, start_new_session=True, stdin=theirs, stdout=theirs, stderr=theirs
    ) as child:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours, child):
            shown += chunk
            if answer and shown.endswith(b"[y/N] "):
                meanwhile()
                os.write(ours, answer.encode())
                answer = ""
        code = child.wait(TIMEOUT)
    os.close(ours)
    return Run(code, shown.replace(b"\r\n", b"\n"))


_IN_CHARGE = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
)
"""Makes the terminal the one that ctrl+c on it interrupts, then becomes the program in the arguments.

Where the tests run in the background, a shell has told them to ignore the interrupt, and the program would, too.
"""


def _read(descriptor: int, child: subprocess.Popen[bytes]) -> bytes:
    if not select.select([descriptor], [], [], TIMEOUT)[0]:
        child.kill()
        raise TimeoutError("nothing came from the terminal")
    try:
        return os.read(descriptor, 65_536)
    except OSError as error:
        if error.errno != errno.EIO:  # how Linux says that the other side is closed
            raise
        return b""


def agent(name: str, *lines: str, description: str = "When to use it.", body: str = "You are an agent.\n") -> bytes:
    """The bytes of a plain agent file with some more header lines."""
    return "\n".join(["---", f"name: {name}", f"description: {description}", *lines, "---", "", body]).encode()


def write(path: Path, data: bytes) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def install(config: Path, name: str, agents: dict[str, bytes]) -> Path:
    """Install a plugin with these agent files and enable it; its folder."""
    plugins = config / "plugins"
    folder, market = plugins / "cache/market" / name / "1.0.0", plugins / "marketplaces/market"
    for file, data in agents.items():
        write(folder / "agents" / file, data)
    listed = {"version": 2, "plugins": {f"{name}@market": [{"scope": "user", "installPath": str(folder)}]}}
    known = {"market": {"source": {"source": "github"}, "installLocation": str(market)}}
    for path, value in (
        (plugins / "installed_plugins.json", listed),
        (plugins / "known_marketplaces.json", known),
        (market / ".claude-plugin/marketplace.json", {"name": "market", "plugins": []}),
        (config / "settings.json", {"enabledPlugins": {f"{name}@market": True}}),
    ):
        write(path, json.dumps(value).encode())
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
