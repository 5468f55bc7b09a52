"""The rows of the list: columns for every width, ages, and words for what is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from agent_studio.model.age import age
from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Severity
from agent_studio.model.document import Document
from agent_studio.model.ref import Ref
from agent_studio.ui.agent_row import Columns, Row, header, reason_word


def agent(name: str) -> Agent:
    text = f"---\nname: {name}\ndescription: about it\n---\n"
    return Agent(Ref("user", "a.md"), "/user/a.md", Document(text.encode()))


@given(st.integers(30, 200))
def test_every_row_fits_its_width_and_its_columns(width: int) -> None:
    columns = Columns.of(width)
    titles = "".join(piece.text for piece in header(columns))
    for name in ("short", "n" * 90, "日本語" * 20):
        row = Row(agent(name), 9e5, "project", draft=True, outside=True, twins=12)
        text = "".join(piece.text for piece in row.pieces(columns))
        assert cell_len(text.rstrip()) <= width
        assert cell_len(text.partition("●")[0]) == titles.index("STATE")
    assert len(titles.rstrip()) <= width


@given(st.integers(30, 199))
def test_columns_come_back_in_order_as_there_is_room(width: int) -> None:
    columns, wider = Columns.of(width), Columns.of(width + 1)
    shown = [bool(columns.tools), bool(columns.age), bool(columns.scope)]
    assert shown == sorted(shown, reverse=True)
    assert sum(shown) <= sum([bool(wider.tools), bool(wider.age), bool(wider.scope)])


def test_columns_of_the_usual_widths() -> None:
    def titles(width: int) -> list[str]:
        return "".join(piece.text for piece in header(Columns.of(width))).split()

    assert titles(80) == ["NAME", "MODEL", "TOOLS", "SCOPE", "AGE", "STATE"]
    assert titles(46) == ["NAME", "MODEL", "STATE"]
    assert titles(60) == ["NAME", "MODEL", "TOOLS", "AGE", "STATE"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "now"),
        (59, "now"),
        (60, "1m"),
        (3_599, "59m"),
        (7_200, "2h"),
        (86_400 * 9, "9d"),
        (86_400 * 30, "1mo"),
        (86_400 * 364, "12mo"),
        (86_400 * 365, "1y"),
    ],
)
def test_age(seconds: float, said: str) -> None:
    assert age(seconds) == said


@given(st.floats(-1e10, 1e10))
def test_age_is_short(seconds: float) -> None:
    assert len(age(seconds)) <= 4


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (b"---\nname: a\ndescription: b: c\n - d\n---\n", "yaml"),
        (b"---\nname: a\ndescription: b\n", "fence"),
        (b"----\nname: a\ndescription: b\n---\n", "fence"),
        (b"\xff\xfe-\x00", "utf16"),
        (b"---\n\x00", "binary"),
        (b"", "empty"),
        (b"---\nname: a\n---\n", "description"),
        (b"---\ndescription: a\n---\n", "name"),
        (b"---\nname: a:b\ndescription: c\n---\n", "name"),
        (b"---\nname: a\ndescription: b\nhooks: c\n---\n", "hooks"),
        (b"---\nname: a\ndescription: b --- c\n---\n", "fence"),
        (b"---\nname: a\ndescription: b\ncolor: magenta\n---\n", "color"),
        (b"---\nname: a\ndescription: b\ntools: []\n---\n", "tools"),
        (b"---\nname: a\ndescription: b\npermissionMode: never\n---\n", "permissionMode"),
        (b"---\nname: a\ndescription: b\n---\n", ""),
    ],
)
def test_reason_word(text: bytes, word: str) -> None:
    assert reason_word(Agent(Ref("user", "a.md"), "/a.md", Document(text))) == word


def test_a_file_that_cannot_be_read_is_unreadable() -> None:
    assert reason_word(replace(agent("a"), trouble="no permission to read it")) == "unreadable"


@pytest.mark.parametrize(
    ("fields", "worst", "said"),
    [
        ("", None, []),
        ("", "error", [("✖3", "error")]),
        ("", "high", [("⚑3", "error")]),
        ("", "info", [("·3", "muted")]),
        ("color: mauve\n", "info", [("⚠ color", "warning")]),
        ("tools: []\n", "error", [("✖ tools", "error")]),
        ("hooks: 5\n", "error", [("✖ hooks", "error")]),
    ],
)
def test_a_row_counts_its_problems_unless_it_says_what_is_lost(
    fields: str, worst: Severity | None, said: list[tuple[str, str]]
) -> None:
    document = Document(f"---\nname: a\ndescription: about it\n{fields}---\n".encode())
    row = Row(replace(agent("a"), document=document), worst=worst, found=3 if worst else 0)
    assert [(piece.text, piece.kind) for piece in row.state()] == said
