"""Texts to compare: of some sizes, edited a little or written anew, against what a line diff costs."""

from __future__ import annotations

import difflib
import random
from collections.abc import Callable, Iterator

from agent_studio.model.compare.weave import align
from agent_studio.model.document import Document
from benchmarks.collection import SEED, samples

SIZES = (10_000, 100_000)

Row = tuple[str, Callable[[], object], Callable[[], object], str]


def comparisons() -> Iterator[Row]:
    """What is measured: its name, the work, the floor, and what the floor does."""
    chance = random.Random(SEED)  # noqa: S311  # the same texts every time is the point
    sections = [part for data in samples() for part in Document(data).body.split("\n## ")]
    for size in SIZES:
        text = _text(sections, size, chance)
        edited = "\n".join(_reworded(line, chance) if chance.random() < 0.08 else line for line in text.split("\n"))
        other = " ".join(chance.sample(words := text.split(" "), len(words)))
        for name, changed in (("8 % edited", edited), ("unrelated", other)):
            yield _row(f"compare {size // 1000} kB, {name}", text, changed)


def long_pair() -> tuple[Document, Document]:
    """Two files of 5,000 lines, every tenth of which differs in some words."""
    chance = random.Random(SEED)  # noqa: S311
    words = "look at every file twice before you say what is wrong with it and how bad that is".split()
    lines = [f"- {place} {' '.join(chance.sample(words, 12))}" for place in range(5_000)]
    other = [line if place % 10 else _reworded(line, chance) for place, line in enumerate(lines)]
    old, new = (Document("\n".join(("---", "name: a", "---", *side)).encode()) for side in (lines, other))
    return old, new


def _row(name: str, old: str, new: str) -> Row:
    return name, lambda: align(old, new), lambda: by_difflib(old, new), "difflib, lines then words"


def _text(sections: list[str], size: int, chance: random.Random) -> str:
    """Sections in a random order, each under a heading of its own, up to a size."""
    text = ""
    while len(text) < size:
        text += f"\n## {len(text)} {chance.choice(sections)}"
    return text[:size]


def _reworded(line: str, chance: random.Random) -> str:
    return " ".join(word if chance.random() < 0.8 else f"w{chance.randrange(10_000)}" for word in line.split(" "))


def by_difflib(old: str, new: str) -> int:
    """The changes that the standard library finds in lines, and then in the words of replaced lines."""
    left, right = old.split("\n"), new.split("\n")
    found = 0
    for tag, start, end, other, other_end in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "replace":
            words = (" ".join(left[start:end]).split(" "), " ".join(right[other:other_end]).split(" "))
            found += len(difflib.SequenceMatcher(None, *words).get_opcodes())
    return found
