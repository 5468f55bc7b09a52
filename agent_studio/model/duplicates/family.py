"""Families: things that hang together by pairs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

_Member = TypeVar("_Member")


def families(pairs: Iterable[tuple[_Member, _Member]]) -> list[list[_Member]]:
    """The members of the pairs, together with whom they are in a pair with, directly or by others; in their order."""
    heads: dict[_Member, _Member] = {}

    def head(member: _Member) -> _Member:
        while (above := heads.setdefault(member, member)) != member:
            heads[member] = member = heads[above]
        return member

    for one, other in pairs:
        heads[head(other)] = head(one)
    found: dict[_Member, list[_Member]] = {}
    for member in heads:
        found.setdefault(head(member), []).append(member)
    return list(found.values())
