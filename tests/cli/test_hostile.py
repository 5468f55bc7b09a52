"""Text from files reaches no terminal and no pipe as control characters, whatever the verb and the form."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from agent_studio.cli.output import Piece
from agent_studio.cli.plain import escaped, plain, plain_line
from agent_studio.cli.table import aligned, cut
from tests.cli.runs import Cli, Run, install, write

PAYLOAD = "\x1b]52;c;UFdORUQ=\x07\x1b[31m\x9b1m\x9d0;t\x07\x7f\b\x0b\u202e\u200b\u2028\U000e0041"
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)

VERBS = [
    ("list",),
    ("list", "--all"),
    ("list", "--columns", "name,description,path,reason,initialPrompt"),
    ("list", "--format", "json"),
    ("list", "--format", "jsonl"),
    ("show", "FILE"),
    ("show", "FILE", "--format", "json"),
    ("set", "color=red"),
    ("set", "description=" + PAYLOAD),
    ("unset", "color"),
    ("unset", "other"),
    ("set", "nothing" + PAYLOAD + "=1"),
    ("diff", "FILE", "OTHER"),
    ("diff", "FILE", "OTHER", "--fields"),
    ("diff", "FILE", "OTHER", "--format", "json"),
    ("rename", "FILE", "fresh"),
    ("rename", "FILE", "fresh" + PAYLOAD, "--file"),
    ("new", "fresh" + PAYLOAD),
    ("delete", "FILE"),
    ("list", "--sort", "name", "--columns", "name,standing,losses"),
    ("list", "--agents", '{"x": "' + PAYLOAD),
    ("list", "--add-dir", "missing" + PAYLOAD),
    ("budget",),
    ("budget", "--format", "json"),
    ("budget", "--format", "jsonl"),
    ("budget", "--without", "FILE", "--without", "OTHER"),
    ("budget", "--without", "missing" + PAYLOAD),
    ("park", "FILE", "OTHER"),
    ("park", "FILE", "--yes"),
    ("copy", "OTHER", "--to", "user"),
    ("copy", "FILE", "--to", "new" + PAYLOAD),
    ("copy", "extras:evil", "--to", "user"),
    ("lint",),
    ("lint", "--statistics"),
    ("lint", "--diff", "--unsafe-fixes"),
    ("lint", "--fix", "--unsafe-fixes"),
    ("lint", "--format", "json"),
    ("lint", "--format", "jsonl"),
    ("lint", "--format", "sarif"),
    ("lint", "--format", "github"),
    ("lint", "--select", "L" + PAYLOAD),
    ("lint", "missing" + PAYLOAD),
    ("explain", "L" + PAYLOAD),
    ("show", "missing" + PAYLOAD),
    ("list", "missing" + PAYLOAD),
    ("missing" + PAYLOAD,),
]


def yaml(text: str) -> str:
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


@pytest.fixture
def hostile(project: Path, home: Path) -> tuple[str, str]:
    """Two agents with the payload in every place; their paths."""
    name = "evil" + PAYLOAD.replace("\0", "") + os.fsdecode(b"\xff") + "\nagent-studio: all is well.md"
    header = f"name: {yaml('x' + PAYLOAD)}\ndescription: {yaml(PAYLOAD + 'd')}\ncolor: {yaml(PAYLOAD)}\n"
    header += f"initialPrompt: {yaml(PAYLOAD)}\n{yaml('key' + PAYLOAD)}: {yaml(PAYLOAD)}\nmodel: {yaml(PAYLOAD)}\n"
    first = write(project / name, f"---\n{header}---\n{PAYLOAD}\n\r{PAYLOAD}".encode())
    other = write(
        project / f"other{PAYLOAD}/b.md", f"---\nname: other\ndescription: {PAYLOAD}\nother: x\n---\n".encode()
    )
    install(home / ".claude", "extras", {f"{PAYLOAD}\nevil.md": f"---\nname: evil\n{header[5:]}---\n".encode()})
    return str(first), str(other)


def leaks(run: Run) -> list[str]:
    """The forbidden characters among what was printed."""
    return FORBIDDEN.findall(run.out) + FORBIDDEN.findall(run.err)


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_no_control_character_gets_through(hostile: tuple[str, str], cli: Cli, verb: tuple[str, ...]) -> None:
    words = [{"FILE": hostile[0], "OTHER": hostile[1]}.get(word, word) for word in verb]
    run = cli(*words)
    assert run.raw or run.err
    assert leaks(run) == []
    assert not run.err.startswith("agent-studio: all is well")
    assert "\nagent-studio: all is well" not in run.err + run.out


def test_no_control_character_gets_through_after_parking(hostile: tuple[str, str], cli: Cli) -> None:
    assert cli("park", *hostile, "--yes").code == 0
    for words in (("list",), ("unpark", f"{hostile[0]}.parked", "--yes"), ("unpark", f"{hostile[1]}.parked", "--yes")):
        run = cli(*words)
        assert run.code == 0
        assert leaks(run) == []
        assert "\nagent-studio: all is well" not in run.err + run.out


def test_no_control_character_gets_through_what_is_remembered(hostile: tuple[str, str], cli: Cli) -> None:
    assert cli("rename", hostile[0], "fresh" + PAYLOAD, "--name", "--yes").code == 0
    assert cli("set", "description=other" + PAYLOAD, hostile[1], "--yes").code == 0
    assert cli("delete", *hostile, "--yes").code == 0
    found = json.loads(cli("undo", "--list", "--format", "json").out)["operations"]
    assert len(found) == 3
    for words in (
        ("undo", "--list"),
        ("undo", "--list", "--format", "jsonl"),
        ("undo",),
        ("undo", found[1]["id"]),
        ("undo", found[2]["id"], "--merge"),
        ("history", hostile[0]),
        ("history", hostile[0], "--format", "json"),
        ("history", hostile[0], "--diff", found[2]["id"]),
        ("history", "missing" + PAYLOAD),
        ("restore", hostile[0], found[0]["id"]),
        ("restore", hostile[0], found[0]["id"], "--before", "--yes"),
        ("undo", "missing" + PAYLOAD),
        ("undo", "--yes"),
        ("redo",),
        ("redo", "--list"),
    ):
        run = cli(*words)
        assert run.raw or run.err
        assert leaks(run) == []
        assert "\nagent-studio: all is well" not in run.err + run.out
    for words in (("undo", "--list"), ("history", hostile[0])):
        run = cli(*words, "--format", "tsv")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028]", run.out)
        assert {line.count("\t") for line in run.lines} == {3}


@pytest.mark.parametrize("shape", ["tsv", "paths"])
def test_forms_for_programs_escape_what_a_terminal_obeys(hostile: tuple[str, str], cli: Cli, shape: str) -> None:
    run = cli("list", "--format", shape)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028]", run.out)
    assert any(r"\x1b]52;c;UFdORUQ=\x07\x1b[31m\x9b1m" in line for line in run.lines)
    assert len(run.lines) == len(cli("list", "--format", "jsonl").lines) + (shape == "tsv")


def test_only_our_own_styles_reach_a_terminal_in_color(hostile: tuple[str, str], cli: Cli) -> None:
    for words in (
        ("list",),
        ("budget",),
        ("park", hostile[0]),
        ("show", hostile[0]),
        ("set", "color=red"),
        ("diff", *hostile, "--fields"),
        ("lint",),
        ("lint", "--statistics"),
        ("lint", "--diff", "--unsafe-fixes"),
    ):
        run = cli(*words, "--color", "always")
        assert "\x1b[" in run.out
        assert FORBIDDEN.findall(re.sub(r"\x1b\[[0-9;]*m", "", run.out)) == []
        assert "\x1b[31m\x1b" not in run.out


@given(st.text())
def test_plain_text_has_nothing_hidden(text: str) -> None:
    assert not [c for c in plain(text) if unicodedata.category(c) in {"Cc", "Cf", "Cs"} and c not in "\n\t"]
    assert not [c for c in plain_line(text) if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
    plain(text).encode()


@given(st.text())
def test_escaped_text_is_on_one_line_and_encodable(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f]", escaped(text))
    escaped(text).encode()
    assert len(escaped(text).splitlines()) <= 1


@given(st.text(), st.integers(1, 40))
def test_cut_text_fits(text: str, most: int) -> None:
    shown = plain_line(text)
    assert cell_len(cut(shown, most)) <= most or cell_len(shown) != len(shown)
    assert cut(shown, 10_000) == shown


@given(
    st.lists(st.tuples(*[st.text(st.characters(codec="ascii"), max_size=30)] * 4), max_size=6),
    st.one_of(st.none(), st.integers(25, 120)),
)
def test_columns_are_aligned_and_fit(rows: list[tuple[str, ...]], width: int | None) -> None:
    titles = ["A", "B", "C", "D"]
    lines = ["".join(p.text for p in line) for line in aligned(titles, [[*map(Piece, row)] for row in rows], width)]
    assert len(lines) == len(rows) + 1
    assert width is None or max(map(cell_len, lines)) <= width
    start = lines[0].index("B")
    assert all(line[start - 2 : start] == "  " for line in lines)
