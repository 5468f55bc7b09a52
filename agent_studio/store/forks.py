"""Forks: work that this process and copies of it do side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

Work = Callable[[int], bytes]
"""Does the task of a number."""

_NUMBER = 2
_LENGTH = 8
"""Bytes of the number of a task, and of the length of what came of it."""
_BLOCK = 1 << 16


def spare() -> int:
    """How many copies of this process could run beside it; 0 where it cannot be copied."""
    if not hasattr(os, "fork"):
        return 0
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return len(allowed) - 1


def side_by_side(work: Work, count: int, forks: int, first: Callable[[], None] = lambda: None) -> list[bytes]:
    """What comes of each of `count` tasks, at most 16,384, in order; whoever is free takes the next one.

    No other thread may run. What a copy did not finish, for whatever reason, is done here. `first` is what this process
    does while its copies begin.
    """
    tasks, numbers = os.pipe()
    os.write(numbers, b"".join(number.to_bytes(_NUMBER, "big") for number in range(count)))
    os.close(numbers)
    copies = [_copy(work, tasks) for _ in range(min(forks, count))]
    try:
        first()
        done = dict(_taken(work, tasks))
        for _, answer in copies:
            done |= _unframed(_all(answer))
    finally:
        _ended(tasks, copies)
    return [done[number] if number in done else work(number) for number in range(count)]


def _ended(tasks: int, copies: list[tuple[int, int]]) -> None:
    """Let copies come to an end: there is nothing left to do, and nobody listens."""
    while os.read(tasks, _BLOCK):
        pass
    os.close(tasks)
    for copy, answer in copies:
        os.close(answer)
        os.waitpid(copy, 0)


def _taken(work: Work, tasks: int) -> Iterator[tuple[int, bytes]]:
    while number := os.read(tasks, _NUMBER):
        place = int.from_bytes(number, "big")
        yield place, work(place)


def _copy(work: Work, tasks: int) -> tuple[int, int]:
    """A copy that takes tasks until there are none, and where it will say what came of them."""
    ours, theirs = os.pipe()
    copy = os.fork()
    if copy:
        os.close(theirs)
        return copy, ours
    try:
        os.close(ours)
        framed = [_framed(*done) for done in _taken(work, tasks)]
        with os.fdopen(theirs, "wb") as answer:
            answer.writelines(framed)
    finally:
        os._exit(0)  # at once: what is buffered is for its parent to print, and so is what went wrong


def _framed(number: int, result: bytes) -> bytes:
    return number.to_bytes(_NUMBER, "big") + len(result).to_bytes(_LENGTH, "big") + result


def _all(answer: int) -> bytes:
    return b"".join(iter(lambda: os.read(answer, _BLOCK), b""))


def _unframed(frames: bytes) -> dict[int, bytes]:
    """The numbers and results that a copy told, as far as they are whole."""
    found: dict[int, bytes] = {}
    at = 0
    while (start := at + _NUMBER + _LENGTH) <= len(frames):
        number = int.from_bytes(frames[at : at + _NUMBER], "big")
        at = start + int.from_bytes(frames[at + _NUMBER : start], "big")
        if at <= len(frames):
            found[number] = frames[start:at]
    return found
