"""Two descendants of one document: what only one side changed is in the result, what both changed is asked."""

from __future__ import annotations

import pytest

from agent_studio.model.decoded import BOM
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.merge import Merge, Stretch, Taken, merged
from tests.model.documents import document, headed

HEADER = "name: a\ndescription: What it does\ntools: Read, Grep\n"
BODY = "One.\nTwo.\nThree.\n"
BASE = headed(HEADER, BODY)


def of_headers(mine: str, theirs: str, old: str = HEADER) -> Merge:
    """The merge of three documents that differ in their headers."""
    return merged(headed(old), headed(mine), headed(theirs))


def of_bodies(old: str, mine: str, theirs: str) -> Merge:
    """The merge of three documents that differ in their bodies."""
    return merged(headed(HEADER, old), headed(HEADER, mine), headed(HEADER, theirs))


def conflicting(found: Merge) -> list[str]:
    """The fields that conflict, and where else something does."""
    return [conflict.field or conflict.where for conflict in found.conflicts]


NESTED = "hooks:\n  PreToolUse:\n    - matcher: Bash # only this\n      hooks: [{type: command, command: 'x'}]\n"


@pytest.mark.parametrize(
    ("theirs", "result"),
    [
        pytest.param(HEADER.replace("What it does", "'It''s'"), None, id="quotes"),
        pytest.param(HEADER.replace("What it does", ">-\n  long and\n  longer"), None, id="block scalar"),
        pytest.param(HEADER.replace(" Read, Grep", "\n  - Read # r\n  - Bash"), None, id="block list"),
        pytest.param(HEADER.replace("Read, Grep", "[Read,  Bash] # both"), None, id="comment on the line"),
        pytest.param(HEADER.replace("Grep", "Grep # both"), None, id="comment alone"),
        pytest.param(HEADER.replace("does\n", "does\n\n# why\n"), None, id="lines between fields"),
        pytest.param(HEADER.replace("tools: Read, Grep\n", ""), None, id="removed"),
        pytest.param(HEADER + "model:\n", HEADER + "model:\nCOLOR", id="null added"),
        pytest.param(HEADER + "# why\nmodel: 'opus' # m\n", None, id="added with comments"),
        pytest.param(HEADER + NESTED, HEADER + "COLOR" + NESTED, id="nested added"),
        pytest.param(
            "tools: Bash\nname: a\ndescription: What it does\n",
            HEADER.replace("Read, Grep", "Bash"),
            id="moved, changed",
        ),
    ],
)
def test_a_field_that_only_theirs_changed_is_written_as_it_is_there(theirs: str, result: str | None) -> None:
    color = "color: red # mine\n"
    expected = result.replace("COLOR", color) if result and "COLOR" in result else (result or theirs) + color
    found = of_headers(HEADER + color, theirs)
    assert found.clean
    assert found.document == headed(expected)


def test_a_removed_field_takes_its_comment_along() -> None:
    old = "name: a\n# why\ncolor: red\ntools: Read\n"
    assert of_headers(old.replace("Read", "Bash"), "name: a\ntools: Read\n", old).document == headed(
        "name: a\ntools: Bash\n"
    )


def test_comments_that_both_changed_stay_mine_and_do_not_conflict() -> None:
    found = of_headers("# mine\n" + HEADER + "color: red\n", "# theirs\n" + HEADER + "model: opus\n")
    assert found.clean
    assert found.document.text.startswith("---\n# mine\nname: a\n")


def test_blank_lines_that_would_become_part_of_a_value_stay_away() -> None:
    mine = HEADER.replace("What it does", "|+\n  What I do")
    found = of_headers(mine, HEADER.replace("tools", "\ntools").replace("a\n", "a # why\n"))
    assert found.clean
    assert found.document == headed(mine.replace("a\n", "a # why\n"))


def test_the_same_value_in_both_keeps_my_spelling() -> None:
    found = of_headers(HEADER.replace("name: a", "name: 'b'"), HEADER.replace("name: a", 'name: "b"'))
    assert found.clean
    assert found.document == headed(HEADER.replace("name: a", "name: 'b'"))
    assert found.taken == Taken()


@pytest.mark.parametrize("name", ["name: b\n", "name: 'a'\n", ""])
def test_different_values_conflict_and_mine_stays(name: str) -> None:
    one = HEADER.replace("name: a\n", name)
    other = HEADER.replace("name: a", "name: 'c'") + "color: red\n"
    found = of_headers(one, other)
    assert conflicting(found) == ["name"]
    assert found.document == headed(one + "color: red\n")
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.theirs) == (Stretch(2, "a"), Stretch(2, "'c'"))
    assert conflict.mine == (Stretch(2, name[6:-1]) if name else None)
    assert conflicting(of_headers(other, one)) == ["name"]


