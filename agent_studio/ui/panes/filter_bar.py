"""The second line: the filter, how much it leaves, and the order."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from agent_studio.model.session import Session
from agent_studio.model.sort import Sort
from agent_studio.ui.shown import shown_line


class FilterBar(Horizontal):
    """An input that filters as one types; enter keeps the filter, escape clears it."""

    DEFAULT_CSS = """
    FilterBar { height: 1; padding: 0 1; }
    FilterBar > #slash { width: 2; color: $text-muted; }
    FilterBar > Input { width: 1fr; border: none; height: 1; padding: 0; background: transparent; }
    FilterBar > #found { width: auto; color: $text-muted; padding-left: 2; }
    FilterBar > #found.-wrong { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear", show=False),
        Binding("enter,down", "keep", "Keep", show=False),
    ]

    session: reactive[Session] = reactive(Session())
    found: reactive[Content] = reactive(Content(""))
    """What the filter leaves; a cursor move leaves it as it is, and costs no layout."""

    class Typed(Message):
        """The filter has another text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Left(Message):
        """The person is done with the filter."""

    def compose(self) -> ComposeResult:
        """A slash, the input, the counts."""
        yield Static("/", id="slash")
        yield Input(placeholder="filter by name, description, model:opus, color:red", compact=True)
        yield Static(id="found")

    def watch_session(self, session: Session) -> None:
        """Show what is found; the input itself is left alone, it may be ahead of the session."""
        if not self.is_mounted:
            return
        self.query_one("#found", Static).set_class(session.listing.error is not None, "-wrong")
        self.found = self._found(session)

    def watch_found(self, found: Content) -> None:
        """Show it."""
        if self.is_mounted:
            self.query_one("#found", Static).update(found)

    def show(self, text: str) -> None:
        """Put a filter that was chosen elsewhere into the input."""
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = text

    @staticmethod
    def _found(session: Session) -> Content:
        if session.listing.error:
            return shown_line(session.listing.error)
        count = f"{len(session.shown)} of {len(session.agents)}" if session.filter else f"{len(session.agents)} agents"
        hidden = len(session.marks - {agent.ref for agent in session.shown}) if session.marks and session.filter else 0
        marked = f" · {len(session.marks)} marked" if session.marks else ""
        sort = f" · sort {session.sort.by}" if session.sort != Sort() else ""
        backwards = " reversed" if session.sort.reverse else ""
        return Content(count + marked + (f" ({hidden} not shown)" if hidden else "") + sort + backwards)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """No filter."""
        self.show("")
        self.post_message(self.Typed(""))
        self.post_message(self.Left())

    def action_keep(self) -> None:
        """Back to the list with the filter on."""
        self.post_message(self.Left())
