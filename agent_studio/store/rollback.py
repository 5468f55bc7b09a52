"""Bringing an operation to its end, whoever began it: back, or forward where it was written.

What stands on the disk says how far it came, so it can be begun again at any point. Bytes that are neither the old nor
the new ones are somebody else's: they stay, or go into the journal.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import zip_longest
from operator import contains

from . import files
from .entry import Entry, Trace
from .journal import Journal
from .place import Place, placed
from .staging import COPY, SPARE, double, move, overwrite, standing, swap
from .trash import discard

_IN_USE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY})
"""Errors by which the system says that a folder is somebody else's now."""


def roll_back(entry: Entry, journal: Journal) -> None:
    """Put every file of an operation back, unless it was written; raises `OSError` where the disk refuses."""
    if not journal.is_open(entry):
        return
    for trace, place in _places(entry):
        if trace.after is not None:
            try:
                _take_out(trace, place)
            except FileNotFoundError:  # somebody took the file away just now: what stands there since decides
                _take_out(trace, place)
    for trace, place in _places(entry):
        if trace.after is None:
            _bring_back(trace, place)
    _clear(entry, journal)
    for folder in sorted({folder for trace in entry.traces for folder in trace.made}, reverse=True):
        _unmake(folder)
    for folder in {os.path.dirname(trace.real) for trace in entry.traces}:
        if os.path.isdir(folder):
            files.sync_folder(folder)
    journal.forget(entry)


def settle(entry: Entry, journal: Journal) -> None:
    """Clear up after an operation that was written: what was deleted goes to the trash, the rest into the journal."""
    for trace, place in _places(entry):
        old = place.beside(trace.temporary)
        if trace.trash and old.status:
            discard(old, trace.path)
    _clear(entry, journal)
    journal.close(entry)


def _places(entry: Entry) -> Iterator[tuple[Trace, Place]]:
    """The files of an operation, each while its folder is open.

    A folder that is gone, or is another one now, took its files along.
    """
    for trace in entry.traces:
        with suppress(FileNotFoundError, NotADirectoryError), placed(trace.real) as place:
            yield trace, place


def _take_out(trace: Trace, place: Place) -> None:
    """Take what is new out of its place; the file that was swapped out returns as it is now."""
    temporary = place.beside(trace.temporary)
    if trace.in_place:
        _rewrite(trace, place)
        return
    if standing(place) != trace.new or (trace.alias and not place.beside(trace.alias).status):
        return
    if trace.before is not None:
        _fetch(trace, place)
        swap(temporary, place)
        if standing(temporary) not in {None, trace.new}:  # somebody wrote meanwhile: theirs is the newest
            swap(temporary, place)
    elif _same(temporary, place):
        files.unlink(place)
    elif not temporary.status:
        files.replace(place, temporary)
        if standing(temporary) != trace.new:
            _put_where_nothing_stands(temporary, place)


def _bring_back(trace: Trace, place: Place) -> None:
    """Bring back a file, or a link, that was removed; one that others removed stays so."""
    temporary = place.beside(trace.temporary)
    if temporary.status:
        _put_where_nothing_stands(temporary, place)


def _put_where_nothing_stands(temporary: Place, place: Place) -> None:
    with suppress(FileExistsError):  # theirs is newer
        move(temporary, place)


def _fetch(trace: Trace, place: Place) -> None:
    """See to it that the old file has the temporary name; where no system call could keep it, it is made anew."""
    temporary = place.beside(trace.temporary)
    spare = temporary.plus(SPARE)
    if _same(spare, place):
        files.unlink(spare)
    if spare.status:
        files.replace(spare, temporary)
    elif not temporary.status:
        assert trace.before is not None
        double(temporary, trace.before, trace.metadata)


def _rewrite(trace: Trace, place: Place) -> None:
    """Write the old bytes into a file that is written in place, where the new ones were written over them."""
    current = standing(place)
    assert trace.before is not None
    assert trace.after is not None
    if isinstance(current, bytes) and current != trace.before and _mixed(current, trace.before, trace.after):
        temporary = place.beside(trace.temporary)
        if temporary.status:  # the new bytes once more: there may be no room for the old ones
            files.unlink(temporary)
        with suppress(FileExistsError):  # theirs is newer
            overwrite(place, current, trace.before)


def _mixed(current: bytes, *texts: bytes) -> bool:
    """Whether each byte stands at its place in one of two texts: one was written over the other, as far as it came.

    After a power cut there may be zeros.
    """
    sizes = sorted(map(len, texts))
    allowed = zip_longest(*texts, bytes(sizes[1]))
    return sizes[0] <= len(current) <= sizes[1] and all(map(contains, allowed, current))


def _clear(entry: Entry, journal: Journal) -> None:
    """Take away what stands beside the files: into the journal, unless the same is there or elsewhere already."""
    written = not journal.is_open(entry)
    for trace, place in _places(entry):
        temporary = place.beside(trace.temporary)
        for left in (temporary.plus(SPARE), temporary, temporary.plus(COPY)):
            content = standing(left)
            if content is None:
                continue
            if _is_spare(trace, left, content, written):
                files.unlink(left)
            else:
                journal.keep(entry, left, trace.before)


def _is_spare(trace: Trace, left: Place, content: bytes | str, written: bool) -> bool:
    """Whether nothing is lost with a temporary file: a link, one of several names, or bytes that can only be staged."""
    if isinstance(content, str):
        return bool(content)
    ours = (trace.after or b"").startswith(content) and not (trace.before or b"").startswith(content)
    return (trace.in_place if written else ours) or bool(left.status and left.status.st_nlink > 1)


def _unmake(folder: str) -> None:
    """Remove a folder that was made, unless it was not made yet or others put something into it."""
    try:
        with placed(folder) as place:
            if place.status:  # a read-only disk would refuse, even if there is nothing to remove
                files.rmdir(place)
    except OSError as error:
        if error.errno not in _IN_USE:
            raise


def _same(place: Place, other: Place) -> bool:
    """Whether two names lead to one file; links are not followed."""
    return bool(place.status and other.status and os.path.samestat(place.status, other.status))
