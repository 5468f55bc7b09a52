"""What was done to files: every written change as an operation, and which of them can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Operation:
    """A change that was written.

    `id` sorts by time; `time` is in seconds since the epoch. `paths` are the absolute paths of its files. An undo or
    redo is an operation of its own: `of` names the one that it takes or brings back.
    """

    id: str
    title: str
    time: float
    paths: tuple[str, ...]
    kind: Kind = "do"
    of: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The operations that can be taken back and those that can be brought back, last first to go at the end."""

    done: tuple[Operation, ...] = ()
    undone: tuple[Operation, ...] = ()

    def steps(self, way: Literal["undo", "redo"]) -> tuple[Operation, ...]:
        """What can be undone or redone, the next one first."""
        return (self.done if way == "undo" else self.undone)[::-1]

    @classmethod
    def of(cls, operations: Iterable[Operation]) -> History:
        """The history that some operations, oldest first, add up to; a new change ends what could be brought back."""
        done: list[Operation] = []
        undone: list[Operation] = []
        for operation in operations:
            if operation.kind == "do":
                done.append(operation)
                undone.clear()
                continue
            source, target = (done, undone) if operation.kind == "undo" else (undone, done)
            found = next((one for one in source if one.id == operation.of), None)
            if found:
                source.remove(found)
                target.append(found)
        return cls(tuple(done), tuple(undone))
