"""One row of the form: the name of a field, its editor, and whether all is well."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from agent_studio.model.ref import Ref
from agent_studio.model.schema import Field
from agent_studio.ui.findings import Finding
from agent_studio.ui.shown import shown

from .choice import Choice
from .field_editor import FieldEditor
from .field_state import FieldState
from .line import Line
from .members import Members
from .nested import Nested
from .prose import Prose

_EDITORS: dict[str, type[FieldEditor]] = {
    "text": Line,
    "integer": Line,
    "prose": Prose,
    "choice": Choice,
    "boolean": Choice,
    "list": Members,
    "yaml": Nested,
}


class FieldRow(Widget):
    """A field: label left, editor, sign right, and below what is wrong in words.

    `modified` marks a field that is not as it is on disk.
    """

    DEFAULT_CSS = """
    FieldRow { height: auto; layout: vertical; }
    FieldRow > FieldEditor { margin: 0 3 0 14; }
    FieldRow > .note { margin: 0 3 0 14; padding: 0 1; height: auto; color: $text-muted; }
    FieldRow > .note.-wrong { color: $text-warning; }
    FieldRow.-rare > FieldEditor, FieldRow.-rare > .note { margin: 0 3 0 19; }
    FieldRow > .row--label { color: $text-muted; }
    FieldRow > .row--focused { color: $text-accent; text-style: bold; }
    FieldRow:nocolor > .row--focused { text-style: bold underline; }
    FieldRow > .row--modified { color: $text-accent; text-style: bold; }
    FieldRow > .row--right { color: $text-success; }
    FieldRow > .row--wrong { color: $text-warning; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row--focused", "row--label", "row--modified", "row--right", "row--wrong"}

    problem: reactive[str | None] = reactive(None)
    modified: reactive[bool] = reactive(False)
    present: reactive[bool] = reactive(False)

    def __init__(self, field: Field, rare: bool) -> None:
        super().__init__(id=f"row-{field.name}", classes="-rare" if rare else None)
        self.field = field
        self.editor = _EDITORS[field.kind](field)
        self._state = FieldState(field)
        self._refused: str | None = None
        self._remark: str | None = None
        self._found: Finding | None = None
        self._more: tuple[Finding, ...] = ()
        self._note = Static(classes="note")

    def compose(self) -> ComposeResult:
        """The editor; the note is made when there is something to say."""
        yield self.editor

    def on_mount(self) -> None:
        """Follow what the editor says of its text."""
        self.watch(self.editor, "illegal", self._tell)
        self.watch(self.editor, "note", self._tell)

    def show(
        self,
        ref: Ref,
        state: FieldState,
        disk: FieldState,
        *,
        remark: str | None,
        locked: bool,
        found: tuple[Finding, ...],
    ) -> None:
        """Show the field of an agent beside how it is on disk, and what was found in it there, the worst first."""
        if state.same != self._state.same:
            self._refused = None
        self._state, self._remark = state, remark
        self.modified = state.same != disk.same
        before = self._found
        self._found, self._more = (None, ()) if self.modified or not found else (found[0], found[1:])
        self.present = state.present
        self.editor.disabled = locked
        self.editor.show(ref, state)
        self._tell()
        if self._found != before:
            self.refresh()

    def refuse(self, reason: str) -> None:
        """Say why what was typed could not be written; it stays in the editor."""
        self._refused = reason
        self.editor.refuse()
        self._tell()

    def reset(self) -> None:
        """Show what the document says, whatever was typed."""
        self._refused = None
        self.editor.reset()
        self._tell()

    @on(FieldEditor.Edited)
    def _edited(self) -> None:
        self._refused = None
        self._tell()

    def _tell(self) -> None:
        self.problem = self.editor.illegal or self._refused or self._state.problem
        text = self.problem or self.told or self.editor.note or self._remark
        self._note.display = text is not None
        if text is not None:
            loud = self._found is not None and self._found.kind != "muted"
            self._note.set_class(self.problem is not None or loud, "-wrong")
            if (said := shown(text)) != self._note.content:
                self._note.update(said)
            if not self._note.is_attached:
                self.mount(self._note)

    @property
    def told(self) -> str | None:
        """What the rules say of the field."""
        if self._found is None:
            return None
        more = ", ".join(dict.fromkeys(finding.rule.id for finding in self._more))
        return f"{self._found.rule.id} {self._found.problem.message}{f' · also {more}' if more else ''}"

    def render(self) -> Content:
        """The first line: label and sign, the editor lies in between."""
        label = "row--focused" if self.has_focus_within else "row--label"
        sign, look = ("✔" if self.present else " ", "row--right")
        if self.problem or self._found:
            sign = "⚠" if self.problem or not self._found else self._found.sign
            look = "row--label" if not self.problem and self._found and self._found.kind == "muted" else "row--wrong"
        return Content.assemble(
            ("● " if self.modified else "  ", self.get_visual_style("row--modified")),
            (self.field.name, self.get_visual_style(label)),
            " " * max(self.size.width - 4 - len(self.field.name), 0),
            (sign, self.get_visual_style(look)),
        )

    def on_descendant_focus(self) -> None:
        """Light the label up."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """And out."""
        self.refresh()
