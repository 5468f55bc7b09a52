"""A probe laid out on disk, ready for the program to start in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from oracle.probe import Probe

FOLDERS = ("project", "home", "extra", "plugin")


@dataclass(frozen=True, slots=True)
class Tree:
    """The folders of one probe below `top`, and how the program is started there."""

    top: Path
    cwd: Path
    args: tuple[str, ...]
    env: Mapping[str, str]

    @property
    def home(self) -> Path:
        """The home folder of the run."""
        return self.top / "home"

    def marked(self, text: str) -> str:
        """A text with the tree's folders written as `$PROJECT`, `$HOME`, ..., which no run changes."""
        for name in FOLDERS:
            text = text.replace(str(self.top / name), f"${name.upper()}")
        return text

    def lists(self, names: tuple[str, ...]) -> bool:
        """Whether the file system lists the files of some agents folder in this order, as recorded."""
        return any(read_order(folder) == names for folder in self.top.rglob("agents"))


def lay(probe: Probe, top: Path) -> Tree:
    """Write a probe's folders, files and links below `top`, which is empty."""
    top = top.resolve()
    for folder in (*FOLDERS, *probe.folders):
        (top / folder).mkdir(parents=True, exist_ok=True)
    for place, data in probe.files.items():
        _room(top / place).write_bytes(data)
    for place, target in probe.links.items():
        _room(top / place).symlink_to(target)
    for place, target in probe.hardlinks.items():
        _room(top / place).hardlink_to(top / target)
    return Tree(
        top=top,
        cwd=top / probe.cwd,
        args=tuple(_meant(word, top) for word in probe.args),
        env={name: _meant(word, top) for name, word in probe.env.items()},
    )


def read_order(folder: Path) -> tuple[str, ...]:
    """The files below a folder as the program meets them: depth first, unsorted."""
    found: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            below = read_order(Path(entry.path)) if entry.is_dir(follow_symlinks=False) else None
            found += [entry.name] if below is None else [f"{entry.name}/{name}" for name in below]
    return tuple(found)


def _room(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _meant(word: str, top: Path) -> str:
    """A recorded word; `@plugin` stands for the folder `plugin`."""
    return str(top / word[1:]) if word.startswith("@") else word
