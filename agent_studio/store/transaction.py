"""Writing a change: all of its edits or none, whatever fails, and whenever the program dies."""

from __future__ import annotations

import os
import time
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

from agent_studio.model.change import Change, Conflict
from agent_studio.model.history import Kind, Operation
from agent_studio.model.ref import Ref, Root

from . import files
from .entry import Entry, Trace
from .failure import blamed
from .journal import Journal
from .locks import locked
from .metadata import Metadata
from .place import Place, placed
from .rollback import roll_back, settle
from .roots import path_of, ref_of
from .staging import SPARE, move, overwrite, staged, standing, swap, temporary_name
from .state import state_path
from .steps import Step, steps_of

_MANY = 32
"""Files from which on so many at once are staged, then flushed: each of them, and its folder, is open until then."""
_THREADS = 8
"""How many files are flushed side by side."""

_Traced = Sequence[tuple[Step, Trace]]


def commit(
    roots: Sequence[Root], change: Change, journal: Journal, kind: Kind = "do", of: str | None = None
) -> Operation:
    """Write a change: the operation that it became.

    Raises `Conflict` where a file is not as the change expects it and `WriteFailed` where the disk refuses; every file
    is then as it was before. The intent lies flushed in the journal before the first file is touched, and the new bytes
    beside every file before the first one is replaced. A change that alters nothing is not written down either: its
    operation has no files.
    """
    if not change:
        return journal.operation(change.title)
    first = change.edits[0].ref
    with blamed(first, f"nothing was written, because the journal in {state_path()} cannot be: "), locked():
        with blamed(first, "nothing was written, because what a crash left half-written cannot be put back: "):
            _recover(roots, journal)
        with blamed(first):
            latest = of and next((one.id for one in reversed(journal.operations()) if of in {one.id, one.of}), of)
            former = journal.entry(latest) if latest else None
            traced = _traced(steps_of(roots, change), {trace.path: trace for trace in former.traces} if former else {})
        if not traced:
            return journal.operation(change.title)
        entry = journal.begin(change.title, [trace for _, trace in traced], kind, of)
        try:
            _apply(traced)
            with blamed(first):
                journal.finish(entry)
        except BaseException:
            with blamed(first, "this change failed half-way, and a file could not be put back yet: "):
                roll_back(entry, journal)
            raise
        with suppress(OSError):  # the change stands; what is left beside the files now is cleared the next time
            settle(entry, journal)
    return entry.operation


def note(roots: Sequence[Root], change: Change, journal: Journal) -> Operation:
    """Write down a change that another program made on the person's behalf, so that it can be undone."""
    with (
        blamed(change.edits[0].ref, f"it cannot be undone, because the journal in {state_path()} cannot be written: "),
        locked(),
    ):
        paths = [path_of(roots, edit.ref) for edit in change.edits]
        both = zip(paths, change.edits, strict=True)
        traces = [Trace(path, os.path.realpath(path), edit.before, edit.after) for path, edit in both]
        return journal.note(change.title, traces)


def recover(roots: Sequence[Root], journal: Journal) -> list[Operation]:
    """Bring to its end what a studio that died left half-written below these roots: what was taken back.

    The lock is taken only where there is something to do. Raises `OSError`.
    """
    taken_back: list[Operation] = []
    if _unfinished(roots, journal):
        with locked():
            taken_back = _recover(roots, journal)
    with suppress(OSError):  # what cannot be removed now will be the next time
        if journal.superfluous(time.time()):
            with locked():
                journal.tidy(time.time())
    return taken_back


def _unfinished(roots: Sequence[Root], journal: Journal) -> list[Entry]:
    """What was begun, or not cleared up after, below these roots, newest first."""
    below = [replace(root, only=None) for root in roots if not root.read_only]
    return [entry for entry in journal.unfinished() if any(ref_of(below, trace.real) for trace in entry.traces)]


def _recover(roots: Sequence[Root], journal: Journal) -> list[Operation]:
    """Roll back what was begun below these roots: those operations; and clear up after what was written."""
    taken_back: list[Operation] = []
    for entry in _unfinished(roots, journal):
        if journal.is_open(entry):
            roll_back(entry, journal)
            taken_back.append(entry.operation)
        else:
            with suppress(OSError):  # the change stands; what is left beside the files is cleared the next time
                settle(entry, journal)
    return taken_back


def _traced(steps: Sequence[Step], former: Mapping[str, Trace]) -> _Traced:
    """The steps that do anything, each with what the journal has to know of it.

    `former` are the files of what was last done or undone: what went then returns as it was.
    """
    temporaries = {step.ref: temporary_name(step.target) for step in steps}
    renamed = {step.source.ref for step in steps if step.source}
    doing = [step for step in steps if step.writes or step.removes]
    return [(step, _trace(step, temporaries, renamed, former.get(step.path))) for step in doing]


