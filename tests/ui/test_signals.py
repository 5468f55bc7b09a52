"""However the studio ends, nothing that was typed is lost and the terminal is as it was."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_studio.store.disk import Store
from agent_studio.store.drafts import Drafts
from agent_studio.store.roots import find_roots
from tests.ui.conftest import FILES
from tests.ui.in_terminal import Terminal, terminal

TYPED = "zqxjv"
KILLS = 200
"""Instants at which the studio is killed."""
ENDINGS = 100
"""Instants at which it is told to end."""
OPENING = ("\r", "n", "?", ":", "h", "4", "5", "=", "/", "t")
"""Keys that open something."""
MANY = 150
"""Agents that are changed together."""
ENDS: dict[str, tuple[Callable[[Terminal], None], int]] = {
    "TERM": (lambda term: term.kill(signal.SIGTERM), 143),
    "HUP": (lambda term: term.kill(signal.SIGHUP), 129),
    "INT": (lambda term: term.kill(signal.SIGINT), 143),
    "close": (lambda term: term.close(), 129),
    "KILL": (lambda term: term.kill(signal.SIGKILL), -signal.SIGKILL),
}


def clean(term: Terminal, folder: Path) -> None:
    """Nothing is edited."""


def dirty_form(term: Terminal, folder: Path) -> None:
    """The name of the first agent is edited."""
    term.type("\r")
    term.until_shown("will be written")
    term.type(TYPED)
    term.until_shown(TYPED)


def dirty_body(term: Terminal, folder: Path) -> None:
    """The body of the first agent is edited."""
    term.type("\r")
    term.until_shown("will be written")
    term.type("\x1b[6;5~")
    term.until_shown("[2 Body]")
    term.type(TYPED)
    term.until_shown(TYPED)


def in_a_dialog(term: Terminal, folder: Path) -> None:
    """An agent is edited, and a question is open."""
    dirty_form(term, folder)
    term.type("\x1b[27u")
    term.until_shown("spc mark", again=True)
    term.type("n")
    term.until_shown("New agent")


def in_the_editor(term: Terminal, folder: Path) -> None:
    """An agent is edited, and another one is open in the person's editor."""
    dirty_form(term, folder)
    term.type("\x1b[27u")
    term.until_shown("spc mark", again=True)
    term.type("j")
    term.until_shown("▶   BL reviewer")
    term.type("e")
    term.until_shown("editor is open")


def in_a_bulk_write(term: Terminal, folder: Path) -> None:
    """Many files are being written."""
    term.type("A")
    term.until_shown(" marked")
    term.type("c")
    term.until_shown("color of")
    term.type("g")
    term.until(lambda: any(b"color: green" in path.read_bytes() for path in folder.glob("many*.md")))


SITUATIONS = (clean, dirty_form, dirty_body, in_a_dialog, in_the_editor, in_a_bulk_write)


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """An editor that takes the terminal's settings away and stays open."""
    path = tmp_path / "editor"
    path.write_text("#!/bin/sh\nstty raw -echo\necho editor is open\nexec sleep 60\n")
    path.chmod(0o755)
    return path


def texts() -> list[bytes]:
    """The unsaved edits that the next run will find."""
    drafts = Drafts()
    try:
        return [left.data for left in drafts.adopt()]
    finally:
        drafts.close()


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.__name__)
def test_nothing_is_lost(folder: Path, editor: Path, end: str, situation: Callable[[Terminal, Path], None]) -> None:
    if situation is in_a_bulk_write:
        for number in range(MANY):
            (folder / f"many{number}.md").write_bytes(b"---\nname: many\ndescription: d\n---\n")
    with terminal(folder, EDITOR=str(editor)) as term:
        situation(term, folder)
        if end == "KILL" and situation not in {clean, in_a_bulk_write}:
            typed = time.monotonic()  # what was typed a second ago must not be lost
            term.until(lambda: time.monotonic() > typed + 1)
        run, code = ENDS[end]
        run(term)
        if end == "INT":
            if situation is not in_the_editor:
                term.until_shown("press q to quit")
            assert term.is_running
            term.kill(signal.SIGTERM)
        assert term.ended() == code
        if end in {"TERM", "HUP", "INT"}:
            assert term.settings == term.before
    if situation is in_a_bulk_write:
        Store(find_roots([folder], folder, {}, folder)).recover()
        found = {b"color: green" in path.read_bytes() for path in folder.glob("many*.md")}
        assert len(found) == 1
    elif situation is clean:
        assert texts() == []
    else:
        assert [TYPED.encode() in data for data in texts()] == [True]
    if situation is not in_a_bulk_write:
        assert {name: (folder / name).read_bytes() for name in FILES} == FILES


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(20))
def test_a_second_of_typing_is_lost_at_most(folder: Path, part: int) -> None:
    chosen = random.Random(part)
    for turn in range(KILLS // 20):
        with terminal(folder) as term:
            dirty_body(term, folder)
            seen, end = {TYPED: time.monotonic()}, time.monotonic() + chosen.uniform(0.5, 3)
            while time.monotonic() < end:
                word = f"{turn:02}{len(seen):03} "
                term.type(word)
                term.until_shown(word, again=True)
                seen[word] = time.monotonic()
            term.kill(signal.SIGKILL)
            died = time.monotonic()
            term.ended()
        data = texts()[-1]  # a run may die before it has taken over what the one before has left
        assert [word for word, when in seen.items() if when < died - 1 and word.encode() not in data] == []


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(20))
def test_it_ends_in_good_order_at_any_instant(folder: Path, part: int) -> None:
    chosen = random.Random(part)
    for _ in range(ENDINGS // 20):
        with terminal(folder) as term:
            time.sleep(chosen.uniform(0, 2))
            term.type("".join(chosen.choices(OPENING, k=chosen.randrange(3))))
            time.sleep(chosen.uniform(0, 0.3))
            term.kill(signal.SIGTERM)
            assert (term.ended(), term.shown.count("Traceback")) == (143, 0)


def test_the_next_run_brings_back_what_was_typed(folder: Path) -> None:
    with terminal(folder) as term:
        dirty_body(term, folder)
        term.kill(signal.SIGTERM)
        term.ended()
    with terminal(folder) as term:
        term.until_shown("1 unsaved edit is back")
        term.kill(signal.SIGHUP)
        term.ended()
    assert [TYPED.encode() in data for data in texts()] == [True]


def test_a_terminal_that_is_closed_without_a_word_is_noticed(folder: Path) -> None:
    with terminal(folder, behind_shell=True) as term:
        dirty_form(term, folder)
        term.close()
        assert term.ended() == 129
    assert [TYPED.encode() in data for data in texts()] == [True]
