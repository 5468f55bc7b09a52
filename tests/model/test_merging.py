"""Merging by choice: the bytes of each side, one line for one field, and where every line comes from."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model.compare import Comparison, compare, lines
from agent_studio.model.compare.values import meaning
from agent_studio.model.document import Document
from agent_studio.model.merge import Choice, Merging, Own, three_way
from tests.model.compare.test_comparison import document_pairs

LEFT = Document(
    b"---\n# who\nname: a  # the name\ndescription: One thing.\ntools: Read, Grep, Bash\ncolor: red\n---\n"
    b"You are A.\n\n## Rules\n\n- Be brief\n- Ask first\n\n## Style\n\nShort words, please.\n"
)
RIGHT = Document(
    b"---\nname: a\ndescription: One thing.\ntools: [Read, Bash, Write]\nmodel: opus\n---\n"
    b"You are A.\n\n## Style\n\nShort words only, please.\n\n## Rules\n\n- Be brief\n- Ask first\n- Show your work\n"
)
TOLERATED = Document(
    b"---\r\n# mine\r\nname: b\r\ndescription: Use it: for code\r\ncolor: blue   # loud\r\n---\r\nBody.\r\nMore.\r\n"
)


def merging(left: Document = LEFT, right: Document = RIGHT, **names: Choice) -> Merging:
    """What two documents make with a choice for each named field."""
    found = Merging(compare(left, right))
    for name, choice in names.items():
        found = found.chosen(number(found.comparison, name), choice)
    return found


def number(comparison: Comparison, name: str, kind: str = "field") -> int:
    return next(d.number for d in comparison.differences if (d.kind, d.name) == (kind, name))


def changed(before: Document, after: Document) -> list[tuple[bytes, bytes]]:
    """The lines that differ between two documents of as many lines."""
    pairs = zip(before.data.splitlines(True), after.data.splitlines(True), strict=True)
    return [pair for pair in pairs if pair[0] != pair[1]]


def test_nothing_chosen_leaves_every_byte() -> None:
    assert merging().result.document is LEFT
    assert Merging(compare(LEFT, RIGHT), "right").result.document is RIGHT


def test_one_field_taken_is_one_line() -> None:
    found = merging(tools="right").result
    assert changed(LEFT, found.document) == [(b"tools: Read, Grep, Bash\n", b"tools: [Read, Bash, Write]\n")]
    assert not found.refused


def test_one_field_changes_one_line_of_a_file_that_is_tolerated_and_ends_its_lines_otherwise() -> None:
    found = Merging(compare(LEFT, TOLERATED), "right")
    taken = found.chosen(number(found.comparison, "color"), "left").result
    assert changed(TOLERATED, taken.document) == [(b"color: blue   # loud\r\n", b"color: red   # loud\r\n")]
    back = merging(LEFT, TOLERATED, color="right").result
    assert changed(LEFT, back.document) == [(b"color: red\n", b"color: blue\n")]
    assert (taken.refused, back.refused) == ({}, {})


def test_a_value_of_several_lines_ends_as_lines_do_there() -> None:
    left = Document(b"---\nname: a\ndescription: |\n  One.\n  Two.\n---\n")
    right = Document(b"---\r\nname: a\r\ndescription: x # why\r\n---\r\n")
    found = Merging(compare(left, right), "right").all("left").result
    assert found.document.get("description") == "One.\nTwo.\n"
    assert b"\r\n" in found.document.data
    assert b"\n" not in found.document.data.replace(b"\r\n", b"")


def test_fields_come_and_go() -> None:
    found = merging(model="right", color="right").result.document
    assert b"tools: Read, Grep, Bash\nmodel: opus\n---\n" in found.data
    assert not found.has("color")


def test_a_list_takes_members_of_both() -> None:
    assert merging(tools="both").result.document.get("tools") == "Read, Grep, Bash, Write"
    found = merging()
    place = number(found.comparison, "tools")
    assert found.offered(place) == ("left", "right", "both")


def test_a_value_of_ones_own_is_written() -> None:
    assert changed(LEFT, merging(color=Own("cyan")).result.document) == [(b"color: red\n", b"color: cyan\n")]


def test_lines_that_moved_are_taken_at_both_places() -> None:
    found = merging()
    moved = [d for d in found.comparison.differences if d.twin]
    assert len(moved) == 2
    taken = found.chosen(moved[0].number, "right")
    assert taken.choices == {moved[0].number: "right", moved[1].number: "right"}
    headings = [line for line in taken.result.document.body.splitlines() if line.startswith("#")]
    assert headings == ["## Style", "## Rules"]
    assert not taken.chosen(moved[1].number, None).choices


def test_blocks_of_both_sides_do_not_run_together() -> None:
    left, right = Document(b"One way to say it here.\n"), Document(b"One way to say it there.\n")
    found = Merging(compare(left, right)).chosen(1, "both")
    assert found.result.document.data == b"One way to say it here.\n\nOne way to say it there.\n"
    left, right = Document(b"- say it here\n"), Document(b"- say it there\n")
    assert Merging(compare(left, right)).chosen(1, "both").result.document.data == b"- say it here\n- say it there\n"


def test_lines_of_ones_own_end_as_lines_do_there() -> None:
    found = Merging(compare(TOLERATED, Document(TOLERATED.data.replace(b"More", b"More of it"))))
    assert found.chosen(1, Own("New.\nNewer.")).result.document.body == "Body.\r\nNew.\r\nNewer.\r\n"


def test_a_choice_is_toggled_beginning_with_the_other_side() -> None:
    found = merging()
    place = number(found.comparison, "tools")
    seen = []
    for _ in range(4):
        found = found.toggled(place)
        seen.append(found.choices[place])
    assert seen == ["right", "both", "left", "right"]
    assert Merging(found.comparison, "right").toggled(place).choices == {place: "left"}


def test_a_side_is_taken_for_all_that_is_undecided() -> None:
    found = merging(tools="left").all("right")
    assert not found.undecided
    assert found.result.document.get("tools") == "Read, Grep, Bash"
    assert found.result.document.get("model") == "opus"


def test_what_cannot_be_taken_is_said_and_left() -> None:
    found = merging(Document(b"no header\n"), LEFT, name="right").result
    assert found.document.data == b"no header\n"
    assert list(found.refused.values()) == ["no frontmatter"]


def test_each_line_of_the_result_says_where_it_comes_from() -> None:
    found = merging(model="right")
    model, tools, color = (number(found.comparison, name) for name in ("model", "tools", "color"))
    marks = {line.text: (line.number, line.choice) for line in found.result.lines if line.number}
    assert marks["model: opus"] == (model, "right")
    assert marks["tools: Read, Grep, Bash"] == (tools, None)
    assert marks["color: red"] == (color, None)
    assert "name: a  # the name" not in marks
    assert [line.text for line in found.result.lines] == [line.text for line in lines.split(found.result.document.text)]


def test_only_what_both_changed_is_asked() -> None:
    base = Document(b"---\nname: a\ncolor: red\nmodel: opus\n---\nOne.\n\nTwo is here.\n\nThree is here.\n")
    mine = Document(base.data.replace(b"red", b"blue").replace(b"Two", b"Twice").replace(b"One", b"First"))
    theirs = Document(base.data.replace(b"red", b"green").replace(b"opus", b"haiku").replace(b"Two", b"Both"))
    found = three_way(base, mine, theirs)
    asked = [found.difference(n) for n in found.undecided]
    assert [(d.kind, d.name) for d in asked] == [("field", "color"), ("block", "")]
    assert b"color: blue\nmodel: haiku\n---\nFirst.\n\nTwice is here." in found.result.document.data
    assert b"color: green\nmodel: haiku\n---\nFirst.\n\nBoth is here." in found.all("right").result.document.data


def test_where_files_conflict_as_a_whole_everything_is_asked() -> None:
    base, mine = Document(b"---\nname: a\n---\nB\n"), Document(b"B is here\n")
    found = three_way(base, mine, Document(b"---\nname: b\nmodel: opus\n---\nB\n"))
    assert found.result.document.data == mine.data
    assert found.undecided == (1, 2, 3)


@given(document_pairs(), st.sampled_from(["left", "right"]))
def test_one_side_for_everything_is_that_side(pair: tuple[Document, Document], into: str) -> None:
    found = Merging(compare(*pair), "left" if into == "left" else "right")
    target, other = pair if into == "left" else pair[::-1]
    assert found.all(found.into).result.document.data == target.data
    result = found.all("right" if into == "left" else "left").result
    assert not result.refused
    assert {k: meaning(k, v) for k, v in result.document.values.items()} == {
        k: meaning(k, v) for k, v in other.values.items()
    }
    assert [line.text for line in lines.split(result.document.body)] == [line.text for line in lines.split(other.body)]


@given(document_pairs(), st.data())
def test_a_result_has_what_was_chosen_and_nothing_else_changed(
    pair: tuple[Document, Document], data: st.DataObject
) -> None:
    comparison = compare(*pair)
    assume(comparison.differences)
    found = Merging(comparison)
    for difference in comparison.differences:
        choice = data.draw(st.sampled_from([None, *found.offered(difference.number)]))
        found = found.chosen(difference.number, choice)
    result = found.result
    assert not result.refused
    assert [line.text for line in result.lines] == [line.text for line in lines.split(result.document.text)]
    for field in comparison.fields:
        side = found.choices.get(number(comparison, field.name), "left") if field.status != "same" else "left"
        if side != "both":
            document = comparison.left if side == "left" else comparison.right
            assert result.document.has(field.name) == document.has(field.name)
            assert repr(result.document.get(field.name)) == repr(document.get(field.name))
    kept = [pair.left.text for pair in comparison.lines.pairs if pair.left and pair.region is None]
    shown = iter(line.text for line in lines.split(result.document.body))
    assert all(text in shown for text in kept), "lines that are the same on both sides stay, in order"
