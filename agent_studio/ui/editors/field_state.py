"""What a document says of one field, as the form shows it."""

from __future__ import annotations

from dataclasses import dataclass

from agent_studio.model import schema
from agent_studio.model.document import Document
from agent_studio.model.schema import Field
from agent_studio.model.visible import visible


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field of one document.

    `times` is how often the key stands there, 0 where it is absent; `value` is what it reads as and `source` how it is
    written (both of the last one, which counts).
    """

    field: Field
    times: int = 0
    value: object = None
    source: str = ""

    @classmethod
    def of(cls, document: Document, field: Field) -> FieldState:
        """The state of `field` in `document`."""
        entry = document.entry(field.name)
        if entry is None:
            return cls(field)
        times = sum(other.key == field.name for other in document.fields)
        return cls(field, times, entry.value, document.source(entry))

    @property
    def present(self) -> bool:
        """Whether the key stands in the header."""
        return self.times > 0

    @property
    def same(self) -> tuple[int, str, str]:
        """Equal for two states that mean and are written the same."""
        return self.times, repr(self.value), self.source

    @property
    def text(self) -> str:
        """The value as a person reads it: of a description what the host hands on, of a collection its source."""
        match self.value:
            case None:
                return ""
            case str(text):
                return handed_on(self.field, text)
            case bool(truth):
                return "true" if truth else "false"
            case int() | float():
                return str(self.value)
            case _:
                return self.source

    @property
    def problem(self) -> str | None:
        """What is wrong with the field, in words; None when the host takes it."""
        if self.times > 1:
            return f"stands {self.times} times: the last one counts"
        if self.field.required and (self.value is None or self.value == ""):
            return f"{'empty' if self.present else 'missing'}: Claude Code drops the agent"
        if self.field.name == "tools" and self.present and not schema.items_of(self.value):
            return "no tool at all: choose all, or name some"
        return None if self.value is None else self.field.problem(self.value)


def handed_on(field: Field, text: str) -> str:
    """A value as the host hands it on: in a description, backslash-n is a line break."""
    return text.replace("\\n", "\n") if field.name == "description" else text


def hides(text: str, keep: str = "") -> bool:
    """Whether `text` holds characters, others than those in `keep`, that an editor could not show as they are."""
    return visible(text, keep) != text
