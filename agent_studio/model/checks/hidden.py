"""Characters that nobody sees and the model reads: in the text as it stands, and in values that spell them out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import accumulate, chain, repeat
from operator import itemgetter

from agent_studio.model import fieldedit
from agent_studio.model.checks import mojibake
from agent_studio.model.checks.problem import Fix
from agent_studio.model.document import Document
from agent_studio.model.frontmatter import Entry
from agent_studio.model.view import Splice

CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""The control characters of C0 and C1, as a range for patterns: without white space and line separators."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ue000-\uf8ff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e0fff\U000f0000-\U0010ffff"
)
"""Characters that show nothing, as a range for patterns: most of them have a use somewhere."""
_NEAR = 200
"""Characters behind a hidden one that are looked through with it: mostly there are more of them."""
Finder = Callable[[Document], "list[Stretch]"]


Stretch = tuple[int, int, str, str | None]
"""Hidden characters: where they stand and what they are, or the value that spells them and the key of its field. A bare
tuple, since there may be hundreds of thousands."""


def stretches(
    document: Document, pattern: str, start: int = 0, end: int | None = None, *, sieve: str | None = None
) -> list[Stretch]:
    """Where the one group of a pattern stands in a stretch of a document, or in values that are written there.

    The group is what one of the pattern's alternatives matches as a whole, and none goes beyond a line. Damaged text
    (mojibake) is another matter. `sieve` finds something in each group, where the pattern takes long.
    """
    if not strange(document) and not _escaped(document):
        return []
    end = len(document.text) if end is None else end
    parts = _parts(pattern)
    sieve_of = re.compile(sieve) if sieve else parts
    may_stand = sieve_of.search(strange(document))
    found = list(_standing(document.text[start:end], parts, sieve_of, start)) if may_stand else []
    if found and (runs := mojibake.runs(document.text)):
        starts = [run.start for run in runs]
        found = [one for one in found if not _within(one[0], starts, runs)]
    spelled = [one for one in _spelled(document, parts) if start <= one[0] < end]
    return sorted([*found, *spelled], key=itemgetter(0)) if spelled else found


@cache
def _parts(pattern: str) -> re.Pattern[str]:
    """A pattern as a group around its own: compiled once for every use, since many characters take long."""
    return re.compile(f"({pattern})")


def _standing(text: str, parts: re.Pattern[str], sieve: re.Pattern[str], start: int) -> Iterator[Stretch]:
    """Where the inner group of a pattern stands in a text that begins at `start`, on lines where a sieve finds any."""
    end = 0
    while found := sieve.search(text, end):
        begin = text.rfind("\n", end, found.start()) + 1 or end
        end = text.find("\n", found.end() + _NEAR) + 1 or len(text)
        yield from _on_lines(text[begin:end], parts, start + begin)


def _on_lines(text: str, pattern: re.Pattern[str], start: int) -> Iterator[Stretch]:
    """Where the inner group of a pattern stands in a text that begins at `start`."""
    # Three parts by turns: what stands between, what matches, and the group of it.
    parts = pattern.split(text)
    lengths = zip(map(len, parts[::3]), map(len, [*parts[1::3], ""]), strict=True)
    places = list(accumulate(chain.from_iterable(lengths), initial=start))
    found = zip(places[1::2], places[2::2], [*parts[2::3], None], repeat(None))
    return filter(itemgetter(2), found)  # type: ignore[arg-type]  # what has a group has text


_USUAL = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
_UNUSUAL = re.compile(r"[^\t\n\r -~]|\r(?!\n)")


@lru_cache(maxsize=4)
def unusual(document: Document) -> str:
    """A text without printable ASCII, tabs, and line ends, or all of it: what stands side by side there still does."""
    try:
        return document.data.translate(None, _USUAL).decode()
    except UnicodeDecodeError:
        return document.text


@lru_cache(maxsize=4)
def strange(document: Document) -> str:
    """The characters of a text but printable ASCII, tabs, and line ends, each once: a sieve for patterns."""
    return "".join(set(unusual(document)))


def _within(offset: int, starts: list[int], runs: tuple[mojibake.Run, ...]) -> bool:
    place = bisect_right(starts, offset) - 1
    return place >= 0 and offset < runs[place].end


_VERBATIM = frozenset(("plain", "single", "literal", "folded"))
"""Styles of values in which a backslash is one."""


def _spelled(document: Document, parts: re.Pattern[str]) -> Iterator[Stretch]:
    r"""The values in which escapes such as `\e` stand for hidden characters."""
    for entry in _escaped(document):
        chars = "".join(found for text in texts(entry.value) for _, found in parts.findall(text))
        if chars and not parts.search(document.source(entry)):
            yield entry.value_start, entry.value_end, chars, entry.key


@lru_cache(maxsize=4)
def _escaped(document: Document) -> tuple[Entry, ...]:
    """The fields with escapes in which strange characters stand."""
    if document.text.find("\\", 0, document.body_at) < 0:
        return ()
    return tuple(
        entry
        for entry in document.fields
        if not (entry.literal or entry.style in _VERBATIM)
        and "\\" in document.source(entry)
        and any(map(_UNUSUAL.search, texts(entry.value)))
    )


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
        for key, chars in {key: chars for _, _, chars, key in finder(document) if key}.items():
            value = document.get(key)
            if isinstance(value, str):
                document = fieldedit.with_field(document, key, value.translate(dict.fromkeys(map(ord, chars))))
        return document.spliced(Splice(start, end, "") for start, end, _, key in finder(document) if not key)

    return Fix(title, safe=False, step=step)


def names(chars: str, most: int = 3) -> str:
    """The code points of some hidden characters, in words."""
    distinct = list(dict.fromkeys(chars))
    listed = ", ".join(f"U+{ord(char):04X}" for char in distinct[:most])
    return f"{listed} and {len(distinct) - most} more" if len(distinct) > most else listed
