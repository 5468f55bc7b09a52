"""Markdown source to read: wrapped at words, numbered as in the file, lightly marked; only what shows is computed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from math import inf
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, get_character_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from agent_studio.model.visible import visible
from agent_studio.ui.light_markdown import KINDS, NOTHING, Kind, Span, marked

_TAB = 4
_MARGIN = 1
_LONGEST = 20_000
"""Characters of a line that are shown; longer ones are data, not prose."""
_HANGING = re.compile(r"\s*(?:(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s))\s*(?:\[[ xX]\]\s+)?)*")
_REVERSED = Style(reverse=True)


class Row(NamedTuple):
    """One row on the screen: `text[start:end]` of a line, `indent` cells to the right; `line` counts from 0."""

    line: int
    start: int
    end: int
    indent: int


class Source:
    """A text in rows of at most `width` cells, wrapped from the top down to what was asked for.

    Lines in `captions` are no part of the text: each takes one row, and nothing that stands open above goes on below.
    """

    def __init__(self, text: str, width: int, captions: Collection[int] = ()) -> None:
        self.width = max(width, 4)
        self.captions = captions
        self.lines: list[tuple[str, tuple[Span, ...]]] = []
        """The lines so far, as they are shown, with what stands in them."""
        self._rows: list[Row] = []
        self._raw = text.removesuffix("\n").split("\n") if text else []
        self._open = NOTHING
        self._rest = sum(map(self._guess, self._raw))

    def _guess(self, raw: str) -> int:
        return 1 + min(len(raw), _LONGEST) // self.width

    @property
    def count(self) -> int:
        """The number of lines."""
        return len(self._raw)

    @property
    def height(self) -> int:
        """The number of rows: a guess until all is wrapped."""
        return len(self._rows) + self._rest

    def row(self, y: int) -> Row | None:
        """The row at `y`, or None below the end."""
        self.reach(y + 1)
        return self._rows[y] if y < len(self._rows) else None

    def reach(self, rows: float) -> None:
        """Wrap until there are so many rows, or no line is left."""
        while len(self._rows) < rows and len(self.lines) < len(self._raw):
            number = len(self.lines)
            raw = self._raw[number]
            self._rest -= self._guess(raw)
            text, hidden = _shown(raw)
            if number in self.captions:
                self._open = NOTHING
                self.lines.append((text, ()))
                self._rows.append(Row(number, 0, len(text), 0))
                continue
            spans, self._open = marked(text, self._open)
            self.lines.append((text, spans + hidden))
            self._rows += (Row(number, *place) for place in wrapped(text, self.width))

    def extract(self, selection: Selection) -> str:
        """The selected text; offsets count lines and characters as they are shown."""
        last = len(self.lines) - 1
        x, y = selection.start or (0, 0)
        end_x, end_y = selection.end or (len(self.lines[last][0]) if self.lines else 0, last)
        texts = [text for text, _ in self.lines[y : end_y + 1]]
        if texts and end_y <= last:
            texts[-1] = texts[-1][:end_x]
        if texts:
            texts[0] = texts[0][x:]
        return "\n".join(texts)


def _shown(raw: str) -> tuple[str, tuple[Span, ...]]:
    """A line as it is shown, with tabs as blanks and hidden characters as pictures, and where those stand."""
    line = raw.removesuffix("\r")
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]} ⋯ {len(line) - _LONGEST:,} more characters in this line"
    line = line.expandtabs(_TAB)
    if visible(line) == line:
        return line, ()
    text, spans = "", []
    for char in line:
        picture = visible(char)
        if picture != char:
            spans.append(Span(len(text), len(text) + len(picture), "hidden"))
        text += picture
    return text, tuple(spans)


def wrapped(text: str, width: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, indent) of the rows of one line: broken at blanks, hanging under the text of a list item."""
    narrow = text.isascii()
    hanging = _HANGING.match(text)
    hang = min(hanging.end() if hanging else 0, width // 2)
    at, indent = 0, 0
    while True:
        end = _fitting(text, at, width - indent, narrow)
        if end >= len(text):
            yield at, len(text), indent
            return
        blank = text.rfind(" ", at, end + 1)
        if blank > at + (end - at) // 3:  # an earlier blank would leave the row almost empty: fold a long word instead
            yield at, blank, indent
            at = blank + 1
            while at < len(text) and text[at] == " ":
                at += 1
            if at == len(text):
                return
        else:
            yield at, end, indent
            at = end
        indent = hang


def _fitting(text: str, start: int, room: int, narrow: bool) -> int:
    """How far from `start` the text fits into `room` cells; at least one character."""
    if narrow:
        return start + room
    end, cells = start, 0
    while end < len(text) and (cells := cells + get_character_cell_size(text[end])) <= room:
        end += 1
    while end > start + 1 and cell_len(text[start:end]) > room:  # emoji sequences are wider than their characters
        end -= 1
    return max(end, start + 1)


class SourceView(ScrollView, can_focus=False, inherit_bindings=False):
    """A text to scroll through. `first` is the number of its first line.

    `captions` maps lines that head a part of it to the number of the line behind each, 0 for a part without numbers.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "source--text",
        "source--number",
        "source--caption",
        *(f"source--{kind}" for kind in KINDS),
    }
    DEFAULT_CSS = """
    SourceView {
        width: 1fr; height: 1fr; overflow-x: hidden; scrollbar-gutter: stable;
        & > .source--number { color: $text-disabled; }
        & > .source--caption { text-style: bold; }
        & > .source--heading { color: $text-primary; text-style: bold; }
        & > .source--marker { color: $text-muted; text-style: bold; }
        & > .source--bold { text-style: bold; }
        & > .source--italic { text-style: italic; }
        & > .source--code { color: $text-secondary; }
        & > .source--tag { color: $text-accent; }
        & > .source--comment { color: $text; background: $warning-muted; }
        & > .source--hidden { color: $text-error; background: $error-muted; text-style: bold; }
        &:ansi > .source--number { text-style: dim; }
        &:ansi > .source--comment, &:nocolor > .source--comment { background: initial; text-style: reverse; }
        &:ansi > .source--hidden, &:nocolor > .source--hidden { background: initial; text-style: bold reverse; }
        &:nocolor > .source--tag { text-style: underline; }
    }
    """

    text: var[str] = var("")
    first: var[int] = var(1)
    captions: var[Mapping[int, int]] = var[Mapping[int, int]](MappingProxyType({}))

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._source = Source("", 1)
        self._gutter = 0
        """Cells of the line numbers: a blank before and one behind, room for three digits at least."""

    @property
    def count(self) -> int:
        """The number of lines."""
        return self._source.count

    def watch_text(self) -> None:
        """Show another text from its top."""
        if self.is_attached and self.text_selection:
            self.screen.clear_selection()
        self._wrap()
        self.scroll_to(y=0, animate=False, force=True)

    def watch_first(self) -> None:
        """Number the lines anew."""
        self._wrap()

    def watch_captions(self) -> None:
        """Number the lines anew."""
        self._wrap()

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new width."""
        self._wrap()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Wrap down to what shows now."""
        super().watch_scroll_y(old_value, new_value)
        self._reach()

    def show_end(self) -> None:
        """Scroll to the last row."""
        self._source.reach(inf)
        self._reach()
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def _wrap(self) -> None:
        last = max(self.first, *self.captions.values(), 0) + self.text.count("\n")
        self._gutter = 2 + max(3, len(str(last)))
        width = self.scrollable_content_region.width - self._gutter - _MARGIN
        self._source = Source(self.text, width, self.captions)
        self._reach()
        self.refresh()

    def _reach(self) -> None:
        self._source.reach(round(self.scroll_y) + self.size.height)
        size = Size(self.scrollable_content_region.width, self._source.height)
        if (size.height > self.size.height) != self.show_vertical_scrollbar:
            self.virtual_size = size
        else:  # the scroll bar stays as it is: the whole screen need not be laid out and drawn anew
            self.set_reactive(SourceView.virtual_size, size)
            self._scroll_update(size)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected lines, unwrapped."""
        self._source.reach(inf)
        return self._source.extract(selection), "\n"

    def render_line(self, y: int) -> Strip:
        """A row with its line number where a line begins."""
        base = self.get_component_rich_style("source--text")
        width = self.scrollable_content_region.width
        row = self._source.row(self.scroll_offset.y + y)
        if row is None:
            return Strip.blank(width, base)
        if row.line in self.captions:
            return self._caption(row, width)
        number = self._number(row.line) if row.start == 0 else ""
        offset = Style.from_meta({"offset": (row.start, row.line)})
        style = self.get_component_rich_style("source--number") + offset
        gutter = [Segment(char, style) for char in f"{number:>{self._gutter - 1}} " + " " * row.indent]
        text = Strip(list(self._segments(row, base))).apply_offsets(row.start, row.line)
        return Strip([*gutter, *text]).adjust_cell_length(width, base)

    def _number(self, line: int) -> str:
        """The number of a line, empty in a part without numbers."""
        caption = max((above for above in self.captions if above < line), default=None)
        if caption is None:
            return str(self.first + line)
        first = self.captions[caption]
        return str(first + line - caption - 1) if first else ""

    def _caption(self, row: Row, width: int) -> Strip:
        """A caption with a rule behind it."""
        style, rule = self.get_component_rich_style("source--caption"), self.get_component_rich_style("source--number")
        text = self._source.lines[row.line][0]
        strip = Strip([Segment(" ─ ", rule), Segment(text, style), Segment(f" {'─' * width}", rule)])
        return strip.crop(0, width - 1).adjust_cell_length(width, rule)

    def _segments(self, row: Row, base: Style) -> Iterator[Segment]:
        """The text of a row, cut where its style changes."""
        text, spans = self._source.lines[row.line]
        within = [
            (span.start, span.end, self._style_of(span.kind))
            for span in spans
            if span.start < row.end and span.end > row.start
        ]
        if picked := self._picked(row.line, len(text)):
            within.append((*picked, self._selection_style))
        cuts = {row.start, row.end, *(cut for start, end, _ in within for cut in (start, end))}
        places = sorted(cut for cut in cuts if row.start <= cut <= row.end)
        for start, end in pairwise(places):
            style = base
            for left, right, over in within:
                if left <= start and end <= right:
                    style += over
            yield Segment(text[start:end], style)

    def _style_of(self, kind: Kind) -> Style:
        """The style of a kind; bold and italic lie on any other."""
        return self.get_component_rich_style(f"source--{kind}", partial=kind in {"bold", "italic"})

    @property
    def _selection_style(self) -> Style:
        style = self.screen.get_component_rich_style("screen--selection")
        return style + _REVERSED if self.app.no_color else style

    def _picked(self, line: int, length: int) -> tuple[int, int] | None:
        selection = self.text_selection
        span = selection.get_span(line) if selection else None
        return None if span is None else (span[0], length if span[1] < 0 else span[1])
