"""Documents made into one: by choice from two, or two descendants of a third; both proved by reading the result."""

from .choice import OTHER, Choice, Own, Side
from .conflict import Conflict, Stretch
from .merge import Merge, Taken, merged
from .merging import Merging, three_way
from .own import own, own_text
from .result import Result, ResultLine
from .writing import Place, Writing

__all__ = [
    "OTHER",
    "Choice",
    "Conflict",
    "Merge",
    "Merging",
    "Own",
    "Place",
    "Result",
    "ResultLine",
    "Side",
    "Stretch",
    "Taken",
    "Writing",
    "merged",
    "own",
    "own_text",
    "three_way",
]
