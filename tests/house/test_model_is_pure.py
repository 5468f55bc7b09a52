"""The model computes values from values: it opens nothing, waits for nothing and reads no clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, sources

MODULES = frozenset(
    "asyncio click concurrent fcntl getpass glob http io logging mmap multiprocessing os platform "
    "platformdirs random rich secrets select shutil signal socket sqlite3 subprocess tempfile textual "
    "time urllib uuid watchfiles webbrowser".split()
)
BUILTINS = frozenset({"breakpoint", "exec", "eval", "input", "open", "print"})
PATH_METHODS = frozenset(
    "chmod cwd exists expanduser glob hardlink_to home is_dir is_file is_symlink iterdir lstat mkdir open read_bytes "
    "read_text readlink rglob rmdir samefile stat symlink_to touch unlink walk write_bytes write_text".split()
)
CLOCKS = frozenset({"date.today", "datetime.now", "datetime.today", "datetime.utcnow"})


def impure(source: Source) -> Iterator[str]:
    """Every place where a file reaches beyond its values."""
    for node in source.nodes:
        match node:
            case ast.Import(names=names):
                reached = [name.name for name in names if name.name.split(".")[0] in MODULES]
            case ast.ImportFrom(module=str(module), level=0, names=names):
                spelled = [f"{module}.{name.name}" for name in names]
                reached = [name for name in spelled if name.split(".")[0] in MODULES or name == "pathlib.Path"]
            case ast.Call(func=func):
                name = source.name(func)
                reached = [name] if _is_call_outside(name) else []
            case ast.Attribute() if source.name(node) == "pathlib.Path":
                reached = ["pathlib.Path"]
            case _:
                reached = []
        yield from (f"{source.at(node)} {name}" for name in reached)


def _is_call_outside(name: str) -> bool:
    owner, _, method = name.rpartition(".")
    if not owner:
        return method in BUILTINS
    return (method in PATH_METHODS and owner not in {"self", "cls"}) or f"{owner.rpartition('.')[2]}.{method}" in CLOCKS


def test_the_model_is_pure() -> None:
    assert [finding for source in sources("agent_studio/model") for finding in impure(source)] == []


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "import os.path",
        "from os import path",
        "import time",
        "import sqlite3 as store",
        "from pathlib import Path",
        "import pathlib; p: pathlib.Path",
        "open('a')",
        "print('a')",
        "path.read_text()",
        "(folder / 'a').write_bytes(b'')",
        "path.is_file()",
        "import datetime; datetime.datetime.now()",
        "from datetime import datetime as dt; dt.now(zone)",
        "from datetime import date; date.today()",
        "def late():\n    import subprocess",
    ],
)
def test_gate_refuses(code: str) -> None:
    assert list(impure(Source("model/a.py", code)))


@pytest.mark.parametrize(
    "code",
    [
        "from pathlib import PurePosixPath",
        "import posixpath, re, yaml",
        "from .time import time",
        "from datetime import datetime; datetime(2026, 1, 1)",
        "'a'.replace('a', 'b')",
        "opened(document)",
        "self.open(node)",
    ],
)
def test_gate_takes_pure_code(code: str) -> None:
    assert list(impure(Source("model/a.py", code))) == []
