"""Sizes, names and docstrings stay within the limits that keep the code easy to read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.source import Function, Source, definitions, sources

FILE_LINES = 400
CLASS_LINES = 300
BODY_LINES = 40
BANNED = re.compile(r"(?:manager|handler|helper|util|utilitie|base|processe|process)s?|utility")
WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

EXCEPTIONS: dict[str, str] = {}
"""Where a limit fights clarity: the subject of the finding (as `agent_studio/ui/app.py Studio.on_mount`), and why."""

Finding = tuple[str, str]
"""What a limit is broken by (a path, or a path and a dotted name), and how."""


def body_lines(function: Function) -> int:
    """The lines of a function's body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def too_long(source: Source) -> Iterator[Finding]:
    """The file, classes and functions that are longer than they may be."""
    lines = len(source.text.splitlines())
    if lines > FILE_LINES:
        yield source.path, f"has {lines} lines, at most {FILE_LINES}"
    for name, node in definitions(source.tree):
        if isinstance(node, ast.ClassDef):
            lines, most = (node.end_lineno or 0) - node.lineno + 1, CLASS_LINES
        else:
            lines, most = body_lines(node), BODY_LINES
        if lines > most:
            yield f"{source.path} {name}", f"has {lines} lines, at most {most}"


def misnamed(source: Source) -> Iterator[Finding]:
    """The folders, files, classes and functions whose name says nothing."""
    for part in source.path.removesuffix(".py").split("/"):
        if banned(part):
            yield source.path, f"is named {part}"
    for name, node in definitions(source.tree):
        if banned(node.name):
            yield f"{source.path} {name}", "is named so"


def banned(name: str) -> bool:
    """Whether one of the words of a name, in snake or camel case, is banned."""
    return any(BANNED.fullmatch(word.lower()) for word in WORD.findall(name))


def unexplained(source: Source) -> Iterator[Finding]:
    """The module, public classes, and public functions of the module that have no docstring."""
    if not ast.get_docstring(source.tree):
        yield source.path, "has no docstring"
    for node in source.tree.body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield f"{source.path} {node.name}", "has no docstring"


def all_findings() -> list[Finding]:
    """Everything in the project that breaks a limit."""
    package, tests = sources("agent_studio"), sources("tests")
    found = [finding for source in package + tests for gate in (too_long, misnamed) for finding in gate(source)]
    found += [finding for source in package for finding in unexplained(source)]
    return found + [(source.path, "has no docstring") for source in tests if not ast.get_docstring(source.tree)]


def test_limits_are_kept() -> None:
    assert [f"{subject} {how}" for subject, how in all_findings() if subject not in EXCEPTIONS] == []


def test_exceptions_are_still_needed_and_say_why() -> None:
    assert set(EXCEPTIONS) <= {subject for subject, _ in all_findings()}
    assert all(EXCEPTIONS.values())


def lines(count: int, indent: str = "") -> str:
    return f"{indent}x = 1\n" * count


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (lines(400), []),
        (lines(401), [("a.py", "has 401 lines, at most 400")]),
        ("class A:\n" + lines(299, "    "), []),
        ("class A:\n" + lines(300, "    "), [("a.py A", "has 301 lines, at most 300")]),
        ('def f():\n    """One\n\n    two."""\n' + lines(40, "    "), []),
        ("def f():\n" + lines(41, "    "), [("a.py f", "has 41 lines, at most 40")]),
        ("class A:\n    async def f():\n" + lines(41, " " * 8), [("a.py A.f", "has 41 lines, at most 40")]),
        ("if x:\n    def f():\n" + lines(41, " " * 8), [("a.py f", "has 41 lines, at most 40")]),
    ],
)
def test_length_gate(text: str, findings: list[Finding]) -> None:
    assert list(too_long(Source("a.py", text))) == findings


@pytest.mark.parametrize(
    "name", ["manager", "KeyHandler", "test_helpers", "utils", "BaseScreen", "process_all", "YAMLUtil"]
)
def test_name_gate_refuses(name: str) -> None:
    assert list(misnamed(Source("a.py", f"class A:\n    def {name}(): ..."))) == [(f"a.py A.{name}", "is named so")]
    assert list(misnamed(Source(f"{name}/a.py", ""))) == [(f"{name}/a.py", f"is named {name}")]


@pytest.mark.parametrize("name", ["database", "based_on", "preprocessed", "utilization", "Manage", "handled"])
def test_name_gate_takes_other_words(name: str) -> None:
    assert list(misnamed(Source(f"{name}.py", f"def {name}(): ..."))) == []


def test_docstring_gate() -> None:
    text = "class A: ...\nclass _B: ...\ndef f(): ...\nasync def g(): ...\ndef _h(): ...\n"
    found = list(unexplained(Source("a.py", text)))
    assert [subject for subject, _ in found] == ["a.py", "a.py A", "a.py f", "a.py g"]
    explained = '"""A."""\nclass A:\n    """A."""\ndef f():\n    """F."""\n'
    assert list(unexplained(Source("a.py", explained))) == []
