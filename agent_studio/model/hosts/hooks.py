"""The hooks of an agent as Claude Code checks them: a bad one before a tool drops the agent, others are ignored.

Source: Claude Code 2.1.329, observed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Check = Callable[[object], bool]

GUARDS = ("PreToolUse", "PermissionRequest")
"""Events that may keep a tool from running: an unusable entry there drops the whole agent."""

EVENTS = frozenset(
    """
    PreToolUse PostToolUse PostToolUseFailure PostToolBatch Notification UserPromptSubmit UserPromptExpansion
    SessionStart SessionEnd Stop StopFailure SubagentStart SubagentStop PreCompact PostCompact PreModelSwitch
    PostModelSwitch PermissionRequest PermissionDenied Setup TeammateIdle TaskCreated TaskCompleted Elicitation
    ElicitationResult ConfigChange WorktreeCreate WorktreeRemove InstructionsLoaded CwdChanged FileChanged
    DirectoryAdded MessageDisplay
    """.split()
)
"""All events (the SDK's `HOOK_EVENTS`, November 2026); an unknown one is ignored."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


def _is_positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _is_mapping(value: object) -> bool:
    return isinstance(value, dict)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _maps_texts(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_text, value.values()))


def _is_shell(value: object) -> bool:
    return value in ("bash", "powershell")


def _is_url(value: object) -> bool:
    """Whether JavaScript's `URL` takes it: a scheme, and behind one of the web's also a host."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", value.strip(), re.DOTALL) if isinstance(value, str) else None
    web = found is not None and found[1].lower() in {"http", "https", "ws", "wss", "ftp"}
    return found is not None and (not web or bool(found[2].strip("/\\")))


_ANY: dict[str, Check] = {"timeout": _is_positive, "once": _is_boolean, "if": _is_text, "statusMessage": _is_text}
_TYPES: dict[str, tuple[dict[str, Check], dict[str, Check]]] = {
    "command": (
        {"command": _is_text},
        {
            "args": _are_texts,
            "async": _is_boolean,
            "asyncRewake": _is_boolean,
            "shell": _is_shell,
            "rewakeMessage": _is_text,
            "rewakeSummary": _is_text,
        },
    ),
    "prompt": ({"prompt": _is_text}, {"model": _is_text, "continueOnBlock": _is_boolean}),
    "agent": ({"prompt": _is_text}, {"model": _is_text}),
    "http": ({"url": _is_url}, {"headers": _maps_texts, "allowedEnvVars": _are_texts}),
    "mcp_tool": ({"server": _is_text, "tool": _is_text}, {"input": _is_mapping}),
}
"""Hook type -> (keys it needs, keys it may have) -> what their values must be; other keys are not looked at."""


def problem(hooks: object) -> str | None:
    """Why hooks drop the agent; None when they do not."""
    if not isinstance(hooks, dict):
        return "its hooks are not a mapping"
    for event in GUARDS:
        if hooks.get(event) is not None and (reason := _unusable(hooks[event])):
            return f"its {event} hooks cannot be used: {reason}"
    return None


def losses(hooks: object) -> Iterator[str]:
    """What of the hooks of an agent that loads is ignored."""
    for event, entries in hooks.items() if isinstance(hooks, dict) else ():
        if event not in EVENTS:
            yield f"hooks: there is no event {event}, so its hooks are ignored"
        elif event not in GUARDS and entries is not None and (reason := _unusable(entries)):
            yield f"hooks under {event} are ignored: {reason}"


def _unusable(entries: object) -> str | None:
    """What is wrong with the matchers of an event."""
    if not isinstance(entries, list):
        return "a list of matchers is wanted"
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("hooks"), list):
            return "each matcher needs a list of hooks"
        if "matcher" in entry and not isinstance(entry["matcher"], str):
            return "a matcher must be text"
        if reason := next(filter(None, map(_wrong, entry["hooks"])), None):
            return reason
    return None


def _wrong(hook: object) -> str | None:
    """What is wrong with one hook."""
    kind = hook.get("type") if isinstance(hook, dict) else None
    if not isinstance(hook, dict) or not isinstance(kind, str) or kind not in _TYPES:
        return f"a hook needs a type: {', '.join(_TYPES)}"
    needed, optional = _TYPES[kind]
    for key, check in needed.items():
        if not check(hook.get(key)):
            return f"a {kind} hook needs a {key}"
    for key, check in (_ANY | optional).items():
        if key in hook and not check(hook[key]):
            return f"a {kind} hook cannot have this {key}"
    return None
