"""The versions of a file, as the changes that were written tell them."""

from __future__ import annotations

from agent_studio.model.change import Change, Edit
from agent_studio.model.history import Operation
from agent_studio.model.ref import Ref
from agent_studio.model.versions import Version, versions

A, B, C = (Ref("project", f"{name}.md") for name in "abc")


def operation(number: int) -> Operation:
    return Operation(str(number), f"change {number}", float(number), ())


def found(ref: Ref, *changes: Change, undone: frozenset[str] = frozenset()) -> list[Version]:
    """The versions after some changes, oldest first."""
    told = [(operation(number), change) for number, change in enumerate(changes)]
    return list(versions(ref, reversed(told), undone))


def test_each_change_left_a_version_and_the_first_found_one() -> None:
    one, two = Change("one", (Edit(A, b"0", b"1"),)), Change("two", (Edit(B, b"x", b"y"), Edit(A, b"1", b"2")))
    assert found(A, one, two) == [Version(b"2", operation(1)), Version(b"1", operation(0)), Version(b"0", None)]
    assert found(C, one, two) == []
    assert [version.undone for version in found(A, one, two, undone=frozenset({"1"}))] == [True, False, False]


def test_a_new_file_was_nothing_before() -> None:
    assert found(A, Change("new", (Edit(A, None, b"1"),))) == [Version(b"1", operation(0))]


def test_a_renamed_file_is_followed() -> None:
    renamed = Change("rename", (Edit(A, b"1", None), Edit(B, None, b"2")))
    parked = Change("park", (Edit(A, b"8", None), Edit(B, b"2", None), Edit(C, None, b"2")))
    history = found(C, Change("one", (Edit(A, b"0", b"1"),)), renamed, parked)
    assert [version.data for version in history] == [b"2", b"2", b"1", b"0"]


def test_how_old_a_version_is() -> None:
    assert Version(b"", operation(0)).said(7_200.0) == "of 2h ago"
    assert Version(b"", operation(0)).said(1.0) == "of just now"
    assert Version(b"", None).said(0.0) == "as it was before all changes"
