"""What two agents have in common and where they differ: fields by key, body by section, block, line and word."""

from .comparison import Comparison, compare
from .difference import Difference
from .rows import Cell, Row
from .sections import SectionPair
from .words import Piece

__all__ = ["Cell", "Comparison", "Difference", "Piece", "Row", "SectionPair", "compare"]
