"""What reaches a real terminal: text and Textual's own sequences, never a control or invisible character of a file."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.runs import environment, run_on_terminal
from tests.security.payloads import CONTROLS, leaks, needles
from tests.security.sinks import COUNT
from tests.security.walked import ERRORS
from tests.ui.test_hostile import SCREENS, _folder

SINKS = (sys.executable, "-m", "tests.security.sinks")
WALKED = (sys.executable, "-m", "tests.security.walked")
ALL = " ".join(CONTROLS.values())
EDITOR = f"'/nowhere/{ALL}/zed'"
"""Called like an editor with a window of its own."""
EDITOR_ONLY = ["'subprocess.Popen /nowhere"]
"""What a walk over all screens starts."""
TURN = 0.02
"""Seconds between two looks."""


def drawn(how: str) -> bytes:
    """What a terminal was sent for every payload in every sink; each of them was drawn."""
    run = run_on_terminal(how, program=SINKS, columns=180, TEXTUAL_ANIMATIONS="none")
    assert run.code == 0, run.out[-2000:]
    assert [mark for mark in _marks() if mark not in run.out] == []
    return run.raw


def _marks() -> Iterator[str]:
    yield from (f"Q{place:02}{sink:02}" for place in range(len(CONTROLS)) for sink in range(COUNT))


def test_no_widget_leaks_behind_the_guards() -> None:
    assert leaks(drawn("guarded")) == []


def test_without_guards_textual_leaks_as_it_did() -> None:
    text = drawn("bare").decode()
    found = dict.fromkeys(CONTROLS, 0)
    for place, (name, payload) in enumerate(CONTROLS.items()):
        for sink in range(COUNT):
            between = text.partition(f"Q{place:02}{sink:02}")[2].partition(f"W{place:02}{sink:02}")[0]
            found[name] += any(needle in between for needle in needles(payload))
    assert found == dict.fromkeys(CONTROLS, COUNT) | {"link": COUNT - 1, "bell": 0, "back": 0, "feed": 0}


@pytest.mark.parametrize(
    "payload",
    [pytest.param(ALL, id="all"), *(pytest.param(each, marks=pytest.mark.sweep) for each in CONTROLS.values())],
)
def test_no_screen_of_the_studio_leaks(tmp_path: Path, payload: str) -> None:
    folder = _folder(tmp_path, payload)
    run = run_on_terminal(str(folder), program=WALKED, columns=120, TEXTUAL_ANIMATIONS="none", EDITOR=EDITOR)
    assert run.code == 0, run.out[-2000:]
    assert f"{len(SCREENS | ERRORS)} screens, started: {EDITOR_ONLY}" in run.out
    assert "/nowhere/" in run.out
    assert leaks(run.raw) == []


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Runs commands of a tmux server of its own, in which programs may set the clipboard."""
    if not shutil.which("tmux"):
        pytest.skip("needs tmux")

    def run(*words: str) -> str:
        command = ["tmux", "-S", str(tmp_path / "socket"), "-f", "/dev/null", *words]
        variables = environment(TEXTUAL_ANIMATIONS="none", EDITOR=EDITOR)
        return subprocess.run(command, capture_output=True, text=True, check=False, env=variables).stdout

    run("new-session", "-d", "-x", "120", "-y", "40", "cat")
    run("set-option", "-g", "set-clipboard", "on")
    run("set-option", "-g", "remain-on-exit", "on")
    yield run
    run("kill-server")


def in_window(tmux: Callable[..., str], *program: str) -> str:
    """The title of a window in which a program has come to its end."""
    tmux("respawn-pane", "-k", *program)
    end = time.monotonic() + 60
    while tmux("display-message", "-p", "#{pane_dead}").strip() != "1":
        assert time.monotonic() < end, tmux("capture-pane", "-p")
        time.sleep(TURN)
    return tmux("display-message", "-p", "#{pane_title}")


@pytest.mark.sweep
def test_a_clipboard_is_filled_by_textual_but_not_behind_the_guards(tmux: Callable[..., str]) -> None:
    title = in_window(tmux, "true")
    assert in_window(tmux, *SINKS, "guarded") == title
    assert tmux("list-buffers") == ""
    assert in_window(tmux, *SINKS, "bare").startswith("owned")
    assert tmux("show-buffer") == "PWNED"


@pytest.mark.sweep
def test_a_clipboard_is_not_filled_by_the_studio(tmp_path: Path, tmux: Callable[..., str]) -> None:
    title = in_window(tmux, "true")
    assert in_window(tmux, *WALKED, str(_folder(tmp_path, ALL))) == title
    assert f"{len(SCREENS | ERRORS)} screens" in tmux("capture-pane", "-p", "-S", "-")
    assert tmux("list-buffers") == ""


VERBS = (
    *(("list",), ("show", "FILE"), ("set", "color=red"), ("diff", "FILE", "OTHER"), ("budget",), ("delete", "FILE")),
    *(("unset", "tools"), ("rename", "FILE", "fresh"), ("park", "FILE"), ("new", ALL), ("show", ALL), ("undo",)),
)
"""Commands, on a terminal: those that write show what they would, and ask."""


@pytest.mark.parametrize(
    "verb",
    [pytest.param(verb, id=verb[0], marks=[pytest.mark.sweep] * (place > 2)) for place, verb in enumerate(VERBS)],
)
def test_no_command_leaks_on_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]) -> None:
    folder = _folder(tmp_path, ALL)
    monkeypatch.chdir(folder)
    one, two = sorted(map(str, folder.iterdir()))
    words = [{"FILE": one, "OTHER": two}.get(word, word) for word in verb]
    run = run_on_terminal(*words, answer="n\n")
    assert run.raw
    assert leaks(run.raw) == []
