"""No input makes a rule raise, or take more than a little longer than an input half as long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import fixed
from agent_studio.model.checks.rule import Rule
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from tests.model.checks import cases
from tests.model.documents import agent
from tests.model.headers import anything


@given(anything, anything)
def test_no_rule_raises(one: bytes, other: bytes) -> None:
    agents = [agent(one), agent(other, "b.MD"), agent(one, ".c copy.md")]
    library = Library((Root("project", "project", "/project"),), {held.ref: held for held in agents})
    for rule in RULES:
        for problem in cases.found(rule, library):
            assert 0 <= problem.start <= problem.end <= len(library.agents[problem.ref].document.text)


@given(anything)
def test_safe_fixes_never_make_a_file_worse(data: bytes) -> None:
    held = agent(data)
    rules = [rule for rule in RULES if not rule.experimental]
    document = fixed(held, rules)
    assert fixed(agent(document), rules) == document
    assert agent(document).verdict.loads >= held.verdict.loads


@given(anything)
def test_unsafe_fixes_never_raise(data: bytes) -> None:
    fixed(agent(data), RULES, unsafe=True)


HEAD = "---\nname: a-b\ndescription: Use it.\ntools: Read, Bash\n---\n"


def body(piece: str) -> Callable[[int], str]:
    return lambda size: HEAD + piece * (size // len(piece))


def field(key: str, piece: str) -> Callable[[int], str]:
    def text(size: int) -> str:
        lines = "".join(f"  {piece}\n" for _ in range(size // (len(piece) + 3)))
        return f"---\nname: a-b\ndescription: x\n{key}: |\n{lines}---\nBody.\n"

    return text


def plain(key: str, piece: str) -> Callable[[int], str]:
    return lambda size: f"---\nname: a-b\ndescription: x\n{key}: {piece * (size // len(piece))}\n---\nBody.\n"


HOSTILE = {
    "letters": body("a"),
    "blanks": body(" "),
    "breaks": body("\n"),
    "use the": body("use the "),
    "use the tool": body("use the Bash tool, "),
    "read-only": body("you are read-only "),
    "never edit": body("never edit or change "),
    "example": field("description", "<example>"),
    "commentary": field("description", "<example><commentary></example>"),
    "use agent": field("description", "<example>use the a-b-c-d-e-f-g agen"),
    "hyphens": plain("description", "<example> use a-a-a-a-a-a-"),
    "escapes": plain("description", "a\\n"),
    "hashes": plain("description", "a #"),
    "colons": plain("description", "a: "),
    "name": plain("name", "a_"),
    "tools": plain("tools", "abc, "),
    "denied": plain("disallowedTools", "Bash(a b), "),
    "model": plain("model", "a."),
    "slashes": plain("model", "a/"),
    "color": plain("color", "a "),
    "keys": lambda size: (
        "---\nname: a-b\ndescription: x\n" + "".join(f"k{n}: on\n" for n in range(size // 12)) + "---\n"
    ),
    "same key": lambda size: "---\nname: a-b\ndescription: x\n" + "color: red\n" * (size // 11) + "---\n",
    "dots": lambda size: "---\n" + "..\n" * (size // 3),
    "no end": lambda size: "---\n" + "a: b\n" * (size // 5),
    "open quote": lambda size: '---\nname: a\ndescription: "' + "a: b\n" * (size // 5) + "---\n",
    "stray bytes": body("\x80"),
}


def seconds(rules: list[Rule], text: str, encoding: str) -> float:
    """The least time of three in which rules look at a file that is read already."""
    times = []
    for trial in range(3):
        document = Document(f"{text}{trial}".encode(encoding))  # another text each time: nothing is remembered
        held = Agent(Ref("project", "a.md"), "/project/a.md", document)
        _ = held.reading, held.document.fields
        library = Library((Root("project", "project", "/project"),), {held.ref: held})
        start = time.process_time()
        for rule in rules:
            cases.found(rule, library)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_twice_as_long_takes_at_most_a_little_more_than_twice_as_long(kind: str) -> None:
    rules = [rule for rule in RULES if rule.family in "LNDTM"]
    encoding = "latin-1" if kind == "stray bytes" else "utf-8"
    small, large = (seconds(rules, HOSTILE[kind](size), encoding) for size in (LARGEST // 16, LARGEST // 8))
    assert large < 0.05 or large <= 2.5 * small
