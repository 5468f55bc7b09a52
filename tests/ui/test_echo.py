"""What is told apart before anything is drawn: an echo from news, and the stretch in which two texts differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agent_studio.ui.editors.echo import Echo
from agent_studio.ui.editors.stretch import common, differing


class TestEcho:
    def test_what_was_sent_is_no_news(self) -> None:
        echo = Echo("a")
        assert [echo.typed(text) for text in ("a", "ab", "ab", "abc")] == [False, True, False, True]
        assert not echo.returned("ab")
        assert not echo.returned("abc")
        assert echo.returned("somebody else")

    def test_what_was_refused_is_forgotten(self) -> None:
        echo = Echo("a")
        echo.typed("b")
        echo.refused()
        assert not echo.returned("a")
        assert echo.returned("b")

    @given(st.lists(st.integers(1), min_size=1, unique=True), st.data())
    def test_typing_is_never_mistaken_for_somebody_else(self, typed: list[int], data: st.DataObject) -> None:
        """However many of the documents in between are skipped, and however often one is handed down again."""
        echo = Echo(0)
        at = 0
        for place, value in enumerate(typed):
            assert echo.typed(value)
            if data.draw(st.booleans()):
                at = data.draw(st.integers(at, place))
                assert not echo.returned(typed[at])
                assert not echo.returned(typed[at])
        assert not echo.returned(typed[-1])
        assert echo.returned(-1)


class TestStretch:
    @given(st.text("ab\n"), st.text("ab\n"))
    def test_it_is_the_only_difference(self, one: str, other: str) -> None:
        stretch = differing(one, other)
        assert one[: stretch.start] + other[stretch.start : stretch.other_end] + one[stretch.one_end :] == other
        assert 0 <= stretch.start <= min(stretch.one_end, stretch.other_end)

    @given(st.text("ab"), st.text("ab"))
    def test_common_is_as_long_as_it_can_be(self, one: str, other: str) -> None:
        length = common(one, other)
        assert one[:length] == other[:length]
        assert one[length : length + 1] != other[length : length + 1] or length == min(len(one), len(other))
