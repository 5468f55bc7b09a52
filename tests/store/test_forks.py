"""Work that several copies of a process do is the same as what one does, whatever becomes of the copies."""

from __future__ import annotations

import os
import signal

import pytest

from agent_studio.store.forks import side_by_side, spare

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
HERE = os.getpid()


def square(number: int) -> bytes:
    return str(number * number).encode() * number


SQUARES = [square(number) for number in range(50)]


@pytest.mark.parametrize("forks", [0, 1, 3])
def test_everything_is_done_once_and_told_in_order(forks: int) -> None:
    assert side_by_side(square, 50, forks) == SQUARES


def test_a_copy_does_a_share() -> None:
    ours, theirs = os.pipe(), os.pipe()
    begun: list[int] = []

    def work(number: int) -> bytes:
        """Wait for the other at the first task, so that each has one."""
        mine, other = (ours, theirs) if os.getpid() == HERE else (theirs, ours)
        if not begun:
            begun.append(number)
            os.write(mine[1], b".")
            os.read(other[0], 1)
        return str(os.getpid()).encode()

    assert len(set(side_by_side(work, 50, 1))) == 2
    for end in (*ours, *theirs):
        os.close(end)


@pytest.mark.parametrize("forks", [0, 2])
def test_what_is_done_here_first_is_done_once(forks: int) -> None:
    done: list[int] = []
    assert side_by_side(square, 50, forks, lambda: done.append(os.getpid())) == SQUARES
    assert done == [HERE]


def test_much_more_than_a_pipe_holds_comes_through() -> None:
    assert side_by_side(lambda number: bytes([number]) * 1_000_000, 8, 2) == [bytes([n]) * 1_000_000 for n in range(8)]


@pytest.mark.parametrize("end", ["raises", "is killed", "is interrupted"])
def test_what_a_copy_does_not_finish_is_done_here(end: str) -> None:
    def work(number: int) -> bytes:
        if os.getpid() != HERE and number % 3 == 0:
            match end:
                case "raises":
                    raise ZeroDivisionError
                case "is killed":
                    os.kill(os.getpid(), signal.SIGKILL)
                case _:
                    raise KeyboardInterrupt
        return square(number)

    assert side_by_side(work, 50, 2) == SQUARES


def test_what_goes_wrong_here_is_told() -> None:
    with pytest.raises(ZeroDivisionError):
        side_by_side(lambda number: bytes(1 // number), 3, 1)


def test_no_copy_is_left() -> None:
    side_by_side(square, 50, 3)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_a_system_without_copies_has_none_to_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spare() == len(os.sched_getaffinity(0)) - 1
    monkeypatch.delattr(os, "fork")
    assert spare() == 0
