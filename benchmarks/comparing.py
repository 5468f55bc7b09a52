"""D, R6: texts of some sizes, edited a little or written anew, compared and shown side by side."""

from __future__ import annotations

import difflib
import os
import random
import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

from agent_studio.model.compare.comparison import compare
from agent_studio.model.compare.weave import align
from agent_studio.model.document import Document
from benchmarks import peers
from benchmarks.bench import CPU, Bench
from benchmarks.collection import SEED, edited, prompt
from benchmarks.figure import Figure, absent, amount, counted, ratio, target
from benchmarks.terminal import KEYS, Terminal, app, studio
from benchmarks.timing import sample, seconds, single

SIZES = (10_000, 100_000, 1_000_000)
DIFFLIB = "difflib, lines then words"
EMPTY = "an empty screen"
PAIRS = 12

Row = tuple[str, str, str]
"""What two texts are, and the texts."""


def comparisons(sizes: tuple[int, ...] = SIZES) -> Iterator[Row]:
    """Texts of each size, with every twelfth line edited, and with all words in another order."""
    chance = random.Random(SEED)  # noqa: S311  # the same texts every time is the point
    for size in sizes:
        text = prompt(size, chance)
        yield f"{size // 1_000} kB, 8 % edited", text, "\n".join(edited(text.split("\n"), 0.08, chance))
        words = text.split(" ")
        yield f"{size // 1_000} kB, unrelated", text, " ".join(chance.sample(words, len(words)))


def by_difflib(old: str, new: str) -> int:
    """The changes that the standard library finds in lines, and then in the words of replaced lines."""
    left, right = old.split("\n"), new.split("\n")
    found = 0
    for tag, start, end, other, other_end in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "replace":
            words = (" ".join(left[start:end]).split(" "), " ".join(right[other:other_end]).split(" "))
            found += len(difflib.SequenceMatcher(None, *words).get_opcodes())
    return found


@target("D1", "comparing edited texts")
def edits(bench: Bench) -> Iterator[Figure]:
    computed = peers.diff_view()
    if computed is None:
        yield absent("compare edited texts", "textual-diff-view is not there")
        return
    for name, old, new in comparisons():
        if name.endswith("edited"):
            took = bench.paired(partial(align, old, new), partial(computed, old, new))
            yield ratio(f"compare {name}", took, "textual-diff-view's own", 1.0)


@target("D2", "comparing texts that have nothing in common")
def unrelated(bench: Bench) -> Iterator[Figure]:
    for name, old, new in comparisons(SIZES[:2]):
        took = bench.paired(partial(align, old, new), partial(by_difflib, old, new))
        yield ratio(f"compare {name}", took, DIFFLIB, 0.2 if name == "100 kB, unrelated" else None)


@target("D3", "the same job written twice is readable")
def readable(_: Bench) -> Iterator[Figure]:
    folder = Path(os.environ.get("AGENT_STUDIO_CORPUS", "../shared")) / "corpus" / "seeds"
    files = [folder / f"variant-{side}" / "backend-engineer.md" for side in "ab"]
    if not all(map(Path.is_file, files)):
        yield absent("pieces marked", "the real files are not there (AGENT_STUDIO_CORPUS)")
        return
    one, other = (Document(file.read_bytes()).body for file in files)
    pairs = align(one, other).pairs
    pieces = [piece for pair in pairs for piece in (*pair.left_pieces, *pair.right_pieces) if piece.changed]
    alone = 0
    for above, pair in pairwise(pairs):
        blank = pair.left and pair.right and not pair.left.text.strip() and not pair.right.text.strip()
        alone += bool(blank and not (above.left and above.right))
    yield counted("pieces marked in two real variants", len(pieces), "", 80)
    yield counted("blank lines kept below no kept line", alone, "", 0)


def couples(bench: Bench, size: int) -> Path:
    """A folder with pairs of files of a size, one with 8 % of its lines otherwise than the other."""
    chance = random.Random(SEED)  # noqa: S311  # the same files every time is the point
    folder = bench.fresh("couples")
    for number in range(PAIRS):
        text = prompt(size, chance)
        for side, body in (("a", text), ("b", "\n".join(edited(text.split("\n"), 0.08, chance)))):
            header = f"---\nname: couple-{number:02}-{side}\ndescription: One of two.\n---\n"
            first = f"{_said(number).decode()} {side}\n"
            (folder / f"couple-{number:02}-{side}.md").write_text(f"{header}{first}{body}\n")
    return folder


def _said(number: int) -> bytes:
    return b"number%02dhere" % number


class _Comparing:
    """A studio on couples of agents: one after the other is compared."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        terminal.first(b"couple-00")
        terminal.rest()
        self.at = 0

    def next(self) -> tuple[float, float]:
        """Seconds from the key that compares the next two, marked before, to the pane's first frame and to all."""
        self.terminal.type(b"  ")
        self.terminal.quiet(0.3)
        after, start = self.terminal.length, time.perf_counter()
        self.terminal.type(b"=")
        first, whole = (self.terminal.first(text, after) - start for text in (b"COMPARE", _said(self.at)))
        for _ in range(2):  # back to the list, then no marks
            self.terminal.quiet(0.3)
            self.terminal.type(KEYS["escape"])
        self.terminal.quiet(0.3)
        self.at += 1
        return first, whole


@target("D4", "the next pair on the screen")
def next_pair(bench: Bench) -> Iterator[Figure]:
    if peers.package("textual_diff_view") is None:
        yield absent("next pair", "textual-diff-view is not there")
        return
    for size in (10_000, 50_000):
        folder = couples(bench, size)
        with (
            bench.open(*studio(str(folder)), home=bench.fresh("home")) as ours,
            bench.open(*app("diff_view", str(folder))) as theirs,
        ):
            comparing = _Comparing(ours)
            theirs.first(_said(0))
            pairs = []
            for number in range(bench.rounds):
                theirs.quiet(0.5)
                pairs.append((theirs.press(KEYS["down"], _said(number + 1)), comparing.next()[1]))
        yield ratio(f"next pair, {size // 1_000} kB", sample(pairs), "textual-diff-view", 0.1)


@target("R6", "the engine and the pane of a comparison")
def pane(bench: Bench) -> Iterator[Figure]:
    for size, limit in ((6_500, 10), (100_000, 50)):
        name, old, new = next(comparisons((size,)))
        one, other = (Document(f"---\nname: a\n---\n{text}".encode()) for text in (old, new))
        took = [1_000 * seconds(partial(compare, one, other), CPU) for _ in range(bench.rounds)]
        yield amount(f"compare two agents, {name}", single(took), "ms of processor", limit)
    folder = couples(bench, 6_500)
    rounds = []
    with bench.open(*studio(str(folder)), home=bench.fresh("home")) as terminal:
        comparing = _Comparing(terminal)
        comparing.next()
        for _ in range(bench.rounds):
            with bench.open(*app("blank")) as blank:
                blank.first()
                with bench.open(*studio(str(folder)), home=bench.fresh("home")) as started:
                    first = _Comparing(started)  # which waits until all are at rest
                    rounds.append((blank.press(b"s"), first.next()[0], *comparing.next()))
    for place, (what, most) in enumerate(_SHOWN, 1):
        yield ratio(what, sample([(each[0], each[place]) for each in rounds]), EMPTY, most)


_SHOWN = (
    ("first frame of the first comparison", 1.5),
    ("first frame of a comparison", 1.5),
    ("a comparison, all there", None),
)
