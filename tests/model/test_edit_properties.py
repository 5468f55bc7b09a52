"""Whatever the bytes: an edit does exactly what it says, or refuses; nothing else changes."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from agent_studio.model.document import Document, EditRefused
from agent_studio.model.fieldedit import with_field, without_field
from agent_studio.model.hosts import claude_code
from agent_studio.model.schema import Value, items_of
from tests.model.documents import confined, differing, others
from tests.model.headers import anything, fields_of_files, files, keys, values


def edited(held: Document, key: str, value: Value | None) -> Document | None:
    """The document with a field set or removed, None where that is refused."""
    try:
        return without_field(held, key) if value is None else with_field(held, key, value)
    except EditRefused:
        return None


def means(read: object, value: Value) -> bool:
    if isinstance(value, tuple):
        return items_of(read) == value
    return type(read) is type(value) and read == value


@given(anything)
def test_reading_never_fails_and_changes_nothing(data: bytes) -> None:
    held = Document(data)
    assert held.spliced([]).data == data
    assert held.with_text(held.text_view).data == data if not held.locked else held.trouble
    assert claude_code.read(held).verdict.status
    for entry in held.fields:
        assert 0 <= entry.start <= entry.key_end <= entry.value_start <= entry.value_end <= len(held.text)


@given(anything)
def test_fields_stand_in_the_header_one_after_the_other(data: bytes) -> None:
    held = Document(data)
    at = held.fences.header if held.fences else 0
    for entry in held.fields:
        assert at <= entry.start
        at = entry.value_end
    assert held.fences is None or at <= held.fences.close


@given(fields_of_files(), values)
def test_setting_a_field_changes_that_field_only(place: tuple[bytes, str], value: Value) -> None:
    data, key = place
    before = Document(data)
    after = edited(before, key, value)
    assume(after is not None)
    assert after is not None
    assert means(after.get(key), value)
    assert confined(before, after, key)
    assert after.body == before.body
    if before.reading != "lines":
        assert others(after, key) == others(before, key)


@given(fields_of_files(), values)
def test_setting_what_stands_there_is_no_change(place: tuple[bytes, str], value: Value) -> None:
    data, key = place
    after = edited(Document(data), key, value)
    assume(after is not None)
    assert after is not None
    assert with_field(after, key, value) is after


@given(fields_of_files())
def test_removing_a_field_removes_that_field_only(place: tuple[bytes, str]) -> None:
    data, key = place
    before = Document(data)
    after = edited(before, key, None)
    assume(after is not None)
    assert after is not None
    assert not after.has(key)
    assert after.body == before.body
    if before.reading != "lines":
        assert others(after, key) == others(before, key)


@given(files(), keys, values)
def test_a_new_field_can_be_taken_out_again(data: bytes, key: str, value: Value) -> None:
    before = Document(data)
    assume(not before.has(key))
    after = edited(before, key, value)
    # A new line may mend a header of odd blanks; without it that header would be broken again.
    assume(after is not None and after.reading == before.reading)
    assert after is not None
    again = without_field(after, key).data
    start, end, end_again = differing(before.data, again)
    # A header that ends in the middle of a line keeps the line break that the new line was given.
    assert start == end
    assert again[start:end_again].strip() == b""


@st.composite
def text_fields(draw: st.DrawFn) -> tuple[Document, str]:
    """A document that the host can read, and one of its fields that holds text."""
    held = Document(draw(files()))
    own = [key for key, value in held.values.items() if isinstance(value, str)]
    if held.reading == "lines" or not own:
        held, own = (
            Document(b"---\nname: a\ndescription: Use when: x # y\nmodel: 'opus' # c\n---\nBody.\n"),
            ["name", "model"],
        )
    return held, draw(st.sampled_from(own))


@given(text_fields())
def test_setting_a_text_back_reads_as_before(place: tuple[Document, str]) -> None:
    before, key = place
    value = before.get(key)
    assert isinstance(value, str)
    changed = edited(before, key, "other")
    restored = None if changed is None else edited(changed, key, value)
    if restored is not None:
        assert repr(restored.values) == repr(before.values)
        assert restored.body == before.body
