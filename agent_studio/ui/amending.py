"""What may be done to a field of many agents, each by one key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from agent_studio.model.agent import Agent
from agent_studio.model.hosts.tools import TOOLS
from agent_studio.model.reassign import BODY, Amendment, Assign, Exclude, Include
from agent_studio.model.schema import BY_NAME, FIELDS, Field, IllegalValue, items_of
from agent_studio.ui.dialogs.pick import lettered
from agent_studio.ui.swatches import KEYS

FIELD_KEYS: Mapping[str, str] = {
    "m": "model",
    "c": "color",
    "t": "tools",
    "x": "disallowedTools",
    "p": "permissionMode",
    "e": "effort",
    "s": "skills",
    "d": "description",
    "b": BODY,
}
"""The letter of each field that is often changed."""
MODEL_KEYS: Mapping[str, str] = {"o": "opus", "s": "sonnet", "h": "haiku", "f": "fable", "i": "inherit"}
"""The letter of each model that has one."""
_TAKEN = frozenset("v0/")
"""Keys that no value gets: all lines, remove, type."""

Asking = Literal["set", "add", "take", "replace"]
"""What is to be typed: a value, items to add, items to take, a text to replace."""
_ASKED: Mapping[Asking, tuple[str, str]] = {
    "set": ("s", "set to…"),
    "add": ("a", "add…"),
    "take": ("d", "take away…"),
    "replace": ("r", "replace text…"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A key, what it stands for, and what it makes of a field: an amendment at once, or what is typed then."""

    key: str
    label: str
    then: Amendment | Asking


def ways(name: str) -> tuple[Way, ...]:
    """All that a key can do to a field."""
    field, found = field_of(name), list[Way]()
    if name in {BODY, "name"}:
        return (_asked("replace"),)
    match field.kind:
        case "list":
            found = [_asked("add"), _asked("take"), _asked("set")]
        case "choice" | "boolean":
            found = _choices(field)
        case "text" | "prose":
            found = [_asked("set"), _asked("replace")]
        case "integer":
            found = [_asked("set")]
        case "yaml":
            pass
    return (*found, *(() if field.required else (Way("0", "remove field", Assign(name, None)),)))


def field_of(name: str) -> Field:
    """What is known of a field; of one that the host does not know, that it is text."""
    return BY_NAME.get(name) or Field(name, "text", "", "none")


def _asked(asking: Asking) -> Way:
    return Way(*_ASKED[asking], asking)


def _choices(field: Field) -> list[Way]:
    """A letter for each value; of a model only for those that have one everywhere."""
    if field.name == "model":
        keys: Mapping[str, str] = MODEL_KEYS
    elif field.name == "color":
        keys = KEYS
    else:
        keys = lettered(field.choices or ("true", "false"), _TAKEN)
    found = [Way(key, value, Assign(field.name, field.parse(value))) for key, value in keys.items()]
    return [*found, Way("/", "other…", "set")] if field.open else found


def typed(name: str, asking: Asking, text: str) -> Amendment:
    """The amendment that a typed text means; raises `IllegalValue`."""
    value = field_of(name).parse(text)
    if asking == "set":
        return Assign(name, value)
    items = items_of(value)
    if not items:
        raise IllegalValue("names, separated by commas")
    return Include(name, items) if asking == "add" else Exclude(name, items)


def suggestions(name: str, asking: Asking, agents: Iterable[Agent]) -> list[str]:
    """Values that may be meant, the most frequent among some agents first."""
    field = field_of(name)
    if field.kind == "list":
        held = Counter(item for agent in agents for item in items_of(agent.document.get(name)))
    else:
        values = (agent.document.get(name) for agent in agents)
        held = Counter(value for value in values if isinstance(value, str) and "\n" not in value)
    known = TOOLS if name in {"tools", "disallowedTools"} and asking != "take" else field.choices
    return list(dict.fromkeys([value for value, _ in held.most_common(500)] + list(known)))


def other_fields(agents: Iterable[Agent]) -> list[str]:
    """The fields without a letter: those of the host, then what else stands in the headers of some agents."""
    own = dict.fromkeys(key for agent in agents for key in (entry.key for entry in agent.document.fields))
    names = [field.name for field in FIELDS] + sorted(key for key in own if key not in BY_NAME)
    return [name for name in names if name not in FIELD_KEYS.values()]