def _trace(step: Step, temporaries: Mapping[Ref, str], renamed: Container[Ref], former: Trace | None) -> Trace:
    """What the journal has to know of a step; what is `renamed` does not go to the trash."""
    link = step.link if step.removes else None
    metadata = step.source.metadata if step.source else step.metadata
    if step.creates and former and former.after is None:
        link, metadata = former.link, metadata or former.metadata
    return Trace(
        path=step.path,
        real=step.target,
        before=step.edit.before,
        after=step.edit.after,
        temporary=temporaries[step.ref],
        link=link,
        metadata=metadata,
        made=_missing(os.path.dirname(step.target)) if step.writes else (),
        in_place=step.writes and step.stays,
        alias=temporaries[step.source.ref] if step.source and step.alias else None,
        trash=step.removes and step.ref not in renamed,
    )


def _missing(folder: str) -> tuple[str, ...]:
    """The folders that have to be made, outermost first."""
    return () if os.path.isdir(folder) else (*_missing(os.path.dirname(folder)), folder)


def _apply(traced: _Traced) -> None:
    """Carry out the steps: stage everything, put it in place, then take away what goes."""
    traces = {step.ref: trace for step, trace in traced}
    writing = [(step, trace) for step, trace in traced if step.writes]
    aliased = {step.source.ref for step, _ in writing if step.source and step.alias}
    _stage(writing)
    for step, trace in writing:
        if step.source and step.alias:
            _remove(step.source, traces[step.source.ref])
        _write(step, trace)
    for step, trace in traced:
        if step.removes and step.ref not in aliased:
            _remove(step, trace)
    made = {os.path.dirname(folder): step.ref for step, trace in traced for folder in trace.made}
    for folder, ref in (made | {os.path.dirname(trace.real): step.ref for step, trace in traced}).items():
        with blamed(ref):
            files.sync_folder(folder)


def _stage(writing: _Traced) -> None:
    """Put new bytes beside their files, flushed: of many files some at once, since the disk takes them in one go."""
    each = _MANY if len(writing) >= _MANY else 1
    for start in range(0, len(writing), each):
        some = writing[start : start + each]
        with ExitStack() as opened:
            _flush([(step, opened.enter_context(_staged(step, trace))) for step, trace in some])


@contextmanager
def _staged(step: Step, trace: Trace) -> Iterator[int | None]:
    """The descriptor of a staged file, still to be flushed, or None."""
    assert trace.new is not None
    for folder in trace.made:
        with _meeting(step, folder) as place, suppress(FileExistsError):
            files.mkdir(place)
    with _meeting(step, trace.real) as place, staged(place.beside(trace.temporary), trace.new, trace.metadata) as file:
        yield file


def _flush(opened: Sequence[tuple[Step, int | None]]) -> None:
    """Flush staged files side by side."""

    def flush(file: tuple[Step, int | None]) -> None:
        step, descriptor = file
        if descriptor is not None:
            with blamed(step.ref):
                files.sync(descriptor)

    if len(opened) == 1:
        flush(opened[0])
        return
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # few changes are about many files

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(flush, opened))  # raises what went wrong


def _write(step: Step, trace: Trace) -> None:
    """Put what was staged in its place, over nothing but what the change expects.

    A file that must stay the same file is written in place.
    """
    with _meeting(step, trace.real) as place:
        temporary = place.beside(trace.temporary)
        step.check(place)
        if trace.in_place:
            _expect(step, place, trace)
            overwrite(place, trace.before or b"", trace.after or b"")
        elif trace.before is None:
            move(temporary, place)
        else:
            swap(temporary, place)
            for old in (temporary.plus(SPARE), temporary):
                if old.status:
                    _expect(step, old, trace)


def _remove(step: Step, trace: Trace) -> None:
    """Give a file, or the link to it, the temporary name."""
    with _meeting(step, trace.real) as place:
        temporary = place.beside(trace.temporary)
        step.check(place)
        files.replace(place, temporary)
        _expect(step, temporary, trace)


@contextmanager
def _meeting(step: Step, path: str) -> Iterator[Place]:
    """The place at a path of a step; raises `Conflict` where others changed what stands there, and `WriteFailed`."""
    with blamed(step.ref):
        try:
            with placed(path) as place:
                yield place
        except (FileExistsError, FileNotFoundError, NotADirectoryError):
            raise Conflict((step.ref,)) from None


def _expect(step: Step, place: Place, trace: Trace) -> None:
    """Raise `Conflict` where something else than the old file stands: somebody wrote meanwhile."""
    if standing(place) != trace.old or (trace.link is None and Metadata.of(place) != step.metadata):
        raise Conflict((step.ref,))
