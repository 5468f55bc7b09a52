"""Other programs write the same files at the same time: no bytes of theirs are lost unseen, and no file is torn."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from agent_studio.model.change import Change, Conflict, Edit
from agent_studio.model.ref import Root
from agent_studio.store import files
from agent_studio.store.disk import Store
from agent_studio.store.journal import DONE, KEPT
from agent_studio.store.locks import locked
from agent_studio.store.place import Place
from tests.store.folders import ref, write
from tests.store.seam import fork, forked

BURST, LONG = 0.5, 10.0
"""Seconds that a race lasts in every run of the tests, and in a sweep."""
LEAST = 5
"""What everybody writes at least, however busy the machine is."""
NAMES = [f"{number}.md" for number in range(5)]


def text(mark: str, number: int) -> bytes:
    """What a writer writes in one turn: never the same twice, long enough to be torn, and known for whole."""
    return f"{mark} {number}\n".encode() * (1 + number * 37 % 900)


def is_whole(data: bytes) -> bool:
    """Whether these are the bytes of one turn, from the first to the last."""
    mark, _, number = data.partition(b"\n")[0].decode().partition(" ")
    return number.isdigit() and data == text(mark, int(number))


@dataclass
class Racer:
    """A program that writes into a folder, beside which it has room for itself, at least until the time is up.

    `wrote` are the bytes that it completed, `took` those that it took away itself, knowing what they were.
    """

    folder: Path
    mark: str
    until: float
    wrote: list[bytes] = field(default_factory=list)
    took: list[bytes] = field(default_factory=list)
    conflicts: int = 0

    @property
    def room(self) -> Path:
        """A file of its own."""
        return self.folder.parent / f"{self.mark}.room"

    def turns(self) -> Iterator[tuple[Path, bytes]]:
        """A file, and what to write into it, again and again."""
        number = 0
        while time.monotonic() < self.until or len(self.wrote) < LEAST:
            yield self.folder / NAMES[number % len(NAMES)], text(self.mark, number)
            number += 1

    def prepare(self, data: bytes) -> None:
        """Make a new file in the own room; what went there before may still be read by others."""
        self.room.unlink(missing_ok=True)
        self.room.write_bytes(data)

    def report(self) -> None:
        """Leave for the test what was done."""
        told = {"wrote": self.wrote, "took": self.took, "conflicts": self.conflicts}
        (self.folder.parent / f"{self.mark}.told").write_text(json.dumps(told, default=bytes.decode))


def studio(racer: Racer) -> None:
    """Save over what was just read, or create what is not there."""
    store = Store([Root("project", "project", str(racer.folder))])
    for path, after in racer.turns():
        try:
            before = path.read_bytes()
        except FileNotFoundError:
            before = None
        try:
            store.commit(Change("save", (Edit(ref(path.name), before, after),)))
        except Conflict:
            racer.conflicts += 1
        else:
            racer.wrote.append(after)


def replacer(racer: Racer) -> None:
    """Write another file and put it in the place of one, as most editors do; by an exchange, to know what went."""
    for path, data in racer.turns():
        racer.prepare(data)
        files.exchange(Place(str(racer.room)), Place(str(path)))
        racer.wrote.append(data)
        racer.took.append(racer.room.read_bytes())


def in_place(racer: Racer) -> None:
    """Open a file, empty it, and write into it."""
    for path, data in racer.turns():
        with path.open("r+b", buffering=0) as file:
            racer.took.append(file.read())
            file.seek(0)
            file.truncate()
            half = file.write(data[: len(data) // 2])
            file.write(data[half:])
        racer.wrote.append(data)


def deleter(racer: Racer) -> None:
    """Take a file away, and make another one where nothing stands."""
    for path, data in racer.turns():
        with suppress(FileNotFoundError):
            path.rename(racer.room)
            racer.took.append(racer.room.read_bytes())
        racer.prepare(data)
        with suppress(FileExistsError):
            files.move(Place(str(racer.room)), Place(str(path)))
            racer.wrote.append(data)


def renamer(racer: Racer) -> None:
    """Give files names that others have just lost, and write new ones."""
    for path, data in racer.turns():
        other = path.with_name(NAMES[(NAMES.index(path.name) + 1) % len(NAMES)])
        with suppress(FileNotFoundError):
            path.rename(racer.room)
            with suppress(FileExistsError):
                files.move(Place(str(racer.room)), Place(str(other)))
                continue
            racer.took.append(racer.room.read_bytes())
        racer.prepare(data)
        with suppress(FileExistsError):
            files.move(Place(str(racer.room)), Place(str(path)))
            racer.wrote.append(data)


RACES: dict[str, tuple[Callable[[Racer], None], ...]] = {
    "another studio": (studio,),
    "a replacer": (replacer,),
    "a writer in place": (in_place,),
    "a deleter": (deleter,),
    "a renamer": (renamer,),
    "another studio and a replacer": (studio, replacer),
}
races = pytest.mark.parametrize("rivals", RACES.values(), ids=RACES.keys())


def race(top: Path, rivals: tuple[Callable[[Racer], None], ...], seconds: float) -> Counter[str]:
    """Let a studio and its rivals write at once, check what is left, and count what was done."""
    folder = top / "agents"
    write(folder, *NAMES, data=text("first", 0))
    until = time.monotonic() + seconds
    racers = [Racer(folder, f"{run.__name__}{place}", until) for place, run in enumerate((studio, *rivals))]
    children = [_started(run, racer) for run, racer in zip((studio, *rivals), racers, strict=True)]
    torn = 0 if in_place in rivals else _torn_reads(folder, until)
    statuses = [os.waitpid(child, 0)[1] for child in children]
    told = [json.loads((top / f"{racer.mark}.told").read_text()) for racer in racers]
    seen, kept = _left(folder)
    left = seen | kept | {racer.room.read_bytes() for racer in racers if racer.room.exists()}
    gone = {data.encode() for one in told for data in one["took"]}
    written = {data.encode() for one in told for data in one["wrote"]}
    assert (statuses, torn) == ([0] * len(racers), 0)
    assert sorted(data[:20] for data in written - left - gone) == []
    _check_order(folder)
    return Counter(
        {f"{racer.mark} wrote": len(one["wrote"]) for racer, one in zip(racers, told, strict=True)}
        | {"conflicts": sum(one["conflicts"] for one in told), "only kept": len(written & kept - seen - gone)}
    )


def _started(run: Callable[[Racer], None], racer: Racer) -> int:
    """The id of a child that takes part; it ends with 0 where nothing unexpected happened."""

    def work() -> None:
        run(racer)
        racer.report()

    if (child := fork()) == 0:
        os._exit(forked(work))
    return child


def _torn_reads(folder: Path, until: float) -> int:
    """How often somebody who reads all the time meets half of a file."""
    torn = 0
    while time.monotonic() < until:
        for name in NAMES:
            with suppress(FileNotFoundError):
                torn += not is_whole((folder / name).read_bytes())
    return torn


def _left(folder: Path) -> tuple[set[bytes], set[bytes]]:
    """All bytes that can still be found: those in the files and the operations, and those that the journal keeps."""
    journal = Store([]).journal
    entries = [entry for one in journal.operations() if (entry := journal.entry(one.id))]
    found = {data for entry in entries for trace in entry.traces for data in (trace.before, trace.after) if data}
    kept = {path.read_bytes() for path in Path(journal.folder).iterdir() if path.name.endswith(KEPT)}
    return found | {path.read_bytes() for path in folder.iterdir()}, kept


def _check_order(folder: Path) -> None:
    """Nothing half-done is left: no torn file, no temporary one, no open operation, no lock."""
    assert [path.name for path in folder.iterdir() if not is_whole(path.read_bytes())] == []
    assert {path.name for path in folder.iterdir()} <= set(NAMES)
    journal = Store([]).journal
    assert [name for name in os.listdir(journal.folder) if not name.endswith((DONE, KEPT))] == []
    with locked():
        assert journal.unfinished() == []


@races
def test_nothing_is_lost_in_a_race(top: Path, rivals: tuple[Callable[[Racer], None], ...]) -> None:
    counts = race(top, rivals, BURST)
    assert min(count for title, count in counts.items() if title.endswith("wrote")) >= LEAST


@pytest.mark.sweep
@races
def test_nothing_is_lost_in_a_long_race(
    top: Path, rivals: tuple[Callable[[Racer], None], ...], capsys: pytest.CaptureFixture[str]
) -> None:
    counts = race(top, rivals, LONG)
    with capsys.disabled():
        print("", *(f"{title}: {count:,}" for title, count in counts.items()), sep="\n  ")
    assert counts["studio0 wrote"] > 100
