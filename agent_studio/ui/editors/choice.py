"""One of a few words: model, color, true or false."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.suggester import SuggestFromList

from agent_studio.model import schema
from agent_studio.model.schema import Field, IllegalValue, Value
from agent_studio.ui.shown import shown_line
from agent_studio.ui.swatches import swatch, tag

from .field_state import FieldState, hides
from .line import checked
from .open_choice import OpenChoice
from .options import Item

_ABSENT = {"model": "inherit", "color": "none"}
_OFFERED = {"model": ("sonnet", "opus", "haiku", "fable")}
_OTHER = {"model": "a full model id: claude-…", "effort": "a number"}


class Choice(OpenChoice):
    """The choices of a field: absent first, then its words, then whatever else stands in the file.

    A field that takes more than its words has a last choice that opens a line for it.
    """

    OPENING = "other…"  # no value can be called so, its field would refuse the dots

    def __init__(self, field: Field) -> None:
        suggester = SuggestFromList(schema.MODELS) if field.name == "model" else None
        super().__init__(field, "tags" if field.name == "color" else "radio", _OTHER.get(field.name, ""), suggester)

    def compose(self) -> ComposeResult:
        """The choices, and the line for another value where one is taken."""
        yield self._options
        if self.field.name in _OTHER:
            yield self._input

    def put(self, state: FieldState) -> None:
        """Show the choices with that of the state chosen."""
        text = state.text if state.present else None
        words = list(_OFFERED.get(self.field.name, self.field.choices or ("true", "false")))
        known = text in {None, *words}
        legal = state.present and not known and state.problem is None and bool(text) and not hides(text or "")
        other = legal and self.field.name in _OTHER and text != "inherit"
        items = [Item(None, *self._absent(text)), *(Item(word, *self._look(word)) for word in words)]
        if not known and not other:
            items.append(Item(text, self._strange(text or "", legal)))
        if self.field.name in _OTHER:
            items.append(Item(self.OPENING, Content(self.OPENING)))
        keys = [item.key for item in items]
        self._options.offer(items, keys.index(self.OPENING if other else text))
        self._input.display = other
        self._input.value = text if other and text else ""

    def _absent(self, text: str | None) -> tuple[Content, Content | None]:
        label = _ABSENT.get(self.field.name, "not set")
        if text == label:
            label = "not set"
        if self.field.name == "color":
            return Content.assemble(swatch(None), f" {label}"), swatch(None)
        return Content(label), None

    def _look(self, word: str) -> tuple[Content, Content | None]:
        if self.field.name != "color":
            return Content(word), None
        look = Content.styled(tag(word), "bold") if self.app.no_color else swatch(word, self.app.native_ansi_color)
        return Content.assemble(look, f" {word}"), look

    @staticmethod
    def _strange(text: str, legal: bool) -> Content:
        label = shown_line(text[:80]).truncate(32, ellipsis=True) if text else Content("(empty)")
        return label if legal or not text else Content.assemble(("⚠ ", "$text-warning"), label)

    def parse(self, entered: object) -> Value | None:
        """The word that was chosen, or what stands in the line; raises `IllegalValue` while that is empty."""
        key, text = self.entered
        if key is None:
            return None
        if key != self.OPENING:
            return self.field.parse(key)
        if not text.strip():
            raise IllegalValue(f"{self.field.name} stays as it is until something is typed")
        return self.field.parse(checked(text).strip())

    def meant(self, value: Value | None) -> object:
        """The word of a value."""
        if isinstance(value, bool):
            return "true" if value else "false"
        return None if value is None else str(value)
