"""What is no plain file is listed with the reason, at once, and nothing waits for it or dies of it."""

from __future__ import annotations

import os
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.document import LARGEST
from agent_studio.model.ref import Root
from agent_studio.store.disk import Store
from tests.store.folders import AGENT

WITHIN = 1.0
"""Seconds; a tenth of it is promised, the rest is for machines that are busy."""


def fifo(path: Path) -> None:
    os.mkfifo(path)


def local_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(path.parent)  # the path of a socket may not be long
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def forbidden(path: Path) -> None:
    path.write_bytes(AGENT)
    path.chmod(0)


def huge(path: Path) -> None:
    path.write_bytes(AGENT + b"x" * 30_000_000)


def zeros(path: Path) -> None:
    path.write_bytes(AGENT + b"\0" * 1_000)


def other_bytes(path: Path) -> None:
    (path.parent / os.fsdecode(b"caf\xe9\x1b.md")).write_bytes(AGENT)


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "pipe": (fifo, "a pipe, not a file"),
    "socket": (local_socket, "not a file"),
    "device": (device, "a device, not a file"),
    "circle": (circle, "a symbolic link that leads in a circle"),
    "dangling": (dangling, "a symbolic link to a file that does not exist"),
    "no permission": (forbidden, "no permission" if os.geteuid() else ""),
    "30 MB": (huge, ""),
    "NUL": (zeros, ""),
    "not UTF-8": (other_bytes, ""),
}


def locked(agent: Agent) -> str:
    """Why an agent cannot be edited, empty when it can."""
    return agent.trouble or agent.locked or ""


@pytest.mark.parametrize(("make", "reason"), ODD.values(), ids=ODD)
def test_it_is_listed_with_the_reason_at_once(tmp_path: Path, make: Callable[[Path], None], reason: str) -> None:
    make(tmp_path / "odd.md")
    began = time.perf_counter()
    (agent,) = Store([Root("folder", "folder", str(tmp_path))]).load()
    assert time.perf_counter() - began < WITHIN
    assert reason in locked(agent)
    assert bool(locked(agent)) == (bool(reason) or not agent.document.whole or agent.read_only)
    assert len(agent.document.data) <= LARGEST
    assert agent.name


def test_a_folder_called_like_a_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    (tmp_path / "x.md" / "y.md").write_bytes(AGENT)
    assert [agent.ref.path for agent in Store([Root("folder", "folder", str(tmp_path))]).load()] == ["x.md/y.md"]
