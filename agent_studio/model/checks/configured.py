"""What nested frontmatter sets up: commands, addresses, and prompts, wherever in a field they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agent_studio.model import schema
from agent_studio.model.agent import Agent
from agent_studio.model.checks.subject import judged
from agent_studio.model.frontmatter import Entry
from agent_studio.model.nodes import Node


class Setting(NamedTuple):
    """One text in nested frontmatter under `key`, where it stands in the file, and the `args` beside it."""

    key: str
    text: str
    start: int
    end: int
    args: tuple[str, ...] = ()


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
                yield Setting(key, value.value, entry.shift + value.start, entry.shift + value.end, args)
        left += reversed([*here.items, *(value for _, value in here.pairs)])
