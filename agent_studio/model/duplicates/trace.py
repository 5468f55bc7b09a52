"""What stands for a prompt while it is looked for among others: read from it once."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple
from weakref import WeakKeyDictionary

from agent_studio.model.document import Document
from agent_studio.model.fences import JS_SPACE

from .text import Sketch, sketch

Key = bytes
"""What stands for a text: equal for equal texts."""


class Trace(NamedTuple):
    """The key of a prompt, empty for none, and the sketch by which copies of it are met."""

    key: Key
    sketch: Sketch


_KNOWN: WeakKeyDictionary[Document, Trace] = WeakKeyDictionary()


def trace(document: Document) -> Trace:
    """What stands for the prompt of a document."""
    found = _KNOWN.get(document)
    if found is None:
        body = document.body
        found = _KNOWN[document] = Trace(_key(body), sketch(body))
    return found


def known(document: Document) -> Trace | None:
    """What stands for the prompt of a document where that was asked for."""
    return _KNOWN.get(document)


def remember(document: Document, found: Trace) -> None:
    """Take over what another process read from a document."""
    _KNOWN[document] = found


def _key(body: str) -> Key:
    """The hash of the prompt as the model gets it, whatever its line ends."""
    text = (body.replace("\r\n", "\n") if "\r" in body else body).strip(JS_SPACE)
    return sha256(text.encode("utf-8", "surrogatepass")).digest() if text else b""
