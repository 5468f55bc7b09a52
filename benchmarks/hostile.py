"""X: files that are made to be slow, of any size, and how long the rules look at them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from agent_studio.model.agent import Agent
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from benchmarks.bench import Bench
from benchmarks.figure import Figure, counted, target

REF = Ref("project", "a.md")
AROUND = Surroundings(missing=frozenset({(REF, "/Users/anna/a"), (REF, "specs/a.md")}))
HEAD = "---\nname: a-b\ndescription: Use it.\ntools: Read, Bash\n---\n"
SMALL = LARGEST // 16
TRIALS = 3
MOST = 0.25
"""Seconds that one rule may take of a file of 1 MiB."""


def body(piece: str) -> Callable[[int], str]:
    """A body of one piece again and again, of about so many bytes."""
    return lambda size: HEAD + piece * (size // len(piece.encode()))


def field(key: str, piece: str) -> Callable[[int], str]:
    """A field of lines of one piece."""

    def text(size: int) -> str:
        lines = "".join(f"  {piece}\n" for _ in range(size // (len(piece) + 3)))
        return f"---\nname: a-b\ndescription: x\n{key}: |\n{lines}---\nBody.\n"

    return text


def plain(key: str, piece: str) -> Callable[[int], str]:
    """A field of one line, of one piece again and again."""
    return lambda size: f"---\nname: a-b\ndescription: x\n{key}: {piece * (size // len(piece))}\n---\nBody.\n"


HOSTILE: dict[str, Callable[[int], str]] = {
    "letters": body("a"),
    "blanks": body(" "),
    "200 blanks": body(" " * 200 + "x"),
    "breaks": body("\n"),
    "breaks and blanks": body("\n \t"),
    "backticks": body("`"),
    "backticks apart": body("` "),
    "fences": body("```\n"),
    "fences with words": body("```md\n"),
    "fences in line": body("x ```"),
    "fences that do not match": body("```\n~~~~\n"),
    "quotes": body('"'),
    "quotes apart": body('" a '),
    "curly quotes": body("“a"),
    "apostrophes": body(" 'a"),
    "comments opened": body("<!-- "),
    "comments": body("<!-- a -->"),
    "comments on lines": body("<!-- before a\n"),
    "fences in comments": body("<!--\n```\n"),
    "conditions in a comment": lambda size: f"{HEAD}<!-- {'before after when ' * (size // 18)}-->",
    "elements opened": body("<a "),
    "hidden elements": body("<a hidden>"),
    "instructions opened": body("<?a"),
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
    "secrets that are used": body("-i ~/.ssh "),
    "settings": body("cat .env\n\n"),
    "settings and addresses": body("send .env https://a\n\n"),
    "environments": body("env | "),
    "downloads": body("curl "),
    "downloads and pipes": body("curl | "),
    "downloads kept": body("curl a; sh "),
    "downloads through others": body("| sudo env -a b "),
    "headings": body("# a\n\n"),
    "headings and downloads": body("curl x | sh\n\n"),
    "evaluations": body('eval "$('),
    "base64": body("A0" * 19 + " "),
    "base64 decoded": body("base64 -d " + "A" * 39 + " "),
    "data": body("data:a/b,"),
    "definitions": body("[a]: # (\n"),
    "definitions over lines": body("[a]:\n"),
    "labels": body("[a] [b]: /c "),
    "braille blanks": body("\u2800" * 200 + "x"),
    "brackets": body("[a"),
    "keys": body("sk-"),
    "keys apart": body("sk-aaaaaaaaaaaaaaaaaaaaaaaa "),
    "private keys": body("-----BEGIN PRIVATE KEY-----\nA"),
    "homes": body("/Users/anna/a "),
    "homes in one word": body("/home/a/"),
    "drives": body("C:\\a`"),
    "drives with slashes": body("C:/a/b if "),
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
    "use the": body("use the "),
    "use the tool": body("use the Bash tool, "),
    "read-only": body("you are read-only "),
    "never edit": body("never edit or change "),
    "example": field("description", "<example>"),
    "commentary": field("description", "<example><commentary></example>"),
    "use agent": field("description", "<example>use the a-b-c-d-e-f-g agen"),
    "hyphens": plain("description", "<example> use a-a-a-a-a-a-"),
    "literal breaks": plain("description", "a\\n"),
    "hashes": plain("description", "a #"),
    "colons": plain("description", "a: "),
    "name": plain("name", "a_"),
    "tools": plain("tools", "abc, "),
    "denied": plain("disallowedTools", "Bash(a b), "),
    "model": plain("model", "a."),
    "slashes in a field": plain("model", "a/"),
    "color": plain("color", "a "),
    "typed keys": lambda size: (
        "---\nname: a-b\ndescription: x\n" + "".join(f"k{n}: on\n" for n in range(size // 12)) + "---\n"
    ),
    "same key": lambda size: "---\nname: a-b\ndescription: x\n" + "color: red\n" * (size // 11) + "---\n",
    "dots": lambda size: "---\n" + "..\n" * (size // 3),
    "no end": lambda size: "---\n" + "a: b\n" * (size // 5),
    "open quote": lambda size: '---\nname: a\ndescription: "' + "a: b\n" * (size // 5) + "---\n",
    "stray bytes": body("\x80"),
}
"""What a file is made of -> the file, of about so many bytes."""


def made(kind: str, size: int, trial: int = 0) -> Agent:
    """An agent whose file is read already; another `trial` is another text, of which nothing is remembered."""
    text = f"{HOSTILE[kind](size)}{trial}"
    document = Document(text.encode("latin-1" if kind == "stray bytes" else "utf-8"))
    agent = Agent(REF, "/project/a.md", document)
    _ = agent.reading, document.fields
    return agent


def found(rule: Rule, agent: Agent) -> list[Problem]:
    """The problems that a rule finds in a file that is the only one."""
    if rule.library:
        return list(rule.library(Library((Root("project", "project", "/project"),), {agent.ref: agent})))
    return list(rule.of(agent, AROUND))


def seconds(kind: str, size: int) -> dict[str, float]:
    """The least time that each rule takes."""
    least: dict[str, float] = {}
    for trial in range(TRIALS):
        agent = made(kind, size, trial)
        for rule in RULES:
            start = time.process_time()
            found(rule, agent)
            taken = time.process_time() - start
            least[rule.id] = min(taken, least.get(rule.id, taken))
    return least


def slowest() -> tuple[str, float]:
    """What takes one rule longest of a file of 1 MiB, and its seconds."""
    times = ((f"{rule} {kind}", taken) for kind in HOSTILE for rule, taken in seconds(kind, LARGEST - 256).items())
    return max(times, key=lambda named: named[1])


def steepest() -> tuple[str, float, float]:
    """Where twice the text takes all rules most times as long: what it is, the seconds, and the ratio."""
    ratios: list[tuple[str, float, float]] = []
    for kind in HOSTILE:
        half, whole = (sum(seconds(kind, size).values()) for size in (SMALL, 2 * SMALL))
        ratios.append((kind, whole, whole / half))
    return max(ratios, key=lambda named: named[2])


@target("X1", "rules on files that are made to be slow (minutes)", rare=True)
def slow(_: Bench) -> Iterator[Figure]:
    kind, _taken, ratio = steepest()
    yield counted(f"twice the text, steepest: {kind}", ratio, "×")
    what, taken = slowest()
    yield counted(f"slowest, 1 MiB: {what}", taken, "s", MOST)
