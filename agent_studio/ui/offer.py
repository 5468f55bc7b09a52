"""What the commands look like where they are offered: bindings, footer, help."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding, BindingType
from textual.content import Content

from .commands import COMMANDS, Command, Context

_NAMES = {
    "space": "spc",
    "enter": "⏎",
    "escape": "esc",
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "full_stop": ".",
    "equals_sign": "=",
    "plus": "+",
    "asterisk": "*",
    "exclamation_mark": "!",
    "number_sign": "#",
    "apostrophe": "'",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "percent_sign": "%",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}


def hints(keys: Iterable[tuple[str, str]]) -> Content:
    """Keys and what they do, in a line."""
    return Content("  ").join(Content.assemble((key, "bold $text"), f" {label}") for key, label in keys)


def key_name(key: str) -> str:
    """A key as people write it: `ctrl+s` is `^s`, `full_stop` is `.`."""
    if key.startswith("shift+"):
        return f"⇧{key_name(key.removeprefix('shift+'))}"
    control = key.startswith("ctrl+")
    bare = key.removeprefix("ctrl+")
    name = _NAMES.get(bare, bare.upper() if bare.startswith("f") and bare[1:].isdigit() else bare)
    return f"^{name}" if control else name


def bindings(context: Context) -> list[BindingType]:
    """The bindings of one context, with ids that a keymap can name."""
    return [
        Binding(command.keys, command.action, command.label, id=command.id, show=False)
        for command in COMMANDS
        if command.context == context and command.keys
    ]


ALONE = frozenset({"compare", "history", "trust"})
"""Contexts with a screen of their own."""
_LEAST = frozenset({"app.help", "app.quit"})
"""What works everywhere also on a screen of its own."""


def in_context(context: Context) -> list[Command]:
    """The commands of a context, then those that work everywhere and are not shadowed by a key of it."""
    own = [command for command in COMMANDS if command.context == context and command.keys]
    taken = {key for command in own for key in command.keys.split(",")}
    rest = [
        command
        for command in COMMANDS
        if command.context == "app" and not taken & set(command.keys.split(","))
        if context not in ALONE or command.id in _LEAST
    ]
    return own + (rest if context != "app" else [])


def footer(context: Context, width: int) -> list[tuple[str, str]]:
    """(key, label) pairs that fit into `width` cells, help always among them."""
    ranked = sorted((c for c in in_context(context) if c.footer), key=lambda command: command.footer)
    pairs = {command.id: (key_name(command.keys.split(",")[0]), command.label) for command in ranked}
    chosen = dict(pairs)
    for command in reversed(ranked):
        if sum(len(key) + len(label) + 3 for key, label in chosen.values()) - 2 <= width:  # none behind the last
            break
        if command.id != "app.help":
            del chosen[command.id]
    return list(chosen.values())
