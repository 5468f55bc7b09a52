"""What a fix to a text writes, to the letter."""

from __future__ import annotations

import pytest

from agent_studio.model.checks.catalogue import BY_ID
from agent_studio.model.checks.engine import fixed
from tests.model.checks import cases
from tests.model.documents import agent

HEAD = "---\nname: reviewer\ndescription: Use this agent to review changes.\n"
MEMORY = "---\n# Persistent Agent Memory\n\nA directory at `{}`.\n"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "B001",
            "---\nIn `/mnt/d/work/.claude/agent-memory/reviewer/`.\n",
            "---\nIn `.claude/agent-memory/reviewer/`.\n",
        ),
        (
            "B001",
            "---\nIn `/home/anna/.claude/agent-memory/reviewer/`.\n",
            "---\nIn `~/.claude/agent-memory/reviewer/`.\n",
        ),
        *(
            ("B002", MEMORY.format(path), f"memory: {scope}\n{MEMORY.format(path)}")
            for path, scope in {
                ".claude/agent-memory/reviewer/": "project",
                "F:\\Work\\.claude\\agent-memory\\reviewer\\": "project",
                ".claude/agent-memory-local/reviewer/": "local",
                "C:\\Users\\berta\\.claude\\agent-memory\\reviewer\\": "user",
                "~/.claude/agent-memory/reviewer/": "user",
            }.items()
        ),
        (
            "T007",
            "disallowedTools: WebFetch\n---\nYou are read-only.\n",
            "disallowedTools: WebFetch, Write, Edit\n---\nYou are read-only.\n",
        ),
        (
            "B010",
            "---\nUse the `Task` tool or MultiEdit, not the Task Tool.\n",
            "---\nUse the `Agent` tool or Edit, not the Agent Tool.\n",
        ),
    ],
)
def test_a_fix_writes(rule: str, before: str, after: str) -> None:
    held = agent(HEAD + before)
    assert fixed(held, [BY_ID[rule]], unsafe=True, around=cases.AROUND).text == HEAD + after
