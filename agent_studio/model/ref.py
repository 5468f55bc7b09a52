"""Where an agent lives: the root it was found under and its path below that root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Scope = Literal["managed", "project", "user", "plugin", "folder"]

SCOPES: tuple[Scope, ...] = ("managed", "project", "user", "plugin", "folder")
"""All scopes in the order they are listed: the host's precedence first, folders opened by hand last."""


EXTENSION = ".md"
"""How the name of a file must end that Claude Code reads, in lower case."""
PARKED = ".parked"
"""What parking adds to a file's name."""
_SET_ASIDE = (f"{EXTENSION}{PARKED}", f"{EXTENSION}.disabled", f"{EXTENSION}.off")
"""Endings of files that were put out of the host's sight, by the studio or by hand."""
_NEARLY = (".markdown", ".mdx", ".mdown")
"""Endings that Markdown files have, too, and that the host does not read."""


def is_agent_file(name: str) -> bool:
    """Whether a file of this name is an agent file, a parked one, or one that the host overlooks for its ending."""
    return name.endswith(EXTENSION) or name.lower().endswith((EXTENSION, *_NEARLY, *_SET_ASIDE))


def may_be_agent_file(name: str) -> bool:
    """Whether a file of this name is an agent file, or may turn out to be one by what stands in it (`x.txt`)."""
    return is_agent_file(name) or name.lower().endswith(".txt")


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that is read for agent files.

    `name` is unique in a library and begins every ref below it; `path` is absolute. `only` restricts the root to some
    relative paths (a single file was opened). `exists` is false for a place that was looked for and not found.
    `plugin` names the plugin whose agents these are. `added` counts the folders that the host is given by `--add-dir`
    from 1; it is -1 for the main checkout that a git worktree falls back to, else 0. `idle` says why the host does not
    read it now; None where it does. `denied` are names of agents (`*` for all) that its settings keep from the model.
    """

    name: str
    scope: Scope
    path: str
    read_only: bool = False
    only: frozenset[str] | None = None
    exists: bool = True
    plugin: str | None = None
    added: int = 0
    idle: str | None = None
    denied: frozenset[str] = frozenset()


class Ref(NamedTuple):
    """The stable name of a file in the studio, written `root:path/below/it.md` (always forward slashes).

    A tuple: it is looked up some hundred thousand times for a large collection, and a tuple's hash takes no Python.
    """

    root: str
    path: str

    def __str__(self) -> str:
        return f"{self.root}:{self.path}"

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        name = self.unparked.path.rpartition("/")[2]
        return name.removesuffix(EXTENSION) if name.endswith(EXTENSION) else name.rpartition(".")[0] or name

    @property
    def parked(self) -> bool:
        """Whether the file was put out of the host's sight by its name."""
        return self.path.lower().endswith(_SET_ASIDE)

    @property
    def unparked(self) -> Ref:
        """The ref of the file in the host's sight; its own where it is not parked."""
        return Ref(self.root, self.path.rpartition(".")[0]) if self.parked else self

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
