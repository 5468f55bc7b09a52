"""The fast reading: it reads what people write, and nothing otherwise than the host's grammar does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model import flat, frontmatter
from agent_studio.model.document import Document
from agent_studio.model.flat import Unusual
from agent_studio.model.frontmatter import Entry, Header
from agent_studio.model.nodes import MAX_WEIGHT, BadYaml
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
    *("", "\n", "# c\n", "a: b", "a:\tb\n", "a: b\r\nc: d\n", "a: b\r", "a: b\x85\n", "a: b\u2028c\n", "\ufeffa: b\n"),
    *("a: two\n  lines\n", " a: b\n", "a:\n  b: c\n", "a:\n  b\n", "- a\n", "a\n", "a b: c\n"),
    *("a: >-\n", "a: |\nb\n", "a: |\n\n  b\n", "a: |+\n  b\n", "a: |2\n   b\n", "a: | # c\n  b\n", "a: |\n   b\n  c\n"),
    *("a: >\n  b\n   c\n", "a: |\n  b\n   \n", "a:\n-\n", "a:\n- b: c\n", "a:\n- - b\n", "a:\n  - b\n - c\n"),
    *("a:\n  - b\n    c\n", "a:\n  - b # c\n", "a:\n  # c\n  - b\n", "a:\n\n  - b\n", "a:\n  - b\n\n  - c\n"),
    *("a: 'b\n  c'\n", "a: [b,\n  c]\n", "a: {b: c}\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: b # c\n", "a: # c\n"),
    *(
        "? a\n",
        ": a\n",
        "a: b\n...\n",
        "a: - b\n",
        "a: 'b'#c\n",
        "a: ,b\n",
        "a: b # c: d\n",
        "a: &b c: d\n",
        "a:\n- b: c\n",
        "a:b\n",
        "-a: b\n",
    ),
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


REFUSED = [
    *("a: b: c\n", "a: b : c # d\n", "x: y\na: b:: c: d\n", "a: b: c # d  \ne: f*g\nh: 'i'\nj: [k, l]\n"),
    *('a: b: c\nd: "e: f" \n', "a: b: c\nd: ''\ne: \nf:\n- g\n# h: i: j\n\n", 'a: b: \\ "c" \\n é✅\n'),
]
"""What strict YAML surely refuses and the host repairs."""


def bare(entries: tuple[Entry, ...]) -> str:
    """Entries without their nodes; not a number is not even like itself."""
    return repr([entry._replace(node=None, shift=0) for entry in entries])


def told(header: Header) -> str:
    """All that is known of a header, however it was read."""
    return repr(header._replace(entries=(), flat=False)) + bare(header.entries)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("source", HEADERS)
def test_what_people_write_is_flat(source: str, newline: str) -> None:
    text = source.replace("\n", newline)
    assert bare(flat.read(text, 7)) == bare(frontmatter.parsed(text, 7).entries)


@pytest.mark.parametrize("source", UNUSUAL)
def test_what_may_mean_something_else_is_left_to_the_grammar(source: str) -> None:
    with pytest.raises(Unusual):
        flat.read(source)


@pytest.mark.parametrize("source", REFUSED)
def test_what_people_forget_to_quote_is_flat(source: str) -> None:
    header = frontmatter.read(source, 7)
    assert (header.reading, header.flat) == ("tolerant", True)
    assert told(header) == told(frontmatter.parsed(source, 7))


@pytest.mark.parametrize("source", ["a: b: c\nd: |\n  e\n", "a1: b: c\n", "a: b: c\r\n", "a: b:\n"])
def test_what_a_repair_may_not_mend_is_left_to_the_grammar(source: str) -> None:
    with pytest.raises(BadYaml):
        flat.read(source)
    with pytest.raises((Unusual, BadYaml)):
        flat.read_repaired(source)


@given(st.one_of(headers, flat_headers, flat_headers.map(lambda source: source.replace("\n", "\r\n"))))
def test_both_readings_agree(source: str) -> None:
    assert told(frontmatter.read(source, 7)) == told(frontmatter.parsed(source, 7))


@given(flat_headers, st.sampled_from(("", "\r")))
def test_both_repairs_agree(source: str, end: str) -> None:
    text = f"x: y: z\n{source}".replace("\n", f"{end}\n")
    assert told(frontmatter.read(text, 7)) == told(frontmatter.parsed(text, 7))


@pytest.mark.parametrize("source", ["a: [{}]\n", 'a: "{}"\n', "a: {}\n", "a:\n- {}\n", "a: b: {}\n"])
def test_both_agree_on_values_that_are_too_large(source: str) -> None:
    large = source.format((",\n- " if "- " in source else ",").join(["a" * 200] * MAX_WEIGHT))
    assert told(frontmatter.read(large, 7)) == told(frontmatter.parsed(large, 7))


def test_most_real_headers_are_flat(corpus: Path) -> None:
    found = (Document(path.read_bytes()) for path in sorted(corpus.rglob("*.md")))
    held = [document for document in found if document.fences]
    for document in held:
        assert document.fences
        source = document.text[document.fences.header : document.fences.close]
        assert told(document.header) == told(frontmatter.parsed(source, document.fences.header))
    assert sum(document.header.flat for document in held) > len(held) * 0.9
