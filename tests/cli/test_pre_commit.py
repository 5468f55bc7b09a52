"""The hook for pre-commit, in a repository, by pre-commit itself; only its installation is spared."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.runs import agent, environment, write

HOOKS = Path(__file__).resolve().parents[2] / ".pre-commit-hooks.yaml"
MISSING = [name for name in ("git", "pre-commit") if not shutil.which(name)]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    # A hook of an outer repository, in which the tests may run, would pass its own folders on.
    variables = {name: value for name, value in environment().items() if not name.startswith("GIT_")}
    return subprocess.run(words, capture_output=True, text=True, env=variables, check=False, timeout=120)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with two agents that uses the hook, run by the Python that runs the tests."""
    (hook,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    words = hook["entry"].split()
    assert words[0] == "agent-studio"
    hook |= {"language": "system", "entry": shlex.join([sys.executable, "-m", "agent_studio", *words[1:]])}
    folder = tmp_path / "shop"
    configuration = {"repos": [{"repo": "local", "hooks": [hook | {"args": ["--select", "L,N,S"]}]}]}
    write(folder / ".pre-commit-config.yaml", yaml.safe_dump(configuration).encode())
    write(folder / ".claude/agents/good.md", agent("good"))
    write(folder / "docs/broken.md", b"---\nname: no agent\n")
    monkeypatch.chdir(folder)
    for words in (["init", "-q"], ["config", "user.name", "A"], ["config", "user.email", "a@localhost"], ["add", "-A"]):
        assert run("git", *words).returncode == 0
    return folder


def test_good_agents_and_other_files_pass(repository: Path) -> None:
    done = run("pre-commit", "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout


def test_a_problem_stops_the_commit(repository: Path) -> None:
    assert run("pre-commit", "install").returncode == 0
    assert run("git", "commit", "-q", "-m", "good").returncode == 0
    write(repository / "pkg/.claude/agents/open.md", b"---\nname: open\ndescription: Use it.\n")
    write(repository / ".claude/agents/twin.md", agent("good"))
    write(repository / ".claude/agents/loud.MD", agent("loud"))
    run("git", "add", "-A")
    done = run("git", "commit", "-q", "-m", "bad")
    assert done.returncode == 1
    assert "pkg/.claude/agents/open.md:1:1: L003 error " in done.stderr
    assert f".claude{os.sep}agents{os.sep}twin.md:2:7: N002 error " in done.stderr
    assert "loud.MD:1:1: L005 error " in done.stderr
    assert "good.md:2:7" not in done.stderr
    assert run("git", "log", "--format=%s").stdout == "good\n"
