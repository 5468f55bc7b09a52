"""The recorded probes: made-up trees, and what the program made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


class Damaged(Exception):
    """The oracle folder does not hold what its index says."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One recorded probe; places are paths below the tree's top, as `project/.claude/agents/x.md`."""

    id: str
    version: str
    files: Mapping[str, bytes]
    folders: tuple[str, ...]
    links: Mapping[str, str]
    hardlinks: Mapping[str, str]
    cwd: str
    args: tuple[str, ...]
    env: Mapping[str, str]
    agents: tuple[Row, ...]
    verdicts: Mapping[str, Row]
    read_order: tuple[str, ...]


def read(folder: Path) -> tuple[Probe, ...]:
    """The probes of an oracle folder, in the order of its index `probes.jsonl`."""
    index = (folder / "probes.jsonl").read_text("utf-8")
    return tuple(_probe(json.loads(line), folder) for line in index.split("\n") if line)


def _probe(row: Row, folder: Path) -> Probe:
    generated = {place: _generated(recipe) for place, recipe in row.get("generate", {}).items()}
    observed = row["observed"]
    return Probe(
        id=row["id"],
        version=row["version"],
        files={file["place"]: _recorded(folder, file) for file in row["files"]} | generated,
        folders=tuple(row.get("mkdir", ())),
        links=row.get("links", {}),
        hardlinks=row.get("hardlinks", {}),
        cwd=row.get("cwd", "project"),
        args=tuple(row.get("args", ())),
        env=row.get("env", {}),
        agents=tuple(observed["agents"]),
        verdicts=observed["files"],
        read_order=tuple(observed.get("read_order", ())),
    )


def _recorded(folder: Path, file: Row) -> bytes:
    path = folder / str(file["file"])
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != file["sha256"]:
        raise Damaged(f"{path} is not the recorded file: copy the folder again, without converting line endings.")
    return data


def _generated(recipe: Row) -> bytes:
    start = str(recipe["start"])
    return (start + str(recipe["fill"]) * (int(recipe["bytes"]) - len(start))).encode()
