"""What Claude Code makes of an agent file: whether it loads, as what, and what is lost.

Facts as observed on Claude Code 2.1.329.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agent_studio.model import schema
from agent_studio.model.document import Document
from agent_studio.model.fences import JS_SPACE

Status = Literal["loads", "tolerated", "degraded", "dropped", "not-agent"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the host loads a file, and the reason in words where it does not, or not as it is written."""

    status: Status
    reason: str | None = None

    @property
    def loads(self) -> bool:
        """Whether an agent comes of the file."""
        return self.status in {"loads", "tolerated", "degraded"}


@dataclass(frozen=True, slots=True)
class Reading:
    """An agent as the host has it.

    `name` and `description` are None where they are missing or no text. `tools` is None where the field is absent
    (all tools), empty where it stands there and grants none. `color` is the word in the file, legal or not.
    """

    name: str | None
    description: str | None
    model: str | None
    color: str | None
    tools: tuple[str, ...] | None
    verdict: Verdict


def read(document: Document) -> Reading:
    """The host's reading of a document."""
    name, description = document.get("name"), document.get("description")
    model, color = document.get("model"), document.get("color")
    tools = schema.items_of(document.get("tools")) if document.has("tools") else None
    return Reading(
        name if isinstance(name, str) and name else None,
        description.replace("\\n", "\n") if isinstance(description, str) and description else None,
        _model(model) if isinstance(model, str) else None,
        color if isinstance(color, str) and color else None,
        None if tools and "*" in tools else tools,
        _verdict(document),
    )


def _model(text: str) -> str | None:
    """A model as the host lists it: trimmed, `inherit` in any case."""
    text = text.strip(JS_SPACE)
    return text.lower() if text.lower() == "inherit" else text or None


def _verdict(document: Document) -> Verdict:
    if document.trouble:
        tries = document.fences is not None or document.trouble not in {"no frontmatter", "the file is empty"}
        return Verdict("dropped" if tries else "not-agent", document.trouble)
    if document.reading == "lines":
        return Verdict("dropped", f"the frontmatter is not YAML: {_why(document)}")
    if not document.has("name") and not document.has("description"):
        return Verdict("not-agent", "the frontmatter has neither name nor description")
    if reason := _dropped(document):
        return Verdict("dropped", reason)
    if reason := _degraded(document):
        return Verdict("degraded", reason)
    if document.reading == "tolerant":
        return Verdict("tolerated", f"not valid YAML ({_why(document)}); Claude Code repairs it, other tools may not")
    return Verdict("loads")


_WORDS = {
    "mapping values are not allowed in this context": "a colon and a blank in unquoted text",
    "did not find expected alphabetic or numeric character": "text that starts with *",
    "did not find expected node content": "text that starts with a comma, or a list that breaks off",
    "did not find expected key": "a line that is no field, or a quote that closes too early",
    "could not find expected ':'": "a line without a colon",
    "found unexpected end of stream": "a quote or bracket that is never closed",
    "found character that cannot start any token": "text that starts with a tab, @ or `",
    "did not find expected ',' or ']'": "a [ that is never closed",
    "did not find expected ',' or '}'": "a { that is never closed",
    "control characters are not allowed": "a control character",
}
"""What PyYAML says, in words about the file."""


def _why(document: Document) -> str:
    """Why the header is no YAML, and where."""
    header = document.header
    reason = _WORDS.get(header.error or "", header.error or "")
    return reason if header.error_at is None else f"line {document.line_at(header.error_at)}: {reason}"


def _dropped(document: Document) -> str | None:
    """Why the host drops a file whose header it could read."""
    name = document.get("name")
    if not name:
        return "it has no name"
    for field in ("name", "description"):
        value = document.get(field)
        if value is None or value == "":
            return f"it has no {field}"
        if not isinstance(value, str):
            return f"its {field} is not text but {_noun(value)}: put it in quotes"
        if problem := schema.BY_NAME[field].problem(value):
            return problem
    return _bad_hooks(document.get("hooks"))


def _bad_hooks(hooks: object) -> str | None:
    """Why hooks drop the whole agent: no mapping, or an entry before tools that cannot be used."""
    if hooks is None or hooks in ("", 0, False):
        return None
    if not isinstance(hooks, dict):
        return "its hooks are not a mapping"
    for event in ("PreToolUse", "PermissionRequest"):
        entries = hooks.get(event)
        if entries is not None and not (isinstance(entries, list) and all(map(_is_matcher, entries))):
            return f"its {event} hooks cannot be used: a list of matchers, each with a list of hooks, is wanted"
    return None


_HOOK_TYPES = frozenset({"command", "prompt", "agent", "http", "mcp_tool"})


def _is_matcher(entry: object) -> bool:
    """Whether an entry under an event has a list of usable hooks."""
    return isinstance(entry, dict) and isinstance(entry.get("hooks"), list) and all(map(_is_hook, entry["hooks"]))


def _is_hook(hook: object) -> bool:
    if not isinstance(hook, dict) or str(hook.get("type")) not in _HOOK_TYPES:
        return False
    return hook["type"] != "command" or isinstance(hook.get("command"), str)


def _noun(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a mapping"
    return "true or false" if isinstance(value, bool) else f"the number {value}"


def _degraded(document: Document) -> str | None:
    """What the host cuts or ignores in a file that loads: the first such thing."""
    assert document.fences is not None
    line = document.text.rfind("\n", 0, document.fences.close) + 1
    if document.text[line : document.fences.close].strip():
        return f"line {document.line_at(line)}: three dashes end the frontmatter there, what follows became body"
    for field in schema.FIELDS:
        if not document.has(field.name) or field.required:
            continue
        value = document.get(field.name)
        if field.name == "tools" and not schema.items_of(value):
            return "tools is empty: the agent gets no tool at all"
        if value is not None and (problem := field.problem(value)):
            return problem
    return None
