"""The fixtures of the rules as libraries: a file is one project agent, a folder holds files or scopes."""

from __future__ import annotations

from pathlib import Path

from agent_studio.model.agent import Agent
from agent_studio.model.checks.problem import Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.checks.rules.s040_changed_since_review import fingerprint
from agent_studio.model.checks.surroundings import Surroundings
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.library import Library
from agent_studio.model.ref import SCOPES, Ref, Root

FIXTURES = Path(__file__).parent / "fixtures"
REVIEWED = fingerprint(Document(b"---\ntools: Read, Grep\n---\n"))


class _Paths:
    """Paths that are missing, whoever names them."""

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def __contains__(self, named: tuple[Ref, str], /) -> bool:
        return named[1] in self.paths


AROUND = Surroundings(
    skills={"project": frozenset({"pdf"})},
    servers={"project": frozenset({"github"})},
    missing=_Paths(
        "F:\\Work\\Old App\\.claude\\agent-memory\\reviewer\\",
        "C:/Users/anna/app/notes.md",
        "D:\\programming\\notes.md",
        "/mnt/d/work/.claude/agent-memory/reviewer/",
        "/Users/anna/tools/check.sh",
        "/home/anna/.claude/agent-memory/reviewer/",
        "references/tasks.md",
        "./specs/003-todo/tasks.md",
        "specs/003-todo/tasks.md",
    ),
    reviewed={
        Ref("project", f"{name}.md"): REVIEWED
        for name in ("bad-more-tools", "bad-restriction-gone", "good-as-reviewed", "good-other-text")
    },
)
"""The machine on which the fixtures are judged."""

_HEAD = b"---\nname: code-reviewer\ndescription: Use this agent to review changes.\n---\n"
MADE: dict[str, dict[str, bytes]] = {
    "L006": {
        "bad-one-byte-over.md": _HEAD.ljust(LARGEST + 1, b"x"),
        "bad-twice.md": _HEAD * (2 * LARGEST // len(_HEAD)),
        "good-boundary-1-mib.md": _HEAD.ljust(LARGEST, b"x"),
    }
}
"""Fixtures that are too large to be files."""


def names(rule: str) -> list[str]:
    """The names of a rule's fixtures."""
    folder = FIXTURES / rule
    return sorted([*MADE.get(rule, ()), *(path.name for path in folder.iterdir())] if folder.is_dir() else [])


def library(rule: str, name: str) -> Library:
    """A fixture as a library."""
    path = FIXTURES / rule / name
    if not path.is_dir():
        data = MADE.get(rule, {}).get(name)
        return _library({("project", name): path.read_bytes() if data is None else data})
    files = sorted(file for file in path.rglob("*") if file.is_file())
    return _library({_place(file.relative_to(path)): file.read_bytes() for file in files})


def _place(path: Path) -> tuple[str, str]:
    """The scope and the path below it: `user/a.md` is a file of the user, `team/a.md` one of the project."""
    if path.parts[0] in SCOPES:
        return path.parts[0], "/".join(path.parts[1:])
    return "project", path.as_posix()


def _library(files: dict[tuple[str, str], bytes]) -> Library:
    roots = tuple(
        Root(scope, scope, f"/{scope}/.claude/agents", plugin="kit" if scope == "plugin" else None) for scope in SCOPES
    )
    return Library(
        roots, {ref: _agent(ref, data) for (scope, path), data in files.items() for ref in [Ref(scope, path)]}
    )


def _agent(ref: Ref, data: bytes) -> Agent:
    plugin = "kit" if ref.root == "plugin" else None
    document = Document(data[:LARGEST], len(data) <= LARGEST)
    return Agent(ref, f"/{ref.root}/.claude/agents/{ref.path}", document, plugin=plugin)


def found(rule: Rule, held: Library) -> list[Problem]:
    """What a rule says of a library."""
    if rule.library:
        return list(rule.library(held))
    return [problem for agent in held for problem in rule.of(agent, AROUND)]
