"""Every frontmatter field that Claude Code knows, declared once: the form, the command line and the docs read it here.

Source: Claude Code 2.1.329, observed (key set, accepted values, what an illegal value does); the version named in
`since` is from its changelog.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from .fences import JS_SPACE
from .hosts.releases import rejected_name

Kind = Literal["text", "prose", "choice", "list", "integer", "boolean", "yaml"]
"""What a value is: one line, long text, one of `choices`, a list of names, a number, true or false, nested YAML."""

Value = str | int | float | bool | tuple[str, ...]
"""A value that can be written: text, a number, true or false, or a list of texts."""

OnPlugin = Literal["honoured", "ignored"]


class IllegalValue(Exception):
    """A value that the host would not take for this field; the message says what it takes."""


class Field(NamedTuple):
    """One frontmatter field.

    `choices` are the values that the host documents; `open` choices are only suggestions (any other text is taken too).
    `invalid` says what the host does with a value it does not take. `plugin` says whether it counts in a plugin's
    agent.
    """

    name: str
    kind: Kind
    help: str
    default: str
    choices: tuple[str, ...] = ()
    open: bool = False
    required: bool = False
    invalid: str = "ignored"
    plugin: OnPlugin = "honoured"
    minimum: int | None = None
    since: str = ""

    def parse(self, text: str) -> Value:
        """The value that a person means by `text`; raises `IllegalValue` where the host would not take it."""
        match self.kind:
            case "list":
                return split_list(text)
            case "boolean":
                return _boolean(self, text)
            case "integer":
                return _integer(self, text)
            case "choice":
                return _choice(self, text)
            case "yaml":
                raise IllegalValue(f"{self.name} is nested YAML: edit it in the file (raw, or your editor)")
            case _:
                return _text(self, text)

    def problem(self, value: object) -> str | None:
        """What is wrong with a value as read from a file, in words; None when the host takes it."""
        if self.kind in {"list", "yaml"}:
            return None
        if isinstance(value, bool):
            text = "true" if value else "false"
        elif isinstance(value, str | int | float):
            text = str(value)
        else:
            return f"{self.name} must be text" if self.required else f"{self.name} takes no list or mapping"
        if (self.kind in {"text", "prose"} or self.open) and not isinstance(value, str):
            return f"{self.name} must be text, not {text}: put it in quotes"
        try:
            self.parse(text)
        except IllegalValue as illegal:
            return str(illegal)
        return None


def _text(field: Field, text: str) -> str:
    if field.required and not text:
        raise IllegalValue(f"{field.name} cannot be empty: Claude Code drops the agent")
    if field.name == "name" and (reason := rejected_name(text)):
        raise IllegalValue(reason)
    return text


def _choice(field: Field, text: str) -> Value:
    if text in field.choices or (field.open and text):
        return text
    if field.name == "effort":
        if text.lower() in field.choices:
            return text
        if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
            return float(text) if "." in text else int(text)
    raise IllegalValue(f"{field.name} takes {', '.join(field.choices)}; anything else is {field.invalid}")


def _boolean(field: Field, text: str) -> bool:
    if text not in {"true", "false"}:
        raise IllegalValue(f"{field.name} takes true or false; anything else is {field.invalid}")
    return text == "true"


def _integer(field: Field, text: str) -> int:
    least = field.minimum if field.minimum is not None else 0
    if not re.fullmatch(r"[0-9]+", text) or int(text) < least:
        raise IllegalValue(f"{field.name} takes a whole number from {least:,}; anything else is {field.invalid}")
    return int(text)


_ITEM = re.compile(r"(?:[^ ,(]|\([^)]*\)?)++")


@lru_cache(maxsize=1_000)
def split_list(text: str) -> tuple[str, ...]:
    """The items of a comma text as the host splits it: at commas and blanks outside parentheses, empties dropped.

    Parentheses do not nest (the first `)` ends); tabs and line breaks do not separate.
    """
    parts = (part.strip(JS_SPACE) for part in _ITEM.findall(text))
    return tuple(part for part in parts if part)


def items_of(value: object) -> tuple[str, ...]:
    """A list field's items from a value as read: a text is split, a list's texts are split each, all else is empty."""
    if isinstance(value, str):
        return split_list(value)
    texts = [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []
    return tuple(item for text in texts for item in split_list(text))


def means(read: object, value: Value | None) -> bool:
    """Whether what was read is a value: of a list its items count, not how they are written."""
    if isinstance(value, tuple):
        return read is not None and items_of(read) == value
    return repr(read) == repr(value)


COLOR_TAGS = {
    "red": "RE",
    "blue": "BL",
    "green": "GR",
    "yellow": "YE",
    "purple": "PU",
    "orange": "OR",
    "pink": "PI",
    "cyan": "CY",
}
"""The legal colors, and two letters for each that say it without color."""
COLORS = tuple(COLOR_TAGS)
MODELS = ("inherit", "sonnet", "opus", "haiku", "fable", "best", "opusplan", "default", "sonnet[1m]", "opus[1m]")


def color_tag(color: str | None) -> str:
    """Two letters for a color: `--` for none, `??` for a word that is no color."""
    return "--" if color is None else COLOR_TAGS.get(color, "??")


FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        "text",
        "What the agent is called: lower-case letters, digits and hyphens. The file name does not matter.",
        "none",
        required=True,
        invalid="dropped with the whole file",
        since="1.0.60",
    ),
    Field(
        "description",
        "prose",
        "When to use the agent. Claude reads it in every conversation to decide whom to ask.",
        "none",
        required=True,
        invalid="dropped with the whole file",
        since="1.0.60",
    ),
    Field(
        "tools",
        "list",
        "The tools it may use. Absent: all of them. Present but empty: none at all.",
        "all tools",
        since="1.0.60",
    ),
    Field("disallowedTools", "list", "Tools it may not use, taken from what it would have.", "none", since="2.0.30"),
    Field(
        "model",
        "choice",
        "An alias, a full model id, or inherit for the model of the conversation.",
        "inherit",
        choices=MODELS,
        open=True,
        invalid="sent as it is and fails when the agent starts",
    ),
    Field(
        "color",
        "choice",
        "The color of its label. Any other word is silently no color.",
        "none",
        choices=COLORS,
        invalid="silently no color",
    ),
    Field(
        "permissionMode",
        "choice",
        "How it asks before it acts.",
        "the conversation's",
        choices=("default", "manual", "acceptEdits", "auto", "dontAsk", "bypassPermissions", "plan"),
        plugin="ignored",
        since="2.0.43",
    ),
    Field(
        "memory",
        "choice",
        "Where it keeps notes between conversations; adds Read, Write and Edit to its tools.",
        "off",
        choices=("user", "project", "local"),
        since="2.1.33",
    ),
    Field("maxTurns", "integer", "Turns after which it stops.", "no limit", minimum=1, since="2.1.78"),
    Field("skills", "list", "Skills that are loaded for it at the start.", "none", since="2.0.43"),
    Field(
        "mcpServers",
        "yaml",
        "MCP servers of its own: names, or name and configuration. Inline ones run commands.",
        "none",
        plugin="ignored",
    ),
    Field(
        "hooks",
        "yaml",
        "Commands that run on its events.",
        "none",
        invalid="dropped with the whole file when it is not a mapping",
        plugin="ignored",
        since="2.1.0",
    ),
    Field("background", "boolean", "Always run in the background.", "false", since="2.1.49"),
    Field(
        "effort",
        "choice",
        "How much it thinks: a level, or a number.",
        "the conversation's",
        choices=("low", "medium", "high", "xhigh", "max"),
        since="2.1.78",
    ),
    Field(
        "isolation",
        "choice",
        "Work in a git worktree of its own, or (where offered) remotely.",
        "none",
        choices=("worktree", "remote"),
        since="2.1.50",
    ),
    Field(
        "initialPrompt",
        "prose",
        "First message when it runs as the main agent (--agent).",
        "none",
        plugin="ignored",
        since="2.1.83",
    ),
    Field("omitClaudeMd", "boolean", "Run without the CLAUDE.md files.", "false", since="after 2.1.240"),
    Field(
        "autoCompactWindow",
        "integer",
        "Tokens at which its conversation is compacted.",
        "inherited",
        minimum=100_000,
        since="after 2.1.240",
    ),
    Field(
        "observer",
        "text",
        "Agents that watch it: one, or a comma list of up to four.",
        "none",
        plugin="ignored",
        since="after 2.1.240",
    ),
    Field("observerMessage", "prose", "What its observers are told.", "none", since="after 2.1.240"),
    Field("experimental", "yaml", "Known to the host, meaning undocumented.", "none", since="after 2.1.240"),
)

BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
ORDER: dict[str, int] = {field.name: place for place, field in enumerate(FIELDS)}
