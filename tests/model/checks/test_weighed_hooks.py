"""A hook weighs by what it can do: one that only says why it refuses is no command to fear."""

from __future__ import annotations

import json

import pytest

from agent_studio.model.checks.rules import s010_hook_commands
from tests.model.documents import agent


@pytest.mark.parametrize(
    ("command", "weighs"),
    [
        *(
            (one, "medium")
            for one in ("echo done", "exit 2", "echo 'Not here.' >&2; exit 2", 'echo "No" 1>&2 && exit 2')
        ),
        *((one, "medium") for one in ("echo a >/dev/null", "false || true", "printf x 2>&1")),
        *((one, None) for one in ("echo a >&2 | sh", "echo a > ~/.bashrc", "echo a >/dev/nullx", "echo $(id)", "cat")),
        *((one, None) for one in ("echo a & id", "exit 2; id", 'echo "`id`"', "echo a\nid", "echo a >&2id")),
    ],
)
def test_a_command_that_only_prints_weighs_less(command: str, weighs: str | None) -> None:
    hooks = json.dumps({"Stop": [{"hooks": [{"type": "command", "command": command}]}]})
    (problem,) = s010_hook_commands.check(agent(f"---\nname: a\ndescription: d\nhooks: {hooks}\n---\nBody.\n"))
    assert problem.severity == weighs
