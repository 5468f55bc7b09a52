"""The editing pane: the fields of an agent, its body, its whole text."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widget import MountError, Widget
from textual.widgets import Static

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.ref import Ref
from agent_studio.model.schema import Value
from agent_studio.model.session import Outside
from agent_studio.ui.editors.field_editor import FieldEditor
from agent_studio.ui.editors.field_state import FieldState
from agent_studio.ui.editors.form import Form, Shown
from agent_studio.ui.editors.outside_banner import OutsideBanner
from agent_studio.ui.editors.tab_line import TABS, TabLine
from agent_studio.ui.editors.text_editor import TextEditor
from agent_studio.ui.findings import Finding
from agent_studio.ui.offer import bindings
from agent_studio.ui.shown import shown

FIELDS, BODY, RAW = range(len(TABS))
Target = str | tuple[int, int]
"""A field by its name, or a tab and a line of the file in it."""
_PAUSE = 0.06
"""Seconds without another agent after which the pane shows the last one."""


class EditorPane(Widget):
    """Edits one agent.

    `document` is what is edited, `base` the file it stands on (`agent` where there is no draft), `outside` what
    another program did to the file meanwhile, `found` what the rules found in the file. Edits go up as messages; the
    answer is another `document`, or a call of `refuse`.
    """

    DEFAULT_CSS = """
    EditorPane { layout: vertical; }
    EditorPane > .notice { height: auto; padding: 0 1; color: $text-warning; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("form")

    agent: var[Agent | None] = var(None)
    base: var[Agent | None] = var(None)
    document: var[Document | None] = var(None)
    outside: var[Outside | None] = var[Outside | None](None)
    plugin: var[bool] = var(False)
    found: var[tuple[Finding, ...]] = var[tuple[Finding, ...]](())
    tab: var[int] = var(FIELDS)

    class FieldEdited(Message):
        """A person gave a field another value; None removes it."""

        def __init__(self, ref: Ref, key: str, value: Value | None) -> None:
            super().__init__()
            self.ref = ref
            self.key = key
            self.value = value

    class BodyEdited(Message):
        """A person changed the body; `text` is all of it, as an editor holds it."""

        def __init__(self, ref: Ref, text: str) -> None:
            super().__init__()
            self.ref = ref
            self.text = text

    class RawEdited(Message):
        """A person changed the whole text."""

        def __init__(self, ref: Ref, text: str) -> None:
            super().__init__()
            self.ref = ref
            self.text = text

    def __init__(self) -> None:
        super().__init__()
        self._due = False
        self._focus_wanted = False
        self._target: Target | None = None
        self.turn = asyncio.Lock()
        """Held while an agent is shown."""
        self._pause: Timer | None = None
        self._shown: Ref | None = None
        self._views: dict[int, Form | TextEditor] = {}
        self._banner = OutsideBanner()
        self._tabs = TabLine()
        self._notice = Static(classes="notice")

    def compose(self) -> ComposeResult:
        """What happened outside, the tabs, why nothing can be edited; the views are made when they are wanted."""
        yield self._banner
        yield self._tabs
        yield self._notice

    # Down

    def on_mount(self) -> None:
        """Show what is set, when all of it is."""
        for name in ("agent", "base", "document", "plugin", "found"):
            self.watch(self, name, self._later)

    def watch_outside(self, outside: Outside | None) -> None:
        """Say so."""
        self._banner.outside = outside

    def on_show(self) -> None:
        """Catch up with what was set while the pane was hidden."""
        self._later()

    def _later(self) -> None:
        """Show what is set, once, after all of it was set."""
        if self.is_attached and not self._due:
            self._due = True
            self.call_next(self._show_soon)

    async def _show_soon(self) -> None:
        """Show what is set; where another agent was shown, after a pause.

        While a person runs through the list, nothing is shown: filling a form takes longer than a held key leaves, and
        what is there belongs to another row.
        """
        self._due = False
        running = self._pause is not None
        self._end_pause()
        other = self._shown is not None and self.agent is not None and self.agent.ref != self._shown
        if not other or self._focus_wanted or self.has_focus_within:
            await self._show()
            return
        self._pause = self.set_timer(_PAUSE, self._show)
        if running and self.tab in self._views:
            self._views[self.tab].visible = False

    def _end_pause(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None

    async def _show(self) -> None:
        self._end_pause()
        agent, document = self.agent, self.document
        if agent is None or document is None:
            self._blank()
            return
        if not self.is_on_screen:
            return
        async with self.turn:
            with self.app.batch_update(), suppress(MountError):  # as the studio ends, nothing is put up any more
                await self._fill(agent, document)

    async def _fill(self, agent: Agent, document: Document) -> None:
        self._shown = agent.ref
        had_focus = self.has_focus_within
        base = self.base if self.base is not None and self.base.ref == agent.ref else agent
        self._tabs.modified = document.data != base.document.data
        view = await self._view()
        edited = replace(agent, document=document)
        notice = self._reason(edited)
        self._notice.display = notice is not None
        if (said := shown(notice or "")) != self._notice.content:
            self._notice.update(said)
        if isinstance(view, Form):
            locked = bool(agent.locked or document.trouble or not document.header.mapping)
            tokens = edited.reading.warned_tokens
            await view.show(Shown(agent.ref, base.document, document, tokens, self.plugin, locked, self.found))
        elif self.tab == BODY:
            view.show(agent.ref, document.body_view, document.body_line, agent.locked is not None)
        else:
            view.show(agent.ref, document.text_view, 1, agent.locked is not None)
        if self._focus_wanted or (had_focus and self._lost_focus()):
            await self._focus_view()
        self._tabs.tab = self.tab  # said when it is so: until then keys go to the other view

    def _blank(self) -> None:
        """Show nothing, for there is no agent."""
        self._shown = None
        self._tabs.tab, self._tabs.modified = self.tab, False
        for part in (self._notice, *self._views.values()):
            part.display = False

    async def _view(self) -> Form | TextEditor:
        """The view of the tab, made where it is not there yet; the others hidden."""
        view = self._views.get(self.tab)
        if view is None:
            view = Form() if self.tab == FIELDS else TextEditor(TABS[self.tab].lower())
            self._views[self.tab] = view
            await self.mount(view)
        view.visible = True
        for tab, other in self._views.items():
            other.display = tab == self.tab
        return view

    def _reason(self, edited: Agent) -> str | None:
        """Why nothing can be edited here, or the host drops the file."""
        if edited.locked:
            return f"{edited.locked}: nothing can be edited here"
        if self.tab == FIELDS and edited.document.trouble:
            return f"{edited.document.trouble}: there are no fields to edit, open Raw (ctrl+pgdn)"
        if self.tab == FIELDS and not edited.document.header.mapping:
            return "the frontmatter is not a list of fields: open Raw (ctrl+pgdn)"
        dropped = edited.verdict.status == "dropped"
        return f"Claude Code drops this file: {edited.verdict.reason}" if dropped else None

    # Up

    @on(FieldEditor.Edited)
    def _field_edited(self, event: FieldEditor.Edited) -> None:
        event.stop()
        self.post_message(self.FieldEdited(event.ref, event.key, event.value))

    @on(TextEditor.Edited)
    def _text_edited(self, event: TextEditor.Edited) -> None:
        event.stop()
        message = self.BodyEdited if event.editor is self._views.get(BODY) else self.RawEdited
        self.post_message(message(event.ref, event.text))

    def refuse(self, key: str, reason: str) -> None:
        """Say beside a field why what was typed could not be written."""
        if self._form is not None and key in self._form.rows:
            self._form.rows[key].refuse(reason)

    def reset_field(self, key: str) -> None:
        """Show what the document says in a field, whatever was typed there."""
        if self._form is not None and key in self._form.rows:
            self._form.rows[key].reset()

    # Tabs and focus

    @property
    def _form(self) -> Form | None:
        form = self._views.get(FIELDS)
        return form if isinstance(form, Form) else None

    def watch_tab(self) -> None:
        """Show the tab; the focus goes along where the pane has it."""
        self._focus_wanted = self._focus_wanted or self.has_focus_within
        self._later()

    @on(TabLine.Picked)
    def _picked(self, event: TabLine.Picked) -> None:
        event.stop()
        self.tab = event.tab
        self.focus_first()

    def action_next_tab(self) -> None:
        """Fields, body, raw, fields."""
        self.tab = (self.tab + 1) % len(TABS)

    def action_previous_tab(self) -> None:
        """Fields, raw, body, fields."""
        self.tab = (self.tab - 1) % len(TABS)

    def focus_first(self) -> None:
        """Focus the first field, or the text; where nothing is shown yet, as soon as it is."""
        self._focus_wanted = True
        self._later()

    def _lost_focus(self) -> bool:
        """Whether what has the focus was hidden or disabled."""
        focused = self.screen.focused
        return focused is None or not focused.focusable or not all(node.display for node in focused.ancestors_with_self)

    async def _focus_view(self) -> None:
        self._focus_wanted = False
        target, self._target = self._target, None
        view = self._views[self.tab]
        if isinstance(view, TextEditor):
            if isinstance(target, tuple):
                view.move_cursor((max(target[1] - view.line_number_start, 0), 0), center=True)
            self.screen.set_focus(view)
        elif not isinstance(target, str) or not await view.focus_field(target):
            view.focus_first()

    def go_to(self, target: Target) -> None:
        """Focus a field, or a line in a tab, as soon as it shows."""
        self.tab = FIELDS if isinstance(target, str) else target[0]
        self._target = target
        self.focus_first()

    async def focus_field(self, key: str) -> bool:
        """Focus a field, unfolded where it must be; False where it cannot be edited."""
        self.tab, self._focus_wanted = FIELDS, False
        await self._show()
        return self._form is not None and await self._form.focus_field(key)

    @property
    def focused_key(self) -> str | None:
        """The field that has the focus; None outside the fields."""
        return self._form.focused_key if self._form is not None and self.tab == FIELDS else None

    @property
    def place(self) -> Target | None:
        """Where the cursor is: in a field, or on a line of a text."""
        view = self._views.get(self.tab)
        if isinstance(view, TextEditor):
            return self.tab, view.cursor_location[0] + view.line_number_start
        return self.focused_key

    @property
    def problems(self) -> list[str]:
        """The fields with a problem, in the order of the schema."""
        document = self.document
        if document is None or document.trouble:
            return []
        shown_rows = self._form.problems if self._form is not None else {}
        return [
            field.name for field in schema.FIELDS if shown_rows.get(field.name, FieldState.of(document, field).problem)
        ]
