"""The page of promises names tests that exist, and holds every promise."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
PROMISES = 18


def test_every_promise_names_a_test() -> None:
    rows = re.findall(r"^\| P(\d+) \|(.*)$", PAGE, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, PROMISES + 1))
    assert [number for number, row in rows if not NAMED.search(row)] == []


@pytest.mark.parametrize(("path", "name"), sorted(set(NAMED.findall(PAGE))))
def test_every_named_test_exists(path: str, name: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    tests = re.findall(r"^(?:async )?def (test_\w+)\(", text, re.MULTILINE)
    assert name in tests if name else tests
