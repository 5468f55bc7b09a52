"""Which agents a command line means: by path, by ref, or by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from agent_studio.cli.diagnostics import Trouble
from agent_studio.cli.recovery import recovered
from agent_studio.cli.start import BARE, Start
from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import EXTENSION, Ref, Root, is_agent_file
from agent_studio.store.disk import Store
from agent_studio.store.roots import NoSuchPath, OutsideRoot, find_roots, path_of, ref_of

STDIN = "-"
"""The path that means standard input."""


def home() -> Path:
    """The person's home folder; where there is none, a folder that does not exist."""
    return Path(os.path.expanduser("~"))


def roots(paths: Sequence[str] = (), start: Start = BARE) -> tuple[Root, ...]:
    """The places to read: those at `paths`, or the ones that the host reads from here when it is started so.

    Raises `Trouble`.
    """
    try:
        return find_roots(paths, os.getcwd(), os.environ, home(), added=start.added, plugin_dirs=start.plugin_dirs)
    except NoSuchPath as missing:
        raise Trouble(str(missing)) from None


def opened(paths: Sequence[str] = ()) -> Library:
    """The agents at some paths, or those that the host sees from here, and those of the start that was asked for.

    `-` alone is a file on standard input.
    """
    if tuple(paths) == (STDIN,):
        agent = from_stdin()
        return Library((), {agent.ref: agent})
    start = Start.asked()
    return recovered(Store(roots(paths, start), start.given)).load()


def opened_at(path: str) -> Library:
    """The agents at a path and no others."""
    return recovered(Store(roots((path,)))).load()


def from_stdin() -> Agent:
    """The agent file that stands on standard input, under a name that the host reads."""
    data = sys.stdin.buffer.read()
    return Agent(Ref("stdin", f"{STDIN}{EXTENSION}"), STDIN, Document(data), size=len(data), read_only=True)


def is_agent(agent: Agent) -> bool:
    """Whether a file is an agent or failed to be one."""
    return agent.verdict.status != "not-agent"


class Selection(NamedTuple):
    """Agents that were asked for, in the order in which they were, and the library that they stand in."""

    library: Library
    agents: tuple[Agent, ...]


def selected(words: Iterable[str], folders: bool = False, parked: bool = False) -> Selection:
    """The agents that `words` name: each by ref, path or unambiguous name, or (`folders`) all below a folder.

    Of a parked agent and another one of the name that is meant, it is the other one, or (`parked`) the parked one.
    """
    return selected_of(opened(), words, folders, parked)


def selected_of(library: Library, words: Iterable[str], folders: bool = False, parked: bool = False) -> Selection:
    """The agents that `words` name in a library, or outside of it by path."""
    chosen: dict[Ref, Agent] = {}
    for word in words:
        library, agents = _found(library, word, folders, parked)
        chosen |= {agent.ref: agent for agent in agents}
    return Selection(library, tuple(chosen.values()))


def located(word: str) -> tuple[Library, Ref]:
    """The library and the ref of an agent by ref, path or name; by ref or path also of one that is not there now."""
    library = opened()
    if not library.named(word) and not os.path.lexists(word) and (ref := _lost(library, word)):
        return library, ref
    chosen = selected_of(library, (word,))
    return chosen.library, chosen.agents[0].ref


def _lost(library: Library, word: str) -> Ref | None:
    """The ref of a file that is not there below the roots of a library."""
    ref = Ref.parse(word)
    if ref and any(root.name == ref.root for root in library.roots):
        try:
            path_of(library.roots, ref)
        except OutsideRoot as outside:
            raise Trouble(str(outside)) from None
        return ref
    return ref_of(library.roots, word) if is_agent_file(word) else None


def pair(first: str, second: str) -> tuple[Agent, Agent]:
    """Two agents to compare, which may be one and the same; one of them may stand on standard input."""
    agents = [from_stdin() if word == STDIN else selected((word,)).agents[0] for word in (first, second)]
    return agents[0], agents[1]


def _found(library: Library, word: str, folders: bool, parked: bool) -> tuple[Library, tuple[Agent, ...]]:
    named = _named(library, word, parked)
    if named and not _is_path(word, str(named[0].ref)):
        if len(named) > 1:
            refs = ", ".join(str(agent.ref) for agent in named)
            raise Trouble(f"{word} is the name of {len(named)} agents, say which: {refs}")
        return library, named
    if not os.path.lexists(word):
        raise Trouble(_unknown(library, word))
    if os.path.isdir(word) and not folders:
        raise Trouble(f"{word} is a folder: name one agent, by its file, ref or name")
    return _at(library, word)


def _named(library: Library, word: str, parked: bool) -> tuple[Agent, ...]:
    """The agents that a word can mean: a parked one still has its former ref."""
    named = library.named(word) or tuple(agent for agent in library if str(agent.ref.unparked) == word)
    return tuple(agent for agent in named if agent.ref.parked == parked) or named


def _is_path(word: str, ref: str) -> bool:
    """Whether a word that is also a name means a path: where it is spelled like one and something is there."""
    return word != ref and (os.sep in word or word.endswith(".md")) and os.path.lexists(word)


def _unknown(library: Library, word: str) -> str:
    names = {agent.name for agent in library} | {str(agent.ref) for agent in library}
    close = get_close_matches(word, names, n=1)
    return f"no agent is called {word}, and no file is" + (f": did you mean {close[0]}?" if close else "")


def _at(library: Library, path: str) -> tuple[Library, tuple[Agent, ...]]:
    """The agents at a path. Those that the library has keep their refs, others join it under roots of their own."""
    taken = {root.name for root in library.roots}
    given = tuple(replace(root, name=free_name(root.name, taken)) for root in roots((path,)))
    named = {root.name for root in given if root.only}
    wanted: list[Agent] = []
    strays: dict[Ref, Agent] = {}
    for agent in recovered(Store(given)).load():
        ref = ref_of(library.roots, agent.path)
        known = library.get(ref) if ref else None
        if known is None:
            strays[agent.ref] = agent
        if is_agent(agent) or agent.ref.root in named:
            wanted.append(known or agent)
    if strays:
        library = replace(library, roots=(*library.roots, *given), agents={**library.agents, **strays})
    return library, tuple(wanted)


def free_name(name: str, taken: set[str]) -> str:
    """A name for a root that none of some others has."""
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}/{number}", number + 1
    return unique
