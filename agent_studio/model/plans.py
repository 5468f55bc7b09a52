"""What a verb will do, as a `Change` that nothing has written yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from . import fieldedit
from .agent import Agent
from .change import Change, Edit
from .document import Document, EditRefused
from .library import Library
from .ref import EXTENSION, PARKED, Ref, Root
from .schema import Value
from .visible import one_line


class Skip(NamedTuple):
    """A file that a plan leaves alone, and why."""

    ref: Ref
    reason: str


class Plan(NamedTuple):
    """A change and the files that it could not cover."""

    change: Change
    skipped: tuple[Skip, ...] = ()


class PlanRefused(Exception):
    """A verb that cannot be done at all; the message says why."""


Values = Mapping[str, Value | None]
"""Field name -> new value, or None to remove the field."""


def assigned(document: Document, values: Values) -> Document:
    """`document` with each field set or removed; raises `EditRefused`."""
    for key, value in values.items():
        if value is None:
            document = fieldedit.without_field(document, key)
        else:
            document = fieldedit.with_field(document, key, value)
    return document


def edited(title: str, agents: Iterable[Agent], step: Callable[[Agent], Document]) -> Plan:
    """Every agent's document as `step` makes it; one that is locked or that it refuses (`EditRefused`) is skipped."""
    edits: list[Edit] = []
    skipped: list[Skip] = []
    for agent in agents:
        if agent.locked:
            skipped.append(Skip(agent.ref, agent.locked))
            continue
        try:
            after = step(agent)
        except EditRefused as refused:
            skipped.append(Skip(agent.ref, str(refused)))
            continue
        if after.data != agent.document.data:
            edits.append(Edit(agent.ref, agent.document.data, after.data))
    return Plan(Change(title, tuple(edits)), tuple(skipped))


def assign(agents: Iterable[Agent], values: Values) -> Plan:
    """Set or remove fields in every agent; files that have the values already are not touched and not skipped."""
    words = [f"{key}={shown(value)}" if value is not None else f"no {key}" for key, value in values.items()]
    return edited(", ".join(words), agents, lambda agent: assigned(agent.document, values))


def shown(value: Value) -> str:
    """A value for a title: on one line, cut where it is long."""
    text = (
        ", ".join(value) if isinstance(value, tuple) else str(value).lower() if isinstance(value, bool) else str(value)
    )
    text = one_line(text)
    return text if len(text) <= 40 else text[:39] + "…"


TEMPLATE = Document(
    b"""\
---
name: agent
description: "Use this agent when \xe2\x80\xa6"
---

You are \xe2\x80\xa6
"""
)
"""A new agent: the two fields that the host asks for, and the start of a prompt."""


def create(library: Library, root: str, name: str, like: Document = TEMPLATE) -> Plan:
    """A new agent file in a root, a copy of `like` under another name.

    Raises `PlanRefused` where the file's name is taken, `EditRefused` where `like` cannot be given a name.
    """
    ref = _free(library, Ref(root, f"{checked_stem(slug(name))}.md"))
    return Plan(Change(f"new {name}", (Edit(ref, None, assigned(like, {"name": name}).data),)))


def duplicate(library: Library, agent: Agent) -> Plan:
    """A copy beside an agent under the next free name (`name-2`, `name-3`, …)."""
    if agent.locked:
        raise PlanRefused(f"{agent.ref}: {agent.locked}")
    number = 2
    while library.get(agent.ref.beside(f"{agent.ref.stem}-{number}.md")):
        number += 1
    document = agent.document
    if agent.reading.name:
        document = assigned(document, {"name": f"{agent.reading.name}-{number}"})
    ref = agent.ref.beside(f"{agent.ref.stem}-{number}.md")
    return Plan(Change(f"copy of {agent.name}", (Edit(ref, None, document.data),)))


def rename(library: Library, agent: Agent, name: str | None, stem: str | None) -> Plan:
    """An agent with another name, file name, or both (None leaves it); raises `PlanRefused` or `EditRefused`."""
    if agent.locked:
        raise PlanRefused(f"{agent.ref}: {agent.locked}")
    before = agent.document
    after = assigned(before, {"name": name}) if name is not None and name != agent.reading.name else before
    title = f"rename {agent.name} to {name or stem}"
    ref = agent.ref.beside(f"{checked_stem(stem)}.md") if stem is not None else agent.ref
    if ref == agent.ref:
        edits: tuple[Edit, ...] = (Edit(ref, before.data, after.data),) if after.data != before.data else ()
        return Plan(Change(title, edits))
    return Plan(Change(title, (Edit(agent.ref, before.data, None), Edit(_free(library, ref), None, after.data))))


