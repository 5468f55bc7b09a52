"""What every test of the store can ask for: a folder of agents in a project, and the root that reads it."""

from __future__ import annotations

import os
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
