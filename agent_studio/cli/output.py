"""What the program prints: the only code that writes to stdout."""

from __future__ import annotations

import contextlib
import json
import math
import os
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import click

from agent_studio.cli.plain import encodable, escaped, plain

COLOR = "agent_studio.color"
"""Key of `click.Context.meta`: `auto`, `always` or `never`."""

BOLD, DIM, REMOVED, ADDED, PLACE, WRONG = "1", "2", "31", "32", "36", "33"
"""How text is set off where color is on: parameters of the terminal's SGR sequence."""

_ASCII = str.maketrans(
    {"✖": "x", "⚠": "!", "⇄": "=", "…": "~", "·": "-", "⋯": "~", "—": "-", "≈": "~", "−": "-", "→": ">", "▶": ">"}
)


class ReaderGone(Exception):
    """Nobody reads the output any more."""


class OutputFailed(Exception):
    """The output cannot be written; the message says why."""


class Piece(NamedTuple):
    """Text in a style; empty means as it is. A tuple: some ten thousand are printed at once."""

    text: str
    style: str = ""


def is_terminal() -> bool:
    """Whether a person sees the output."""
    return sys.stdout is not None and sys.stdout.isatty()


def encoding() -> str:
    """How text is printed as bytes."""
    return sys.stdout.encoding if sys.stdout is not None else "utf-8"


def width() -> int | None:
    """The cells of a terminal's line; None where lines may have any length."""
    if not is_terminal():
        return None
    from shutil import get_terminal_size  # noqa: PLC0415  # loads what packs files

    return get_terminal_size().columns


def in_color() -> bool:
    """Whether color is on: by `--color`, else `NO_COLOR`, else `FORCE_COLOR`, else on a terminal that can."""
    context = click.get_current_context(silent=True)
    wish = context.meta.get(COLOR, "auto") if context else "auto"
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("FORCE_COLOR", "0") not in {"", "0"} or (is_terminal() and os.environ.get("TERM") != "dumb")


def line(*pieces: Piece | str) -> None:
    """Print one line; whatever its text says, the terminal is told nothing but the styles of the pieces."""
    lines([pieces])


def lines(rows: Iterable[Iterable[Piece | str]]) -> None:
    """Print many lines at once."""
    if in_color():
        _text("".join("".join(map(_styled, pieces)) + "\n" for pieces in rows))
    else:
        _text("".join(plain("".join(map(_unstyled, pieces))) + "\n" for pieces in rows))


def _styled(piece: Piece | str) -> str:
    text = plain(_unstyled(piece))
    return text if isinstance(piece, str) or not (piece.style and text) else f"\x1b[{piece.style}m{text}\x1b[0m"


def _unstyled(piece: Piece | str) -> str:
    return piece if isinstance(piece, str) else piece.text


def tabbed(cells: Iterable[str]) -> None:
    """Print one line of tab-separated values."""
    _text("\t".join(escaped(cell.replace("\\", "\\\\")) for cell in cells) + "\n")


def path(text: str) -> None:
    """Print a path on a line of its own."""
    _text((plain(text) if is_terminal() else escaped(text)) + "\n")


def text(text: str) -> None:
    """Print text of several lines: exactly as it is, but on a terminal with what it would obey made visible."""
    if is_terminal():
        _text(plain(text))
    else:
        raw(encodable(text).encode())


def as_json(value: object, indent: int | None = 2) -> None:
    """Print a value as JSON in ASCII, which a terminal takes as it is; without `indent` on one line."""
    text = json.dumps(_jsonable(value), indent=indent, allow_nan=False)
    _text(text.replace("\x7f", "\\u007f") + "\n")


def _jsonable(value: object) -> object:
    """`value` with what JSON cannot hold as text: endless numbers as YAML writes them, undecodable names escaped."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {encodable(str(key)): _jsonable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    return value


def raw(data: bytes) -> None:
    """Print bytes exactly as they are."""
    with _watched():
        sys.stdout.buffer.write(data)


def _text(text: str) -> None:
    if not encoding().lower().startswith("utf"):
        text = text.translate(_ASCII)
    raw(text.encode(encoding(), "backslashreplace"))


def finished() -> None:
    """Hand over what is still held back; called once at the end."""
    with _watched():
        sys.stdout.flush()


@contextlib.contextmanager
def _watched() -> Iterator[None]:
    """Tell a reader who is gone from other failures of the output."""
    if sys.stdout is None:
        raise ReaderGone
    try:
        yield
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        raise OutputFailed(f"the output cannot be written: {error.strerror}") from None


def abandoned() -> None:
    """Drop what is still held back, so that Python does not fail at it once more when it ends."""
    if sys.stdout is not None:
        with contextlib.suppress(OSError):
            sys.stdout.close()
