"""Looking at files runs nothing, asks no network, and takes no time that the file chooses."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_studio.store.disk import Store
from agent_studio.store.drafts import Drafts
from agent_studio.store.journal import KEPT
from agent_studio.store.roots import find_roots
from agent_studio.ui.external import editor_command
from tests.cli.runs import run_here
from tests.security.payloads import STARTS
from tests.store.folders import AGENT

BOMB = "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 9))
YAML = {
    "bomb": f"a0: &a0 x\n{BOMB}",
    "merged bomb": "a: &a {b: c}\n" + "".join(f"k{n}: {{<<: [*a, *a, *a, *a]}}\n" for n in range(2_000)),
    "brackets": f"x: {'[' * 20_000}",
    "closed brackets": f"x: {'[' * 20_000}{']' * 20_000}",
    "braces": f"x: {'{a: ' * 5_000}",
    "dashes": f"x:\n{'- ' * 20_000}",
    "indents": "x:\n" + "".join(f"{' ' * depth}k:\n" for depth in range(1, 1_000)),
    "circle": "x: &a [*a]",
    "anchors": "".join(f"k{number}: &a{number} x\n" for number in range(20_000)),
    "long": f"x: {'y' * 900_000}",
}
WITHIN = 60.0
"""Seconds: a hundred times what any of them takes, and nothing to what grows without bounds."""
TAGS = (
    '!!python/object/apply:os.system ["touch RAN"]',
    '!!python/object/new:subprocess.Popen [["touch", "RAN"]]',
    "!!python/name:os.system",
    "!!python/module:antigravity",
    '!<tag:yaml.org,2002:python/object/apply:os.mkdir> ["RAN"]',
)
NAMES = (
    *("+!touch RAN", "+:!touch RAN", "-c !touch RAN", "--cmd=!touch RAN", "-S RAN", "--help", "$(touch RAN)"),
    *("`touch RAN`", "a; touch RAN", "a | touch RAN", "a\ntouch RAN", "'; touch RAN; '", "a & touch RAN &"),
)


@pytest.mark.parametrize("header", YAML.values(), ids=YAML)
def test_no_header_takes_long_or_is_died_of(tmp_path: Path, header: str) -> None:
    (tmp_path / "a.md").write_text(f"---\nname: a\ndescription: d\n{header}\n---\nbody\n", encoding="utf-8")
    began = time.perf_counter()
    (agent,) = Store(find_roots([tmp_path], tmp_path, {}, tmp_path)).load()
    assert agent.verdict.reason or agent.name == "a"
    assert run_here("show", str(tmp_path / "a.md")).code == 0
    assert time.perf_counter() - began < WITHIN


@pytest.mark.parametrize("tag", TAGS)
def test_no_tag_runs_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(f"---\nname: a\ndescription: {tag}\ncolor: {tag}\nx: {tag}\n---\n", encoding="utf-8")
    for words in (("list",), ("show", "a.md"), ("set", "color=red", "a.md"), ("diff", "a.md", "a.md")):
        run_here(*words)
    assert os.listdir(tmp_path) == ["a.md"]
    assert "antigravity" not in sys.modules


@pytest.fixture
def editors(tmp_path: Path) -> list[str]:
    """Editors: one that writes down its words, and vim where there is one."""
    stub = tmp_path / "editor"
    stub.write_text(f'#!/bin/sh\nfor word; do printf "%s\\0" "$word" >>"{tmp_path}/words"; done\n')
    stub.chmod(0o755)
    return [str(stub), *(["vim -u NONE -es -c q! --not-a-term"] if shutil.which("vim") else [])]


@pytest.mark.parametrize("name", NAMES)
def test_no_file_name_is_a_command_to_an_editor(tmp_path: Path, editors: list[str], name: str) -> None:
    folder = tmp_path / "agents"
    folder.mkdir()
    path = folder / f"{name}.md"
    path.write_bytes(AGENT)
    (agent,) = Store(find_roots([folder], folder, {}, folder)).load()
    for editor in editors:
        words = editor_command({"EDITOR": editor}, agent.path).words
        subprocess.run(words, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
    said = (tmp_path / "words").read_text(encoding="utf-8").split("\0")
    assert said[:-1] == [str(path)]
    assert path.is_absolute()
    assert os.listdir(folder) == [path.name]
    assert sorted(os.listdir(tmp_path)) == ["agents", "editor", "words"]


def test_only_the_owner_can_look_into_the_state(folder: Path, home: Path) -> None:
    old = os.umask(0)
    try:
        assert run_here("set", "color=red", str(folder / "reviewer.md"), "--yes").code == 0
        Drafts().keep("/a.md", b"before", b"after")
    finally:
        os.umask(old)
    state = home / ".local"
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in [state, *state.rglob("*")]}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert not [path for path, mode in modes.items() if path.is_file() and mode & 0o077 and path.suffix != KEPT]


def test_looking_at_files_starts_nothing_and_asks_no_network(folder: Path, started: list[str]) -> None:
    hooks = b"---\nname: h\ndescription: d\nhooks: {Stop: [{hooks: [{type: command, command: 'touch RAN'}]}]}\n"
    (folder / "h.md").write_bytes(hooks + b"mcpServers: [{x: {command: touch, args: [RAN]}}]\n---\n![](http://x/y)\n")
    for words in (("list",), ("list", "--format", "json"), ("budget",), ("set", "color=red"), ("rename", "h", "i")):
        run_here(*words, str(folder) if words[0] != "rename" else str(folder / "h.md"))
    assert run_here("show", str(folder / "h.md")).code == 0
    assert started == []
    subprocess.run([sys.executable, "-c", ""], check=True)
    assert len(started) == 1


@pytest.fixture
def started() -> Iterator[list[str]]:
    """The programs that were started and the connections that were made in this process."""
    found: list[str] = []
    listening = [True]

    def heard(event: str, args: tuple[object, ...]) -> None:
        if listening and event in STARTS:
            found.append(event)

    sys.addaudithook(heard)  # it stays as long as the process, and so is told when to stop
    yield found
    listening.clear()