def delete(agents: Iterable[Agent]) -> Plan:
    """The agents' files gone (to the trash)."""
    edits: list[Edit] = []
    skipped: list[Skip] = []
    for agent in agents:
        if agent.read_only or not agent.document.whole or agent.trouble:
            skipped.append(Skip(agent.ref, agent.locked or "it could not be read"))
        else:
            edits.append(Edit(agent.ref, agent.document.data, None))
    noun = str(edits[0].ref) if len(edits) == 1 else f"{len(edits):,} agents"
    return Plan(Change(f"delete {noun}", tuple(edits)), tuple(skipped))


def park(library: Library, agents: Iterable[Agent]) -> Plan:
    """The agents out of the host's sight: the same files under names that it does not read."""
    return _moved(library, "park", agents, lambda ref: None if ref.parked else Ref(ref.root, f"{ref.path}{PARKED}"))


def unpark(library: Library, agents: Iterable[Agent]) -> Plan:
    """Parked agents back in the host's sight."""
    return _moved(library, "unpark", agents, lambda ref: ref.unparked if ref.parked else None)


def _moved(library: Library, verb: str, agents: Iterable[Agent], target: Callable[[Ref], Ref | None]) -> Plan:
    """Files under other names; those for which `target` says None are left alone without a word."""
    edits: list[Edit] = []
    skipped: list[Skip] = []
    moved = [(agent, ref) for agent in agents if (ref := target(agent.ref))]
    for agent, ref in moved:
        if agent.read_only or agent.trouble or not agent.document.whole:
            skipped.append(Skip(agent.ref, agent.locked or "it could not be read"))
        elif agent.verdict.status == "dropped" and agent.verdict.cause == "not-scanned":
            skipped.append(Skip(agent.ref, "Claude Code does not see it anyway, for its name"))
        elif library.get(ref):
            skipped.append(Skip(agent.ref, f"{ref} is in the way"))
        else:
            edits += [Edit(agent.ref, agent.document.data, None), Edit(ref, None, agent.document.data)]
    noun = moved[0][0].name if len(moved) == 1 else f"{len(moved):,} agents"
    return Plan(Change(f"{verb} {noun}", tuple(edits)), tuple(skipped))


def copy(library: Library, agent: Agent, root: Root) -> Plan:
    """A copy of an agent in another root, under its own name without what a plugin adds to it.

    What the host makes up for a plugin's agent is written out, so that the copy loads, too. Raises `PlanRefused` where
    the root cannot be written or has a file of that name, `EditRefused` where a field cannot be written.
    """
    if root.read_only:
        raise PlanRefused(f"{root.path} is read-only")
    if agent.trouble or not agent.document.whole:
        raise PlanRefused(f"{agent.ref}: {agent.locked}")
    made_up: dict[str, Value] = {}
    if agent.plugin and not isinstance(agent.document.get("name"), str):
        made_up["name"] = agent.name.rpartition(":")[2]
    if agent.plugin and not isinstance(agent.document.get("description"), str):
        made_up["description"] = agent.description
    ref = _free(library, Ref(root.name, f"{checked_stem(agent.ref.stem)}{EXTENSION}"))
    document = assigned(agent.document, made_up)
    return Plan(Change(f"copy {agent.name} to {root.name}", (Edit(ref, None, document.data),)))


_STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,63}")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def checked_stem(stem: str) -> str:
    """A file name without `.md` that every system can hold; raises `PlanRefused`."""
    if not _STEM.fullmatch(stem) or stem[-1] in ". " or _RESERVED.fullmatch(stem):
        raise PlanRefused(
            f"{stem!r} cannot be a file name here: letters, digits, dots, blanks, - and _ (64 at most),"
            " starting with a letter or digit"
        )
    return stem


def slug(name: str) -> str:
    """A file name made of an agent's name: lower-case letters, digits and hyphens."""
    text = re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:58].rstrip("-.") or "agent"
    return f"agent-{text}" if _RESERVED.fullmatch(text) else text


def vacant(library: Library, stem: str, beside: Ref | None) -> Ref:
    """The ref of a new file in the folder of another one, where that can be written; raises `PlanRefused`."""
    writable = [root.name for root in library.roots if not root.read_only]
    if not writable:
        raise PlanRefused("nothing here can be written to")
    name = f"{checked_stem(stem)}{EXTENSION}"
    return _free(library, beside.beside(name) if beside and beside.root in writable else Ref(writable[0], name))


def _free(library: Library, ref: Ref) -> Ref:
    if library.get(ref) is not None:
        raise PlanRefused(f"{ref} exists already: choose another name")
    return ref
