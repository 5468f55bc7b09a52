"""Making folders of agents for the tests of the store, and looking at what is in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agent_studio.model.ref import Ref

AGENT = b"---\nname: reviewer\ndescription: reviews\n---\n\nBody.\n"


def ref(path: str) -> Ref:
    """The ref of a file below the folder."""
    return Ref("project", path)


def write(folder: Path, *paths: str, data: bytes = AGENT) -> None:
    """Make files, and the folders they need."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def tree(folder: Path) -> dict[str, tuple[bytes | str, int]]:
    """Every file (bytes) and link (where it leads) below a folder, with its permissions; links are not followed."""
    found: dict[str, tuple[bytes | str, int]] = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode & 0o7777
        if path.is_symlink():
            found[str(path.relative_to(folder))] = str(path.readlink()), mode
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes(), mode
    return found


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may do everything")
