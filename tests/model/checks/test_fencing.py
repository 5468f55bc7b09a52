"""What closes a block of code that stays open, by what left it open."""

from __future__ import annotations

import pytest

from agent_studio.model.checks.fencing import unclosed
from tests.model.documents import headed

CLOSED = [
    ("```py\nx\n", "```py\nx\n```\n"),
    ("~~~\nx", "~~~\nx\n~~~\n"),
    ("```md\n```py\nx\n```\nmore\n```\n\nEnd.\n", "````md\n```py\nx\n```\nmore\n````\n\nEnd.\n"),
    ("```py\nx\n```md\n\nA.\n\n```sh\ny\n```text\n", "```py\nx\n```\n\nA.\n\n```sh\ny\n```\n"),
    ("```py\r\nx\r\n```md\r\nA.\r\n", "```py\r\nx\r\n```\r\nA.\r\n"),
]


@pytest.mark.parametrize(("body", "closed"), CLOSED)
def test_a_block_is_closed_as_it_was_meant(body: str, closed: str) -> None:
    held = headed("name: a\ndescription: b\n", body)
    found = unclosed(held)
    assert found
    assert held.spliced(found.splices).body == closed
    assert unclosed(held.spliced(found.splices)) is None


def test_where_nobody_can_tell_nothing_is_closed() -> None:
    found = unclosed(headed("name: a\ndescription: b\n", "Text.\n```\n\n# More\n\nText.\n"))
    assert found
    assert found.splices == ()


@pytest.mark.parametrize("body", ["```\nx\n```\n\n```\n", "```md\n```\n", "Text.\n"])
def test_a_fence_with_nothing_behind_it_opens_nothing(body: str) -> None:
    assert unclosed(headed("name: a\ndescription: b\n", body)) is None
