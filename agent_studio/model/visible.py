"""Characters that a terminal obeys or hides, made visible."""

from __future__ import annotations

import re
import unicodedata

_KEPT = "\n\t"
_NAMES = {
    0x061C: "ALM",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LS",
    0x2029: "PS",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0x00AD: "SHY",
    0xFEFF: "BOM",
}
SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\xa0\xad\u0300-\u200f\u2028-\u202f\u205f-\u3000\u3164\ud800-\uffff\U00010000-\U0010ffff]"
)
"""A cheap first sieve for `is_hidden`: most text has nothing of these ranges but line breaks and emoji."""
_BLANK = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0),
        *(*range(0x180B, 0x1810), *range(0xFE00, 0xFE0E), *range(0xFFF0, 0xFFFC), *range(0xE0000, 0xE1000)),
    )
)
"""Characters that show nothing although they are letters, marks, or no characters yet: fillers, variation selectors."""
_EMOJI_SELECTORS = "\ufe0e\ufe0f"
"""They choose between a letter and a picture: one behind an emoji has a use, another behind it has none."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def is_hidden(char: str) -> bool:
    """Whether a terminal would obey or swallow `char`: controls, formats, surrogates, private use, fillers."""
    code = ord(char)
    return unicodedata.category(char) in _HIDDEN or code in _BLANK


def _is_hidden_here(found: re.Match[str]) -> bool:
    """Whether a character that was found is hidden, or a selector behind another one."""
    char, at = found[0], found.start()
    return is_hidden(char) or (char in _EMOJI_SELECTORS and at > 0 and found.string[at - 1] in _EMOJI_SELECTORS)


def _picture(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in _NAMES:
        return f"\u27e6{_NAMES[code]}\u27e7"
    if 0xE0020 <= code <= 0xE007E:
        return f"\u27e6tag:{chr(code - 0xE0000)}\u27e7"
    return f"\u27e6U+{code:04X}\u27e7"


def visible(text: str, keep: str = _KEPT) -> str:
    """`text` with every control and invisible character replaced by a readable picture; those in `keep` stay.

    ESC becomes U+241B, a right-to-left override `⟦RLO⟧`, a tag character `⟦tag:h⟧`. Zero-width joiners between emoji
    are kept out, too: what is shown is what is there.
    """
    if text.isascii() and text.isprintable():
        return text
    return SUSPECT.sub(lambda m: m[0] if m[0] in keep or not _is_hidden_here(m) else _picture(m[0]), text)


def one_line(text: str) -> str:
    """`text` visible and on one line: line breaks and tabs become blanks."""
    return " ".join(visible(text, keep="\n\t\r").split())
