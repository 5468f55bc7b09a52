"""A program that writes one change and notes every call that alters the disk: `python -m tests.store.traced ORDER`."""

from __future__ import annotations

import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

from agent_studio.model.change import WriteFailed
from agent_studio.store.disk import Store
from agent_studio.store.place import Place
from tests.store.seam import Call, installed, path_of

REFUSED = 3
"""How it ends where the change was refused."""
NAMES = {
    "create": "open",
    "lock_file": "open",
    "reopen": "open",
    "set_attribute": "setxattr",
    "sync": "fsync",
    "sync_folder": "fsync",
    "replace": "rename",
    "exchange": "rename",
    "move": "rename",
}
"""What the system calls the calls of `files`, where its name is another one."""


def main(order: str) -> int:
    """Carry out an order (a file with roots and the arguments of a commit), with the calls in a file beside it."""
    roots, arguments = pickle.loads(Path(order).read_bytes())
    calls: list[list[str]] = []

    def noted(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        calls.append([NAMES.get(name, name), *_paths(name, args)])
        return call(*args)

    with installed(noted, {}):
        try:
            Store(roots).commit(*arguments)
        except WriteFailed:
            return REFUSED
    Path(order).with_suffix(".json").write_text(json.dumps(calls), encoding="utf-8")
    return 0


def _paths(name: str, args: tuple[Any, ...]) -> list[str]:
    """The paths that a call is about: of a descriptor the one that it was opened with."""
    if isinstance(args[0], int):
        return [os.readlink(f"/proc/self/fd/{args[0]}")]
    if name == "sync_folder":
        return [args[0]]
    return [path_of(arg) for arg in args if isinstance(arg, Place)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
