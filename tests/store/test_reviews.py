"""Reviews are kept among the studio's state, for their owner alone, and never cost anything but themselves."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from agent_studio.store.reviews import Review, keep, reviews


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_what_is_kept_is_found_again_and_the_later_counts(state: Path) -> None:
    assert reviews() == {}
    first = Review("/a/\x1b[31m\udcff.md", "abc", 12.5, {"tools": "Read, \u202eBash"})
    keep(first)
    keep(Review("/b.md", "x", 1.0, {}))
    assert reviews()[first.path] == first
    keep(Review(first.path, "def", 13.0, {}))
    assert reviews()[first.path].fingerprint == "def"
    assert len(reviews()) == 2


def test_only_the_owner_can_look(state: Path) -> None:
    keep(Review("/a.md", "abc", 1.0, {}))
    folder = state / "agent-studio" / "reviews"
    (file,) = folder.iterdir()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"path": 1}', b"\xff\xfe", b"[" * 100_000, b'{"path": "/a.md"}'])
def test_garbage_counts_as_never_reviewed(state: Path, data: bytes) -> None:
    keep(Review("/b.md", "abc", 1.0, {}))
    (state / "agent-studio" / "reviews" / "bad.json").write_bytes(data)
    assert list(reviews()) == ["/b.md"]
