"""One key out of a few: a line at the bottom that takes a letter and is gone."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


@dataclass(frozen=True, slots=True)
class Choice:
    """A letter, what it stands for, and how that looks."""

    key: str
    value: str
    label: Content


def lettered(values: Iterable[str], taken: Container[str] = ()) -> dict[str, str]:
    """A key for each value, one of its own letters where one is free; no more values than there are keys."""
    keys: dict[str, str] = {}
    for value in values:
        letters = (key for key in (*value.lower(), *ascii_lowercase, *digits) if key.isascii() and key.isalnum())
        if key := next((key for key in letters if key not in keys and key not in taken), None):
            keys[key] = value
    return keys


class Pick(ModalScreen[str | None]):
    """Asks for one of some choices; dismissed with its value, or None on escape. Other keys do nothing."""

    DEFAULT_CSS = """
    Pick { align: center bottom; background: transparent; }
    Pick > Static { width: 100%; height: auto; padding: 0 1; background: $panel; color: $text; }
    """

    def __init__(self, title: Content, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._question = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """The title and the choices on as many lines as they need."""
        parts = [Content.assemble((choice.key, "bold $text-accent"), " ", choice.label) for choice in self._choices]
        parts.append(Content.styled("esc", "bold $text-accent"))
        yield Static(Content.assemble(self._question.stylize("bold"), "\n", Content("  ").join(parts)))

    def on_key(self, event: events.Key) -> None:
        """Take the letter."""
        event.stop()
        if event.key == "escape":
            self.dismiss(None)
        for choice in self._choices:
            if choice.key in {event.character, event.key}:
                self.dismiss(choice.value)
