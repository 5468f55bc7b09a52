"""The fields of one agent, one row each, and below them what a save will write."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from agent_studio.model.document import Document
from agent_studio.model.ref import Ref
from agent_studio.model.schema import BY_NAME, FIELDS, ORDER, Field
from agent_studio.ui.findings import Finding

from .field_state import FieldState
from .more import More
from .prose import Prose
from .row import FieldRow
from .unknown import UnknownFields
from .written_view import WrittenView

COMMON = frozenset({"name", "description", "tools", "model", "color"})
"""Fields that always have a row."""
_SHORT = 24
"""Lines of the form below which it saves lines."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form shows: an agent's document, how it is on disk, and whether it may be edited.

    `tokens` is what the agent costs in every conversation; `plugin` that it belongs to a plugin; `found` what the rules
    found in the file on disk, the most pressing first.
    """

    ref: Ref
    disk: Document
    document: Document
    tokens: int
    plugin: bool
    locked: bool
    found: tuple[Finding, ...] = ()

    def found_in(self, key: str) -> tuple[Finding, ...]:
        """What was found in a field, the most pressing first."""
        return tuple(finding for finding in self.found if finding.field_in(self.disk) == key)


class FieldList(VerticalScroll, can_focus=False):
    """The rows; up and down go from one to the next. It takes the focus itself where no field can."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "walk(1)", "Next field", show=False),
        Binding("up", "walk(-1)", "Previous field", show=False),
    ]

    def action_walk(self, step: int) -> None:
        """Focus the field before or after; scroll where the list itself has the focus."""
        if self.has_focus:
            self.scroll_relative(y=step, animate=False)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()


class Form(Widget):
    """The fields of one agent. `rows` has the rows that were made so far, by field name."""

    DEFAULT_CSS = """
    Form { layout: vertical; height: 1fr; }
    Form > FieldList { height: 1fr; scrollbar-size-vertical: 1; }
    Form > .help { height: 2; padding: 0 1; color: $text-muted; }
    Form.-short > .help { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Form.-short > WrittenView { max-height: 5; }
    Form .-rare Prose > TextArea { min-height: 1; }
    Form.-short Prose > TextArea { max-height: 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self.rows = {field.name: FieldRow(field, rare=False) for field in FIELDS if field.name in COMMON}
        self._list = FieldList()
        self._more = More()
        self._unknown = UnknownFields()
        self._help = Static(classes="help")
        self._written = WrittenView()
        self._wanted: frozenset[str] = COMMON
        self._headless = False
        self._turn = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The common rows, what is folded away, unknown keys; help and what will be written stay in sight."""
        with self._list:
            yield from self.rows.values()
            yield self._more
            yield self._unknown
        yield self._help
        yield self._written

    async def show(self, shown: Shown) -> None:
        """Show an agent, or another document of the same agent."""
        before, self._shown = self._shown, shown
        present = frozenset(field.name for field in FIELDS if shown.document.has(field.name))
        same = before is not None and before.ref == shown.ref
        self._wanted = COMMON | present | (self._wanted if same else frozenset())
        self._headless = shown.document.trouble is not None
        self._list.can_focus = shown.locked
        if not same:
            self._list.scroll_home(animate=False)
        await self._unfold()
        self._unknown.show(shown.document)
        self._written.texts = (shown.disk.text, shown.document.text)

    async def _unfold(self) -> None:
        """Make the rows that are wanted and not there yet, and show exactly those that are wanted."""
        async with self._turn:
            await self._show_wanted()

    async def _show_wanted(self) -> None:
        wanted = frozenset(BY_NAME) if self._more.opened else self._wanted
        if self._headless:
            wanted = frozenset()
        self._more.display = self._unknown.display = not self._headless
        missing = {field.name: FieldRow(field, rare=True) for field in FIELDS if field.name in wanted - set(self.rows)}
        if missing:
            self.rows |= missing
            await self._list.mount(*missing.values(), before=self._unknown)
            self._list.sort_children(key=self._place)
        for name, row in self.rows.items():
            row.display = name in wanted
            self._fill(row)
        self._more.folded = tuple(field.name for field in FIELDS if field.name not in self._wanted)

    def _place(self, child: Widget) -> tuple[int, int]:
        """Common rows, the line that folds the rarer ones, those, unknown keys; rows in the order of the schema."""
        if isinstance(child, FieldRow):
            return 0 if child.field.name in COMMON else 2, ORDER[child.field.name]
        return 1 if child is self._more else 3, 0

    def _fill(self, row: FieldRow) -> None:
        shown = self._shown
        if shown is None or not row.display:
            return
        state = FieldState.of(shown.document, row.field)
        ignored = shown.plugin and row.field.plugin == "ignored" and state.present
        remark = "ignored in the agent of a plugin" if ignored else None
        found, disk = shown.found_in(row.field.name), FieldState.of(shown.disk, row.field)
        row.show(shown.ref, state, disk, remark=remark, locked=shown.locked, found=found)
        if isinstance(row.editor, Prose) and row.field.name == "description":
            row.editor.tokens = shown.tokens

    @on(More.Turned)
    async def _turned(self, event: More.Turned) -> None:
        event.stop()
        await self._unfold()

    @property
    def focused_key(self) -> str | None:
        """The field that has the focus."""
        return next((name for name, row in self.rows.items() if row.has_focus_within), None)

    @property
    def problems(self) -> dict[str, str | None]:
        """What is wrong with each field that is shown, None where nothing is."""
        return {name: row.problem or row.told for name, row in self.rows.items() if row.display}

    async def focus_field(self, key: str) -> bool:
        """Focus a field, all of it in sight, unfolded where it must be; False where it cannot be edited."""
        if key not in BY_NAME:
            return False
        self._wanted |= {key}
        await self._unfold()
        target = self.rows[key].editor.target
        if target is None or not target.focusable:
            return False
        target.focus()
        self.rows[key].scroll_visible(animate=False)  # what is wrong stands below the editor
        return True

    def focus_first(self) -> None:
        """Focus the first field, or the list of them where none can be edited."""
        targets = (row.editor.target for row in self.rows.values() if row.display)
        target = next((target for target in targets if target is not None and target.focusable), self._list)
        target.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Save lines where there are few."""
        self.set_class(event.size.height < _SHORT, "-short")

    def on_descendant_focus(self) -> None:
        """Explain the field that has the focus."""
        key = self.focused_key
        self._help.update(_explained(BY_NAME[key]) if key else Content(""))


def _explained(field: Field) -> Content:
    facts = ["required" if field.required else f"default {field.default}"]
    facts += [f"since {field.since}"] if field.since else []
    return Content.assemble((field.name, "bold"), "  ", field.help, "  ", (" · ".join(facts), "italic"))
