"""An operation as one file: a line of JSON, and after it the bytes of its files, before and after."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, fields
from typing import Any

from agent_studio.model.history import Operation

from .metadata import Metadata

VERSION = 1
_GARBAGE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Trace:
    """One file of an operation: what is needed to put it back, whoever does it.

    `path` is where the ref points, `real` the place that is written: the file behind it or, where it comes or goes, the
    path itself. `link` is what the symbolic link says that comes or goes there. `temporary` is the name of the new file
    beside it, later of the old one; `made` are the folders that have to be made. `in_place` says that the file stays
    the same file, `trash` that a removed one is not only out of the way. `alias` is the temporary name of the removed
    file that this new one is only another spelling of.
    """

    path: str
    real: str
    before: bytes | None
    after: bytes | None
    temporary: str = ""
    link: str | None = None
    metadata: Metadata | None = None
    made: tuple[str, ...] = ()
    in_place: bool = False
    alias: str | None = None
    trash: bool = False

    @property
    def old(self) -> bytes | str | None:
        """What stood there: bytes, the target of a link, or nothing."""
        return self.before if self.before is None or self.link is None else self.link

    @property
    def new(self) -> bytes | str | None:
        """What is to stand there: bytes, the target of a link, or nothing."""
        return self.after if self.after is None or self.link is None else self.link


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation as it stands in the journal, with its files."""

    operation: Operation
    traces: tuple[Trace, ...]


def packed(entry: Entry) -> bytes:
    """The file of an operation."""
    data = [(trace.before, trace.after) for trace in entry.traces]
    traces = [
        _named(trace) | {"before": _size(before), "after": _size(after)}
        for trace, (before, after) in zip(entry.traces, data, strict=True)
    ]
    line = json.dumps({"version": VERSION, "operation": entry.operation, "files": traces}, default=_told)
    return b"\n".join((line.encode(), b"".join(text or b"" for pair in data for text in pair)))


def _told(value: Operation | Metadata | bytes) -> object:
    """What JSON does not know by itself."""
    return value.decode("latin-1") if isinstance(value, bytes) else _named(value)


def _named(value: Operation | Trace | Metadata) -> dict[str, object]:
    """The fields of a value; `asdict` would copy all that is in them."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def header_of(line: bytes) -> Operation | None:
    """The operation that a first line tells of; None where it is none that this version knows."""
    try:
        return _operation(json.loads(line))
    except _GARBAGE:
        return None


def unpacked(data: bytes) -> Entry | None:
    """The entry that a file holds; None where it is none that this version knows, or not all of it is there."""
    line, _, rest = data.partition(b"\n")
    try:
        header = json.loads(line)
        stream = io.BytesIO(rest)
        entry = Entry(_operation(header), tuple(_trace(found, stream) for found in header["files"]))
    except _GARBAGE:
        return None
    return entry if packed(entry) == data else None


def _size(data: bytes | None) -> int | None:
    return None if data is None else len(data)


def _operation(header: dict[str, Any]) -> Operation:
    """The operation in a header; raises `ValueError` for one of another version."""
    if header["version"] != VERSION:
        raise ValueError
    found = header["operation"]
    return Operation(**found | {"paths": tuple(found["paths"])})


def _trace(found: dict[str, Any], rest: io.BytesIO) -> Trace:
    """One file; its bytes come next in `rest`."""
    sizes = [found["before"], found["after"]]
    before, after = (None if size is None else rest.read(size) for size in sizes)
    metadata = found["metadata"] and _metadata(found["metadata"])
    changed = {"before": before, "after": after, "metadata": metadata, "made": tuple(found["made"])}
    return Trace(**found | changed)


def _metadata(found: dict[str, Any]) -> Metadata:
    attributes = tuple((name, value.encode("latin-1")) for name, value in found["attributes"])
    return Metadata(**found | {"attributes": attributes})
