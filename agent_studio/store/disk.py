"""The agents on disk: read once, kept up to date, and changed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import SCOPES, Ref, Root, is_agent_file

from .contents import Contents, Stamp, is_writable, read, stamp_of
from .roots import StrPath, may_write, ref_of
from .walk import Entry, entry_at, walk

# The journal and what writes are imported by who asks for them: most verbs only read.
if TYPE_CHECKING:
    from agent_studio.model.history import History, Kind, Operation

    from .journal import Journal

TICK = 50_000_000
"""Nanoseconds within which a file system may give two writes the same time."""


class Abandoned(Exception):
    """Nobody waits any more for what was being read."""


class Store:
    """The files below some roots; `given` are names of agents that the host is started with (`--agents`)."""

    def __init__(self, roots: Iterable[Root], given: Iterable[str] = ()) -> None:
        self.roots = tuple(roots)
        self._given = frozenset(given)
        self._real: dict[str, str] = {}
        """The real path of each root."""
        self._read: dict[Ref, tuple[Stamp, Agent]] = {}
        """The agent that was last read for a ref, and what its file looked like then."""
        self.abandoned = False

    @cached_property
    def journal(self) -> Journal:
        """Every change that was written."""
        from .journal import Journal  # noqa: PLC0415

        return Journal()

    def load(self) -> Library:
        """All agents; those that cannot be read with the reason why."""
        return self.reload(Library(self.roots, given=self._given))

    def first(self, count: int) -> Library:
        """The agents that come first by scope and path, at most so many: there long before all are."""
        self._look()
        roots = sorted(self.roots, key=lambda root: SCOPES.index(root.scope))
        library = Library(self.roots, given=self._given)
        entries = ((root, entry) for root in roots for entry in walk(root, by_path=True))
        found = filter(None, (self._agent(root, entry, library) for root, entry in entries))
        return library.reread(islice(found, count))

    def abandon(self) -> None:
        """Have whoever still reads, in another thread, stop with `Abandoned`."""
        self.abandoned = True

    def reload(self, library: Library) -> Library:
        """The library as the disk is now; what did not change is the same object, up to the library itself."""
        self._look()
        found = (self._agent(root, entry, library) for root in self.roots for entry in walk(root))
        before, library = library, library.reread(agent for agent in found if agent)
        for ref in self._read.keys() & (before.agents.keys() - library.agents.keys()):
            del self._read[ref]
        return library if library.roots == self.roots else replace(library, roots=self.roots)

    def _look(self) -> None:
        """See which roots are there."""
        self.roots = tuple(replace(root, exists=os.path.isdir(root.path)) for root in self.roots)
        self._real = {root.name: os.path.realpath(root.path) for root in self.roots}

    def reload_some(self, library: Library, paths: Iterable[StrPath]) -> Library:
        """The library after these absolute paths changed on disk; a path outside the roots says nothing."""
        known = {ref: os.fspath(path) for path in paths if (ref := ref_of(self.roots, path))}
        folders = _folders(library) if any(ref not in library.agents for ref in known) else set()
        if any(ref in folders or os.path.isdir(path) for ref, path in known.items()):
            return self.reload(library)
        roots = {root.name: root for root in self.roots}
        refs = [ref for ref in known if is_agent_file(ref.path) or ref in library.agents]
        agents = [self._agent(roots[ref.root], entry_at(roots[ref.root], ref.path), library) for ref in refs]
        gone = [ref for ref, agent in zip(refs, agents, strict=True) if agent is None]
        reloaded = library.replaced(filter(None, agents), gone)
        came = any(agent is not None and agent.ref not in library.agents for agent in agents)
        return self._in_read_order(reloaded) if came else reloaded

    def _in_read_order(self, library: Library) -> Library:
        """The library with its agents as the file system lists them now."""
        refs = (Ref(root.name, entry.path) for root in self.roots for entry in walk(root))
        return library.reread(filter(None, map(library.get, refs)))

    def commit(self, change: Change, kind: Kind = "do", of: str | None = None) -> Operation:
        """Write a change, all of it or, with `Conflict` or `WriteFailed`, nothing: the operation that it became.

        A deleted file goes to the trash; a change that alters nothing is not remembered. Files that a root was
        restricted to stay so under a new name.
        """
        from .transaction import commit  # noqa: PLC0415

        operation = commit(self.roots, change, self.journal, kind, of)
        created = {edit.ref for edit in change.edits if edit.after is not None}
        self.roots = tuple(
            root
            if root.only is None
            else replace(root, only=root.only | {ref.path for ref in created if ref.root == root.name})
            for root in self.roots
        )
        return operation

    def note(self, change: Change) -> Operation:
        """Remember a change that another program wrote on the person's behalf, so that it can be undone."""
        from .transaction import note  # noqa: PLC0415

        return note(self.roots, change, self.journal)

    def recover(self) -> list[Operation]:
        """Take back what a studio that died left half-written below the roots: those operations; raises `OSError`."""
        from .transaction import recover  # noqa: PLC0415

        return recover(self.roots, self.journal)

    def history(self) -> History:
        """What can be undone and redone: the operations all of whose files lie below the roots."""
        from agent_studio.model.history import History  # noqa: PLC0415

        operations = self.journal.operations()
        return History.of(one for one in operations if all(ref_of(self.roots, path) for path in one.paths))

    def past(self, ref: Ref) -> Iterator[tuple[Operation, Change]]:
        """The operations on files of this name, or of one of its former names, with their changes, newest first."""
        names = {os.path.basename(ref.path)}
        for operation in reversed(self.journal.operations()):
            if names.isdisjoint(map(os.path.basename, operation.paths)):
                continue
            if change := self.change_of(operation):
                yield operation, change
                names |= {os.path.basename(edit.ref.path) for edit in change.edits if edit.removes}

    def change_of(self, operation: Operation) -> Change | None:
        """The change that an operation wrote below the roots; None where the journal has it no more."""
        entry = self.journal.entry(operation.id)
        if entry is None:
            return None
        roots = [replace(root, only=None) for root in self.roots]
        found = ((ref_of(roots, trace.path), trace) for trace in entry.traces)
        return Change(operation.title, tuple(Edit(ref, trace.before, trace.after) for ref, trace in found if ref))

    def _agent(self, root: Root, entry: Entry, library: Library) -> Agent | None:
        """What stands at an entry: the library's agent where nothing is different, None where nothing stands."""
        if self.abandoned:
            raise Abandoned
        if entry.folder and not entry.trouble:
            return None
        ref = Ref(root.name, entry.path)
        path = f"{root.path.rstrip('/')}/{entry.path}"
        old = library.agents.get(ref)
        if old is not None and self._is_as_read(old, entry.target or path):
            return old
        try:
            contents = Contents(trouble=entry.trouble) if entry.trouble else read(entry.target or path)
        except FileNotFoundError:
            if entry.target is None:
                return None
            contents = Contents(trouble="a symbolic link to a file that does not exist")
        agent = _same(self._made(root, entry, ref, path, contents), old)
        if not (entry.folder or is_agent_file(entry.path) or agent.document.has("name")):
            return None  # any other text
        status = contents.stat
        if status and not contents.trouble and time.time_ns() - status.st_ctime_ns > TICK:
            self._read[ref] = stamp_of(status), agent
        return agent

    def _made(self, root: Root, entry: Entry, ref: Ref, path: str, contents: Contents) -> Agent:
        """The agent that was read from a file."""
        status = contents.stat
        locked = root.read_only or (entry.target is not None and not may_write(self.roots, entry.target))
        file = self._file(root, entry, contents)
        return Agent(
            ref,
            path,
            Document(contents.data, contents.whole),
            status.st_mtime if status else 0.0,
            status.st_size if status else 0,
            status.st_mode if status else 0,
            locked or (status is not None and not is_writable(entry.target or path, status)),
            entry.target,
            contents.trouble,
            path if file == path else file,  # the same string for both
            root.plugin,
        )

    def _file(self, root: Root, entry: Entry, contents: Contents) -> str:
        """What an entry has in common with others only where the host takes them for one file."""
        status = contents.stat
        if entry.is_link:
            return f"{root.name}:{entry.path}"
        if status and status.st_nlink > 1:
            return f"{status.st_dev}:{status.st_ino}"
        return entry.target or f"{self._real[root.name]}/{entry.path}"

    def _is_as_read(self, agent: Agent, real: str) -> bool:
        """Whether a file was not touched since this agent was read from it."""
        stamp, read_agent = self._read.get(agent.ref, (None, None))
        if read_agent is not agent or real != (agent.link or agent.path):
            return False
        try:
            return stamp_of(os.lstat(real)) == stamp
        except OSError:  # gone or out of reach: reading it will say which
            return False


def _folders(library: Library) -> set[Ref]:
    """The folders that hold agents, at any depth."""
    found: set[Ref] = set()
    for folder in {Ref(ref.root, ref.folder) for ref in library.agents}:
        above = folder
        while above.path and above not in found:
            found.add(above)
            above = Ref(above.root, above.folder)
    return found


def _same(agent: Agent, old: Agent | None) -> Agent:
    """`old` where nothing but the time differs, else the agent, with what was already read from equal bytes."""
    if old is None or agent.document != old.document:
        return agent
    return old if replace(agent, mtime=old.mtime) == old else replace(agent, document=old.document)
