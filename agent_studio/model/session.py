"""What the studio is doing: what is on disk, what it will become, and where the person is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from .agent import Agent
from .change import Change, Edit
from .document import Document, EditRefused
from .facts import NOTHING, Facts
from .grouping import Grouping
from .history import History
from .library import Library
from .listing import Listing
from .plans import Values
from .ref import Ref
from .sort import Order, Sort


@dataclass(frozen=True, slots=True)
class Draft:
    """An agent under edit: as it was when the editing began, and what it will become."""

    agent: Agent
    document: Document


Outside = Literal["changed", "gone"]
"""What another program did to a file while it was edited here."""


@dataclass(frozen=True)
class Session:
    """The whole state of the interface. Every transition returns a new session.

    `cursor` is the agent under the cursor, `marks` those that verbs act on, `repeat` the last values set by key.
    `history` is what can be undone and redone, whoever wrote it. `known` are the facts that the front end looked for.
    """

    library: Library = field(default_factory=Library)
    drafts: Mapping[Ref, Draft] = field(default_factory=lambda: MappingProxyType({}))
    listing: Listing = field(default_factory=Listing)
    marks: frozenset[Ref] = frozenset()
    cursor: Ref | None = None
    repeat: Values | None = None
    history: History = field(default_factory=History)
    known: Facts = NOTHING

    @property
    def agents(self) -> tuple[Agent, ...]:
        """All agents to list, filtered or not."""
        return self.listing.agents

    @property
    def shown(self) -> tuple[Agent, ...]:
        """The agents that pass the filter."""
        return self.listing.shown

    @property
    def filter(self) -> str:
        """The filter as it was typed."""
        return self.listing.filter

    @property
    def sort(self) -> Sort:
        """The order of the list."""
        return self.listing.sort

    @cached_property
    def facts(self) -> Facts:
        """All that is known of the agents beside their files."""
        outside = frozenset(ref for ref in self.drafts if self.outside(ref))
        return replace(self.known, library=self.library, marks=self.marks, drafts=self.drafts.keys(), outside=outside)

    @property
    def current(self) -> Agent | None:
        """The agent under the cursor."""
        if self.cursor is None:
            return None
        agent = self.library.get(self.cursor)
        return agent or (self.drafts[self.cursor].agent if self.cursor in self.drafts else None)

    @cached_property
    def targets(self) -> tuple[Agent, ...]:
        """The agents that a verb acts on: the marked ones, else the one under the cursor."""
        if self.marks:
            places = self.listing.stands
            return tuple(self.agents[place] for place in sorted(places[ref] for ref in self.marks if ref in places))
        return (self.current,) if self.current else ()

    def document(self, ref: Ref) -> Document | None:
        """What the form edits: the draft, else the file."""
        if draft := self.drafts.get(ref):
            return draft.document
        agent = self.library.get(ref)
        return agent.document if agent else None

    def outside(self, ref: Ref) -> Outside | None:
        """What happened on disk to an edited file since the editing began."""
        draft = self.drafts.get(ref)
        if draft is None:
            return None
        agent = self.library.get(ref)
        if agent is None:
            return "gone"
        return None if agent.document.data == draft.agent.document.data else "changed"

    def loaded(self, library: Library) -> Session:
        """The session after the disk was read.

        Drafts stay, with a file that was renamed they go along, and one that the disk has caught up with is done.
        """
        if library is self.library:
            return self
        new = self._renamed(library)
        drafts = {new.get(ref, ref): draft for ref, draft in self.drafts.items()}
        drafts = {ref: _moved(draft, library.get(ref)) for ref, draft in drafts.items()}
        drafts = {ref: draft for ref, draft in drafts.items() if not _caught_up(draft, library)}
        marks = frozenset(ref for old in self.marks if (ref := new.get(old, old)) in library.agents or ref in drafts)
        cursor = new.get(self.cursor, self.cursor) if self.cursor else None
        session = replace(self, library=library, drafts=MappingProxyType(drafts), marks=marks, cursor=cursor)
        return _relisted(session, self)

    def _renamed(self, library: Library) -> dict[Ref, Ref]:
        """Old ref -> new ref of the drafts whose file is gone, while one with its bytes has appeared."""
        gone = [ref for ref in self.drafts if library.get(ref) is None]
        if not gone:
            return {}
        came: dict[bytes, list[Ref]] = {}
        for ref in library.agents.keys() - self.library.agents.keys() - self.drafts.keys():
            came.setdefault(library.agents[ref].document.data, []).append(ref)
        found = ((ref, came.get(self.drafts[ref].agent.document.data, [])) for ref in gone)
        moved = {ref: refs[0] for ref, refs in found if len(refs) == 1}
        return {ref: target for ref, target in moved.items() if list(moved.values()).count(target) == 1}

    def restored(self, drafts: Iterable[Draft]) -> Session:
        """With drafts that were kept for later; those that the disk has caught up with are done."""
        left = {draft.agent.ref: draft for draft in drafts if not _caught_up(draft, self.library)}
        return _relisted(replace(self, drafts=MappingProxyType({**left, **self.drafts})), self) if left else self

    def remembering(self, history: History) -> Session:
        """With what can be undone and redone now."""
        return self if history == self.history else replace(self, history=history)

    def filtered(self, text: str) -> Session:
        """With another filter; marks stay, the cursor goes to the first match where its own agent is none."""
        return _listed(self, self.listing.through(text, self.facts))

    def sorted(self, by: Order) -> Session:
        """In another order, or in the same from its other end; cursor and marks stay on their agents."""
        return replace(self, listing=_listing(self, self.filter, self.sort.chosen(by), self.listing.group))

    def grouped(self, by: Grouping | None) -> Session:
        """In other sections, or in none."""
        return replace(self, listing=_listing(self, self.filter, self.sort, by))

    def arranged(self, sort: Sort, group: Grouping | None) -> Session:
        """In an order and in sections that were chosen before."""
        return replace(self, listing=_listing(self, self.filter, sort, group))

    def knowing(self, known: Facts) -> Session:
        """With what the front end found out meanwhile: problems, duplicates, the time."""
        session = replace(self, known=known)
        told = self.known
        news = {
            "problems": known.problems is not told.problems,
            "duplicates": known.duplicates is not told.duplicates,
            "now": known.now != told.now,
        }
        return _relisted(session, self) if any(news.get(need) for need in self.listing.needs) else session

    def picked(self, ref: Ref | None) -> Session:
        """With the cursor on another agent."""
        return self if ref == self.cursor else replace(self, cursor=ref)

    def marked(self, refs: Iterable[Ref]) -> Session:
        """With exactly these marks."""
        return self._marking(frozenset(refs))

    def toggled(self, ref: Ref) -> Session:
        """With the mark of one agent flipped."""
        return self._marking(self.marks ^ {ref})

    def _marking(self, marks: frozenset[Ref]) -> Session:
        session = replace(self, marks=marks)
        return _relisted(session, self) if "marks" in self.listing.needs else session

    def repeating(self, values: Values) -> Session:
        """With these values as what repeat sets."""
        return replace(self, repeat=values)

    def edited(self, ref: Ref, document: Document) -> Session:
        """With a draft of an agent; one that equals the file is no draft any more."""
        agent = self.drafts[ref].agent if ref in self.drafts else self.library.get(ref)
        if agent is None:
            return self
        if document.data == agent.document.data and self.outside(ref) is None:
            return self.reverted(ref)
        session = replace(self, drafts=MappingProxyType({**self.drafts, ref: Draft(agent, document)}))
        return _relisted(session, self) if "drafts" in self.listing.needs else session

    def reverted(self, ref: Ref) -> Session:
        """Without the draft of an agent."""
        left = {other: draft for other, draft in self.drafts.items() if other != ref}
        return _relisted(replace(self, drafts=MappingProxyType(left)), self)

    def kept(self, ref: Ref) -> Session:
        """With the draft standing on what is on disk now, so that saving it replaces the other program's version."""
        agent = self.library.get(ref)
        if agent is None or ref not in self.drafts:
            return self
        return replace(self, drafts=MappingProxyType({**self.drafts, ref: replace(self.drafts[ref], agent=agent)}))

    def merged(self, ref: Ref, document: Document) -> Session:
        """With a draft that took in what is on disk now, and stands on that."""
        return self.kept(ref).edited(ref, document)

    def saving(self, refs: Iterable[Ref]) -> Change:
        """The change that writes the drafts of these agents; a file that is gone is created again."""
        drafts = [(ref, self.drafts[ref]) for ref in refs if ref in self.drafts]
        edits = tuple(
            Edit(ref, None if self.outside(ref) == "gone" else draft.agent.document.data, draft.document.data)
            for ref, draft in drafts
        )
        names = drafts[0][1].agent.name if len(drafts) == 1 else f"{len(drafts)} agents"
        return Change(f"edit {names}", edits)

    def committed(self, change: Change, step: Callable[[Document], Document] | None = None) -> Session:
        """After a change was written: drafts of its files stand on the new bytes.

        `step` is what the change did to a document; a draft of the same file is taken through it, too. Where it
        cannot be, the draft is left as it was and shows as changed outside.
        """
        drafts = dict(self.drafts)
        for edit in change.edits:
            draft = drafts.get(edit.ref)
            if draft is None or edit.after is None or edit.before != draft.agent.document.data:
                continue
            if draft.document.data == edit.after:
                del drafts[edit.ref]
                continue
            try:
                document = step(draft.document) if step else None
            except EditRefused:
                document = None
            if document is not None:
                drafts[edit.ref] = Draft(replace(draft.agent, document=Document(edit.after)), document)
        return replace(self, drafts=MappingProxyType(drafts))

    def rebased(self, change: Change) -> Change | None:
        """A change over what is on disk now: of a file that has moved on since, only the change's own part is written.

        None where that cannot be told from what was written since.
        """
        from .rebase import rebased  # noqa: PLC0415  # merging is asked for once in a long while

        found = rebased(self.library, change)
        return None if found.conflicts else found.change


