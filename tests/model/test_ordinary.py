"""The fast reading: it reads what people write, and nothing otherwise than the host's grammar does."""

from __future__ import annotations

import pytest
from hypothesis import given

from agent_studio.model import nodes
from agent_studio.model.yaml import documents, ordinary
from agent_studio.model.yaml.ordinary import Unusual
from tests.model.headers import headers

HEADERS = [
    'name: a\ndescription: Use when; it\'s "so" # c\ntools: Read, Grep\nmodel: opus\n',
    "name: 'a'\ndescription: \"a: b\\n\"\ntools: [Read, 'Grep']\nmaxTurns: 5\n",
    "# c\n\ndescription: |\n  a\n    b\n\n  c\nname: a\n",
    "description: two\n  lines\n\n  more\ntools:\n  - Read # c\n  - Grep\nhooks:\n  a:\n  - b: c\n    d: 1.5\n",
    "description: >-\n  é ✅ 仕様\nname: a\n",
]
UNUSUAL = [
    *("a:\tb\n", "a: b\r\n", "a: b\x85\n", "a: 'b\n  c'\n", "a: [b,\n  c]\n", "a: {b: c}\n", "a: &b c\n", "a: !b c\n"),
    *(
        "? a\n",
        ": a\n",
        "a: b\n...\n",
        "a: [-]\n",
        "a: 'b'#c\n",
        "a: |# c\n  b\n",
        "a:\n|\n  b\n",
        "a: |\n  b",
        "a: ,b\n",
    ),
    *("a: |\n   \n b\n", "a: b: c\n", "--- a\n", "\ufeffa: b\n"),
]


@pytest.fixture(autouse=True)
def libyaml() -> None:
    if ordinary._Parser is None:
        pytest.skip("libyaml is not there")


@pytest.mark.parametrize("source", HEADERS)
def test_what_people_write_is_ordinary(source: str) -> None:
    assert ordinary.parse(source) == documents.read(source)


@pytest.mark.parametrize("source", UNUSUAL)
def test_what_libyaml_may_read_otherwise_is_left_to_the_grammar(source: str) -> None:
    with pytest.raises(Unusual):
        ordinary.parse(source)


@given(headers)
def test_both_readings_agree(source: str) -> None:
    try:
        found = ordinary.parse(source)
    except Unusual:
        return
    assert repr(found) == repr(documents.read(source))


def test_without_libyaml_everything_is_read_by_the_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordinary, "_Parser", None)
    with pytest.raises(Unusual):
        ordinary.parse(HEADERS[0])
    assert nodes.parse(HEADERS[0]) == documents.read(HEADERS[0])
