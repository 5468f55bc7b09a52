"""Changes: what they touch and how they are taken back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.change import Change, Conflict, Edit, WriteFailed
from agent_studio.model.ref import Ref

contents = st.one_of(st.none(), st.binary(max_size=4))
refs = st.builds(Ref, st.sampled_from(["project", "user"]), st.sampled_from(["a.md", "b.md", "x/a.md"]))
edits = st.lists(st.builds(Edit, refs, contents, contents), unique_by=lambda edit: edit.ref, max_size=4).map(tuple)
changes = st.builds(Change, st.text(max_size=5), edits)

Files = dict[Ref, bytes | None]


def applied(change: Change, files: Files) -> Files:
    after = dict(files)
    for edit in change.edits:
        assert after[edit.ref] == edit.before
        after[edit.ref] = edit.after
    return after


@given(changes)
def test_taken_back_twice_is_the_change(change: Change) -> None:
    assert change.inverse.inverse == change
    assert change.inverse.title == change.title
    assert change.inverse.refs == change.refs


@given(changes)
def test_taken_back_everything_is_as_it_was(change: Change) -> None:
    before: Files = {edit.ref: edit.before for edit in change.edits}
    assert applied(change.inverse, applied(change, before)) == before


def test_edits_in_a_row_are_taken_back_last_first() -> None:
    ref = Ref("project", "a.md")
    change = Change("twice", (Edit(ref, b"1", b"2"), Edit(ref, b"2", b"3")))
    assert applied(change.inverse, {ref: b"3"}) == {ref: b"1"}


def moves(*edits: Edit) -> list[tuple[str, str]]:
    """Which file a change makes which, by their names."""
    return [(old.ref.path, new.ref.path) for old, new in Change("test", edits).files]


def test_which_file_has_a_new_name() -> None:
    def goes(name: str, data: bytes) -> Edit:
        return Edit(Ref("project", name), data, None)

    def comes(name: str, data: bytes) -> Edit:
        return Edit(Ref("project", name), None, data)

    def stays(name: str) -> Edit:
        return Edit(Ref("project", name), b"1", b"2")

    assert moves(goes("a", b"1"), comes("b", b"2")) == [("a", "b")]
    assert moves(comes("b", b"2"), goes("a", b"1")) == [("a", "b")]
    assert moves(comes("b", b"2"), stays("c"), goes("a", b"1")) == [("a", "b"), ("c", "c")]
    assert moves(goes("a", b"1"), goes("b", b"2"), comes("c", b"1")) == [("a", "a"), ("b", "c")]
    assert moves(goes("a", b"1"), stays("s"), goes("b", b"2"), stays("t"), comes("c", b"2")) == [
        *(("a", "a"), ("s", "s"), ("t", "t"), ("b", "c")),
    ]
    assert moves(goes("a", b"1"), comes("b", b"2"), goes("c", b"2"), comes("d", b"1")) == [("a", "b"), ("c", "d")]
    assert moves(comes("d", b"1"), goes("a", b"1"), comes("b", b"2")) == [("d", "d"), ("a", "b")]
    assert moves(goes("a", b"1"), stays("s"), comes("b", b"2"), comes("c", b"3")) == [
        *(("a", "a"), ("s", "s"), ("b", "b"), ("c", "c")),
    ]


@given(changes)
def test_each_edit_is_in_one_file(change: Change) -> None:
    edits = [edit for pair in change.files for edit in dict.fromkeys(pair)]
    assert sorted(edits, key=repr) == sorted(change.edits, key=repr)


def test_a_change_without_edits_is_nothing() -> None:
    assert not Change("x", ())
    assert Change("x", (Edit(Ref("project", "a.md"), None, b""),))


def test_errors_name_the_files() -> None:
    ref = Ref("project", "a.md")
    conflict, failed = Conflict((ref, Ref("user", "b.md"))), WriteFailed(ref, "disk full")
    assert all(word in str(conflict) for word in ("project:a.md", "user:b.md", "Nothing was written"))
    assert conflict.refs[0] == failed.ref == ref
    assert str(failed) == "project:a.md: disk full"
