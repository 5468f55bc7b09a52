"""Agents on their way to another place: copied, moved, or taken over from a folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from . import plans
from .agent import Agent
from .change import Change, Edit
from .document import EditRefused
from .library import Library
from .plans import Plan, PlanRefused, Skip
from .ref import PARKED, Ref, Root

# Copy and move


def transfer(library: Library, agents: Sequence[Agent], root: Root, *, move: bool = False) -> Plan:
    """The agents in another root, too, or (`move`) there instead; those that cannot be there are skipped.

    The library holds what stands in the root already. Each file lies directly in it, by its own name.
    """
    edits: list[Edit] = []
    skipped: list[Skip] = []
    gone: list[Agent] = []
    for agent in agents:
        try:
            made = _moved(library, agent, root) if move else plans.copy(library, agent, root).change.edits
        except (PlanRefused, EditRefused) as refused:
            skipped.append(Skip(agent.ref, str(refused)))
            continue
        if double := {edit.ref for edit in made} & {edit.ref for edit in edits}:
            skipped.append(Skip(agent.ref, f"two of them would become {double.pop()}: rename one first"))
            continue
        edits += made
        gone.append(agent)
    noun = gone[0].name if len(gone) == 1 else f"{len(gone):,} agents"
    return Plan(Change(f"{'move' if move else 'copy'} {noun} to {root.name}", tuple(edits)), tuple(skipped))


def _moved(library: Library, agent: Agent, root: Root) -> tuple[Edit, ...]:
    """The edits that take a file from its place to another root; a parked one stays so."""
    if agent.read_only:
        raise PlanRefused(f"{agent.ref} is read-only: copy it instead")
    if agent.ref.root == root.name:
        raise PlanRefused(f"{agent.ref} is there already")
    (made,) = plans.copy(library, agent, root).change.edits
    ref = Ref(root.name, f"{made.ref.path}{PARKED}") if agent.ref.parked else made.ref
    if library.get(ref):
        raise PlanRefused(f"{ref} exists already: choose another name")
    return Edit(agent.ref, agent.document.data, None), Edit(ref, None, made.after)


# Import

Status = Literal["new", "same", "changed", "refused"]
"""new: nothing there has its file name or name. same: it is there, byte for byte. changed: it is there otherwise."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file of a folder, and what it would be in a root: `ref`, in the place of `meets` where that is not None.

    `reason` says why it cannot be taken over.
    """

    agent: Agent
    status: Status
    ref: Ref
    meets: Agent | None = None
    reason: str = ""

    @property
    def edit(self) -> Edit:
        """What takes it over."""
        return Edit(self.ref, self.meets.document.data if self.meets else None, self.agent.document.data)


def incoming(library: Library, agents: Iterable[Agent], root: Root) -> tuple[Incoming, ...]:
    """What files of a folder would be in a root: each meets the one of its path there, else the one of its name."""
    taken: set[Ref] = set()
    found: list[Incoming] = []
    for agent in agents:
        one = _incoming(library, agent, root)
        if one.ref in taken:
            one = Incoming(agent, "refused", one.ref, reason=f"another file would become {one.ref}, too")
        elif one.status != "refused":
            taken.add(one.ref)
        found.append(one)
    return tuple(found)


def _incoming(library: Library, agent: Agent, root: Root) -> Incoming:
    ref = Ref(root.name, agent.ref.path)
    meets = library.get(ref) or next((twin for twin in library.same_name(agent) if twin.ref.root == root.name), None)
    ref = meets.ref if meets else ref
    if agent.trouble or not agent.document.whole:
        return Incoming(agent, "refused", ref, meets, agent.locked or "it could not be read")
    if meets is None:
        try:
            for part in (*filter(None, ref.folder.split("/")), ref.stem):
                plans.checked_stem(part)
        except PlanRefused as refused:
            return Incoming(agent, "refused", ref, reason=str(refused))
        return Incoming(agent, "new", ref)
    if meets.document.data == agent.document.data:
        return Incoming(agent, "same", ref, meets)
    if root.read_only or meets.read_only:
        return Incoming(agent, "refused", ref, meets, f"{ref} is read-only")
    return Incoming(agent, "changed", ref, meets)
