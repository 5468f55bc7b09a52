"""Documents made into one: by choice from two, or two descendants of a third; both proved by reading the result."""

from .choice import Choice, Member, Own
from .conflict import Conflict, Stretch
from .merge import Merge, Taken, merged
from .merging import Merging, three_way
from .result import Result, ResultLine

__all__ = [
    "Choice",
    "Conflict",
    "Member",
    "Merge",
    "Merging",
    "Own",
    "Result",
    "ResultLine",
    "Stretch",
    "Taken",
    "merged",
    "three_way",
]
