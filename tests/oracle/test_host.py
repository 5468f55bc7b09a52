"""Programs that are run: some that are no Claude Code, and Claude Code itself where CLAUDE_CODE_BINARY names it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from oracle import host
from oracle.tree import lay
from tests.oracle.probes import probe

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python -m oracle`, with these variables on top of the environment."""
    return subprocess.run(
        [sys.executable, "-m", "oracle", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_program_that_answers_nothing_is_told(tmp_path: Path) -> None:
    tree = lay(probe(), tmp_path)
    with pytest.raises(host.Silent, match="an answer is missing"):
        host.ask("true", tree)
    with pytest.raises(host.Silent, match="no JSON"):
        host.ask("echo", tree)
    with pytest.raises(host.Silent, match="does not run"):
        host.version("false")


def test_without_a_program_one_sentence_says_what_to_install() -> None:
    done = run(CLAUDE_CODE_BINARY="", PATH="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("No Claude Code here: npm install -g @anthropic-ai/claude-code")


def test_without_a_record_nothing_is_measured(tmp_path: Path) -> None:
    done = run("--folder", str(tmp_path), CLAUDE_CODE_BINARY="true")
    assert done.returncode == 2
    assert "probes.jsonl" in done.stderr


def test_the_program_does_what_was_recorded(oracle: Path, tmp_path: Path) -> None:
    if "CLAUDE_CODE_BINARY" not in os.environ:
        pytest.skip("set CLAUDE_CODE_BINARY to a Claude Code")
    only = ("fence-plain", "name-colon", "path-link-broken", "scope-add-dir", "plugin-no-name")
    done = run("--folder", str(oracle), "--json", str(tmp_path / "seen"), "--only", *only)
    assert (done.returncode, done.stdout.split("\n")[1]) == (0, "5 of 5 probes as recorded; 0 differ")
    assert (tmp_path / "seen").read_text().count("\n") == 5


def test_drift_is_found(oracle: Path, tmp_path: Path) -> None:
    if "CLAUDE_CODE_BINARY" not in os.environ:
        pytest.skip("set CLAUDE_CODE_BINARY to a Claude Code")
    row = next(line for line in (oracle / "probes.jsonl").read_text().split("\n") if '"fence-plain"' in line)
    (tmp_path / "probes.jsonl").write_text(row.replace('"plain text"', '"another"'))
    (tmp_path / "probes").symlink_to(oracle / "probes")
    done = run("--folder", str(tmp_path))
    assert done.returncode == 1
    assert "fence-plain: agent 'fence-plain': description was 'another', is 'plain text'" in done.stdout
