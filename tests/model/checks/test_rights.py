"""What an agent may do has one fingerprint however it is written, and another as soon as it may do something else."""

from __future__ import annotations

import pytest

from agent_studio.model.checks.rules import s040_changed_since_review
from agent_studio.model.checks.rules.s040_changed_since_review import FIELDS, fingerprint
from agent_studio.model.checks.surroundings import Surroundings
from tests.model.documents import agent, headed

SAME = [
    "tools: Read, Grep\n",
    "tools: [Grep, Read]\n",
    "tools:\n  - Read\n  - Grep\ncolor: red\nmodel: opus\n",
    '"tools": "Grep,Read"\n',
]


def test_how_it_is_written_makes_no_difference() -> None:
    assert len({fingerprint(headed(f"name: a\ndescription: b\n{rights}", "Other.\n")) for rights in SAME}) == 1


@pytest.mark.parametrize(
    "rights",
    [
        "",
        "tools:\n",
        "tools: Read\n",
        "tools: Read, Grep, Bash\n",
        "tools: Read, Grep\npermissionMode: auto\n",
        "tools: Read, Grep\nmemory: user\n",
        "tools: Read, Grep\nskills: pdf\n",
        "tools: Read, Grep\nmcpServers: [github]\n",
        "tools: Read, Grep\nhooks:\n  Stop: []\n",
    ],
)
def test_other_rights_are_other(rights: str) -> None:
    assert fingerprint(headed(f"name: a\ndescription: b\n{rights}")) != fingerprint(headed(SAME[0]))


def test_the_message_shows_what_it_may_do_now() -> None:
    held = agent("---\nname: a\ndescription: b\ntools: Read, Bash\nmcpServers: {s: {command: x}}\n---\nBody.\n")
    around = Surroundings(reviewed={held.ref: fingerprint(headed(SAME[0]))})
    (problem,) = s040_changed_since_review.check(held, around)
    assert 'tools: Read, Bash; mcpServers: {"s": {"command": "x"}}' in problem.message
    assert list(s040_changed_since_review.check(held, Surroundings())) == []
    assert (
        list(s040_changed_since_review.check(held, Surroundings(reviewed={held.ref: fingerprint(held.document)}))) == []
    )
    assert "tools" in FIELDS
