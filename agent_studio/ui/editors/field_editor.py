"""What all field editors have in common: a value comes down, edits go up, and neither makes the other."""

from __future__ import annotations

from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from agent_studio.model.ref import Ref
from agent_studio.model.schema import Field, IllegalValue, Value

from .echo import Echo
from .field_state import FieldState

HIDDEN = "holds hidden characters: edit in Raw"


class FieldEditor(Widget):
    """Edits one field of one agent.

    A subclass says what a person has entered (`entered`), what value that is (`parse`), and how a state of the
    document is put into its widgets (`put`). `illegal` is why what stands there cannot be sent up, `note` why it
    cannot be edited or what else there is to say.
    """

    DEFAULT_CSS = "FieldEditor { layout: vertical; height: auto; width: 1fr; }"

    illegal: reactive[str | None] = reactive(None)
    note: reactive[str | None] = reactive(None)

    class Edited(Message):
        """A person gave the field another value; None removes it."""

        def __init__(self, ref: Ref, key: str, value: Value | None) -> None:
            super().__init__()
            self.ref = ref
            self.key = key
            self.value = value

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._ref: Ref | None = None
        self._state = FieldState(field)
        self._echo: Echo[object] = Echo(None)
        self._seen: object = None

    @property
    def entered(self) -> object:
        """What stands in the widgets now."""
        raise NotImplementedError

    def put(self, state: FieldState) -> None:
        """Show a state in the widgets."""
        raise NotImplementedError

    def parse(self, entered: object) -> Value | None:
        """The value that was entered; raises `IllegalValue`."""
        raise NotImplementedError

    def means(self, state: FieldState) -> object:
        """A state reduced to what this editor can tell apart."""
        return state.text if state.present else None

    def meant(self, value: Value | None) -> object:
        """A value that is sent up, reduced in the same way."""
        return value

    @property
    def target(self) -> Widget | None:
        """The widget that takes the focus; None where nothing can be edited."""
        return None

    def show(self, ref: Ref, state: FieldState) -> None:
        """Show the field of an agent; where the widgets say so already, they are not touched."""
        if self._ref is not None:
            self.changed()  # what was typed last still belongs to what was shown then
        other = ref != self._ref
        if other:
            self._echo = Echo(self.means(state))
        news = self._echo.returned(self.means(state))
        self._ref, self._state = ref, state
        if other or (news and self._entered_meaning() != self.means(state)):
            self.reset()

    def reset(self) -> None:
        """Show what the document says, whatever was typed."""
        self.illegal = None
        self._echo.refused()
        self.put(self._state)
        self._seen = self.entered

    def refuse(self) -> None:
        """What was sent up last could not be written."""
        self._echo.refused()

    def changed(self) -> None:
        """Send up what a person entered, unless the document says so already."""
        entered = self.entered
        if entered == self._seen or self._ref is None:
            return
        self._seen = entered
        try:
            value = self.parse(entered)
        except IllegalValue as illegal:
            self.illegal = str(illegal)
            return
        self.illegal = None
        if self._echo.typed(self.meant(value)):
            self.post_message(self.Edited(self._ref, self.field.name, value))

    def _entered_meaning(self) -> object:
        try:
            return self.meant(self.parse(self.entered))
        except IllegalValue:
            return self
