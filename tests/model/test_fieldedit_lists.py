"""A list field set: written as the list is written that stands there, or as a comma text."""

from __future__ import annotations

import pytest

from agent_studio.model.document import EditRefused
from agent_studio.model.fieldedit import with_field
from agent_studio.model.schema import items_of
from tests.model.documents import confined, document, headed, others


def header_after(header: str, items: tuple[str, ...], key: str = "tools", newline: str = "\n") -> str:
    """The header after a list was set; that it reads so, and everything else as before, is proved."""
    before = document(headed(header).text.replace("\n", newline))
    after = with_field(before, key, items)
    assert items_of(after.get(key)) == items
    assert confined(before, after, key)
    assert (after.body, others(after, key)) == (before.body, others(before, key))
    assert after.fences is not None
    return after.text[after.fences.header : after.fences.close]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        ("tools: Read\n", ("Read", "Grep"), "tools: Read, Grep\n"),
        ("tools: Read, Grep # c\n", ("Grep",), "tools: Grep # c\n"),
        ("tools: Read,Grep,Glob\n", ("Read", "Bash"), "tools: Read,Bash\n"),
        ("tools: Read Grep\n", ("Read", "Bash"), "tools: Read Bash\n"),
        ("tools: 'Read, Grep'\n", ("Bash",), "tools: 'Bash'\n"),
        ('tools: "Read, Grep"\n', ("Bash", "Read"), 'tools: "Bash, Read"\n'),
        ("tools: Read,\n  Grep\n", ("Read", "Bash"), "tools: Read,Bash\n"),
        ("tools: Read\n", ("Bash(git log:*)", "Task(a, b)"), "tools: Bash(git log:*), Task(a, b)\n"),
        ("tools: Read\n", ("*",), 'tools: "*"\n'),
        ("tools: Read\n", ("mcp__a__b", "mcp__*"), "tools: mcp__a__b, mcp__*\n"),
        ("tools: [Read, Grep] # c\n", ("Read", "Bash"), "tools: [Read, Bash] # c\n"),
        ("tools: ['Read',\"Grep\"]\n", ("Grep", "Bash"), "tools: [\"Grep\",'Bash']\n"),
        ("tools: [\n  Read,\n  Grep,\n]\n", ("Read", "Bash"), "tools: [\n  Read,\n  Bash,\n]\n"),
        ("tools: []\n", ("Read",), "tools: [Read]\n"),
        ("tools:\n", ("Read", "Grep"), "tools: Read, Grep\n"),
        ("tools: # c\n", ("Read", "Grep"), "tools: Read, Grep # c\n"),
        ("tools: ~\n", ("Read",), "tools: Read\n"),
        ('tools: ""\n', ("Read",), 'tools: "Read"\n'),
        ("tools: true\n", ("Read",), "tools: Read\n"),
        ("tools: {a: b}\n", ("Read",), "tools: [Read]\n"),
        ("tools: |\n  Read\n", ("Grep",), "tools: Grep\n"),
    ],
)
def test_on_one_line(before: str, items: tuple[str, ...], after: str, newline: str) -> None:
    assert header_after(before + "name: a\n", items, newline=newline) == (after + "name: a\n").replace("\n", newline)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("before", "items", "after"),
    [
        ("tools:\n  - Read\n  - Grep\n", ("Read", "Grep", "Bash"), "tools:\n  - Read\n  - Grep\n  - Bash\n"),
        ("tools:\n- Read\n- Grep\n", ("Grep", "Bash"), "tools:\n- Grep\n- Bash\n"),
        (
            "tools: # c\n  - Read # one\n  - Grep # two\n",
            ("Grep", "Read"),
            "tools: # c\n  - Grep # two\n  - Read # one\n",
        ),
        ("tools:\n  - Read # one\n  - Grep # two\n", ("Read", "Bash"), "tools:\n  - Read # one\n  - Bash\n"),
        ("tools:\n  - 'Read'\n", ("Read", "Bash"), "tools:\n  - 'Read'\n  - 'Bash'\n"),
        ("tools:\n  # above\n  - Read\n  - Grep\n", ("Grep",), "tools:\n  # above\n  - Grep\n"),
        (
            "tools:\n  - Read\n  # between\n  - Grep\n",
            ("Read", "Grep", "X"),
            "tools:\n  - Read\n  # between\n  - Grep\n  - X\n",
        ),
        ("tools:\n  - Read\n\n# after\n", ("Bash",), "tools:\n  - Bash\n\n# after\n"),
        ("tools:\n  - Read\n  - 5\n", ("Read", "Bash"), "tools:\n  - Read\n  - Bash\n"),
        ("tools:\n    -   Read\n    -   Grep\n", ("Read",), "tools:\n    -   Read\n"),
    ],
)
def test_over_several_lines(before: str, items: tuple[str, ...], after: str, newline: str) -> None:
    assert header_after(before + "name: a\n", items, newline=newline) == (after + "name: a\n").replace("\n", newline)


@pytest.mark.parametrize(
    "before", ["tools: Read\n", "tools: [Read]\n", "tools:\n  - Read\n", "tools: 'Read'\n", "tools: |\n  Read\n"]
)
def test_an_empty_list_is_written_as_such(before: str) -> None:
    assert header_after(before + "name: a\n", ()) == "tools: []\nname: a\n"


def test_a_comment_beside_the_key_survives_an_empty_list() -> None:
    assert "# mine" in header_after("tools: # mine\n  - Read\nname: a\n", ())


def test_a_list_in_a_nested_form() -> None:
    assert (
        header_after("tools:\n  - [Read, Grep]\n  - Bash\nname: a\n", ("Bash", "X"))
        == "tools:\n  - Bash\n  - X\nname: a\n"
    )
    assert header_after("tools:\n  Read: true\nname: a\n", ("Read",)) == "tools: [Read]\nname: a\n"


def test_in_braces() -> None:
    assert header_after("{name: a, tools: [Read]}\n", ("Read", "X")) == "{name: a, tools: [Read, X]}\n"
    assert header_after("{name: a, tools: Read}\n", ("X", "Y")) == '{name: a, tools: "X, Y"}\n'


def test_where_only_the_host_repairs_the_header() -> None:
    assert header_after("description: a: b\ntools: Read, Grep\n", ("X", "Y")) == "description: a: b\ntools: X, Y\n"
    assert header_after("description: a: b\ntools: [Read]\n", ("X",)) == "description: a: b\ntools: [X]\n"
    before = "description: a: b\ntools:\n  - Read # c\n  - Grep\n"
    assert header_after(before, ("Grep", "X")) == "description: a: b\ntools:\n  - Grep\n  - X\n"


@pytest.mark.parametrize("item", ["two words", "a,b", "", " x"])
@pytest.mark.parametrize("before", ["tools: Read\n", "tools: [Read]\n", "tools:\n  - Read\n", "name: a\n"])
def test_an_item_that_the_host_would_split_is_refused(before: str, item: str) -> None:
    with pytest.raises(EditRefused):
        with_field(headed(before), "tools", ("Read", item))


@pytest.mark.parametrize("items", [(), ("Read",), ("Read", "Grep"), ("Bash(a b, c)",), ("*",), ("Read", "Read")])
@pytest.mark.parametrize(
    "before", ["tools: X\n", "tools: [X, Y]\n", "tools:\n  - X\n  - Y # c\n", "tools:\n", "tools: {}\n", "model: x\n"]
)
def test_any_list_fits_any_form(before: str, items: tuple[str, ...]) -> None:
    assert header_after(f"name: a\n{before}# end\n", items).endswith("# end\n")
