"""Bytes as text and back."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.decoded import Decoded
from tests.model.documents import byte_of

pieces = st.lists(
    st.one_of(
        st.binary(max_size=4),
        st.sampled_from(
            [b"\xef\xbb\xbf", b"\xff", b"\xe2\x82", b"\xf0\x9f\x98", b"\xc3\xa9", "😀".encode(), b"\r\n", b"a"]
        ),
    ),
    max_size=12,
).map(b"".join)


@pytest.mark.parametrize(
    ("data", "text", "start"),
    [
        (b"", "", 0),
        (b"plain", "plain", 0),
        ("naïve 😀".encode(), "naïve 😀", 0),
        (b"\xef\xbb\xbfx", "x", 3),
        (b"\xef\xbb\xbf\xef\xbb\xbfx", "\ufeffx", 3),
        (b"\xef\xbb", "\ufffd", 0),
        (b"a\xffb", "a\ufffdb", 0),
        (b"\xe2\x82", "\ufffd", 0),
        (b"\xe2\x82x", "\ufffdx", 0),
        (b"\xff\xfe", "\ufffd\ufffd", 0),
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd", 0),
        (b"\xc0\x80", "\ufffd\ufffd", 0),
        (b"\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd", 0),
        (b"a\x00b", "a\x00b", 0),
    ],
)
def test_text(data: bytes, text: str, start: int) -> None:
    decoded = Decoded.of(data)
    assert (decoded.text, decoded.start) == (text, start)


def test_offsets_around_invalid_bytes() -> None:
    decoded = Decoded.of(b"\xef\xbb\xbf\xc3\xa9\xffx\xe2\x82y")
    assert decoded.text == "é\ufffdx\ufffdy"
    assert [decoded.byte(index) for index in range(6)] == [3, 5, 6, 7, 9, 10]


@given(pieces)
def test_text_is_what_utf8_with_replacement_gives(data: bytes) -> None:
    assert Decoded.of(data).text == data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


@given(pieces)
def test_every_offset_leads_back(data: bytes) -> None:
    decoded = Decoded.of(data)
    offsets = [decoded.byte(index) for index in range(len(decoded.text) + 1)]
    assert offsets == sorted(set(offsets))
    assert offsets[-1] == len(data)
    assert offsets == [byte_of(data, index) for index in range(len(offsets))]
    for index, char in enumerate(decoded.text):
        assert data[offsets[index] : offsets[index + 1]].decode("utf-8", "replace") == char


def test_offsets_in_a_long_text() -> None:
    data = ("é😀a" * 1_000).encode() + b"\xff" + ("日" * 2_000).encode() + b"\xe2x"
    decoded = Decoded.of(data)
    lengths = (1 if char == "\ufffd" else len(char.encode()) for char in decoded.text)
    assert [decoded.byte(index) for index in range(len(decoded.text) + 1)] == [*accumulate(lengths, initial=0)]


def test_decoding_again_forgets_what_was_bad_before() -> None:
    assert Decoded.of(b"\xff").bad
    assert Decoded.of(b"\xff\xff").bad == ((0, 1), (1, 2))
    assert Decoded.of(b"fine").bad == ()
