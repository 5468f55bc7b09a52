"""Whatever the bytes, and over real files: a merge favours no side, loses no change and adds none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model.compare import lines
from agent_studio.model.compare.subsequence import changes
from agent_studio.model.decoded import BOM
from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import with_field, without_field
from agent_studio.model.merge import Merge, merged
from agent_studio.model.merge.hunks import Hunk, hunks
from agent_studio.model.schema import Value
from tests.model.documents import document
from tests.model.headers import anything, files, keys, values

letters = st.lists(st.sampled_from("abc"), max_size=10)


@given(letters, letters, letters)
def test_hunks_cover_every_change_once_and_in_order(old: list[str], mine: list[str], theirs: list[str]) -> None:
    ends = [0, 0, 0]
    for hunk in [*hunks(old, mine, theirs), Hunk((len(old),) * 2, (len(mine),) * 2, (len(theirs),) * 2, "both")]:
        starts = [hunk.base[0], hunk.mine[0], hunk.theirs[0]]
        between = [side[end:start] for side, end, start in zip((old, mine, theirs), ends, starts, strict=True)]
        assert between[0] == between[1] == between[2]
        ends = [hunk.base[1], hunk.mine[1], hunk.theirs[1]]
        was, own, other = old[slice(*hunk.base)], mine[slice(*hunk.mine)], theirs[slice(*hunk.theirs)]
        assert (hunk.by == "mine") <= (was == other)
        assert (hunk.by == "theirs") <= (was == own)


Step = Callable[[Document], Document]


def _set(key: str, value: Value | None) -> Step:
    def step(held: Document) -> Document:
        try:
            return without_field(held, key) if value is None else with_field(held, key, value)
        except EditRefused:
            return held

    return step


def _line(place: int, gone: int, new: bytes) -> Step:
    def step(held: Document) -> Document:
        found = held.data.splitlines(keepends=True)
        at = place % (len(found) + 1)
        return Document(b"".join([*found[:at], new, *found[at + gone :]]))

    return step


def _whole(held: Document) -> Document:
    return Document(held.data.replace(b"\n", b"\r\n") if b"\r" not in held.data else BOM + held.data)


_texts = st.sampled_from(
    [b"", b"new\n", b"# note\n", b"\n", b"x\r\n", b"y\r", b"color: blue\n", b"end", b"---\n", b"\xff\n"]
)
_steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(_set, keys, values),
    st.builds(_set, keys, values),
    st.builds(_set, keys, st.none()),
    st.builds(_line, st.integers(0, 40), st.integers(0, 2), _texts),
    st.builds(_line, st.integers(0, 40), st.integers(0, 2), _texts),
    st.just(_whole),
)


def descended(held: Document, steps: Sequence[Step]) -> Document:
    for step in steps:
        held = step(held)
    return held


Three = tuple[Document, Document, Document]


@st.composite
def descendants(draw: st.DrawFn) -> Three:
    """A document and two that were made of it by a few edits, all of them as bad as they come."""
    held = Document(draw(files()))
    long = st.lists(_steps, max_size=3)
    return held, descended(held, draw(long)), descended(held, draw(long))


threes = st.one_of(descendants(), descendants(), descendants(), st.tuples(*[anything.map(Document)] * 3))


def read(held: Document) -> dict[str, str]:
    """Every field as it reads, whatever the line endings: a header that is no YAML is read with them."""
    return {key: repr(value).replace("\\r\\n", "\\n") for key, value in held.values.items()}


@given(anything, anything)
def test_what_one_side_left_alone_is_the_other_side(data: bytes, other: bytes) -> None:
    one, two = Document(data), Document(other)
    assert merged(one, two, one) == Merge(two)
    assert merged(one, two, two) == Merge(two)
    theirs = merged(one, one, two)
    assert (theirs.document, theirs.clean) == (two, True)


@given(threes)
def test_neither_side_is_favoured_in_what_is_clean(three: Three) -> None:
    base, mine, theirs = three
    one, other = merged(base, mine, theirs), merged(base, theirs, mine)
    assert one.clean == other.clean
    if one.clean:
        assert (read(one.document), one.document.body) == (read(other.document), other.document.body)


@given(threes)
def test_a_clean_merge_has_the_values_that_either_side_changed(three: Three) -> None:
    base, mine, theirs = three
    found = merged(base, mine, theirs)
    assume(found.clean)
    old, new = read(base), read(found.document)
    for side in map(read, (mine, theirs)):
        for key in {*old, *side}:
            if side.get(key) != old.get(key):
                assert new.get(key) == side.get(key)


def texts(held: Document) -> list[str]:
    return [line.text for line in lines.split(held.body)]


def sources(held: Document) -> dict[str, str]:
    return {entry.key: held.source(entry).replace("\r\n", "\n") for entry in held.fields}


@given(threes)
def test_nothing_but_what_was_taken_differs_from_mine(three: Three) -> None:
    base, mine, theirs = three
    assume(mine != base)
    found = merged(base, mine, theirs)
    own, new = texts(mine), texts(found.document)
    regions = changes(own, new)[0]
    assert len(regions) <= found.taken.stretches
    assert {line for _, _, start, end in regions for line in new[start:end]} <= set(texts(theirs))
    before, after = sources(mine), sources(found.document)
    assert {key for key in {*before, *after} if before.get(key) != after.get(key)} <= set(found.taken.fields)


@given(threes)
def test_a_conflict_says_what_stands_where(three: Three) -> None:
    base, mine, theirs = three
    found = merged(base, mine, theirs)
    for conflict in found.conflicts:
        sides = (base, conflict.base), (found.document, conflict.mine), (theirs, conflict.theirs)
        for held, stretch in sides:
            if conflict.where == "field":
                assert (stretch and stretch.text.replace("\r\n", "\n")) == sources(held).get(conflict.field)
            text = held.text.replace("\r\n", "\n")
            if stretch and "\r" not in text:
                below = "\n".join(text.split("\n")[stretch.line - 1 :]) + "\n"
                assert stretch.text.replace("\r\n", "\n") in below


@given(threes)
def test_merging_again_changes_nothing(three: Three) -> None:
    base, mine, theirs = three
    found = merged(base, mine, theirs)
    assert merged(theirs, found.document, theirs) == Merge(found.document)
    assert merged(base, found.document, found.document).document == found.document


def versions(corpus: Path) -> list[tuple[Document, Document]]:
    """Both versions of every file that is there in an older one, without those that are not UTF-8 or no agents."""
    paths = [
        (path, corpus / folder.name.partition("@")[0] / path.relative_to(folder))
        for folder in sorted(corpus.glob("*@*"))
        for path in sorted(folder.rglob("*.md"))
    ]
    pairs = [(document(path.read_bytes()), document(newer.read_bytes())) for path, newer in paths if newer.is_file()]
    return [pair for pair in pairs if not any(side.trouble or "\ufffd" in side.text for side in pair)]


def test_a_field_and_the_body_of_real_files_are_merged(corpus: Path) -> None:
    tried = 0
    for held in (side for pair in versions(corpus) for side in pair):
        field, body = with_field(held, "color", "pink"), held.with_body("A new line.\n" + held.body_view)
        for mine, theirs in [(field, body), (body, field)]:
            found = merged(held, mine, theirs)
            assert found.clean
            assert found.document == field.with_body("A new line.\n" + held.body_view)
            tried += 1
    assert tried > 100


def test_what_their_authors_changed_goes_together_with_an_edit_of_mine(corpus: Path) -> None:
    clean = 0
    for old, new in versions(corpus):
        mine = with_field(old, "color", "pink")
        found = merged(old, mine, new)
        asked = {"color"} if repr(old.get("color")) != repr(new.get("color")) else set()
        assert {conflict.field for conflict in found.conflicts} == asked
        assert found.document.get("color") == "pink"
        assert found.document.body == new.body
        assert {**new.values, "color": "pink"} == found.document.values
        clean += found.clean
    assert clean > 20