def test_a_field_that_cannot_stand_in_my_header_conflicts_with_the_reason() -> None:
    old = "name: &n a\ncolor: red\n"
    found = of_headers(old + "x-1: *n\n", old.replace("&n a", "b"), old)
    assert conflicting(found) == ["name"]
    assert "raw view" in found.conflicts[0].reason
    assert found.document == headed(old + "x-1: *n\n")
    assert conflicting(of_headers(old.replace("&n a", "b"), old + "x-1: *n\n", old)) == ["name"]


@pytest.mark.parametrize("old", ["name: a\ndescription: Use: when\n", "name: a\nfoo: [\ndescription: Use: x\n"])
def test_headers_that_are_no_yaml_are_merged_too(old: str) -> None:
    found = of_headers(old + "color: red\n", old.replace("Use", "User: say"), old)
    assert headed(old).reading != "strict"
    assert found.clean
    assert found.document == headed(old.replace("Use", "User: say") + "color: red\n")


def test_headers_that_would_not_read_as_before_are_one_conflict() -> None:
    old = "name: &n a\nx-1: *n\n"
    mine, theirs = old + "color: red\n", old.replace("&n a", "&n b")
    found = of_headers(mine, theirs, old)
    assert conflicting(found) == conflicting(of_headers(theirs, mine, old)) == ["header"]
    assert found.document == headed(mine)


def test_headers_too_long_to_be_read_for_every_field_are_one_conflict() -> None:
    old = "".join(f"key-{number}: x\n" for number in range(1000))
    found = of_headers("name: a\n" + old, old + "color: red\n", old)
    assert conflicting(found) == ["header"]
    assert of_headers(old, old + "color: red\n", old).document == headed(old + "color: red\n")


def test_headers_in_braces_are_merged_by_field() -> None:
    old = "{name: a, description: x}\n"
    found = of_headers("{name: b, description: x}\n", "{name: a, description: 'y'}\n", old)
    assert found.document == headed("{name: b, description: 'y'}\n")


@pytest.mark.parametrize("old", ["- a\n", "a text\n", "name: a\nno field: [\n"])
def test_a_header_with_more_than_fields_is_one_conflict(old: str) -> None:
    mine, theirs = old + "# mine\n", old.replace("a", "b", 1).replace("[", "[c")
    found = of_headers(mine, theirs, old)
    assert conflicting(found) == ["header"]
    assert found.document == headed(mine)


@pytest.mark.parametrize(
    ("old", "mine", "theirs", "result"),
    [
        (BODY, "Zero.\n" + BODY, BODY + "Four.\n", "Zero.\n" + BODY + "Four.\n"),
        (BODY, "1\nTwo.\nThree.\n", "One.\n2\nThree.\n", "1\n2\nThree.\n"),
        (BODY, "One.\nThree.\n", "One.\nTwo.\nThree.\nFour.\n", "One.\nThree.\nFour.\n"),
        (BODY, "1\nTwo.\nThree.\n", "1\nTwo.\n3\n", "1\nTwo.\n3\n"),
        ("a\nb", "a\nB", "a\nb\nc\n", "a\nB\nc\n"),
        ("a\nb\n", "a\nB", "a\nb\nc\n", "a\nB\nc"),
        ("a\nb", "A\nb", "a\nb\n", "A\nb\n"),
        ("a\r\nb", "a\r\nB", "a\r\nb\r\nc", "a\r\nB\r\nc"),
        ("a\r\nb\n", "a\r\nb\nc\n", "A\r\nb\n", "A\r\nb\nc\n"),
        ("", "a\n", "", "a\n"),
        ("a", "", "a\n", ""),
        ("a\n", "a\n\n", "a", "a\n\n"),
    ],
)
def test_lines_that_only_one_side_changed_are_both_there(old: str, mine: str, theirs: str, result: str) -> None:
    found = of_bodies(old, mine, theirs)
    assert found.clean
    assert found.document == headed(HEADER, result)
    assert of_bodies(old, theirs, mine).document == found.document


