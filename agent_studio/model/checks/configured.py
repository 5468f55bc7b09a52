"""What nested frontmatter sets up: commands, addresses, and prompts, wherever in a field they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from shlex import join
from typing import NamedTuple

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks.subject import judged
from agent_studio.model.frontmatter import Entry
from agent_studio.model.nodes import Node


class Setting(NamedTuple):
    """One text in nested frontmatter under `key`, where it stands in the file, the `args` and all else beside it."""

    key: str
    text: str
    start: int
    end: int
    args: tuple[str, ...] = ()
    beside: tuple[tuple[str, object], ...] = ()

    @property
    def told(self) -> str:
        """The text and its arguments, as they would be typed."""
        return f"{self.text} {join(self.args)}" if self.args else self.text

    @property
    def whole(self) -> str:
        """What is told, and a line for each of the rest: the environment of a command, what is sent to an address."""
        return "\n".join([self.told, *(f"{key}: {_plain(value)}" for key, value in self.beside)])


_UNTOLD = frozenset(("type", "args", "timeout", "once", "statusMessage"))
"""Keys that say nothing of what is run."""


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def counts(agent: Agent, key: str) -> bool:
    """Whether the host minds a field of this agent: a plugin's agents are not given all of them."""
    return judged(agent) and agent.document.has(key) and not (agent.plugin and schema.BY_NAME[key].plugin == "ignored")


def settings(agent: Agent, field: str, keys: tuple[str, ...]) -> Iterator[Setting]:
    """The texts under some keys in a field, in file order; the whole field where it is known as text only."""
    entry = agent.document.entry(field) if counts(agent, field) else None
    if entry is None:
        return
    entry = agent.document.parsed(entry)
    if entry.node is not None:
        yield from _within(entry, entry.node, keys)
    elif isinstance(entry.value, str) and any(key in entry.value for key in keys):
        yield Setting(keys[0], entry.value, entry.value_start, entry.value_end)


def _within(entry: Entry, node: Node, keys: tuple[str, ...]) -> Iterator[Setting]:
    left = [node]
    while left:
        here = left.pop()
        values = {key.value: value for key, value in here.pairs}
        listed = values.get("args")
        args = tuple(str(item.value) for item in listed.items) if listed else ()
        for key in keys:
            value = values.get(key)
            if value is not None and isinstance(value.value, str):
                rest = tuple(
                    (str(name), other.value) for name, other in values.items() if name not in {*_UNTOLD, *keys}
                )
                yield Setting(key, value.value, entry.shift + value.start, entry.shift + value.end, args, rest)
        if here.style == "alias" and isinstance(here.value, str) and here.value.startswith("*"):  # unfolds to too much
            yield Setting(keys[0], here.value, entry.shift + here.start, entry.shift + here.end)
        left += reversed([*here.items, *(value for _, value in here.pairs)])
