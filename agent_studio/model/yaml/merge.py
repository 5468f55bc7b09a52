"""Merge keys: `<<: mapping` stands for the pairs of the mapping."""

from __future__ import annotations

from dataclasses import replace

from .node import MAX_WEIGHT, BadYaml, Node, key_text, leaf

Pair = tuple[Node, Node]


class Merger:
    """Merges the mappings of one text, at most `room` pairs; beyond, a merge key stays a key."""

    def __init__(self) -> None:
        self.room = MAX_WEIGHT

    def merged(self, pairs: list[Pair]) -> list[Pair]:
        """Pairs with each merge key replaced by what it brings: the pairs whose keys do not stand before it."""
        if all(key.value != "<<" for key, _ in pairs):
            return pairs
        found: list[Pair] = []
        names: set[str] = set()
        for key, value in pairs:
            brought = self._brought(value) if key.value == "<<" else None
            for pair in [(key, value)] if brought is None else brought:
                name = key_text(pair[0])
                if brought is None or name not in names:
                    found.append(pair)
                    names.add(name)
        return found

    def _brought(self, value: Node) -> list[Pair] | None:
        """What a merge key brings, last first, without a place of its own; None where it has nothing to merge."""
        mappings = [value] if value.is_mapping else [item for item in value.items if item.is_mapping]
        if any(part.is_open for part in (value, *value.items)):
            raise BadYaml("a mapping that is merged into itself", value.start)
        self.room -= sum(len(mapping.pairs) for mapping in mappings)
        if self.room < 0 or not (value.is_mapping or isinstance(value.value, list)):
            return None
        at = value.end
        return [
            (leaf(at, at, "alias", key_text(key)), replace(inner, start=at, end=at, style="alias"))
            for mapping in mappings
            for key, inner in reversed(mapping.pairs)
        ]