@pytest.mark.parametrize(
    ("old", "mine", "theirs", "places"),
    [
        ("a\nb\nc\n", "a\n1\nc\n", "a\n2\nc\n", [(7, "b\n", 7, "1\n", 7, "2\n")]),
        ("a\nb\n", "x\na\nb\nmine", "a\nb\ntheirs\n", [(8, "", 9, "mine\n", 8, "theirs\n")]),
        ("a\n", "b\n", "c", [(6, "a\n", 6, "b\n", 6, "c\n")]),
        ("a\nb\nc\n", "a\n", "a\nB\nc\n", [(7, "b\nc\n", 7, "", 7, "B\nc\n")]),
        (
            "a\nb\nc\nd\n",
            "1\nb\nc\n1\n",
            "2\nb\nc\n2\n",
            [(6, "a\n", 6, *("1\n", 6, "2\n")), (9, "d\n", 9, "1\n", 9, "2\n")],
        ),
    ],
)
def test_lines_that_both_changed_conflict(old: str, mine: str, theirs: str, places: list[tuple[object, ...]]) -> None:
    found = of_bodies(old, mine, theirs)
    assert found.document == headed(HEADER, mine)
    shown = [(c.base, c.mine, c.theirs) for c in found.conflicts]
    assert [tuple(part for s in sides if s for part in (s.line, s.text)) for sides in shown] == places


def test_a_conflict_is_placed_in_the_merged_document() -> None:
    mine = headed(HEADER, "a\nb\n1\n")
    theirs = headed("name: a\n# two\n# more\ndescription: What it does\ntools: Read, Grep\n", "new\na\nb\n2\n")
    found = merged(headed(HEADER, "a\nb\nc\n"), mine, theirs)
    assert found.document.text.split("\n")[11 - 1] == "1"
    assert found.conflicts[0].mine == Stretch(11, "1\n")


def test_lone_carriage_returns_never_join_a_line_feed() -> None:
    found = of_bodies("a\nb\n", "a\rb\n", "a\n\n")
    assert conflicting(found) == ["body"]
    assert found.document == headed(HEADER, "a\rb\n")


def test_bodies_of_a_mebibyte_are_merged() -> None:
    old = [f"{number} {'x' * 50}\n" for number in range(18_000)]
    mine, theirs = [*old[:9000], "mine\n", *old[9000:]], ["theirs\n", *old[1:]]
    assert of_bodies("".join(old), "".join(mine), "".join(theirs)).document.body == "".join(["theirs\n", *mine[1:]])
    old = ["\n"] * 400_000
    found = of_bodies("".join(old), "".join(["mine\n", *old]), "".join([*old, "theirs\n"]))
    assert found.document.body == "".join(["mine\n", *old, "theirs\n"])


def converted(held: Document) -> Document:
    """The document with Windows line endings and a byte order mark."""
    return Document(BOM + held.data.replace(b"\n", b"\r\n"))


def test_another_style_of_line_endings_is_a_change_of_the_whole_file() -> None:
    mine = headed(HEADER.replace("What", "How"), BODY + "Four.\n")
    theirs = headed(HEADER + "color: red\n", "Zero.\n" + BODY)
    both = merged(BASE, mine, theirs)
    assert both.clean
    assert merged(BASE, mine, converted(theirs)).document == converted(both.document)
    assert merged(BASE, converted(mine), theirs).document == converted(both.document)
    assert merged(converted(BASE), mine, converted(theirs)).document == both.document


def test_line_endings_that_the_host_reads_otherwise_are_a_conflict() -> None:
    old = headed("name: a\ndescription: Use: when\n")
    assert converted(old).reading != old.reading
    assert conflicting(merged(old, document(old.data + b"more\n"), converted(old))) == ["file"]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(document(BODY), id="no frontmatter"),
        pytest.param(document(BASE.data.replace(b"---\nOne", b"--- \nOne")), id="other fence"),
        pytest.param(document(BASE.data + b"\xff\n"), id="not UTF-8"),
        pytest.param(document(BASE.text.encode("utf-16")), id="UTF-16"),
        pytest.param(document(BASE.data + b"x" * LARGEST), id="too large"),
        pytest.param(document(b""), id="empty"),
    ],
)
def test_files_of_another_kind_are_one_conflict(other: Document) -> None:
    mine = headed(HEADER, BODY + "Four.\n")
    for sides in [(BASE, mine, other), (other, mine, BASE), (BASE, other, mine)]:
        found = merged(*sides)
        assert conflicting(found) == ["file"]
        assert found.document == sides[1]
        assert found.conflicts[0].reason


def test_a_result_that_the_host_would_not_read_is_a_conflict() -> None:
    half = b"x" * (LARGEST // 2)
    found = merged(BASE, document(BASE.data + half), document(BASE.data.replace(b"One.", half)))
    assert conflicting(found) == ["file"]


def test_files_without_a_frontmatter_are_merged_as_text() -> None:
    assert merged(document("a\nb\n"), document("x\na\nb\n"), document("a\nB\n")).document == document("x\na\nB\n")
    found = merged(document("a\nb\nc\n"), document("---\nb\nc\n"), document("a\nb\n---\n"))
    assert conflicting(found) == ["file"]
