"""What two agents have in common and where they differ: fields by key, body by line, words inside changed lines."""

from .comparison import Comparison, compare
from .rows import Cell, Row
from .words import Piece

__all__ = ["Cell", "Comparison", "Piece", "Row", "compare"]
