"""The tools that Claude Code brings along."""

from __future__ import annotations

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
