"""Bringing an operation to its end, whoever began it: back, or forward where it was written.

What stands on the disk says how far it came, so it can be begun again at any point. Bytes that are neither the old nor
the new ones are somebody else's: they stay, or go into the journal.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import zip_longest
from operator import contains

from . import files
from .entry import Entry, Trace
from .journal import Journal
from .staging import COPY, SPARE, double, overwrite, place, standing, swap

_IN_USE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENOTEMPTY, errno.EEXIST, errno.EBUSY})
"""Errors by which the system says that a folder is somebody else's now."""


def roll_back(entry: Entry, journal: Journal) -> None:
    """Put every file of an operation back, unless it was written; raises `OSError` where the disk refuses.

    A folder that is gone, or is another one now, took its files along.
    """
    if not journal.is_open(entry):
        return
    traces = [trace for trace in entry.traces if _is_real(os.path.dirname(trace.real))]
    for trace in traces:
        if trace.in_place:
            _rewrite(trace)
        elif trace.after is not None:
            _take_out(trace)
    for trace in traces:
        if trace.after is None:
            _bring_back(trace)
    _clear(entry, traces, journal)
    for folder in sorted({folder for trace in entry.traces for folder in trace.made}, reverse=True):
        _unmake(folder)
    for folder in {os.path.dirname(trace.real) for trace in traces}:
        if os.path.isdir(folder):
            files.sync_folder(folder)
    journal.forget(entry)


def settle(entry: Entry, journal: Journal) -> None:
    """Clear up after an operation that was written: the files that were swapped out go into the journal."""
    _clear(entry, entry.traces, journal)
    journal.close(entry)


def _take_out(trace: Trace) -> None:
    """Take what is new out of its place; the file that was swapped out returns as it is now."""
    if standing(trace.real) != trace.new or (trace.alias and not os.path.lexists(trace.alias)):
        return
    if trace.before is not None:
        _fetch(trace)
        swap(trace.temporary, trace.real)
        if standing(trace.temporary) not in {None, trace.new}:  # somebody wrote meanwhile: theirs is the newest
            swap(trace.temporary, trace.real)
    elif _same(trace.temporary, trace.real):
        files.unlink(trace.real)
    elif not os.path.lexists(trace.temporary):
        files.replace(trace.real, trace.temporary)
        if standing(trace.temporary) != trace.new:
            _put_where_nothing_stands(trace)


def _bring_back(trace: Trace) -> None:
    """Bring back a file, or a link, that was removed; one that others removed stays so."""
    if os.path.lexists(trace.temporary):
        _put_where_nothing_stands(trace)


def _put_where_nothing_stands(trace: Trace) -> None:
    with suppress(FileExistsError):  # theirs is newer
        place(trace.temporary, trace.real)


def _fetch(trace: Trace) -> None:
    """See to it that the old file has the temporary name; where no system call could keep it, it is made anew."""
    spare = trace.temporary + SPARE
    if _same(spare, trace.real):
        files.unlink(spare)
    if os.path.lexists(spare):
        files.replace(spare, trace.temporary)
    elif not os.path.lexists(trace.temporary):
        assert trace.before is not None
        double(trace.temporary, trace.before, trace.metadata)


def _rewrite(trace: Trace) -> None:
    """Write the old bytes into a file that is written in place, where the new ones were written over them."""
    current = standing(trace.real)
    assert trace.before is not None
    assert trace.after is not None
    if isinstance(current, bytes) and current != trace.before and _mixed(current, trace.before, trace.after):
        if os.path.lexists(trace.temporary):  # the new bytes once more: there may be no room for the old ones
            files.unlink(trace.temporary)
        overwrite(trace.real, trace.before)


def _mixed(current: bytes, *texts: bytes) -> bool:
    """Whether each byte stands at its place in one of two texts: one was written over the other, as far as it came.

    After a power cut there may be zeros.
    """
    sizes = sorted(map(len, texts))
    allowed = zip_longest(*texts, bytes(sizes[1]))
    return sizes[0] <= len(current) <= sizes[1] and all(map(contains, allowed, current))


def _clear(entry: Entry, traces: Sequence[Trace], journal: Journal) -> None:
    """Take away what stands beside the files: into the journal, unless the same is there or elsewhere already."""
    written = not journal.is_open(entry)
    for trace in traces:
        for name in (trace.temporary + SPARE, trace.temporary, trace.temporary + COPY):
            content = standing(name)
            if content is None:
                continue
            if _is_spare(trace, name, content, written):
                files.unlink(name)
            else:
                journal.keep(entry, name, trace.before)


def _is_spare(trace: Trace, name: str, content: bytes | str, written: bool) -> bool:
    """Whether nothing is lost with a temporary file: a link, one of several names, or staged bytes."""
    if isinstance(content, str):
        return bool(content)
    staged = trace.in_place if written else trace.after is not None and trace.after.startswith(content)
    return staged or os.lstat(name).st_nlink > 1


def _is_real(folder: str) -> bool:
    """Whether a path leads to a folder without any link."""
    return os.path.isdir(folder) and os.path.realpath(folder) == folder


def _unmake(folder: str) -> None:
    """Remove a folder that was made, unless it was not made yet or others put something into it."""
    try:
        if os.path.isdir(folder):  # a read-only disk would refuse, even if there is nothing to remove
            files.rmdir(folder)
    except OSError as error:
        if error.errno not in _IN_USE:
            raise


def _same(path: str, other: str) -> bool:
    """Whether two names lead to one file; links are not followed."""
    try:
        return os.path.samestat(os.lstat(path), os.lstat(other))
    except (FileNotFoundError, NotADirectoryError):
        return False
