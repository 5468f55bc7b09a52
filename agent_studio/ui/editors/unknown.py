"""Keys that the host does not know: listed as they are written, never touched."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model import schema
from agent_studio.model.document import Document
from agent_studio.model.frontmatter import Entry
from agent_studio.ui.shown import shown_line

_LEFT = 14
_LONGEST = 300


class UnknownFields(Widget):
    """One line for each key of a header that is no field of the host."""

    DEFAULT_CSS = "UnknownFields { height: auto; color: $text-muted; }"

    entries: reactive[tuple[tuple[str, str], ...]] = reactive((), layout=True)
    """(key, value as written) in file order."""

    def show(self, document: Document) -> None:
        """List the keys of a document."""
        entries = [entry for entry in document.fields if entry.key not in schema.BY_NAME]
        self.entries = tuple((entry.key[:_LONGEST], _source(document, entry)) for entry in entries)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line for each key, one where there is none."""
        return len(self.entries) + 1 if self.entries else 1

    def render(self) -> Content:
        """Keys and values, each cut at the width."""
        head = "▾ unknown".ljust(_LEFT + 1) if self.entries else "▸ unknown".ljust(_LEFT + 1) + "–"
        lines = [Content(head + "Claude Code ignores these; they are kept as they are" if self.entries else head)]
        for key, value in self.entries:
            name = shown_line(key).truncate(max(self.size.width // 3, _LEFT), ellipsis=True)
            line = Content.assemble("  ", name.pad_right(max(_LEFT - 1 - name.cell_length, 2)), shown_line(value))
            lines.append(line)
        return Content("\n").join(line.truncate(max(self.size.width - 3, 1), ellipsis=True) for line in lines)


def _source(document: Document, entry: Entry) -> str:
    return document.text[entry.value_start : min(entry.value_end, entry.value_start + _LONGEST)]
