"""Characters that nobody sees and the model reads: in the text as it stands, and in values that spell them out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from agent_studio.model import fieldedit
from agent_studio.model.checks import mojibake
from agent_studio.model.checks.problem import Fix
from agent_studio.model.document import Document
from agent_studio.model.view import Splice

CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""The control characters of C0 and C1, as a range for patterns: without white space and line separators."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ue000-\uf8ff\U000e0100-\U000e01ef\U000f0000-\U0010ffff"
)
"""Characters that show nothing, as a range for patterns: most of them have a use somewhere."""
_ANY = re.compile(f"[{CONTROLS}{INVISIBLE}\x0b\x0c\x85\u2028-\u202e\u2066-\u2069\ufffd\U000e0000-\U000e007f]")

Finder = Callable[[Document], "list[Stretch]"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Hidden characters; `[start, end)` is where they stand, or the value of the field `key` that spells them."""

    start: int
    end: int
    chars: str
    key: str | None = None


def stretches(document: Document, pattern: re.Pattern[str]) -> list[Stretch]:
    """Where the first group of a pattern stands in a document, by place; damaged text (mojibake) is another matter."""
    found: list[Stretch] = []
    if _are_in(document.text):
        matches = pattern.finditer(document.text)
        found = [Stretch(match.start(1), match.end(1), match[1]) for match in matches if match[1]]
    if found:
        runs = mojibake.runs(document.text)
        starts = [run.start for run in runs]
        found = [one for one in found if not _within(one.start, starts, runs)]
    return sorted([*found, *_spelled(document, pattern)], key=lambda one: one.start)


@lru_cache(maxsize=4)
def _are_in(text: str) -> bool:
    """Whether a text has hidden characters at all: most have none."""
    return _ANY.search(text) is not None


def _within(offset: int, starts: list[int], runs: tuple[mojibake.Run, ...]) -> bool:
    place = bisect_right(starts, offset) - 1
    return place >= 0 and offset < runs[place].end


def _spelled(document: Document, pattern: re.Pattern[str]) -> Iterator[Stretch]:
    r"""The values in which escapes such as `\e` stand for hidden characters."""
    for entry in document.fields:
        source = document.source(entry)
        if "\\" not in source or entry.literal or pattern.search(source):
            continue
        chars = "".join(match[1] or "" for text in texts(entry.value) for match in pattern.finditer(text))
        if chars:
            yield Stretch(entry.value_start, entry.value_end, chars, entry.key)


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    left = [value]
    while left:
        match left.pop():
            case str() as text:
                yield text
            case list() as items:
                left += reversed(items)
            case dict() as pairs:
                left += reversed([part for pair in pairs.items() for part in pair])


def removal(title: str, finder: Finder) -> Fix:
    """The fix that takes hidden characters away."""

    def step(document: Document) -> Document:
        for key, chars in {one.key: one.chars for one in finder(document) if one.key}.items():
            value = document.get(key)
            if isinstance(value, str):
                document = fieldedit.with_field(document, key, value.translate(dict.fromkeys(map(ord, chars))))
        return document.spliced(Splice(one.start, one.end, "") for one in finder(document) if not one.key)

    return Fix(title, safe=False, step=step)


def names(chars: str, most: int = 3) -> str:
    """The code points of some hidden characters, in words."""
    distinct = list(dict.fromkeys(chars))
    listed = ", ".join(f"U+{ord(char):04X}" for char in distinct[:most])
    return f"{listed} and {len(distinct) - most} more" if len(distinct) > most else listed
