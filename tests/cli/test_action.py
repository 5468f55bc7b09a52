"""The GitHub action: its steps run in bash as a runner would run them, and no input becomes a command."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.runs import TIMEOUT, write

TOP = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((TOP / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]
INPUTS = {f"inputs.{name}": told["default"] for name, told in ACTION["inputs"].items()}

with_bash = pytest.mark.skipif(not shutil.which("bash"), reason="the steps are run by bash")


def test_it_is_a_composite_action_with_all_that_a_runner_asks_for() -> None:
    assert ACTION["name"]
    assert ACTION["description"]
    assert ACTION["runs"]["using"] == "composite"
    assert all(step["shell"] == "bash" for step in STEPS)
    assert all(told["description"] for told in ACTION["inputs"].values())


def test_inputs_reach_scripts_as_variables_only() -> None:
    given = {value for step in STEPS for value in step["env"].values() if "inputs." in value}
    assert given == {f"${{{{ {name} }}}}" for name in INPUTS}
    assert not [step for step in STEPS if "${{" in step["run"]]


def run(step: dict[str, Any], temp: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """A step as the runner runs it: expressions in `env` filled in, its script in a file for bash."""
    known = {**INPUTS, "github.action_path": str(TOP), "runner.temp": str(temp), "inputs.python": sys.executable}
    known |= {f"inputs.{name}": value for name, value in inputs.items()}
    filled = {
        name: re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda found: known[found[1]], value)
        for name, value in step["env"].items()
    }
    script = write(temp / "step.sh", step["run"].encode())
    words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
    variables = {
        **os.environ,
        "GITHUB_ACTIONS": "true",
        "CI": "true",
        "RUNNER_TEMP": str(temp),
        "PYTHONPATH": "",
        **filled,
    }
    return subprocess.run(words, capture_output=True, text=True, env=variables, check=False, timeout=TIMEOUT)


@with_bash
def test_the_last_step_annotates(project: Path, tmp_path: Path) -> None:
    program = write(
        tmp_path / "agent-studio/bin/agent-studio",
        f'#!/bin/sh\nPYTHONPATH="{TOP}" exec "{sys.executable}" -m agent_studio "$@"\n'.encode(),
    )
    program.chmod(0o755)
    done = run(STEPS[-1], tmp_path, args="--select L003,L014")
    assert done.returncode == 1
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == [
        "::notice file=.claude/agents/README.md",
        "::error file=.claude/agents/broken.md",
    ]
    assert run(STEPS[-1], tmp_path, paths="$(touch here) *;x").returncode == 2
    assert run(STEPS[-1], tmp_path, args="--ignore `touch here`").returncode == 2
    assert not list(Path.cwd().glob("*here*"))


@with_bash
@pytest.mark.sweep
def test_all_steps_install_it_and_lint(project: Path, tmp_path: Path) -> None:
    installed = run(STEPS[0], tmp_path)
    if "No matching distribution" in installed.stderr or "Could not find a version" in installed.stderr:
        pytest.skip("there is no package index at hand")
    assert installed.returncode == 0, installed.stderr
    done = run(STEPS[1], tmp_path, args="--select L003")
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=.claude/agents/broken.md,line=")
