"""The second line: the filter, how much it leaves, and the order; below it, while one types, what may come next."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from agent_studio.model.query.completion import Completion, completions
from agent_studio.model.session import Session
from agent_studio.model.sort import Sort
from agent_studio.ui.shown import shown_line


class FilterBar(Vertical):
    """An input that filters as one types; tab takes what is suggested, enter keeps the filter, escape clears it.

    What cannot be understood of a filter is said below it, and left out.
    """

    DEFAULT_CSS = """
    FilterBar { height: auto; padding: 0 1; }
    FilterBar > Horizontal { height: 1; }
    FilterBar #slash { width: 2; color: $text-muted; }
    FilterBar Input { width: 1fr; border: none; height: 1; padding: 0; background: transparent; }
    FilterBar #found { width: auto; color: $text-muted; padding-left: 2; }
    FilterBar #hint { display: none; height: 1; padding-left: 2; color: $text-muted; text-wrap: nowrap; }
    FilterBar #hint { text-overflow: ellipsis; }
    FilterBar.-typing #hint, FilterBar.-wrong #hint { display: block; }
    FilterBar.-wrong #hint { color: $text-error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "clear", "Clear", show=False),
        Binding("enter,down", "keep", "Keep", show=False),
        Binding("tab", "complete", "Complete", show=False),
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
        """A slash, the input, the counts; the line below."""
        with Horizontal():
            yield Static("/", id="slash")
            yield Input(placeholder="name, description, model:opus, is:dup, tokens:>2k", compact=True)
            yield Static(id="found")
        yield Static(id="hint")

    def watch_session(self, session: Session) -> None:
        """Show what is found; the input itself is left alone, it may be ahead of the session."""
        if not self.is_mounted:
            return
        self.found = self._found(session)
        if self.has_focus_within or session.listing.error or self.has_class("-wrong"):
            self._hint()

    def on_descendant_focus(self) -> None:
        """Say what may be typed."""
        self.set_class(True, "-typing")
        self._hint()

    def on_descendant_blur(self) -> None:
        """Take the line away, unless it says what is wrong."""
        self.set_class(False, "-typing")
        self._hint()

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
        count = f"{len(session.shown)} of {len(session.agents)}" if session.filter else f"{len(session.agents)} agents"
        hidden = len(session.marks - session.listing.places.keys()) if session.marks and session.filter else 0
        marked = f" · {len(session.marks)} marked" if session.marks else ""
        sort = f" · sort {session.sort.by}" if session.sort != Sort() else ""
        backwards = " reversed" if session.sort.reverse else ""
        return Content(count + marked + (f" ({hidden} not shown)" if hidden else "") + sort + backwards)

    def _hint(self) -> None:
        """Say what cannot be understood, or else what may come next; while a term is still typed it is no mistake."""
        cursor = self.query_one(Input).cursor_position
        found = self._completions(cursor) if self.has_focus_within else ()
        mistakes = [one for one in self.session.listing.query.mistakes if not (found and one.end == cursor)]
        self.set_class(bool(mistakes), "-wrong")
        self.query_one("#hint", Static).update(shown_line(mistakes[0].message) if mistakes else _suggested(found))

    def _completions(self, cursor: int) -> tuple[Completion, ...]:
        text = self.query_one(Input).value
        found = completions(text, cursor, self.session.facts)
        return tuple(one for one in found if text[one.start : one.end].casefold() != one.text.casefold())

    def action_complete(self) -> None:
        """Take the first suggestion; without one, or before anything is typed, go on to the next pane."""
        field = self.query_one(Input)
        first = next(iter(self._completions(field.cursor_position)), None)
        if first is None or (first.start == first.end and not field.value[: first.start].endswith((":", ","))):
            self.screen.focus_next()
        else:
            field.replace(first.text, first.start, first.end)

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


def _suggested(found: tuple[Completion, ...]) -> Content:
    """The suggestions, the first of which tab takes, with how many agents have each."""
    parts: list[Content] = []
    for place, one in enumerate(found):
        count = one.note.partition(" ")[0] if one.note[:1].isdigit() else ""
        name = shown_line(one.text, "bold $text-accent" if place == 0 else "")
        parts.append(Content.assemble(name, (f" {count}" if count else "", "dim")))
    return Content.assemble(("⇥ ", "bold"), Content("  ").join(parts)) if parts else Content("")
