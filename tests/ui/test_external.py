"""The person's own editor: which command is run, and what it did is one undoable change."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_studio.ui.external import NoEditor, editor_command
from tests.ui.conftest import REVIEWER, Studio

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
