"""The session: each transition by itself."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.change import Change, Edit
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import with_field
from agent_studio.model.history import History, Operation
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref
from agent_studio.model.session import Draft, Session
from agent_studio.model.sort import Order, Sort
from tests.model.documents import agent, headed, named

A, B, C = named("a"), named("b", extra="model: opus\n"), named("c", extra="model: opus\n")
README = agent("# Readme\n", "README.md")
ELSEWHERE = Ref("project", "elsewhere.md")


def library(*agents: Agent) -> Library:
    return Library((), MappingProxyType({held.ref: held for held in agents}))


def session(*agents: Agent) -> Session:
    return Session().loaded(library(*agents))


def names(held: Session) -> list[str]:
    return [one.name for one in held.shown]


def red(document: Document) -> Document:
    return with_field(document, "color", "red")


def drafted(held: Session, *agents: Agent) -> Session:
    for one in agents:
        held = held.edited(one.ref, red(one.document))
    return held


def saved(one: Agent, document: Document) -> Agent:
    return Agent(one.ref, one.path, document)


def test_an_empty_session() -> None:
    held = Session()
    assert (held.shown, held.cursor, held.current, held.targets) == ((), None, None, ())
    assert held.document(A.ref) is None
    assert held.outside(A.ref) is None


def test_loading_lists_what_tries_to_be_an_agent_and_puts_the_cursor_on_the_first() -> None:
    held = session(B, README, A)
    assert names(held) == ["a", "b"]
    assert held.cursor == A.ref
    assert held.current is A
    assert held.loaded(held.library) is held


def test_a_draft_is_listed_even_where_its_file_is_no_agent() -> None:
    held = session(A, README).edited(README.ref, Document(b"# Edited\n")).loaded(library(A, README, B))
    assert [one.ref.stem for one in held.shown] == ["README", "a", "b"]


def test_the_filter_moves_the_cursor_to_the_first_match_where_its_agent_is_none() -> None:
    held = session(A, B, C).picked(A.ref).filtered("model:opus")
    assert (names(held), held.cursor, held.filter) == (["b", "c"], B.ref, "model:opus")
    assert held.picked(C.ref).filtered("model:opus name:c").cursor == C.ref
    assert held.filtered("nothing").cursor is None
    assert held.filtered("nothing").filtered("").cursor == A.ref


def test_a_filter_that_cannot_be_understood_lets_everything_through_and_says_so() -> None:
    held = session(A, B).filtered("colour:x")
    assert names(held) == ["a", "b"]
    assert "colour" in (held.listing.error or "")
    assert held.filtered("a").listing.error is None


def test_the_cursor_goes_to_the_nearest_row_where_its_agent_is_gone() -> None:
    held = session(A, B, C)
    assert held.picked(B.ref).loaded(library(A, C)).cursor == C.ref
    assert held.picked(C.ref).loaded(library(A, B)).cursor == B.ref
    assert held.picked(B.ref).loaded(library(A, C, named("aa"))).cursor == C.ref
    assert held.loaded(library()).cursor is None


def test_moving_the_cursor_keeps_the_listing() -> None:
    held = session(A, B)
    assert held.picked(B.ref).listing is held.listing
    assert held.picked(A.ref) is held


def test_marks_and_targets() -> None:
    held = session(A, B, C)
    assert held.targets == (A,)
    assert held.toggled(C.ref).toggled(B.ref).targets == (B, C)
    assert held.toggled(C.ref).toggled(C.ref).targets == (A,)
    assert held.marked([B.ref, C.ref]).marked([C.ref]).targets == (C,)
    assert held.marked([B.ref]).filtered("name:a").targets == (B,)
    assert held.marked([B.ref, C.ref]).loaded(library(A, C)).marks == {C.ref}


def test_an_edit_makes_a_draft_and_taking_it_back_by_hand_ends_it() -> None:
    held = drafted(session(A, B), A)
    assert set(held.drafts) == {A.ref}
    document = held.document(A.ref)
    assert document is not None
    assert document.get("color") == "red"
    assert held.outside(A.ref) is None
    assert held.edited(A.ref, A.document).drafts == {}
    assert held.reverted(A.ref).document(A.ref) is A.document


def test_an_edit_of_what_is_not_there_is_nothing() -> None:
    held = session(A)
    assert held.edited(ELSEWHERE, A.document) is held


def test_another_program_changed_the_file() -> None:
    theirs = saved(A, headed("name: a\ndescription: theirs\n"))
    held = drafted(session(A, B), A).loaded(library(theirs, B))
    assert held.outside(A.ref) == "changed"
    assert held.saving([A.ref]).edits[0].before == A.document.data
    kept = held.kept(A.ref)
    assert kept.outside(A.ref) is None
    assert kept.saving([A.ref]).edits == (Edit(A.ref, theirs.document.data, red(A.document).data),)
    assert held.reverted(A.ref).document(A.ref) is theirs.document


def test_an_edit_back_to_where_it_began_stays_a_draft_while_the_file_is_another() -> None:
    held = drafted(session(A), A).loaded(library(saved(A, headed("name: a\ndescription: theirs\n"))))
    assert held.edited(A.ref, A.document).outside(A.ref) == "changed"


def test_another_program_wrote_the_same() -> None:
    assert drafted(session(A, B), A).loaded(library(saved(A, red(A.document)), B)).drafts == {}


def test_another_program_removed_the_file() -> None:
    held = drafted(session(A, B), A).loaded(library(B))
    assert held.outside(A.ref) == "gone"
    assert names(held) == ["b", "a"]
    assert held.picked(A.ref).current is A
    assert held.saving([A.ref]).edits == (Edit(A.ref, None, red(A.document).data),)
    assert held.kept(A.ref) is held
    assert names(held.picked(A.ref).reverted(A.ref)) == ["b"]
    assert held.picked(A.ref).reverted(A.ref).cursor == B.ref


def test_saving_covers_the_drafts_only() -> None:
    held = drafted(session(A, B, C), A, B)
    change = held.saving([A.ref, C.ref, ELSEWHERE])
    assert [edit.ref for edit in change.edits] == [A.ref]
    assert change.title == "edit a"
    assert held.saving([A.ref, B.ref]).title == "edit 2 agents"
    assert not held.saving([C.ref])


def test_saved() -> None:
    held = drafted(session(A, B), A, B)
    change = held.saving([A.ref])
    after = held.committed(change)
    assert set(after.drafts) == {B.ref}
    loaded = after.loaded(library(saved(A, red(A.document)), B))
    assert loaded.document(A.ref) == red(A.document)
    assert set(loaded.drafts) == {B.ref}


def test_a_draft_goes_through_what_was_done_to_its_file() -> None:
    held = session(A).edited(A.ref, with_field(A.document, "memory", "user"))
    after = held.committed(Change("red", (Edit(A.ref, A.document.data, red(A.document).data),)), red)
    assert after.drafts[A.ref].document.values["color"] == "red"
    assert after.drafts[A.ref].document.values["memory"] == "user"
    loaded = after.loaded(library(saved(A, red(A.document))))
    assert loaded.outside(A.ref) is None


def test_a_draft_that_cannot_go_through_stays_and_shows_as_changed_outside() -> None:
    def refuse(document: Document) -> Document:
        raise EditRefused("no")

    held = session(A).edited(A.ref, with_field(A.document, "memory", "user"))
    change = Change("red", (Edit(A.ref, A.document.data, red(A.document).data),))
    for after in (held.committed(change, refuse), held.committed(change)):
        assert after.drafts == held.drafts
        assert after.loaded(library(saved(A, red(A.document)))).outside(A.ref) == "changed"


def test_what_can_be_undone_is_what_the_history_says() -> None:
    history = History.of([Operation("1", "one", 0.0, ())])
    held = session(A)
    assert held.remembering(history).history == history
    assert held.remembering(History()) is held


def test_a_draft_goes_along_with_a_file_that_was_renamed() -> None:
    held = drafted(session(A, B), A).picked(A.ref).toggled(A.ref)
    moved = replace(A, ref=Ref("project", "z.md"), path="/z.md")
    after = held.loaded(library(moved, B))
    assert set(after.drafts) == after.marks == {moved.ref}
    assert after.cursor == moved.ref
    assert after.document(moved.ref) == red(A.document)
    assert after.drafts[moved.ref].agent.path == "/z.md"
    assert after.outside(moved.ref) is None
    # The same where the new file is seen after the old one is gone.
    assert held.loaded(library(B)).loaded(library(moved, B)).drafts == after.drafts


def test_a_draft_stays_where_it_is_not_told_which_file_was_renamed() -> None:
    held = drafted(session(A, B), A)
    one, two = (replace(A, ref=Ref("project", name)) for name in ("y.md", "z.md"))
    for read in (library(B, one, two), library(B, saved(one, red(B.document))), library(A, one)):
        assert set(held.loaded(read).drafts) == {A.ref}
    # One that stood there before is no new name.
    assert set(drafted(session(A, one), A).loaded(library(one)).drafts) == {A.ref}
    # Two drafts of the same bytes, one new file.
    twins = drafted(session(A, one), A, one)
    assert set(twins.loaded(library(two)).drafts) == {A.ref, one.ref}


def test_drafts_that_were_kept_for_later_are_back() -> None:
    held = session(A, B)
    draft = Draft(A, red(A.document))
    assert held.restored([draft]).drafts == {A.ref: draft}
    assert held.restored([Draft(A, A.document)]) is held
    mine = drafted(held, A)
    assert mine.restored([Draft(A, B.document)]).drafts == mine.drafts


def test_a_kept_draft_shows_what_happened_to_its_file_meanwhile() -> None:
    draft = Draft(A, red(A.document))
    theirs = saved(A, with_field(A.document, "model", "opus"))
    assert session(theirs).restored([draft]).outside(A.ref) == "changed"
    gone = session(B).restored([draft])
    assert gone.outside(A.ref) == "gone"
    assert names(gone) == ["b", "a"]
    assert session(saved(A, red(A.document))).restored([draft]).drafts == {}


def test_a_merged_draft_stands_on_the_disk() -> None:
    theirs = saved(A, with_field(A.document, "model", "opus"))
    held = drafted(session(A), A).loaded(library(theirs))
    merged = held.merged(A.ref, red(theirs.document))
    assert merged.outside(A.ref) is None
    assert merged.saving([A.ref]).edits == (Edit(A.ref, theirs.document.data, red(theirs.document).data),)
    assert held.merged(A.ref, theirs.document).drafts == {}


def test_a_change_over_files_that_have_moved_on() -> None:
    back = Change("red", (Edit(A.ref, red(A.document).data, A.document.data),))
    assert session(saved(A, red(A.document))).rebased(back) == back
    both = with_field(red(A.document), "model", "opus")
    found = session(saved(A, both)).rebased(back)
    assert found is not None
    assert found.edits == (Edit(A.ref, both.data, with_field(A.document, "model", "opus").data),)
    assert session(saved(A, with_field(A.document, "color", "pink"))).rebased(back) is None
    assert session(B).rebased(back) is None
    assert session(B).rebased(Change("new", (Edit(B.ref, None, A.document.data),))) is None
    taken = session(A).rebased(back)
    assert taken is not None
    assert not taken


@pytest.mark.parametrize("values", [{"color": "red"}, {"color": None}])
def test_what_repeat_sets(values: dict[str, str | None]) -> None:
    assert session(A).repeating(values).repeat == values


def test_sorted_by_what_it_says_and_back() -> None:
    big = named("big", "b.md", extra="color: red\n")
    small = replace(named("Small", "c.md", extra="model: opus\ncolor: blue\n"), mtime=2.0)
    lost = headed("name: lost\n")
    dropped = Agent(Ref("project", "a.md"), "/a.md", lost, mtime=1.0)
    held = session(big, small, dropped)
    assert names(held) == ["lost", "big", "Small"]
    expected: dict[Order, list[str]] = {
        "name": ["big", "lost", "Small"],
        "model": ["Small", "lost", "big"],
        "color": ["big", "Small", "lost"],
        "cost": ["Small", "big", "lost"],
        "age": ["Small", "lost", "big"],
        "state": ["lost", "big", "Small"],
    }
    for order, shown in expected.items():
        assert names(held.sorted(order)) == shown, order
    assert names(held.sorted("scope")) == ["Small", "big", "lost"]
    assert names(held.sorted("name").sorted("name")) == ["Small", "lost", "big"]
    assert names(held.sorted("name").sorted("name").sorted("name")) == ["big", "lost", "Small"]


def test_equal_ones_keep_their_order_from_either_end() -> None:
    held = session(A, B, C).sorted("color")
    assert names(held) == ["a", "b", "c"]
    assert names(held.sorted("color")) == ["a", "b", "c"]


def test_sorting_keeps_cursor_marks_and_filter_and_stays_when_the_disk_or_filter_changes() -> None:
    held = session(A, B, C).picked(C.ref).marked([B.ref]).filtered("model:opus").sorted("name").sorted("name")
    assert (names(held), held.cursor, held.filter) == (["c", "b"], C.ref, "model:opus")
    assert held.marks == {B.ref}
    assert names(held.filtered("")) == ["c", "b", "a"]
    assert names(held.loaded(library(A, C, named("d", extra="model: opus\n")))) == ["d", "c"]
    assert held.sort == Sort("name", reverse=True)