def _moved(draft: Draft, agent: Agent | None) -> Draft:
    """A draft of an agent under its new ref; of any other, or none, as it is."""
    if agent is None or agent.ref == draft.agent.ref:
        return draft
    return replace(draft, agent=replace(agent, document=draft.agent.document))


def _caught_up(draft: Draft, library: Library) -> bool:
    """Whether the disk holds what a draft would write."""
    agent = library.get(draft.agent.ref)
    return agent is not None and agent.document.data == draft.document.data


def _listing(session: Session, text: str, sort: Sort, group: Grouping | None) -> Listing:
    """The listing of a session: files that are agents or failed to be one, and drafts whose file is gone."""
    library, drafts = session.library, session.drafts
    agents = [agent for agent in library if agent.verdict.status != "not-agent" or agent.ref in drafts]
    agents += (draft.agent for ref, draft in drafts.items() if library.get(ref) is None)
    return Listing.of(agents, text, sort, group, session.facts)


def _relisted(session: Session, before: Session) -> Session:
    """`session` listed anew in the order and through the filter of `before`."""
    held = before.listing
    return _listed(session, _listing(session, held.filter, held.sort, held.group), held.shown)


def _listed(session: Session, listing: Listing, before: tuple[Agent, ...] = ()) -> Session:
    """`session` with a listing, and its cursor on a row that is shown: its own, else the nearest to it in `before`."""
    session = replace(session, listing=listing)
    shown = listing.shown
    if not shown:
        return replace(session, cursor=None)
    if session.cursor in listing.places:
        return session
    place = next((place for place, agent in enumerate(before) if agent.ref == session.cursor), 0)
    after = (agent.ref for agent in before[place:] if agent.ref in listing.places)
    return replace(session, cursor=next(after, shown[min(place, len(shown) - 1)].ref))
