"""Unified diff: one file before and after, as `diff -u` prints it and `patch` takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .compare.subsequence import Region

CONTEXT = 3
"""Equal lines shown around a change."""

ABSENT = "/dev/null"

_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", ord('"'): '"', ord("\\"): "\\"}


def unified(before: bytes | None, after: bytes | None, from_name: str, to_name: str) -> str:
    """The difference between two contents of a file, None where it is absent; empty when there is none.

    Lines end at line feeds only, so a carriage return stays in its line. Bytes that are not UTF-8 become U+FFFD.
    """
    # Imported where something is shown: verbs that might write load no diff.
    from .compare.subsequence import changes, grouped  # noqa: PLC0415

    old, new = _lines(before), _lines(after)
    regions, _ = changes(old, new)
    if not regions:
        return ""
    names = ABSENT if before is None else _quoted(from_name), ABSENT if after is None else _quoted(to_name)
    hunks = "".join(line for group in grouped(regions, CONTEXT) for line in _hunk(old, new, group))
    return f"--- {names[0]}\n+++ {names[1]}\n{hunks}"


def _lines(data: bytes | None) -> list[str]:
    """The lines with their line feeds; the last one may lack it."""
    lines = [] if data is None else data.decode("utf-8", "replace").split("\n")
    return [line + "\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


def _quoted(name: str) -> str:
    """A file name as a header spells it: in quotes where it could not be read back, with a tab where it has blanks."""
    if all(char.isprintable() and char not in '"\\' for char in name):
        return name + "\t" * (" " in name)
    return '"' + "".join(char if char.isprintable() and char not in '"\\' else _escaped(char) for char in name) + '"'


def _escaped(char: str) -> str:
    if ord(char) in _ESCAPES:
        return "\\" + _ESCAPES[ord(char)]
    # A byte that is not UTF-8 is a lone surrogate in a file name.
    raw = bytes([ord(char) - 0xDC00]) if "\udc80" <= char <= "\udcff" else char.encode("utf-8", "surrogatepass")
    return "".join(f"\\{byte:03o}" for byte in raw)


def _hunk(old: list[str], new: list[str], group: list[Region]) -> Iterator[str]:
    before = min(CONTEXT, group[0][0])
    after = min(CONTEXT, len(old) - group[-1][1])
    at = group[0][0] - before
    yield (f"@@ -{_range(at, group[-1][1] + after)} +{_range(group[0][2] - before, group[-1][3] + after)} @@\n")
    for start, end, other, other_end in group:
        yield from _marked(" ", old[at:start])
        yield from _marked("-", old[start:end])
        yield from _marked("+", new[other:other_end])
        at = end
    yield from _marked(" ", old[at : at + after])


def _range(start: int, end: int) -> str:
    """The lines `[start, end)` as a hunk header counts them: from 1, or the line before where there are none."""
    match end - start:
        case 0:
            return f"{start},0"
        case 1:
            return f"{end}"
        case count:
            return f"{start + 1},{count}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        yield mark + line if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"
