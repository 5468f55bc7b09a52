"""Every written change, before and after, one file for each, whose ending says how far it came.

Files, not a database: each call to the system passes through `files`, where faults can be put in, one operation costs
one flush, and a person can look into them. A file is a line of JSON and the bytes of the files, before and after.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

from agent_studio.model.history import Kind, Operation

from . import files
from .contents import first_line, opened, whole
from .entry import Entry, Trace, header_of, packed, unpacked
from .place import Place
from .staging import SUFFIX, put
from .state import state_folder, state_path

INTENT, WRITTEN, DONE, KEPT = ".intent", ".written", ".done", ".kept"
"""Endings: about to be written; written, with old files still beside the new ones; done; kept for a while only."""
KEPT_FOR = 24 * 3_600
"""Seconds for which a file that was swapped out is kept: a program that has it open may still write into it."""
OLDEST = 30 * 24 * 3_600
"""Seconds for which operations are kept at least."""
LARGEST = 200_000_000
"""Bytes of operations that are kept at least, however old they are."""
_NAME = re.compile(r"[0-9]{20}[.]")


class Journal:
    """The operations in the studio's own state. It is read at any time, and written while the lock is held."""

    def __init__(self) -> None:
        self._headers: dict[str, Operation | None] = {}
        """What was read of operations, by id: once written, they stay as they are."""

    @property
    def folder(self) -> str:
        """Where the operations are; it is not there before the first one."""
        return state_path("journal")

    def operation(
        self, title: str, traces: Sequence[Trace] = (), kind: Kind = "do", of: str | None = None
    ) -> Operation:
        """A new operation, not written down yet; its id is after all others, even where the clock was turned back."""
        now, last = time.time_ns(), max(self._names(), default="0")[:20]
        identity = f"{max(now, int(last) + 1):020d}"
        return Operation(identity, title, now / 1e9, tuple(trace.path for trace in traces), kind, of)

    def begin(self, title: str, traces: Sequence[Trace], kind: Kind = "do", of: str | None = None) -> Entry:
        """Write down what is about to happen, flushed to the disk; raises `OSError`."""
        entry = Entry(self.operation(title, traces, kind, of), tuple(traces))
        self._add(entry, INTENT)
        return entry

    def note(self, title: str, traces: Sequence[Trace]) -> Operation:
        """Write down what happened; raises `OSError`."""
        entry = Entry(self.operation(title, traces), tuple(traces))
        self._add(entry, DONE)
        return entry.operation

    def finish(self, entry: Entry) -> None:
        """Mark an operation as written: from now on it is not rolled back but undone."""
        identity = entry.operation.id
        files.replace(self._place(identity, INTENT), self._place(identity, WRITTEN))
        with suppress(OSError):  # it is written; only a power cut right now could still take it back, as a whole
            files.sync_folder(self.folder)

    def is_open(self, entry: Entry) -> bool:
        """Whether an operation was neither written nor taken back."""
        return bool(self._place(entry.operation.id, INTENT).status)

    def close(self, entry: Entry) -> None:
        """Mark a written operation as done: nothing of it is left beside the files."""
        files.replace(self._place(entry.operation.id, WRITTEN), self._place(entry.operation.id, DONE))

    def forget(self, entry: Entry) -> None:
        """Take an operation that was rolled back out of the history; its bytes are kept for a while."""
        files.replace(self._place(entry.operation.id, INTENT), self._place(entry.operation.id, KEPT))

    def keep(self, entry: Entry, place: Place, known: bytes | None) -> None:
        """Move a file aside, still the same file: who has it open may write into it.

        Where that cannot be, such as from another disk, it is removed, and copied if it has more than the known bytes.
        """
        kept = self._place(f"{entry.operation.id}.{os.urandom(4).hex()}", KEPT)
        try:
            files.replace(place, kept)
        except OSError:
            if not (known or b"").startswith(data := whole(*place)):
                put(kept.name, data)
            files.unlink(place)
            return
        with suppress(OSError), opened(*kept) as descriptor:  # if it is no file or not ours, the folder is closed still
            files.chmod(descriptor, 0o600)

    def unfinished(self) -> list[Entry]:
        """The operations that were begun, or written and not closed, newest first; raises `OSError`."""
        return [entry for name in reversed(self._names(INTENT, WRITTEN)) if (entry := self._read(name))]

    def operations(self) -> list[Operation]:
        """The operations that were written, oldest first; what else lies there is passed over."""
        known = self._headers
        ids = [name[:20] for name in self._names(WRITTEN, DONE)]
        self._headers = {identity: known.get(identity) or header_of(self._line(identity)) for identity in ids}
        return [operation for operation in self._headers.values() if operation]

    def entry(self, identity: str) -> Entry | None:
        """A written operation with its bytes; None where it is there no more."""
        return self._read(f"{identity}{WRITTEN}") or self._read(f"{identity}{DONE}")

    def superfluous(self, now: float) -> list[str]:
        """The files that nobody needs any more: operations over age and size, old kept files, strays of the dead."""
        names = self._names()
        strays = [name for name in self._listed() if name.endswith(SUFFIX)]
        old = [name for name in names if name.endswith(KEPT) and now - _seconds(name) > KEPT_FOR]
        return [*strays, *old, *self._over([name for name in names if name.endswith(DONE)], now)]

    def tidy(self, now: float) -> None:
        """Remove what nobody needs any more."""
        for name in self.superfluous(now):
            files.unlink(Place(os.path.join(self.folder, name)))

    def _add(self, entry: Entry, ending: str) -> None:
        state_folder("journal")
        place = self._place(entry.operation.id, ending)
        put(place.name, packed(entry))
        try:
            files.sync_folder(self.folder)
        except OSError:
            files.unlink(place)
            raise

    def _over(self, done: list[str], now: float) -> Iterator[str]:
        """The oldest of some operations, as long as they are too old and the rest is large enough."""
        if not done or now - _seconds(done[0]) <= OLDEST:
            return
        states = [Place(os.path.join(self.folder, name)).status for name in done]
        sizes = [status.st_size if status else 0 for status in states]
        left = sum(sizes)
        for name, size in zip(done, sizes, strict=True):
            left -= size
            if left < LARGEST or now - _seconds(name) <= OLDEST:
                break
            yield name

    def _names(self, *endings: str) -> list[str]:
        """The files with these endings, or all of the journal's own, by age."""
        return sorted(name for name in self._listed() if name.endswith(endings or "") and _NAME.match(name))

    def _listed(self) -> list[str]:
        """Everything that lies in the folder; raises `OSError`."""
        with suppress(FileNotFoundError):
            return os.listdir(self.folder) if os.path.isabs(self.folder) else []
        return []

    def _place(self, identity: str, ending: str) -> Place:
        return Place(os.path.join(self.folder, f"{identity}{ending}"))

    def _read(self, name: str) -> Entry | None:
        with suppress(FileNotFoundError, IsADirectoryError):
            return unpacked(whole(os.path.join(self.folder, name)))
        return None

    def _line(self, identity: str) -> bytes:
        """The first line of an operation, whose ending may change meanwhile; none where it cannot be read."""
        with suppress(OSError):
            return first_line(self._place(identity, WRITTEN).name) or first_line(self._place(identity, DONE).name)
        return b""


def _seconds(name: str) -> float:
    """When a file of the journal was made, by its name, in seconds since the epoch."""
    return int(name[:20]) / 1e9
