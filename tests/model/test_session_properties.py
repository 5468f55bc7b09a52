"""Whatever happens in whatever order: no draft is lost, and the cursor stands on a row that is shown."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.document import Document
from agent_studio.model.fieldedit import with_field
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.session import Session

REFS = tuple(Ref("project", f"{name}.md") for name in "abcd")
TEXTS = (
    b"---\nname: one\ndescription: d\n---\n",
    b"---\nname: two\ndescription: d\nmodel: opus\n---\n",
    b"# no agent\n",
    b"---\nname: broken\ndescription: 'open\n---\n",
    b"",
)
FILTERS = ("", "one", "model:opus", "nothing", "colour:x", "-two")

refs = st.sampled_from(REFS)
contents = st.sampled_from(TEXTS)
disks = st.dictionaries(refs, contents)
Step = Callable[[Session], Session]


def library(disk: dict[Ref, bytes]) -> Library:
    return Library(
        (), MappingProxyType({ref: Agent(ref, f"/{ref.path}", Document(data)) for ref, data in disk.items()})
    )


def picking(place: int) -> Step:
    return lambda held: held.picked(held.shown[place % len(held.shown)].ref) if held.shown else held


def saving(chosen: set[Ref]) -> Step:
    return lambda held: held.committed(held.saving(chosen))


def reading(disk: dict[Ref, bytes]) -> Step:
    read = library(disk)
    return lambda held: held.loaded(read)


def after_saving(held: Session) -> Session:
    """Everything saved, written and read again."""
    disk = {ref: one.document.data for ref, one in held.library.agents.items()}
    fit = [ref for ref in held.drafts if held.outside(ref) != "changed"]
    change = held.saving(fit)
    disk |= {edit.ref: edit.after for edit in change.edits if edit.after is not None}
    return held.committed(change).loaded(library(disk))


steps = st.one_of(
    disks.map(reading),
    disks.map(reading),
    st.builds(lambda ref, data: lambda held: held.edited(ref, Document(data)), refs, contents),
    st.builds(lambda ref, data: lambda held: held.edited(ref, Document(data)), refs, contents),
    refs.map(lambda ref: lambda held: held.kept(ref)),
    refs.map(lambda ref: lambda held: held.toggled(ref)),
    st.sets(refs).map(lambda chosen: lambda held: held.marked(chosen)),
    st.sampled_from(FILTERS).map(lambda text: lambda held: held.filtered(text)),
    st.integers(0, 9).map(picking),
)
endings = st.one_of(refs.map(lambda ref: lambda held: held.reverted(ref)), st.sets(refs).map(saving))


def run(held: Session, taken: list[Step]) -> Session:
    for step in taken:
        held = step(held)
    return held


@given(st.lists(st.one_of(steps, steps, endings), max_size=25))
def test_the_cursor_stands_on_a_row_that_is_shown(taken: list[Step]) -> None:
    held = Session()
    for step in taken:
        held = step(held)
        shown = [one.ref for one in held.shown]
        assert held.cursor in shown if shown else held.cursor is None
        assert set(shown) <= {one.ref for one in held.agents}
        assert len(set(shown)) == len(shown)
        assert all(one.ref in {listed.ref for listed in held.agents} for one in held.targets)
        assert held.current is None or held.current.ref == held.cursor


@given(st.lists(steps, max_size=12), steps)
def test_no_draft_is_lost(taken: list[Step], step: Step) -> None:
    before = run(Session(), taken)
    after = step(before)
    for ref, draft in before.drafts.items():
        if ref in after.drafts:
            continue
        on_disk = after.library.get(ref)
        if on_disk is None:
            # Its file was renamed, and it went along.
            assert draft.document in [other.document for other in after.drafts.values()]
            continue
        # It may go only where the disk holds what it would have written, or it was edited back to what the disk holds.
        assert on_disk.document.data in {draft.document.data, draft.agent.document.data}
        assert on_disk.document.data == draft.document.data or after.library is before.library


@given(st.lists(steps, max_size=12), st.sets(refs))
def test_saving_ends_exactly_the_drafts_that_were_written(taken: list[Step], chosen: set[Ref]) -> None:
    before = run(Session(), taken)
    change = before.saving(chosen)
    after = before.committed(change)
    assert change.refs == chosen & set(before.drafts)
    gone = set(before.drafts) - set(after.drafts)
    assert gone == {ref for ref in change.refs if before.outside(ref) != "gone"}
    assert {ref: after.drafts[ref] for ref in after.drafts} == {ref: before.drafts[ref] for ref in after.drafts}
    assert all(edit.after == before.drafts[edit.ref].document.data for edit in change.edits)


@given(st.lists(steps, max_size=12), refs)
def test_reverting_ends_exactly_that_draft(taken: list[Step], ref: Ref) -> None:
    before = run(Session(), taken)
    after = before.reverted(ref)
    assert set(after.drafts) == set(before.drafts) - {ref}
    assert after.document(ref) is (held.document if (held := before.library.get(ref)) else None)


@given(st.lists(steps, max_size=12))
def test_written_and_read_again_the_disk_holds_the_drafts(taken: list[Step]) -> None:
    before = run(Session(), taken)
    after = after_saving(before)
    for ref, draft in before.drafts.items():
        if before.outside(ref) == "changed":
            assert ref in after.drafts
        else:
            held = after.library.get(ref)
            assert held is not None
            assert held.document.data == draft.document.data
            assert ref not in after.drafts


@given(st.lists(steps, max_size=12), refs)
def test_a_bulk_edit_goes_into_the_draft_and_the_file(taken: list[Step], ref: Ref) -> None:
    def step(document: Document) -> Document:
        return with_field(document, "color", "red")

    held = run(Session(), taken)
    on_disk = held.library.get(ref)
    if on_disk is None or on_disk.document.trouble or ref not in held.drafts or held.outside(ref):
        return
    change = Change("red", (Edit(ref, on_disk.document.data, step(on_disk.document).data),))
    after = held.committed(change, step)
    if ref in after.drafts and not after.drafts[ref].document.trouble:
        assert after.drafts[ref].document.get("color") == "red"
        assert after.drafts[ref].agent.document.data == change.edits[0].after
