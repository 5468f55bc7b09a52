"""The tools of Claude Code: their names, what a list of them grants, and how the host words it."""

from __future__ import annotations

from collections.abc import Sequence

TOOLS: tuple[str, ...] = tuple(
    """
    Agent Artifact AskUserQuestion Bash ClaudeDesign CronCreate CronDelete CronList Edit EndConversation EnterPlanMode
    EnterWorktree ExitPlanMode ExitWorktree Glob Grep ListAgents ListMcpResourcesTool LSP Monitor NotebookEdit
    OfferChromeSetup PowerShell Projects propose_skills PushNotification Read ReadMcpResourceDirTool
    ReadMcpResourceTool ReadNotifications RemoteTrigger ReportFindings ScheduleWakeup SendFeedback SendMessage
    SendUserFile SendUserMessage SetGoal ShareOnboardingGuide ShowOnboardingRolePicker Skill SubagentHandback
    TaskCreate TaskGet TaskList TaskOutput TaskStop TaskUpdate TodoWrite ToolSearch WaitForMcpServers WebFetch
    WebSearch Workflow Write
    """.split()
)
"""Names that a `tools` field may hold, in alphabetical order; names are case-sensitive.

Source: the union of Claude Code's documentation (tools reference, August 2026) and `BUILTIN_TOOL_NAMES` of its SDK
(November 2026), which calls itself incomplete: a name that is not here may still be a tool, and those of MCP
servers (`mcp__server__tool`) never are.
"""

ALIASES = {"Task": "Agent", "KillShell": "TaskStop", "KillBash": "TaskStop"}
"""Former names that still stand for a tool (observed on 2.1.329)."""

MEMORY_TOOLS = ("Write", "Edit", "Read")
"""What `memory` adds to a list of tools, in this order."""

_KNOWN = frozenset(TOOLS) | frozenset(ALIASES)


def is_known(item: str) -> bool:
    """Whether an item of a tools list may grant something: a tool, with or without a pattern, or one of a server."""
    name = item.partition("(")[0] if item.endswith(")") else item
    return name in _KNOWN or name.startswith("mcp__")


def left(tools: Sequence[str], denied: Sequence[str]) -> tuple[str, ...]:
    """The listed tools that are not literally denied."""
    return tuple(tool for tool in tools if tool not in denied)


def roster(tools: Sequence[str] | None, denied: Sequence[str]) -> str:
    """The tools as the model is told them; `tools` is None where nothing restricts them."""
    if not tools:
        return f"All tools except {', '.join(denied)}" if denied else "All tools"
    return ", ".join(left(tools, denied)) or "None"
