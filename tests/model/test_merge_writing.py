"""A merge on its way to the disk, and choices that go along to another comparison."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model.change import Edit
from agent_studio.model.compare import compare
from agent_studio.model.document import Document
from agent_studio.model.merge import Merging, Own, Place, Side, Writing, own, own_text
from agent_studio.model.ref import Ref
from agent_studio.model.schema import IllegalValue
from tests.model.compare.test_comparison import document_pairs
from tests.model.test_merging import LEFT, RIGHT, merging, number

ONE, TWO, NEW = Ref("user", "one.md"), Ref("user", "two.md"), Ref("user", "new.md")
TAKEN = merging(model="right")
WRITING = Writing(TAKEN, Place(ONE, LEFT.data), Place(TWO, RIGHT.data))


def test_the_result_goes_to_one_side_and_the_other_may_go() -> None:
    assert WRITING.plan.change.edits == (Edit(ONE, LEFT.data, TAKEN.result.document.data),)
    assert WRITING.trash(True).plan.change.edits[1:] == (Edit(TWO, RIGHT.data, None),)
    assert not WRITING.to("right").plan.change
    assert WRITING.to("right").trash(True).plan.change.edits == (Edit(ONE, LEFT.data, None),)


def test_the_result_goes_to_a_new_file_and_both_stay() -> None:
    found = WRITING.trash(True).to_new(Place(NEW, None))
    assert found.plan.change.edits == (Edit(NEW, None, TAKEN.result.document.data),)


def test_nothing_goes_to_what_cannot_be_written_nor_is_it_moved() -> None:
    locked = Place(ONE, LEFT.data, "read-only")
    assert not Writing(TAKEN, locked, None).plan.change
    assert not Writing(TAKEN, None, None).plan.change
    into = Writing(merging(model="left"), locked, Place(TWO, RIGHT.data)).to("right").trash(True)
    assert [edit.ref for edit in into.plan.change.edits] == [TWO]


def test_an_edit_and_its_file_are_one_place() -> None:
    both = Writing(TAKEN, Place(ONE, RIGHT.data), Place(ONE, RIGHT.data)).trash(True)
    assert both.other is None
    assert both.plan.change.edits == (Edit(ONE, RIGHT.data, TAKEN.result.document.data),)


@given(document_pairs(), st.data())
def test_choices_go_along_when_the_sides_are_swapped(pair: tuple[Document, Document], data: st.DataObject) -> None:
    found = Merging(compare(*pair))
    assume(found.comparison.differences)
    for difference in found.comparison.differences:
        choice: Side | None = data.draw(st.sampled_from([None, "left", "right"]))
        found = found.chosen(difference.number, choice)
    swapped = found.mirrored(compare(*reversed(pair)))
    assert sorted(swapped.result.document.data.splitlines()) == sorted(found.result.document.data.splitlines())
    assert found.over(compare(*pair)) == found


def test_choices_stay_for_what_still_differs_as_it_did() -> None:
    found = merging(model="right", color="left")
    later = Document(RIGHT.data.replace(b"opus", b"haiku"))
    moved = found.over(compare(LEFT, later))
    assert moved.choices == {number(moved.comparison, "color"): "left"}


def test_what_is_written_by_hand_begins_with_what_the_result_has() -> None:
    found = merging()
    tools, model, color = (number(found.comparison, name) for name in ("tools", "model", "color"))
    assert own_text(found, tools) == "Read\nGrep\nBash"
    assert own_text(found.chosen(tools, "right"), tools) == "Read\nBash\nWrite"
    assert own_text(found, model) == "opus"
    assert own_text(found.chosen(color, Own("blue")), color) == "blue"
    difference = found.difference(tools)
    assert own(difference, "Read\n\n Task \n") == Own(("Read", "Task"))
    with pytest.raises(IllegalValue, match="color takes"):
        own(found.difference(color), "mauve")
