"""Collections of any size, made of the demo agents with a fixed seed."""

from __future__ import annotations

import random
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

SEED = 20_260_101
A_FOLDER = 12


def samples() -> list[bytes]:
    """The demo agents' bytes."""
    return sorted(_files(resources.files("agent_studio.demo") / "files"))


def _files(folder: Traversable) -> list[bytes]:
    found: list[bytes] = []
    for entry in folder.iterdir():
        found += _files(entry) if entry.is_dir() else [entry.read_bytes()] if entry.name.endswith(".md") else []
    return found


def build(folder: Path, count: int) -> Path:
    """`count` agent files below `folder`, a dozen in each of its folders: samples with some words changed."""
    chance = random.Random(SEED)  # noqa: S311  # the same collection every time is the point
    texts = samples()
    for number in range(count):
        place = folder / f"group-{number // A_FOLDER:05}"
        place.mkdir(parents=True, exist_ok=True)
        words = chance.choice(texts).split(b" ")
        for _ in range(len(words) // 25):
            words[chance.randrange(len(words))] = b"w%d" % chance.randrange(10_000)
        (place / f"agent-{number:05}.md").write_bytes(b" ".join(words))
    return folder
