"""Where an agent lives: the root it was found under and its path below that root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["managed", "project", "user", "plugin", "folder"]

SCOPES: tuple[Scope, ...] = ("managed", "project", "user", "plugin", "folder")
"""All scopes in the order they are listed: the host's precedence first, folders opened by hand last."""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that is read for agent files.

    `name` is unique in a library and begins every ref below it; `path` is absolute. `only` restricts the root to some
    relative paths (a single file was opened). `exists` is false for a place that was looked for and not found.
    """

    name: str
    scope: Scope
    path: str
    read_only: bool = False
    only: frozenset[str] | None = None
    exists: bool = True


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The stable name of a file in the studio, written `root:path/below/it.md` (always forward slashes)."""

    root: str
    path: str

    def __str__(self) -> str:
        return f"{self.root}:{self.path}"

    @property
    def stem(self) -> str:
        """The file name without `.md`."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    @property
    def folder(self) -> str:
        """The folder below the root, empty for a file that stands directly in it."""
        return self.path.rpartition("/")[0]

    def beside(self, filename: str) -> Ref:
        """The ref of another file in the same folder."""
        return Ref(self.root, f"{self.folder}/{filename}" if self.folder else filename)

    @classmethod
    def parse(cls, text: str) -> Ref | None:
        """The ref that `text` spells, or None when it has no `root:` in front."""
        root, colon, path = text.partition(":")
        return cls(root, path) if colon and root and path else None
