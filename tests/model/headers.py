"""Hypothesis strategies: files whose headers people write, and files that nobody should."""

from __future__ import annotations

from hypothesis import strategies as st

from agent_studio.model.document import Document

WORDS = ("use", "when", "the", "Agent", "user's", "naïve", "✅", "仕様", "a-b", "x_1", "C:\\new", "http://x.y", "(p)")
_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
_DOUBLE = ("plain words", "a\\nb", 'said \\"hi\\"', "x: y # z", "\\u2713 \\x2d", "")
_SINGLE = ("plain words", "it''s", "x: y # z", "a\\nb", "")


def _indented(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" if line else "\n" for line in text.split("\n"))


@st.composite
def _block(draw: st.DrawFn) -> str:
    mark = draw(st.sampled_from(["|", "|-", "|+", ">", ">-", ">+", "| # why", ">2-"]))
    lines = draw(st.lists(st.one_of(_words, st.just("")), min_size=1, max_size=4))
    return f" {mark}\n{_indented(chr(10).join(lines), '  ')}"


_comments = st.sampled_from(["", "", "", " # why", "  ", "\t"])
_items = st.lists(st.sampled_from(["Read", "Bash(git:*)", "mcp__x__y", '"Grep"', "'Glob'"]), min_size=1, max_size=4)
_values = st.one_of(
    _words.map(" {}\n".format),
    _words.map(" {} # why\n".format),
    st.sampled_from(_DOUBLE).map(' "{}"\n'.format),
    st.sampled_from(_SINGLE).map(" '{}'\n".format),
    _block(),
    st.tuples(_words, _words).map(lambda two: f" {two[0]}\n  {two[1]}\n"),
    st.tuples(_items, st.sampled_from([", ", ",", " "])).map(lambda two: f" {two[1].join(two[0])}\n"),
    _items.map(lambda items: f" [{', '.join(items)}]\n"),
    st.tuples(_items, _comments).map(lambda two: two[1] + "\n" + "".join(f"  - {item} # c\n" for item in two[0])),
    st.sampled_from(["\n", " ~\n", " # only a comment\n", " null\n", " {}\n", " []\n", ' ""\n']),
    st.sampled_from([" 5\n", " true\n", " 1.50\n", " 0x1F\n", " .inf\n", " 2024-01-01\n", " yes\n"]),
    st.sampled_from(["\n  deep:\n    - x: 1\n      y: [2]\n", " {a: {b: c}}\n", " &x same\n", " *x\n", " !!str 5\n"]),
    st.sampled_from([" Use when: x # y\n", " say \"hi\": 'x'\n", " a: b: c\n", " @here & there\n", " Examples:\n"]),
)
KEYS = ("name", "description", "tools", "model", "color", "memory", "maxTurns", "hooks", "category", "tags", "x-1")
_keys = st.one_of(st.sampled_from(KEYS), st.sampled_from(KEYS), st.sampled_from(['"color"', "'model'", "color ", "é"]))
_lines = st.one_of(
    st.tuples(_keys, _values).map(lambda two: f"{two[0]}:{two[1]}"),
    st.tuples(_keys, _values).map(lambda two: f"{two[0]}:{two[1]}"),
    st.tuples(_keys, _values).map(lambda two: f"{two[0]}:{two[1]}"),
    st.sampled_from(["# a comment\n", "\n", "  # indented\n"]),
)
plausible_headers = st.lists(_lines, max_size=8).map("".join)
"""Headers as people write them, in every style, often with a quirk, sometimes not YAML."""

_FRAGMENTS = (
    *("name", "color", "tools", "model", ":", ": ", ":\n", "\n", "\n", "\n  ", "\n- ", "- ", "? ", "\t", " ", ",", "#"),
    *(
        " #",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "\\",
        "|",
        ">",
        "|+\n",
        ">-\n  ",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "%",
        "@",
        "`",
    ),
    *("--", "...", "~", "null", "1", "x", "red", "\r", "\r\n", "\x00", "\x07", "\x85", "\u2028", "\ufeff", "é", "😀"),
)
hostile_headers = st.lists(st.sampled_from(_FRAGMENTS), max_size=16).map("".join)
"""Headers of pieces that mean something to YAML, in no order."""

headers = st.one_of(
    plausible_headers,
    plausible_headers,
    st.tuples(plausible_headers, hostile_headers, plausible_headers).map("".join),
    hostile_headers,
    st.tuples(plausible_headers, st.sampled_from(["  ", "\t"])).map(
        lambda two: "".join(two[1] + line for line in two[0].splitlines(keepends=True))
    ),
    plausible_headers.map(lambda header: "{" + header.replace("\n", ",\n") + "}\n"),
)
_bodies = st.one_of(
    st.just("Body.\n"),
    st.sampled_from(["", "\n", "\n\nYou are.\n\n---\ncolor: no\n", "x", " \t\n", "no end"]),
    st.text(),
)
_ENDINGS = (*["\n"] * 8, "\r\n", "\r\n", "\r")
_damage = st.lists(st.tuples(st.integers(0, 200), st.sampled_from([b"\xff", b"\xc3", b"\xe2\x82", b"\r", b"\0"])))


def _damaged(data: bytes, damage: list[tuple[int, bytes]]) -> bytes:
    for place, piece in damage:
        data = data[:place] + piece + data[place:]
    return data


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """The bytes of a file with a frontmatter, mostly; line endings, BOM, fences and bytes as bad as they come."""
    opening, closing = draw(st.sampled_from([("---\n", "---\n")] * 6 + [("--- \n", " ---\n"), ("---\n\n", "----\n")]))
    closing = draw(st.sampled_from([closing] * 8 + ["---", "--- text\n", ""]))
    text = opening + draw(headers) + closing + draw(_bodies)
    ending = draw(st.sampled_from(_ENDINGS))
    data = text.replace("\n", ending).encode("utf-8", "replace")
    data = draw(st.sampled_from([b"", b"", b"", b"\xef\xbb\xbf"])) + data
    return _damaged(data, draw(st.one_of(st.just([]), st.just([]), _damage)))


anything = st.one_of(files(), files(), files(), st.binary(max_size=200), st.binary(max_size=40).map(b"---\n".__add__))
"""Any bytes, mostly ones that look like an agent file."""

keys = st.sampled_from(
    ["name", "description", "tools", "model", "color", "memory", "category", "maxTurns", "x-1", "new"]
)


@st.composite
def fields_of_files(draw: st.DrawFn) -> tuple[bytes, str]:
    """A file, and the key of a field to edit in it: mostly one that it has."""
    data = draw(files())
    own = list(Document(data).values)
    return data, draw(st.one_of(keys, *[st.sampled_from(own)] * 3 if own else []))


texts = st.one_of(
    st.sampled_from(
        ["red", "opus", "", " ", "a: b", "a # b", "yes", "5", "null", "---", "- x", "*x", "&x", "{", "[", "'"]
    ),
    st.sampled_from(
        ['say "hi": \\n ✅ --- done', "two\nlines", "ends\n", "\n", "tab\there", "\x1b[31m", "a\u2028b", "\\"]
    ),
    _words,
    st.text(max_size=20),
)
values = st.one_of(
    texts,
    texts,
    texts,
    st.integers(-5, 10**6),
    st.booleans(),
    st.lists(st.sampled_from(["Read", "Grep", "Bash(git log:*, x y)", "mcp__a__b", "*"]), max_size=4).map(tuple),
)
"""Values that a field may be set to."""
