"""Tests wait for what they expect, never for a while, which is too long on one machine and too short on another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, sources

WAITS = frozenset({"pause", "sleep", "wait_for_timeout"})


def fixed_waits(source: Source) -> Iterator[str]:
    """Every call that waits for a length of time that is written as a number."""
    for node in source.nodes:
        if not isinstance(node, ast.Call) or source.name(node.func).rpartition(".")[2] not in WAITS:
            continue
        if any(map(_is_number, [*node.args, *(keyword.value for keyword in node.keywords)])):
            yield source.at(node)


def _is_number(node: ast.expr) -> bool:
    parts = list(ast.walk(node))
    return any(isinstance(part, ast.Constant) and isinstance(part.value, int | float) for part in parts) and not any(
        isinstance(part, ast.Name) for part in parts
    )


def test_no_test_waits_for_a_fixed_time() -> None:
    assert [where for source in sources("tests") for where in fixed_waits(source)] == []


@pytest.mark.parametrize(
    "code",
    [
        "time.sleep(1)",
        "from asyncio import sleep as nap\nasync def f(): await nap(0.1)",
        "async def f(): await pilot.pause(0.5)",
        "async def f(): await pilot.pause(delay=2 * 0.1)",
    ],
)
def test_gate_refuses(code: str) -> None:
    assert list(fixed_waits(Source("a.py", code)))


@pytest.mark.parametrize("code", ["async def f(): await pilot.pause()", "pause(until=ready)", "time.sleep(POLL / 2)"])
def test_gate_takes_waits_for_a_condition(code: str) -> None:
    assert list(fixed_waits(Source("a.py", code))) == []
