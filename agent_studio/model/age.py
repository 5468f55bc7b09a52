"""How long ago something was, in a few letters."""

from __future__ import annotations

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def age(seconds: float) -> str:
    """A length of time in its largest unit, in at most four cells: now, 5m, 2h, 9d, 3mo, 2y."""
    if seconds < _MINUTE:
        return "now"
    for most, unit, name in ((_HOUR, _MINUTE, "m"), (_DAY, _HOUR, "h"), (30 * _DAY, _DAY, "d")):
        if seconds < most:
            return f"{int(seconds // unit)}{name}"
    days = int(seconds // _DAY)
    return f"{days // 30}mo" if days < 365 else f"{days // 365}y"
