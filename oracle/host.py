"""The program that is measured: where it is, and what it answers in a tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import Any

from oracle.api import served
from oracle.tree import Tree

PATIENCE = 120
"""Seconds that a run may take; it needs one or two."""

QUESTIONS = (
    {"type": "control_request", "request_id": "agents", "request": {"subtype": "initialize"}},
    {"type": "control_request", "request_id": "usage", "request": {"subtype": "get_context_usage"}},
    {"type": "user", "message": {"role": "user", "content": "hi"}, "parent_tool_use_id": None, "session_id": ""},
)
OPTIONS = ("-p", "--input-format", "stream-json", "--output-format", "stream-json", "--verbose")


class Silent(Exception):
    """The program did not answer what it was asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one run told: its agents, their sources and tokens, its requests to the model, its debug log."""

    agents: list[dict[str, Any]]
    usage: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    log: str


def found(named: str | None) -> str | None:
    """The absolute path of the program: the one that is named, else `claude` on the PATH."""
    program = shutil.which(named or "claude")
    return program and os.path.abspath(program)


def version(program: str) -> str:
    """The version that the program says it has, as `2.1.329`."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as trouble:
        raise Silent(f"{program} does not run: {trouble}") from trouble
    return told.stdout.split(" ")[0].strip()


def ask(program: str, tree: Tree) -> Answer:
    """Run the program once in a tree, with an empty home and no way to any account."""
    log = tree.top / "debug.log"
    with served() as api:
        command = [program, *OPTIONS, "--debug-file", str(log), *tree.args]
        said = _run(command, tree, api.url)
    answers = {row["response"]["request_id"]: row["response"] for row in said if row["type"] == "control_response"}
    try:
        agents, usage = (answers[name]["response"]["agents"] for name in ("agents", "usage"))
        return Answer(agents, usage, api.requests, log.read_text("utf-8", "replace"))
    except (KeyError, OSError) as missing:
        raise Silent(f"an answer is missing: {missing!r}") from missing


def _run(command: list[str], tree: Tree, url: str) -> list[dict[str, Any]]:
    """The JSON lines that the program prints."""
    questions = "".join(json.dumps(question) + "\n" for question in QUESTIONS)
    try:
        done = subprocess.run(
            command,
            cwd=tree.cwd,
            env=_environment(tree, url),
            input=questions,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as trouble:
        raise Silent(str(trouble)) from trouble
    try:
        return [json.loads(line) for line in done.stdout.split("\n") if line]
    except ValueError as trouble:
        raise Silent(f"no JSON: {done.stdout[:200]!r} {done.stderr[:200]!r}") from trouble


def _environment(tree: Tree, url: str) -> dict[str, str]:
    """Nothing of the person's own environment but the PATH."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(tree.home),
        "ANTHROPIC_API_KEY": "dummy",
        "ANTHROPIC_BASE_URL": url,
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        "DISABLE_AUTOUPDATER": "1",
        **tree.env,
    }
