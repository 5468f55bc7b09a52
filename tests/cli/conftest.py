"""A project, a home and a plugin with a few agents, and the command line to run on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.runs import Cli, agent, install, run_here, write


@pytest.fixture
def cli() -> Cli:
    """The command line in this process, without a terminal."""
    return run_here


@pytest.fixture
def project(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The agents folder of a project, which is the working directory; a home and a plugin have agents, too."""
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    agents = folder / ".claude/agents"
    write(agents / "reviewer.md", agent("reviewer", "tools: Read, Grep", "model: sonnet", "color: blue"))
    write(agents / "db/migrator.md", agent("migrator", "model: opus", "category: data", body="Migrate.\n\nSafely."))
    write(agents / "broken.md", b"---\nname: broken\ndescription: never closed\n")
    write(agents / "README.md", b"# About these agents\n")
    write(home / ".claude/agents/reviewer.md", agent("reviewer", "tools:", "color: magenta"))
    install(home / ".claude", "extras", {"tuner.md": agent("tuner", "model: haiku")})
    monkeypatch.chdir(folder)
    return agents
