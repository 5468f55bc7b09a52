"""The sides of a comparison: agents, files as git or the journal has them, unsaved edits, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from agent_studio.cli import operations, record, selection
from agent_studio.cli.diagnostics import Trouble, say
from agent_studio.cli.selection import STDIN
from agent_studio.model.agent import Agent
from agent_studio.model.compare.nearest import nearest
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.versions import touches
from agent_studio.store import drafts, git
from agent_studio.store.contents import read
from agent_studio.store.disk import Store
from agent_studio.store.roots import path_of


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that are compared: what it is called, its path as a patch names it, and its content.

    `data` is None where there is no such file.
    """

    name: str
    path: str
    data: bytes | None

    @property
    def document(self) -> Document:
        """The file as a document; an empty one where there is none."""
        return Document(self.data or b"")


def named(words: Sequence[str]) -> list[Side]:
    """What the words of a command line mean, each an agent, `REVISION:PATH` or `-`; raises `Trouble`."""
    if words.count(STDIN) > 1:
        raise click.UsageError("standard input (-) can be read once only")
    library = selection.opened()
    found: list[Side] = []
    for word in words:
        revision, colon, _ = word.partition(":")
        if word == STDIN:
            found.append(Side(STDIN, STDIN, sys.stdin.buffer.read()))
        elif colon and not os.path.lexists(word) and all(root.name != revision for root in library.roots):
            found.append(_committed(word))
        else:
            chosen = selection.selected_of(library, (word,))
            library = chosen.library
            found.append(of_agent(chosen.agents[0]))
    return found


def _committed(word: str) -> Side:
    path = word.partition(":")[2]
    try:
        return Side(word, path, git.blob(word))
    except git.NotInGit as why:
        raise Trouble(f"{word}: {why}") from None


def of_agent(agent: Agent) -> Side:
    """An agent's file as it is; raises `Trouble` where it cannot be read."""
    path = record.near(agent.path)
    if agent.trouble:
        raise Trouble(f"{path}: {agent.trouble}")
    return Side(str(agent.ref), path, agent.document.data)


def with_twin(word: str) -> list[Side]:
    """An agent, and the one that is most like it."""
    chosen = selection.selected((word,))
    (agent,) = chosen.agents
    twin = nearest(agent, chosen.library)
    if twin is None:
        raise Trouble(f"no other agent here is like {agent.ref}: say what to compare it with")
    say(f"The nearest twin of {agent.ref} is {twin.ref}.")
    return [of_agent(agent), of_agent(twin)]


def with_unsaved(word: str) -> list[Side]:
    """An agent's file, and the edit of it that was not saved."""
    (agent,) = selection.selected((word,)).agents
    left = drafts.unsaved(agent.path)
    if left is None:
        raise Trouble(f"there is no unsaved edit of {agent.ref}")
    side = of_agent(agent)
    return [side, Side(f"{agent.ref} (unsaved)", side.path, left.data)]


def with_version(word: str, version: str) -> list[Side]:
    """An agent's file as it was, by a revision of git or the id of a change that left it so, and as it is."""
    library, ref = selection.located(word)
    data = _of_change(library, ref, version) if operations.is_id(version) else _of_git(library, ref, version)
    agent = library.get(ref)
    path = record.near(path_of(library.roots, ref))
    return [Side(f"{ref} of {version}", path, data), of_agent(agent) if agent else Side(str(ref), path, None)]


def _of_change(library: Library, ref: Ref, identity: str) -> bytes | None:
    touch = next(
        (touch for touch in touches(ref, Store(library.roots).past(ref)) if touch.operation.id == identity), None
    )
    if touch is None:
        raise Trouble(f"there is no change {identity} of {ref}: `agent-studio history` lists them")
    return touch.after


def _of_git(library: Library, ref: Ref, revision: str) -> bytes:
    try:
        return git.committed(path_of(library.roots, ref), revision)
    except git.NotInGit as why:
        raise Trouble(f"{ref}: {why}") from None


def from_git(words: Sequence[str]) -> list[Side]:
    """What git gives a program that it calls for each file: its path, and the two files, then perhaps the new path."""
    path, old, new = words[0], words[1], words[4]
    return [_file(old, f"a/{path}"), _file(new, f"b/{words[7] if len(words) > 7 else path}")]


def _file(path: str, name: str) -> Side:
    if path == os.devnull:
        return Side(os.devnull, name, None)
    contents = read(os.path.realpath(path))
    if contents.trouble:
        raise Trouble(f"{name}: {contents.trouble}")
    return Side(name, name, contents.data)
