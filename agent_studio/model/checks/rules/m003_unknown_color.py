"""The color is none of the eight that Claude Code knows, so the agent has none.

They are red, blue, green, yellow, purple, orange, pink and cyan, in lower case. `Red`, `magenta`, `#10b981` are
accepted without complaint and shown in no color, and `#10b981` without quotes is a comment.

Fix: the nearest of the eight by hue; no color where the word has no hue (gray, black, automatic).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterator

from agent_studio.model import fieldedit
from agent_studio.model.agent import Agent
from agent_studio.model.checks import place, spelling
from agent_studio.model.checks.problem import Fix, Problem
from agent_studio.model.checks.rule import Rule
from agent_studio.model.hosts.losses import comment_for_value

_WORDS = {
    "red": "crimson maroon scarlet firebrick tomato darkred ruby",
    "orange": "brown darkorange coral peru chocolate sienna amber rust bronze saddlebrown",
    "yellow": "gold goldenrod khaki lemon beige tan",
    "green": "lime olive emerald forest forestgreen seagreen darkgreen mint limegreen springgreen",
    "cyan": "teal aqua turquoise aquamarine darkcyan",
    "blue": "navy skyblue azure royalblue steelblue dodgerblue cornflowerblue slate darkblue lightblue",
    "purple": "violet indigo lavender plum mediumpurple darkviolet blueviolet orchid rebeccapurple",
    "pink": "magenta fuchsia rose hotpink deeppink salmon",
}
_BY_WORD = {word: color for color, words in _WORDS.items() for word in (color, *words.split())}
_HEX = re.compile(r"#?(?:[0-9a-f]{6}|[0-9a-f]{3})")
_HUES = ((15, "red"), (42, "orange"), (68, "yellow"), (165, "green"), (200, "cyan"), (255, "blue"), (290, "purple"))
_PALE = 0.12
"""Saturation below which a color has no hue."""


def check(agent: Agent) -> Iterator[Problem]:
    """A color that is not shown."""
    for loss in agent.reading.lost("value") if agent.verdict.loads else ():
        if loss.key == "color":
            fix = _fix(nearest(str(agent.document.get("color"))))
            yield Problem(RULE.id, agent.ref, *place.of_value(agent.document, "color"), loss.words, fix)
    comment = comment_for_value(agent.document, "color") if agent.verdict.loads else None
    if comment and (bare := re.match(rf"{_HEX.pattern}\b", comment[1], re.IGNORECASE)):
        message = f"color is empty: {bare[0]} without quotes is a comment"
        span = comment.start(1), comment.start(1) + bare.end()
        yield Problem(RULE.id, agent.ref, *span, message, _fix(nearest(bare[0])))


def _fix(near: str | None) -> Fix:
    if near:
        return Fix(f"write {near}", False, lambda held: fieldedit.with_field(held, "color", near))
    return Fix("remove the color", False, lambda held: fieldedit.without_field(held, "color"))


def nearest(text: str) -> str | None:
    """The legal color nearest to a word or a hex triplet; None where that has no hue."""
    parts = re.split(r"[ _-]+", text[:60].lower().strip())
    word = "".join(parts)
    if _HEX.fullmatch(word):
        return _of_hex(word.removeprefix("#"))
    named = next((part for part in (word, *reversed(parts)) if part in _BY_WORD), None)
    return _BY_WORD.get(named or spelling.nearest(word, _BY_WORD) or "")


def _of_hex(digits: str) -> str | None:
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]
    red, green, blue = (int(pair, 16) / 255 for pair in pairs)
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < _PALE or max(red, green, blue) < _PALE:
        return None
    degrees = hue * 360
    return next((color for end, color in _HUES if degrees < end), "pink" if degrees < 345 else "red")


RULE = Rule("M003", "unknown-color", "info", __doc__, check)
