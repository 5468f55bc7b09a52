"""A list of names: tools, skills."""

from __future__ import annotations

from textual.content import Content
from textual.suggester import Suggester

from agent_studio.model.hosts.tools import TOOLS
from agent_studio.model.schema import Field, IllegalValue, Value, items_of, split_list
from agent_studio.model.visible import one_line

from .field_editor import HIDDEN
from .field_state import FieldState, hides
from .line import checked
from .open_choice import OpenChoice
from .options import Item

_EMPTY = "empty"


class LastItem(Suggester):
    """Completes the last name of a comma text to a known one that is not in it yet."""

    def __init__(self, known: tuple[str, ...]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The whole text with its last name completed."""
        items = split_list(value)
        if not items or not value.endswith(items[-1]):
            return None
        names = (name for name in self._known if name not in items and name.startswith(items[-1]))
        found = next(names, None)
        return value.removesuffix(items[-1]) + found if found else None


class Members(OpenChoice):
    """All, some or none: absent, a comma text, or a list that is empty."""

    OPENING = "some"

    def __init__(self, field: Field) -> None:
        tools = field.name in {"tools", "disallowedTools"}
        super().__init__(field, "radio", "names, separated by commas", LastItem(TOOLS) if tools else None)

    def put(self, state: FieldState) -> None:
        """Show the choice and the names; a list that a comma text cannot hold is shown only."""
        items = items_of(state.value) if state.present else None
        key = None if items is None else self.OPENING if items else _EMPTY
        absent, some = ("all", "only…") if self.field.name == "tools" else ("none", "these…")
        choices = [Item(None, Content(f"{absent} (field absent)")), Item(self.OPENING, Content(some))]
        if self.field.name == "tools" or key == _EMPTY:
            choices.append(Item(_EMPTY, Content("none ([])")))
        self._options.offer(choices, [item.key for item in choices].index(key))
        text = state.value if isinstance(state.value, str) else ", ".join(items or ())
        whole = isinstance(state.value, str) or not isinstance(state.value, list) or _texts(state.value)
        self.note = HIDDEN if hides(text) else None if whole else "holds more than names: edit in Raw"
        self._options.disabled = self._input.disabled = self.note is not None
        self._input.display = key == self.OPENING
        self._input.value = one_line(text if whole else state.source)

    def parse(self, entered: object) -> Value | None:
        """The names; raises `IllegalValue` while there are none."""
        key, text = self.entered
        if key != self.OPENING:
            return None if key is None else ()
        items = split_list(checked(text))
        if not items:
            raise IllegalValue(f"{self.field.name} stays as it is until a name is typed")
        return items

    def means(self, state: FieldState) -> object:
        """The names as the host splits them, None where the field is absent."""
        return items_of(state.value) if state.present else None


def _texts(value: list[object]) -> bool:
    return all(isinstance(item, str) for item in value)
