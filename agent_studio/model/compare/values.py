"""Values of fields as the host reads them, and as text that a person can compare."""

from __future__ import annotations

import json
from dataclasses import dataclass

from agent_studio.model.fences import JS_SPACE
from agent_studio.model.schema import BY_NAME, MODELS, Kind, items_of

from . import lines

SEPARATOR = ", "
"""What stands between the items of a list that is shown on one line."""


@dataclass(frozen=True, slots=True)
class Written:
    """A field as it stands in a file: its decoded value, its spelling, and its line (counted from 1)."""

    value: object
    source: str
    line: int


_BREAKS = {0x0A: "\u240a", 0x0D: "\u240d"}


def members(key: str, value: object) -> tuple[str, ...] | None:
    """The items of a value that is a list of simple ones, each on one line; None for any other value."""
    if _kind(key) == "list":
        return tuple(item.translate(_BREAKS) for item in items_of(value) or ())
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return tuple(_scalar(item).translate(_BREAKS) for item in value)
    return None


def text(key: str, value: object) -> str:
    """A value as text: line breaks where the host sees them, the items of a simple list on one line."""
    if (items := members(key, value)) is not None:
        return SEPARATOR.join(items)
    if isinstance(value, list | dict) and value:
        return "\n".join(_outline(value))
    shown = _scalar(value)
    if key == "description":
        return shown.replace("\\n", "\n")
    return shown.strip(JS_SPACE) if key == "model" else shown


def meaning(key: str, value: object) -> tuple[str, ...]:
    """What the host makes of a value: equal where it sees no difference (Claude Code 2.1.329, observed)."""
    if _kind(key) == "list":
        return items_of(value) or ()
    shown = text(key, value)
    if isinstance(value, str) and (key == "effort" or (key == "model" and shown.lower() in MODELS)):
        shown = shown.lower()
    if isinstance(value, str) or _kind(key) in {"boolean", "integer"}:
        return tuple(line.text for line in lines.split(shown))
    return ("yaml", json.dumps(value, sort_keys=True))


def _kind(key: str) -> Kind:
    return BY_NAME[key].kind if key in BY_NAME else "yaml"


def _scalar(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)


def _outline(value: object, indent: str = "") -> list[str]:
    """Nested YAML line by line; keys are sorted, since their order means nothing."""
    found: list[str] = []
    if isinstance(value, dict):
        for key in sorted(value):
            found += _entry(f"{indent}{key}:", value[key], indent)
    elif isinstance(value, list):
        for item in value:
            found += _entry(f"{indent}-", item, indent)
    return found


def _entry(head: str, value: object, indent: str) -> list[str]:
    if isinstance(value, list | dict) and value:
        return [head, *_outline(value, indent + "  ")]
    return [f"{head} {json.dumps(value, ensure_ascii=False)}"]
