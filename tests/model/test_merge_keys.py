"""Merge keys: what they bring, and where it stands."""

from __future__ import annotations

import pytest

from agent_studio.model import frontmatter, nodes
from agent_studio.model.nodes import MAX_WEIGHT
from tests.model.yaml_reading import REFUSED, read


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x: &x {a: 1, b: 2}\n<<: *x\n", {"x": {"a": 1, "b": 2}, "a": 1, "b": 2}),
        ("<<: {a: 1}\nb: 2\n", {"a": 1, "b": 2}),
        ("<<:\n  a: 1\n", {"a": 1}),
        ("a: 0\n<<: {a: 1}\n", {"a": 0}),
        ("<<: {a: 1}\na: 2\n", {"a": 2}),
        ("<<: [{a: 1}, {a: 2, b: 3}, c]\n", {"a": 1, "b": 3}),
        ("<<: []\na: 1\n", {"a": 1}),
        ("'<<': {a: 1}\n", {"a": 1}),
        ("<<: a\n", {"<<": "a"}),
        ("<<:\n", {"<<": None}),
        ("a: {<<: {b: 1}, c: 2}\n", {"a": {"b": 1, "c": 2}}),
        ("a: &a\n  <<: *a\n", REFUSED),
    ],
)
def test_values(source: str, value: object) -> None:
    assert read(source) == value


def test_what_is_merged_has_no_place_of_its_own() -> None:
    source = "x: &x {a: 1}\n<<: *x\nb: 2\n"
    entries = frontmatter.read(source, 0).entries
    assert [(entry.key, entry.value) for entry in entries] == [("x", {"a": 1}), ("a", 1), ("b", 2)]
    end = source.index("\nb:")
    assert {entries[1].start, entries[1].key_end, entries[1].value_start, entries[1].value_end} == {end}


def test_merging_has_an_end() -> None:
    pairs = ", ".join(f"k{n}: 1" for n in range(1_000))
    root = nodes.parse(f"x: &x {{{pairs}}}\n" + "".join(f"y{n}: {{<<: *x}}\n" for n in range(100)))
    assert root is not None
    assert sum(len(value.pairs) for _, value in root.pairs) < MAX_WEIGHT * 2
