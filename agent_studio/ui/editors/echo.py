"""Telling an edit that comes back from a change that was made elsewhere."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Echo(Generic[T]):
    """What an editor has sent up and what it got back.

    An editor sends values up while the person types and is handed the document's value back a moment later, when it
    may already hold a newer one: a value that was sent is no news, anything else is.
    """

    def __init__(self, known: T) -> None:
        self.known = known
        self._sent: list[T] = []

    def typed(self, value: T) -> bool:
        """Take note of what the editor holds now; whether it must be sent."""
        if value == (self._sent[-1] if self._sent else self.known):
            return False
        self._sent.append(value)
        return True

    def returned(self, value: T) -> bool:
        """Take note of what the document says now; whether somebody else made it say so."""
        if value in self._sent:
            del self._sent[: len(self._sent) - self._sent[::-1].index(value)]
            self.known = value
            return False
        news = value != self.known
        if news:
            self.known = value
            self._sent.clear()
        return news

    def refused(self) -> None:
        """What was sent did not get into the document."""
        self._sent.clear()
