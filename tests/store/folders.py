"""Making folders of agents for the tests of the store, and looking at what is in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent_studio.model.ref import Ref

Tree = dict[str, tuple[bytes | str, int]]
"""What is at each path: the bytes of a file and its permissions, or the target of a link and 0."""

AGENT = b"---\nname: reviewer\ndescription: reviews\n---\n\nBody.\n"


def ref(path: str) -> Ref:
    """The ref of a file below the folder."""
    return Ref("project", path)


def write(folder: Path, *paths: str, data: bytes = AGENT) -> None:
    """Make files, and the folders they need."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def tree(folder: Path) -> Tree:
    """Every file and link below a folder; links are not followed."""
    found: Tree = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = str(path.readlink()), 0
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes(), path.stat().st_mode & 0o7777
    return found


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may do everything")
