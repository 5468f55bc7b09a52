"""Operations: the changes that the journal remembers, by id, as rows, and as the JSON that scripts rely on."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

import click
from click.shell_completion import CompletionItem

from agent_studio.cli import output, record, selection, table
from agent_studio.cli.diagnostics import Trouble
from agent_studio.cli.output import Piece
from agent_studio.model.age import age
from agent_studio.model.history import Operation
from agent_studio.store.disk import Store

Extra = Callable[[Operation], Sequence[str]]
"""Further cells of an operation's row."""

_ID = re.compile(r"[0-9]{20}")


def is_id(word: str) -> bool:
    """Whether a word is spelled like the id of an operation."""
    return _ID.fullmatch(word) is not None


def of_store(store: Store) -> list[Operation]:
    """Everything that was ever written and is remembered, oldest first, wherever its files are."""
    return store.journal.operations()


class OperationType(click.ParamType[str]):
    """The id of an operation, and (`paths`) also a path."""

    name = "id"

    def __init__(self, offered: Callable[[Store], Iterable[Operation]] = of_store, paths: bool = False) -> None:
        self._offered = offered
        self._paths = paths

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The ids that begin so, and files."""
        try:
            ids = [one.id for one in self._offered(Store(selection.roots())) if one.id.startswith(incomplete)]
        except (Trouble, OSError):
            ids = []
        return [*map(CompletionItem, ids), *([CompletionItem(incomplete, type="file")] * self._paths)]


def what(operation: Operation) -> str:
    """What was done, in words."""
    return operation.title if operation.kind == "do" else f"{operation.kind} {operation.title}"


def since(operation: Operation) -> str:
    """How long ago it was, in words."""
    ago = age(time.time() - operation.time)
    return "just now" if ago == "now" else f"{ago} ago"


def _exactly(operation: Operation) -> str:
    return datetime.fromtimestamp(operation.time, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def record_of(operation: Operation) -> dict[str, object]:
    """An operation for a program."""
    return {
        "id": operation.id,
        "time": _exactly(operation),
        "title": operation.title,
        "kind": operation.kind,
        "of": operation.of,
        "files": [record.near(path) for path in operation.paths],
    }


def as_rows(operations: Iterable[Operation], title: str, extra: Extra) -> None:
    """Print operations as a table whose last column is called `title`."""
    now = time.time()
    rows = [[one.id, age(now - one.time), what(one), ", ".join(extra(one))] for one in operations]
    titles = ("ID", "WHEN", "WHAT", title.upper())
    for pieces in table.aligned(titles, [[*map(Piece, row)] for row in rows], output.width()):
        output.line(*pieces)


def as_tabs(operations: Iterable[Operation], title: str, extra: Extra) -> None:
    """Print operations as tab-separated values, the last one called `title`."""
    output.tabbed(["id", "when", "what", title])
    for one in operations:
        output.tabbed([one.id, _exactly(one), what(one), ", ".join(extra(one))])
