"""Regular expressions of rules, compiled when they are first used: few files need them, and all together take long."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    """What is a compiled expression from its first use on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags

    def __getattr__(self, name: str) -> Any:  # whatever an expression has
        if name.startswith("_"):
            raise AttributeError(name)
        method = getattr(re.compile(*self._source), name)
        setattr(self, name, method)
        return method


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression like that of `re.compile`; a match of it has another one as its `re`."""
    return cast("re.Pattern[str]", _Pattern(source, flags))
