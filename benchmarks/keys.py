"""K, P: from a key to its frame, in the list, the filter and the preview; R1: what the studio holds meanwhile."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.collection import SEED, prompt
from benchmarks.figure import Figure, absent, amount, counted, ratio, target
from benchmarks.starting import HELD, held_down
from benchmarks.terminal import KEYS, Terminal, app, studio
from benchmarks.timing import sample, single, worst

DOWN = KEYS["down"]
PROMPTS = 80
WORD = b"review"


def grown(bench: Bench, measured: Callable[[Terminal], float], what: str, limit: float) -> Iterator[Figure]:
    """Something that keys do in the smallest collection and in a greater one, in turn."""
    first, *others = bench.sizes
    for size in [size for size in others if size >= 10_000] or others[-1:]:
        pairs = [(measured(bench.resting(first)), measured(bench.resting(size))) for _ in range(bench.rounds)]
        yield ratio(f"{what}, {size:,}", sample(pairs), f"the same, {first:,}", limit)
    if not others:
        yield amount(what, single([1_000 * measured(bench.resting(first)) for _ in range(bench.rounds)]), "ms")


@target("K1", "a move in the list does not depend on how long it is")
def move(bench: Bench) -> Iterator[Figure]:
    yield from grown(bench, lambda terminal: worst(held_down(terminal, 40)), "down, 95 of 100", 1.3)


@target("K2", "a letter in the filter hardly depends on how long the list is")
def letter(bench: Bench) -> Iterator[Figure]:
    yield from grown(bench, _typed, "letter in the filter", 2)


def _typed(terminal: Terminal) -> float:
    """Seconds from a letter to its frame, of all letters of a word the median."""
    terminal.press(b"/")
    found = []
    for at in range(len(WORD)):
        terminal.quiet()
        found.append(terminal.press(WORD[at : at + 1]))
    terminal.quiet()
    for _ in range(2):  # out of the filter, then it goes
        terminal.type(KEYS["escape"])
        terminal.quiet(0.3)
    return sorted(found)[len(found) // 2]


@target("K3", "bytes that are written for a key in the list")
def written(bench: Bench) -> Iterator[Figure]:
    with (
        bench.open(*studio(str(bench.project(bench.usual))), home=bench.fresh("home")) as list_alone,
        bench.open(*app("option_list", str(bench.folder(bench.usual)))) as options,
    ):
        list_alone.first(b"agent-0")
        list_alone.rest()
        list_alone.press(b"z")
        pairs = [(_bytes(options), _bytes(list_alone)) for _ in range(bench.rounds)]
    yield ratio("bytes of a move, the list alone", sample(pairs), "OptionList", 0.2)
    beside = single([_bytes(bench.resting(bench.usual)) / 1_000 for _ in range(bench.rounds)])
    yield amount("bytes of a move, form and preview beside it", beside, "kB")


def _bytes(terminal: Terminal) -> float:
    """What each of some moves writes, down and up again, so that nothing is scrolled."""
    terminal.quiet(0.3)
    before = terminal.length
    keys = [DOWN] * 5 + [KEYS["up"]] * 5
    for key in keys:
        terminal.press(key)
        terminal.quiet()
    return (terminal.length - before) / len(keys)


def prompts(bench: Bench, size: int) -> Path:
    """A folder of agents whose prompts have a size, each with its number at the top."""
    chance = random.Random(SEED)  # noqa: S311  # the same prompts every time is the point
    folder = bench.fresh("prompts")
    for number in range(PROMPTS):
        header = f"---\nname: prompt-{number:02}\ndescription: A prompt.\n---\n"
        (folder / f"prompt-{number:02}.md").write_text(f"{header}{_said(number).decode()}\n{prompt(size, chance)}\n")
    return folder


def _said(number: int) -> bytes:
    return b"number%02dhere" % number


class _Moves:
    """A program that shows one prompt after the other."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        terminal.first(_said(0))
        terminal.rest()
        self.at = 0

    def next(self) -> float:
        """Seconds from the key to the frame with the next prompt."""
        self.at += 1
        self.terminal.quiet()
        return self.terminal.press(DOWN, _said(self.at))


@target("P1", "from a key to the prompt, however long that is")
def shown(bench: Bench) -> Iterator[Figure]:
    short, long = prompts(bench, 10_000), prompts(bench, 50_000)
    with (
        bench.open(*studio(str(short)), home=bench.fresh("home")) as one,
        bench.open(*studio(str(long)), home=bench.fresh("home")) as other,
        bench.open(*app("markdown", str(short))) as widget,
    ):
        moves, longer, peer = _Moves(one), _Moves(other), _Moves(widget)
        found = [(moves.next(), longer.next(), peer.next()) for _ in range(max(bench.rounds, 3) * 3)]
    yield ratio("down to the prompt, 50 kB", sample([(a, b) for a, b, _ in found]), "the same, 10 kB", 1.3)
    yield ratio("down to the prompt, 10 kB", sample([(c, a) for a, _, c in found]), "Textual's Markdown", 0.02)


@target("P2", "the preview keeps up with a key that is held")
def followed(bench: Bench) -> Iterator[Figure]:
    late, busy = [], []
    keys = round(2 / HELD)
    folder = prompts(bench, 10_000)
    with bench.open(*studio(str(folder)), home=bench.fresh("home")) as terminal:
        _Moves(terminal)
        for _ in range(bench.rounds):
            before, start, length = terminal.cpu(), time.perf_counter(), terminal.length
            begun = start
            for _ in range(keys):
                begun = time.perf_counter()
                terminal.type(DOWN)
                time.sleep(max(0.0, HELD - (time.perf_counter() - begun)))
            busy.append((terminal.cpu() - before) / (time.perf_counter() - start))
            late.append(1_000 * max(0.0, terminal.first(_said(keys), length) - begun))
            terminal.quiet(0.3)
            terminal.press(KEYS["home"], _said(0))
    yield amount("last prompt after the last key", single(late), "ms", 50)
    yield amount("processor while down is held", single(busy), "of a core", 0.3)


@target("R1", "memory of the studio")
def memory(bench: Bench) -> Iterator[Figure]:
    usual = bench.resting(bench.usual).memory()
    yield counted(f"resident, {bench.usual:,}", usual / 1e6, "MB", 80)
    for size in bench.grown[-1:]:
        more = (bench.resting(size).memory() - usual) / (size - bench.usual)
        yield counted(f"more for each up to {size:,}", more / 1_000, "kB", 6)
    if not bench.grown:
        yield absent("more for each", "no greater collection")
