"""The drafts of a run, written down as they change, and those that wait until their folder is open again."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock

from agent_studio.model.agent import Agent
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from agent_studio.model.session import Draft
from agent_studio.store.drafts import Drafts
from agent_studio.store.roots import ref_of

Texts = Mapping[str, tuple[bytes, bytes]]
"""Absolute path -> the bytes when the editing began, and the edited ones."""


class Safekeeping:
    """What is unsaved, by path; the disk is brought in line with it whenever `keep` is called."""

    def __init__(self) -> None:
        self._drafts = Drafts()
        self._lock = Lock()
        self._kept: dict[str, tuple[bytes, bytes]] = {}
        """What lies on the disk."""
        self._elsewhere: dict[str, tuple[bytes, bytes]] = {}
        """What belongs to no folder that is open."""

    def adopt(self) -> None:
        """Take over what runs that are dead left behind; raises `OSError`."""
        for left in self._drafts.adopt():
            self._elsewhere[left.path] = self._kept[left.path] = left.base, left.data

    def returned(self, roots: Sequence[Root], library: Library, refs: Container[Ref] | None = None) -> list[Draft]:
        """The drafts of files (or only of some of them) below roots that were opened: they are the session's now."""
        found = {
            path: ref for path in self._elsewhere if (ref := ref_of(roots, path)) and (refs is None or ref in refs)
        }
        drafts: list[Draft] = []
        for path, ref in found.items():
            base, data = map(Document, self._elsewhere.pop(path))
            agent = library.get(ref)
            agent = replace(agent, document=base) if agent else Agent(ref, path, base)
            drafts.append(Draft(agent, data))
        return drafts

    def put_aside(self, drafts: Iterable[Draft]) -> None:
        """Keep drafts for later, as their folder is left."""
        self._elsewhere |= _texts(drafts)

    def wanted(self, drafts: Iterable[Draft]) -> Texts:
        """What should lie on the disk, with these drafts of the folders that are open."""
        return self._elsewhere | _texts(drafts)

    def keep(self, wanted: Texts) -> None:
        """See to it that exactly this lies on the disk; raises `OSError`."""
        with self._lock:
            for path, texts in wanted.items():
                if self._kept.get(path) != texts:
                    self._drafts.keep(path, *texts)
                    self._kept[path] = texts
            for path in self._kept.keys() - wanted.keys():
                self._drafts.drop(path)
                del self._kept[path]

    def close(self) -> None:
        """Let go: what lies on the disk is for the next run."""
        with self._lock:
            self._drafts.close()


def _texts(drafts: Iterable[Draft]) -> dict[str, tuple[bytes, bytes]]:
    return {draft.agent.path: (draft.agent.document.data, draft.document.data) for draft in drafts}
