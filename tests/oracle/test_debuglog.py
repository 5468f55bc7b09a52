"""What the debug log says about a file."""

from __future__ import annotations

import pytest

from oracle.debuglog import entries, reason

PATH = "/t/project/.claude/agents/a+b (1).md"
TIME = "2026-11-21T12:12:43.213Z"
SAID = {
    "same-inode": f"Skipping duplicate file '{PATH}' from projectSettings (same inode already loaded)",
    "same-name": f"[agents] Duplicate agent name 'x' (projectSettings): /t/y.md, {PATH} — active: /t/y.md",
    "too-large": f"loadMarkdownFilesFromDir: skipping {PATH}: not a regular file or exceeds 1048576 byte limit",
    "broken-link": f"Failed to follow symlink {PATH}: ENOENT: no such file or directory, stat '{PATH}'",
    "yaml-error": f"YAML frontmatter in {PATH} failed to parse and was ignored: YAML Parse error: Unexpected token",
    "name-not-text": f'Failed to parse agent from {PATH}: Missing required "name" field in frontmatter',
    "name-rejected": f'Agent file {PATH}: Invalid "name": names must not start with "-"',
    "description-missing": f'Agent file {PATH}: Missing required "description" field in frontmatter',
    "hooks-invalid": f"Failed to parse agent from {PATH}: Unknown parsing error",
}


def log(*messages: str) -> tuple[str, ...]:
    return entries("".join(f"{TIME} [DEBUG] {message}\n" for message in messages))


@pytest.mark.parametrize("why", SAID)
def test_a_reason_is_found_with_its_message(why: str) -> None:
    assert reason(log("[STARTUP] Loading commands and agents...", SAID[why]), PATH) == (why, SAID[why])


@pytest.mark.parametrize("why", SAID)
def test_a_reason_of_another_file_is_not_taken(why: str) -> None:
    assert reason(log(SAID[why]), PATH.removesuffix(".md")) == ("silent", None)
    assert reason(log(SAID[why]), "/t/project/.claude/agents/a+b") == ("silent", None)


def test_a_name_of_two_lines_is_one_message() -> None:
    message = f"[agents] Duplicate agent name 'one\ntwo' (projectSettings): /t/y.md, {PATH} — active: /t/y.md"
    assert log("first", message, "last") == ("first", message, "last")
    assert reason(log("first", message, "last"), PATH)[0] == "same-name"
