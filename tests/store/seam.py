"""Faults in front of every call that alters the disk: deaths, errors, and what some systems cannot do."""

from __future__ import annotations

import errno
import inspect
import os
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from agent_studio.store import files
from agent_studio.store.place import Place

CALLS = [name for name, call in inspect.getmembers(files, inspect.isfunction) if call.__module__ == files.__name__]
CALLS = [name for name in CALLS if not name.startswith("_")]
"""Every call that alters the disk."""
KILLED, UNEXPECTED = 99, 98
"""How a forked child ends: at the fault, or by an exception that nobody expected."""

Call = Callable[..., Any]
Fault = Callable[[int, str, Call, tuple[Any, ...]], object]
"""What happens at a call: its number from 0, its name, the call itself and its arguments."""


def no_fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
    """Nothing goes wrong."""
    return call(*args)


class Died(BaseException):
    """The program is dead: from now on it alters nothing.

    Each call raises it again, whatever clears up on the way out. As nothing bypasses the calls (`test_kernel.py`), the
    disk is left as by kill -9, at a tenth of the price of a process; `test_faults.py` compares both.
    """


def killed(place: int) -> Fault:
    """Death before a call, which is death after the one before it."""

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        if number >= place:
            raise Died
        return call(*args)

    return fault


def torn(place: int) -> Fault:
    """Half of the bytes of the next write, then death."""
    dead: list[bool] = []

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        if not dead and (number < place or name != "write"):
            return call(*args)
        if not dead:
            call(args[0], args[1][: len(args[1]) // 2])
        dead.append(True)
        raise Died

    return fault


def short(place: int) -> Fault:
    """The system takes only some of the bytes, as it may."""

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        return call(args[0], args[1][: len(args[1]) // 2 + 1]) if number == place else call(*args)

    return fault


def failing(place: int, error: int, scope: str = "once") -> Fault:
    """An error: once, every time at the same call from then on (`same`), or at `all` calls from then on."""
    names: list[str] = []

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        if number == place:
            names.append(name)
        if number == place or (number > place and (scope == "all" or (scope == "same" and name in names))):
            raise OSError(error, os.strerror(error))
        return call(*args)

    return fault


def interrupted(place: int) -> Fault:
    """The person presses ctrl+c."""

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        if number == place:
            raise KeyboardInterrupt
        return call(*args)

    return fault


def preceded(place: int, work: Callable[[], None], then: Callable[[], None] = lambda: None) -> Fault:
    """Another program does something right before a call, and something more right after it."""

    def fault(number: int, name: str, call: Call, args: tuple[Any, ...]) -> object:
        if number != place:
            return call(*args)
        work()
        try:
            return call(*args)
        finally:
            then()

    return fault


def refusing(error: int) -> Call:
    """A call that always fails."""

    def refuse(*args: object) -> None:
        raise OSError(error, os.strerror(error))

    return refuse


def path_of(place: Place) -> str:
    """The path of a place."""
    return place.name if place.folder is None else f"{os.readlink(f'/proc/self/fd/{place.folder}')}/{place.name}"


def _within_a_disk(call: Call) -> Call:
    """A call that moves files among the agents, or in the person's home, but not from here to there."""

    def within(source: Place, target: Place) -> None:
        if (source.folder is None) != (target.folder is None):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        call(source, target)

    return within


SYSTEMS: dict[str, dict[str, Call]] = {
    "a good system": {},
    "no exchange": {"exchange": refusing(errno.ENOSYS), "move": refusing(errno.EINVAL)},
    "no links": {"exchange": refusing(errno.ENOTSUP), "move": refusing(errno.ENOSYS), "link": refusing(errno.EPERM)},
    "two disks": {"replace": _within_a_disk(files.replace), "move": _within_a_disk(files.move)},
}
"""What systems cannot do: calls in the place of those of `files`."""


@contextmanager
def installed(fault: Fault, calls: dict[str, Call]) -> Iterator[list[str]]:
    """Put a fault in front of every call; the names of the calls."""
    log: list[str] = []

    def wrapped(name: str, call: Call) -> Call:
        def called(*args: object) -> object:
            log.append(name)
            return fault(len(log) - 1, name, call, args)

        return called

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(files, name, wrapped(name, calls.get(name, getattr(files, name))))
        yield log


def fork() -> int:
    """`os.fork`, without the warning of threads: a child here starts none and waits for none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def forked(work: Callable[[], object]) -> int:
    """The exit status of a child that does some work: 0 when it came to its end."""
    child = fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            with suppress(OSError):  # the work may have closed what is written to
                traceback.print_exc()
            os._exit(UNEXPECTED)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
