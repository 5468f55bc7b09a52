"""How a value is written back: the style that stands there first, then the safe ones.

Every function yields spellings, best first. They are candidates: whoever writes one reads the result again and takes
the next where it does not mean what was intended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .fences import DASHES
from .nodes import Node, resolved
from .schema import Value

_UNPRINTABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x00": "\\0"})
_FLOW = frozenset(",[]{}")


def double(text: str) -> str:
    """`text` in double quotes on one line, JSON style; dashes that would close the header are escaped."""
    escaped = re.sub(_UNPRINTABLE, _escape, text.translate(_ESCAPES))
    return '"' + re.sub("-{3,}", _broken_dashes, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _broken_dashes(run: re.Match[str]) -> str:
    return "".join("-" if place % 2 == 0 else "\\x2d" for place in range(len(run[0])))


def single(text: str) -> str | None:
    """`text` in single quotes, or None where it cannot stand so on one line."""
    if DASHES in text or re.search(r"[\n\r\t]", text) or re.search(_UNPRINTABLE, text):
        return None
    return "'" + text.replace("'", "''") + "'"


@lru_cache(maxsize=100)
def plain(text: str, flow: bool = False) -> str | None:
    """`text` without quotes, or None where any YAML reader could take it for something else."""
    if not text or text != text.strip() or DASHES in text or re.search(rf"[\n\r\t]|{_UNPRINTABLE}", text):
        return None
    if text[0] in "-?:,[]{}#&*!|>'\"%@`=~" or text.endswith(":") or ": " in text or " #" in text:
        return None
    if text.startswith("...") and text[3:4].strip() == "":  # ends a document where it begins a line
        return None
    if flow and (_FLOW & set(text) or ":" in text):
        return None
    if not isinstance(resolved(text), str) or _is_typed_elsewhere(text):
        return None
    return text


def _is_typed_elsewhere(text: str) -> bool:
    """Whether a YAML 1.1 reader takes plain text for a date, a number, true or false; the host does not, others do."""
    import yaml  # noqa: PLC0415  # only what is written asks for it

    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return any(pattern.match(text) for _, pattern in resolvers)


def spelled(value: Value) -> str:
    """A number or truth value as YAML."""
    return "true" if value is True else "false" if value is False else str(value)


def one(text: str, style: str, flow: bool = False) -> Iterator[str]:
    """Spellings of `text` on one line, in `style` first."""
    if style == "single" and (quoted := single(text)) is not None:
        yield quoted
    if style not in {"single", "double"} and (bare := plain(text, flow)) is not None:
        yield bare
    yield double(text)


def folded_plain(text: str, source: str, newline: str) -> str | None:
    """`text` without quotes over several lines as wide as those of `source`, indented as they are."""
    lines = source.splitlines()
    if plain(text) is None or len(lines) < 2 or "  " in text:
        return None
    indent = re.match(r"[ \t]*", lines[1])[0]  # type: ignore[index]  # the pattern always matches
    width = max(map(len, lines))
    return (newline + indent).join(_filled(text, width - len(indent)))


def _filled(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


_BLOCK = re.compile(r"([|>])([0-9+-]*)([^\r\n]*)")


def block(text: str, source: str, newline: str) -> Iterator[str]:
    """`text` as the block scalar that `source` is: its header line, indentation and (when folded) width kept.

    The chomping sign is changed only where the text's final line breaks ask for another one.
    """
    match = _BLOCK.match(source)
    if match is None or DASHES in text or re.search(_UNPRINTABLE, text) or "\r" in text or not text.strip("\n "):
        return
    lines = source.splitlines()[1:]
    indent = next((re.match(r"[ ]*", line)[0] for line in lines if line.strip()), "  ")  # type: ignore[index]
    width = max((len(line) - len(indent) for line in lines), default=80)
    body = text.rstrip("\n")
    breaks = len(text) - len(body)
    rows = _folded(body, width) if match[1] == ">" else body.split("\n")
    content = newline.join(indent + row if row else "" for row in rows)
    digits = re.sub("[+-]", "", match[2])
    wanted = "-" if not breaks else "" if breaks == 1 else "+"
    for chomp in dict.fromkeys([match[2], digits + wanted]):
        # Blank lines below the block stay where they are, and may be the line breaks that are wanted.
        for blank in dict.fromkeys([0, max(breaks - 1, 0)]):
            yield f"{match[1]}{chomp}{match[3]}{newline}{content}{newline * blank}"


def _folded(text: str, width: int) -> list[str]:
    rows: list[str] = []
    for paragraph in text.split("\n"):
        rows += [*_filled(paragraph, max(width, 20)), ""]
    return rows[:-1]


def scalar(text: str, style: str, source: str, newline: str, flow: bool = False) -> Iterator[str]:
    """Spellings of `text` where `source`, written in `style`, stands now."""
    if style in {"literal", "folded"}:
        yield from block(text, source, newline)
    if style == "plain" and not flow and (folded := folded_plain(text, source, newline)) is not None:
        yield folded
    yield from one(text, style, flow)


def comma_text(items: tuple[str, ...], source: str = "") -> str:
    """Items as one text, separated as `source` separates its own."""
    separator = next((mark for mark in (", ", ",", " ") if mark in source.strip()), ", ")
    return separator.join(items)


def flow_list(items: tuple[str, ...], node: Node | None = None, source: str = "") -> str:
    """`[a, b]`: items that stand in `node` already keep their spelling, the others take its style and its spacing."""
    old = node.items if node else []
    if not old:
        return "[" + ", ".join(next(one(item, "plain", flow=True)) for item in items) + "]"
    own = {item.value: source[item.start : item.end] for item in reversed(old) if isinstance(item.value, str)}
    texts = [own.get(item) or next(one(item, old[0].style, flow=True)) for item in items]
    between = source[old[0].end : old[1].start] if len(old) > 1 else ", "
    if not re.fullmatch(r"\s*,\s*", between):
        between = ", "
    assert node is not None
    return source[node.start : old[0].start] + between.join(texts) + source[old[-1].end : node.end]


def block_list(items: tuple[str, ...], node: Node, source: str, end: int, newline: str) -> str:
    """`- a` lines from the first dash to `end`: lines of items that stay are kept whole, with their comments."""
    starts = [source.rfind("-", 0, item.start) if item.start > node.start else node.start for item in node.items]
    column = node.start - (max(source.rfind("\n", 0, node.start), source.rfind("\r", 0, node.start)) + 1)
    ends = [*starts[1:], end]
    style = node.items[0].style
    own: dict[object, str] = {}
    for item, first, last in zip(node.items, starts, ends, strict=True):
        if isinstance(item.value, str):
            own.setdefault(item.value, source[first:last].rstrip())
    texts = [
        own.get(item) or "- " + next(one(item, style if style in {"single", "double"} else "plain")) for item in items
    ]
    return (newline + " " * column).join(texts)
