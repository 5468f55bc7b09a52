"""What every test of the store can ask for: a folder of agents in a project, and the root that reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent_studio.model.ref import Root


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
