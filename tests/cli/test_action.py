"""The GitHub action: its last step lints, and no input becomes a command."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.runs import TIMEOUT, environment, write

ACTION = yaml.safe_load((Path(__file__).resolve().parents[2] / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]


def test_inputs_reach_scripts_as_variables_only() -> None:
    given = {value for step in STEPS for value in step["env"].values() if "inputs." in value}
    assert given == {f"${{{{ inputs.{name} }}}}" for name in ACTION["inputs"]}
    assert not [step for step in STEPS if "${{" in step["run"]]


@pytest.mark.skipif(not shutil.which("bash"), reason="the steps are run by bash")
def test_the_last_step_annotates(project: Path, tmp_path: Path) -> None:
    program = write(
        tmp_path / "venv/bin/agent-studio", f'#!/bin/sh\nexec "{sys.executable}" -m agent_studio "$@"\n'.encode()
    )
    program.chmod(0o755)

    def lint(paths: str, args: str) -> subprocess.CompletedProcess[str]:
        variables = environment(PATHS=paths, ARGS=args, ENVIRONMENT=str(tmp_path / "venv"))
        words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", STEPS[-1]["run"]]
        return subprocess.run(words, capture_output=True, text=True, env=variables, check=False, timeout=TIMEOUT)

    done = lint(ACTION["inputs"]["paths"]["default"], "--select L003,L014")
    assert done.returncode == 1
    assert [line.split(",")[0] for line in done.stdout.splitlines()] == [
        "::notice file=.claude/agents/README.md",
        "::error file=.claude/agents/broken.md",
    ]
    assert lint("$(touch here) *;x", "").returncode == 2
    assert not list(Path.cwd().glob("*here*"))
