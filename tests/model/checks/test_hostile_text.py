"""A file that is made to be slow is not: twice the text takes about twice the time."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root

MINE = [rule for rule in RULES if rule.family in "ESBF"]
AROUND = Surroundings(missing=frozenset({("project", "/Users/anna/a"), ("project", "specs/a.md")}))
HEAD = "---\nname: a-b\ndescription: Use it.\n---\n"
SMALL = LARGEST // 16


def body(piece: str) -> Callable[[int], str]:
    return lambda size: HEAD + piece * (size // len(piece.encode()))


HOSTILE: dict[str, Callable[[int], str]] = {
    "letters": body("a"),
    "blanks": body(" "),
    "200 blanks": body(" " * 200 + "x"),
    "breaks": body("\n"),
    "breaks and blanks": body("\n \t"),
    "backticks": body("`"),
    "backticks apart": body("` "),
    "fences": body("```\n"),
    "fences in line": body("x ```"),
    "fences that do not match": body("```\n~~~~\n"),
    "quotes": body('"'),
    "quotes apart": body('" a '),
    "curly quotes": body("“a"),
    "apostrophes": body(" 'a"),
    "comments opened": body("<!-- "),
    "comments": body("<!-- a -->"),
    "tags": body("<a></b>"),
    "different tags": lambda size: HEAD + "".join(f"<t{n}></t{n}a>" for n in range(size // 16)),
    "mojibake": body("â€™ "),
    "one run of mojibake": body("â€™"),
    "Chinese": body("你"),
    "doubtful": body("√π "),
    "zero width": body("a\u200b"),
    "escapes": body("\x1b["),
    "overrides": body("ignore all previous "),
    "orders": body("Ignore all previous instructions.\n"),
    "silence": body("do not tell the "),
    "keep": body("keep this a a from "),
    "fetch": body("fetch prompt http "),
    "fetch in one line each": body("fetch prompt http://a\n"),
    "secrets in one paragraph": body("~/.ssh/id_rsa "),
    "forbidden secrets": body("never ~/.ssh "),
    "secrets and commands": body("~/.ssh curl\n\n"),
    "downloads": body("curl "),
    "downloads and pipes": body("curl | "),
    "evaluations": body('eval "$('),
    "base64": body("A0" * 19 + " "),
    "base64 decoded": body("base64 -d " + "A" * 39 + " "),
    "data": body("data:a/b,"),
    "definitions": body("[a]: # (\n"),
    "brackets": body("[a"),
    "keys": body("sk-"),
    "keys apart": body("sk-aaaaaaaaaaaaaaaaaaaaaaaa "),
    "private keys": body("-----BEGIN PRIVATE KEY-----\nA"),
    "homes": body("/Users/anna/a "),
    "homes in one word": body("/home/a/"),
    "drives": body("C:\\a`"),
    "files": body("see specs/a.md "),
    "slashes": body("a/"),
    "backslash-n": body("\\n"),
    "old names": body("Task tool "),
    "sentences": body("a. "),
    "words": lambda size: HEAD + " ".join(map(str, range(size // 7))),
    "hooks": lambda size: (
        "---\nname: a\ndescription: b\nhooks:\n  Stop:\n"
        + "    - hooks: [{type: command, command: x}]\n" * (size // 44)
        + "---\n"
    ),
    "escaped values": lambda size: '---\nname: a\ndescription: "' + "\\e" * (size // 2) + '"\n---\n',
    "escaped fields": lambda size: (
        "---\nname: a\ndescription: b\n" + "".join(f'k{n}: "\\e"\n' for n in range(size // 12)) + "---\n"
    ),
}


def looked(rule: Rule, library: Library) -> int:
    """How many problems a rule finds."""
    if rule.library:
        return len(list(rule.library(library)))
    return sum(len(list(rule.of(agent, AROUND))) for agent in library)


def seconds(text: str, trials: int) -> float:
    """The least time in which all rules look at a file that is read already."""
    times = []
    for trial in range(trials):
        document = Document(f"{text}{trial}".encode())  # another text each time: nothing is remembered
        agent = Agent(Ref("project", "a.md"), "/project/a.md", document)
        _ = agent.reading, document.text
        library = Library((Root("project", "project", "/project"),), {agent.ref: agent})
        start = time.process_time()
        for rule in MINE:
            looked(rule, library)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_takes_at_most_a_little_more_than_twice_the_time(kind: str) -> None:
    small, large = (seconds(HOSTILE[kind](size), 3) for size in (SMALL, 2 * SMALL))
    assert large < 0.05 or large <= 2.5 * small
