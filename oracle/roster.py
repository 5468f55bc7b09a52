"""The roster: the agents as the program describes them to the model, in its requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

START = "Available agent types"


def roster(requests: Any) -> str:
    """The text that lists the agents, from the line that announces them on; empty where there is none."""
    found = (text[text.index(START) :] for text in _texts(requests) if START in text)
    return next(found, "")


def tools(roster: str, name: str, description: str, names: Iterable[str]) -> str | None:
    """What the roster says about one agent's tools; None where it does not list the agent.

    Nothing in it is escaped, so an entry ends where that of another agent begins, or at an empty line.
    """
    entry = f"\n- {name}: {description} (Tools: "
    start = roster.find(entry)
    if start < 0:
        return None
    rest = roster[start + len(entry) :]
    ends = [rest.find(f")\n- {other}: ") for other in names] + [rest.find(")\n\n")]
    return rest[: min((end for end in ends if end >= 0), default=rest.rfind(")"))]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
