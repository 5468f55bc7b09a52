"""The fast reading: it reads what people write, and nothing otherwise than the host's grammar does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.document import Document
from agent_studio.model.yaml import documents, flat
from agent_studio.model.yaml.flat import Unusual
from agent_studio.model.yaml.node import MAX_WEIGHT
from tests.model.headers import headers

HEADERS = [
    'name: a\ndescription: Use when; it\'s "so"#c\ntools: Read, Grep\nmodel: opus\n',
    'name: \'a\'\ndescription: "a: b\\n\\\\n \\"c\\" \'"\ntools: [Read, \'Grep\', "LS"]\nmaxTurns: 5\n',
    "# c\n\nempty:\nblank: \ndescription:   é ✅ 仕様  \nname: 'it''s: # so'\n\n",
    "a: |\n  b:\n\n   - c # d  \n\nb: >-\n    e\n    f\n\n\n    g\nc: >\n h\nd: |-\n  i\n  \n",
    "tools:\n  - Read\n  - 'a b'\n  - [c, d]\nlist:\n- x\n-   y: z\nend: a\n".replace("y: z", "y:z"),
    "tools: []\nlist: [ ]\nagain: [ a b,1.5 , true ]\nagain: Bash(git:*)\n",
]
UNUSUAL = [
    *("", "\n", "# c\n", "a: b", "a:\tb\n", "a: b\r\n", "a: b\x85\n", "a: b\u2028c\n", "\ufeffa: b\n"),
    *("a: two\n  lines\n", " a: b\n", "a:\n  b: c\n", "a:\n  b\n", "- a\n", "a\n", "a b: c\n"),
    *("a: >-\n", "a: |\nb\n", "a: |\n\n  b\n", "a: |+\n  b\n", "a: |2\n   b\n", "a: | # c\n  b\n", "a: |\n   b\n  c\n"),
    *("a: >\n  b\n   c\n", "a: |\n  b\n   \n", "a:\n-\n", "a:\n- b: c\n", "a:\n- - b\n", "a:\n  - b\n - c\n"),
    *("a:\n  - b\n    c\n", "a:\n  - b # c\n", "a:\n  # c\n  - b\n", "a:\n\n  - b\n", "a:\n  - b\n\n  - c\n"),
    *("a: 'b\n  c'\n", "a: [b,\n  c]\n", "a: {b: c}\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: b # c\n", "a: # c\n"),
    *("? a\n", ": a\n", "a: b\n...\n", "a: - b\n", "a: 'b'#c\n", "a: ,b\n", "a: b: c\n", "a: b:\n", "a:b\n", "-a: b\n"),
    *('a: "b\n', 'a: "\n', "a: '\n", 'a: "b" c"\n', "a: 'b' c'\n", 'a: "\\x41"\n', 'a: "b\\"\n', 'a: "\\\\\\"\n'),
    *("a: [\n", "a: [b\n", "a: [b, ]\n", "a: [b: c]\n", "a: [[b]]\n", "a: [-]\n", "a: [*b]\n", "a: ['b, c']\n"),
    *("true: a\n", "null: a\n", "~: a\n", "<<: a\n", "a: <<\n", "%a: b\n", "é: b\n", "a : b\n", "1: a\n"),
]

_texts = st.text(st.sampled_from("ab1-_.:# ,'\"\\n[]{}*&!|>%@`?~<é仕✅"), max_size=12)
_values = st.one_of(_texts, _texts.map('"{}"'.format), _texts.map("'{}'".format), _texts.map("[{}]".format))
_keys = st.sampled_from(("name", "description", "tools", "x-1", "_a", "a", "yes", "No", "null", "é", "1", "-a"))
_indents = st.sampled_from(("", " ", "  ", "  ", "  ", "   "))
_blocks = st.tuples(
    st.sampled_from(("|", "|-", ">", ">-", "|+", ">2", "|  ")),
    st.lists(st.tuples(_indents, st.one_of(st.just(""), _texts)).map("".join), max_size=4),
).map(lambda two: "\n".join((two[0], *two[1])))
_items = st.lists(
    st.tuples(_indents, st.sampled_from(("- ", "- ", "- ", "-", "-   ")), _values).map("".join), max_size=4
).map(lambda items: "\n".join(("", *items)))
_lines = st.one_of(
    st.tuples(
        _keys,
        st.sampled_from((": ", ": ", ": ", ":", ":  ")),
        st.one_of(_values, _values, _blocks, _items),
        st.sampled_from(("", "", "", " ")),
    ).map("".join),
    st.sampled_from(("", "# c", "#", " ", "  a", "- b", "a")),
)
flat_headers = st.lists(_lines, max_size=6).map(lambda lines: "".join(f"{line}\n" for line in lines))


@pytest.mark.parametrize("source", HEADERS)
def test_what_people_write_is_flat(source: str) -> None:
    assert flat.read(source) == documents.read(source)


@pytest.mark.parametrize("source", UNUSUAL)
def test_what_may_mean_something_else_is_left_to_the_grammar(source: str) -> None:
    with pytest.raises(Unusual):
        flat.read(source)


@given(st.one_of(headers, flat_headers))
def test_both_readings_agree(source: str) -> None:
    try:
        found = flat.read(source)
    except Unusual:
        return
    assert repr(found) == repr(documents.read(source))


@pytest.mark.parametrize("source", ["a: [{}]\n", 'a: "{}"\n', "a: {}\n"])
def test_both_agree_on_values_that_are_too_large(source: str) -> None:
    large = source.format(",".join(["a" * 200] * MAX_WEIGHT))
    assert flat.read(large) == documents.read(large)


def test_most_real_headers_are_flat(corpus: Path) -> None:
    found = (Document(path.read_bytes()) for path in sorted(corpus.rglob("*.md")))
    sources = [held.text[held.fences.header : held.fences.close] for held in found if held.fences]
    read = 0
    for source in sources:
        try:
            root = flat.read(source)
        except Unusual:
            continue
        assert repr(root) == repr(documents.read(source))
        read += 1
    assert read > len(sources) * 0.8
