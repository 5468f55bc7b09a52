"""The person's own editor: which command is run, and what it did is one undoable change."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from agent_studio.store.copies import copies
from agent_studio.ui.external import NoEditor, difftool_command, editor_command
from tests.ui.conftest import PLANNER, REVIEWER, Studio

PATH = "/agents/+!touch x.md"


@pytest.mark.parametrize(
    ("environ", "words", "window"),
    [
        ({"EDITOR": "vim"}, ("vim", "+3", PATH), False),
        ({"EDITOR": "nano", "VISUAL": "emacs -nw"}, ("emacs", "-nw", "+3", PATH), False),
        ({"EDITOR": "ed"}, ("ed", PATH), False),
        ({"EDITOR": "code"}, ("code", "--wait", "--goto", f"{PATH}:3"), True),
        ({"EDITOR": "code --wait"}, ("code", "--wait", "--goto", f"{PATH}:3"), True),
        ({"EDITOR": "'/opt/my editors/subl'"}, ("/opt/my editors/subl", "--wait", PATH), True),
    ],
)
def test_the_command(environ: dict[str, str], words: tuple[str, ...], window: bool) -> None:
    command = editor_command(environ, PATH, 3)
    assert (command.words, command.window) == (words, window)


@pytest.mark.parametrize("environ", [{}, {"EDITOR": ""}, {"EDITOR": "vim 'open"}])
def test_no_editor_says_what_to_set(environ: dict[str, str]) -> None:
    with pytest.raises(NoEditor, match="EDITOR"):
        editor_command(environ, PATH)


async def test_what_the_editor_saved_is_taken_over_and_undone(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Called like an editor with a window of its own: the terminal is not given away.
    editor = tmp_path / "zed"
    editor.write_text('#!/bin/sh\nfor last; do :; done\nprintf "More.\\n" >>"$last"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    async with studio() as driver:
        await driver.go_to("reviewer")
        await driver.press("e")
        await driver.until(lambda: "edit reviewer" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER + b"More.\n"
        await driver.press("u")
        await driver.until(lambda: "undone" in driver.said)
        assert driver.data("reviewer.md") == REVIEWER


async def test_an_editor_that_cannot_start_is_said(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "/nowhere/zed")
    async with studio() as driver:
        await driver.press("e")
        await driver.until(lambda: "cannot be started" in driver.said)


@pytest.mark.parametrize(
    ("setting", "words", "window"),
    [
        ("", ("git", "-C", "/t", "difftool", "--no-index", "--no-prompt", "--", "/t/A/x.md", "/t/B/x.md"), False),
        ("vimdiff -R", ("vimdiff", "-R", "/t/A/x.md", "/t/B/x.md"), False),
        ("code", ("code", "--wait", "--diff", "/t/A/x.md", "/t/B/x.md"), True),
        ("/opt/meld", ("/opt/meld", "/t/A/x.md", "/t/B/x.md"), True),
    ],
)
def test_the_difftool(setting: str, words: tuple[str, ...], window: bool) -> None:
    command = difftool_command({"DIFFTOOL": setting}, "/t/A/x.md", "/t/B/x.md")
    assert (command.words, command.window) == (words, window)


async def test_a_difftool_gets_copies_of_both(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "meld"
    tool.write_text(f'#!/bin/sh\ncat "$1" "$2" >{tmp_path}/seen.part\nmv {tmp_path}/seen.part {tmp_path}/seen\n')
    tool.chmod(0o755)
    monkeypatch.setenv("DIFFTOOL", str(tool))
    async with studio() as driver:
        for name in ("reviewer", "planner"):
            await driver.go_to(name)
            await driver.press("space")
        await driver.press("equals_sign")
        await driver.until(lambda: type(driver.app.screen).__name__ == "CompareScreen")
        await driver.press("E")
        await driver.until((tmp_path / "seen").exists)
        assert (tmp_path / "seen").read_bytes() in {REVIEWER + PLANNER, PLANNER + REVIEWER}


def test_git_shows_the_copies_with_the_tool_it_is_set_up_with(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    with copies([("x.md", b"one\n"), ("x.md", b"two\n")]) as (left, right):
        words = difftool_command({}, left, right).words
        seen = subprocess.run(
            [*words[:3], "-c", "diff.tool=cat", "-c", "difftool.cat.cmd=cat $LOCAL $REMOTE", *words[3:]],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home")},
            capture_output=True,
            check=False,
        )
    assert seen.stdout == b"one\ntwo\n"
