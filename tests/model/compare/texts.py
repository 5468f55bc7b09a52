"""Hypothesis strategies: texts that look like prompts, and edits of them, so that much is alike and much is not."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = ("the", "spec", "Route", "model", "user's", "naïve", "e\u0301te\u0301", "仕様", "の", "✅", "x_1", "don’t")
_GAPS = (" ", "  ", ", ", ". ", "-", "/", "**", "\t", "")

words = st.sampled_from(WORDS)
lines = st.one_of(
    st.lists(st.tuples(words, st.sampled_from(_GAPS)), max_size=8).map(lambda parts: "".join(map("".join, parts))),
    st.sampled_from(["", "", "", "  ", "```", "---", "}", "## Role", "- one", "a\u2028b", "a\x0bb"]),
    st.text(max_size=12).map(lambda text: text.replace("\n", "").replace("\r", "")),
)
endings = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of some lines, with or without an ending after the last one."""
    parts = draw(st.lists(st.tuples(lines, endings).map("".join), max_size=14))
    return "".join(parts) + draw(st.one_of(st.just(""), lines))


headings = st.builds(
    "{} {}".format, st.sampled_from(["#", "##", "##", "###"]), st.lists(words, max_size=2).map(" ".join)
)
sections = st.builds("{}\n\n{}\n\n".format, headings, st.lists(lines, min_size=1, max_size=4).map("\n".join))


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[str, str]:
    """A text in sections, and the same with some of them in another order, under another heading, gone or come."""
    old = draw(st.lists(sections, min_size=1, max_size=6))
    new = [part for part in draw(st.permutations(old)) if draw(st.integers(0, 9))]
    new += draw(st.lists(sections, max_size=2))
    renamed = [draw(headings) + part[part.index("\n") :] if not draw(st.integers(0, 3)) else part for part in new]
    return "".join(old), "".join(renamed)


@st.composite
def text_pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and another one or an edit of it: lines dropped, added, doubled, swapped or with words put in."""
    if not draw(st.integers(0, 2)):
        return draw(shuffled())
    old = draw(texts())
    if draw(st.booleans()):
        return old, draw(texts())
    new = old.splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(new)))
        match draw(st.sampled_from(["drop", "add", "double", "swap", "reword"])):
            case "drop":
                new[place : place + 1] = []
            case "add":
                new[place:place] = [draw(lines) + draw(endings)]
            case "double":
                new[place:place] = new[place : place + 2]
            case "swap":
                new[place : place + 2] = new[place : place + 2][::-1]
            case _:
                new[place : place + 1] = [draw(words) + " " + line for line in new[place : place + 1]]
    return old, "".join(new)
