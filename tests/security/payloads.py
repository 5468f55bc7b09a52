"""Texts that attack a terminal or a toolkit, and how to see that one got through."""

from __future__ import annotations

import re

from agent_studio.model.visible import is_hidden

CONTROLS = {
    "clipboard": "\x1b]52;c;UFdORUQ=\x1b\\",
    "title": "\x1b]0;owned\x1b\\",
    "link": "\x1b]8;;http://evil.example\x1b\\x",
    "color": "\x1b[5;7;31m",
    "clear": "\x1b[3J",
    "c1": "\x9b5m\x9d0;x\x9c",
    "bidi": "\u202egnp\u202c\u2066",
    "zero width": "a\u200bb\u200c\u2060\ufeff",
    "tags": "\U000e0041\U000e0042",
    "delete": "a\x7fb",
    "bell": "a\x07b",
    "back": "a\bb\rc",
    "feed": "a\x0bb\x0cc",
}
"""What a terminal obeys or hides; none of it is ever written by Textual itself."""

MARKUP = {
    "action": "[@click=app.pwn]X[/]",
    "link": '[link="http://evil.example"]X[/link]',
    "list": "X List[str]",
    "closing": "X [/nope]",
    "broken": "X [b [0] [=",
    "escaped": "X \\[b] \\\\[/b] x\\",
}
"""What a toolkit would read as markup; a click on the X runs what it says."""

STARTS = frozenset(
    "subprocess.Popen os.exec os.posix_spawn os.system os.fork os.forkpty webbrowser.open "
    "socket.bind socket.connect socket.getaddrinfo socket.gethostbyname socket.sendto".split()
)
"""What Python tells its auditors when a program is started or another machine is spoken to."""

_OWN = re.compile(r"\x1b(?:\[[<=>?]?[0-9;:]*[ !$]?[A-Za-z@]|[()][0-9A-B]|[=>78M]|\]22;[a-z]+\x07)")
"""A sequence that sets styles, the cursor, a mode or the pointer: Textual's own way to draw."""


def needles(payload: str) -> list[str]:
    """What is in a terminal's input where a payload got through: its sequence, or any one of its characters."""
    return [payload] if "\x1b" in payload else [char for char in payload if is_hidden(char)]


def leaks(raw: bytes) -> list[str]:
    """What was written to a terminal beside text and Textual's own sequences; empty when nothing leaked."""
    text = raw.decode()
    attacks = [payload for payload in CONTROLS.values() if "\x1b" in payload and needles(payload)[0] in text]
    return attacks + [char for char in _OWN.sub("", text) if is_hidden(char) and char not in "\r\n"]
