"""Two descendants of one document made into one: fields by key, body by line, both proved by reading the result."""

from .conflict import Conflict, Stretch
from .merge import Merge, Taken, merged

__all__ = ["Conflict", "Merge", "Stretch", "Taken", "merged"]
