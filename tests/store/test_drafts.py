"""Unsaved edits outlive the studio, are adopted once, and never by a run while another one that holds them lives."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent_studio.store.drafts import Drafts, Left


def told(found: list[Left]) -> list[tuple[str, bytes, bytes]]:
    return [(left.path, left.base, left.data) for left in found]


def test_what_a_dead_run_left_is_adopted_once() -> None:
    first = Drafts()
    first.keep("/a.md", b"before\n", b"after\n\xff")
    first.keep("/b.md", b"", b"new")
    first.keep("/a.md", b"before\n", b"later")
    first.close()
    second, third = Drafts(), Drafts()
    assert told(second.adopt()) == [("/b.md", b"", b"new"), ("/a.md", b"before\n", b"later")]
    assert third.adopt() == []
    second.close()
    assert told(third.adopt()) == [("/b.md", b"", b"new"), ("/a.md", b"before\n", b"later")]


def test_a_run_that_lives_keeps_its_own() -> None:
    first, second = Drafts(), Drafts()
    first.keep("/a.md", b"", b"x")
    assert second.adopt() == []
    assert first.adopt() == []


def test_what_was_dropped_is_gone_and_leaves_nothing(home: Path) -> None:
    drafts = Drafts()
    drafts.drop("/never.md")
    drafts.keep("/a.md", b"", b"x")
    drafts.drop("/a.md")
    drafts.close()
    assert list((home / ".local/state/agent-studio/drafts").iterdir()) == []


def test_a_killed_run_leaves_its_edits(home: Path) -> None:
    child = os.fork()
    if child == 0:
        Drafts().keep("/a.md", b"base", b"typed")
        os._exit(9)
    os.waitpid(child, 0)
    assert told(Drafts().adopt()) == [("/a.md", b"base", b"typed")]


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]\n", b"\xff", b'{"path": 5, "base": "x", "time": 1}\n'])
def test_damage_is_passed_over(home: Path, damage: bytes) -> None:
    folder = home / ".local/state/agent-studio/drafts/00000000000000000001-abc"
    folder.mkdir(parents=True)
    (folder / "x").write_bytes(damage)
    assert Drafts().adopt() == []
    assert not folder.exists()


def test_only_the_owner_can_look(home: Path) -> None:
    old = os.umask(0)
    try:
        drafts = Drafts()
        drafts.keep("/a.md", b"", b"secret")
    finally:
        os.umask(old)
    state = home / ".local/state"
    modes = {path.stat().st_mode & 0o777 for path in (state / "agent-studio").rglob("*")}
    assert modes == {0o700, 0o600}
