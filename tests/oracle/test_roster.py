"""The agents as the program describes them to the model."""

from __future__ import annotations

from oracle.roster import roster, tools

TEXT = """# Environment

Available agent types for the Agent tool:
- one: first (Tools: All tools)
- Plan: plans (Tools: Read
Grep)
- two: a (Tools: none)
- not: an entry (Tools: Bash(git:*), Read)

When you launch several agents, ... (Tools: no)
"""
NAMES = ("one", "Plan", "two")


def test_the_roster_is_found_anywhere_in_a_request() -> None:
    request = {"system": [], "messages": [{"role": "user", "content": [{"text": TEXT}, {"text": "hi"}]}]}
    assert roster([{}, request]).startswith("Available agent types")
    assert roster([{}]) == ""


def test_tools_are_what_stands_in_an_entry() -> None:
    assert tools(TEXT, "one", "first", NAMES) == "All tools"
    assert tools(TEXT, "Plan", "plans", NAMES) == "Read\nGrep"


def test_a_description_may_look_like_entries() -> None:
    assert tools(TEXT, "two", "a (Tools: none)\n- not: an entry", NAMES) == "Bash(git:*), Read"


def test_an_agent_that_is_not_listed_has_no_tools() -> None:
    assert tools(TEXT, "three", "d", NAMES) is None
    assert tools(TEXT, "one", "another", NAMES) is None
