"""What every test of the store can ask for: a folder of agents in a project, and the root that reads it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_studio.model.ref import Root


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """The permissions of new files are 0644, whatever they are outside the tests."""
    old = os.umask(0o022)
    yield
    os.umask(old)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty agents folder of a project."""
    folder = tmp_path.resolve() / "work" / ".claude" / "agents"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def root(folder: Path) -> Root:
    """The root that reads the folder."""
    return Root("project", "project", str(folder))


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for thousands of runs, the studio's state, and the trash; in memory where there is a place for that."""
    memory = Path("/dev/shm")
    top = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else tmp_path)) / "top"
    monkeypatch.setenv("XDG_STATE_HOME", str(top / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(top / "data"))
    yield top
    shutil.rmtree(top.parent)
