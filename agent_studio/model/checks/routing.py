"""What a description says about when to use an agent, and how alike two of them are."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate

_BEFORE = len("###### ")
"""Characters at most that stand before the word in a heading, or what else begins examples."""
_EXAMPLES = re.compile(r"<example\b|\bexamples?\s{0,4}:|^#{1,6} examples?\b", re.IGNORECASE | re.MULTILINE)


def lead(description: str) -> str:
    """The text before the examples of a description, as the host hands it to the model."""
    # The word is looked for first: a pattern that ignores case is slow.
    small = description.lower()
    at = small.find("example") if len(small) == len(description) else 0
    found = _EXAMPLES.search(description, max(at - _BEFORE, 0)) if at >= 0 else None
    return description[: found.start()].rstrip("-*# \n\t") if found else description


_WORD = re.compile(r"[^\W_]{2,40}")
_LONGEST = 20_000
"""Characters of a text that are compared."""
_COMMON = frozenset(
    "about after agent agents all also an and any are as at be by can do does each for from has have in into is it its "
    "may more must need needs new not of on only or other should such that the their them then these they this to up "
    "use used user uses using via want wants was we when where which who will with would you your".split()
)
_MOST = 64
"""Texts with one word that others are held against, and texts that one is held against."""
_SLACK = 1e-9
ALIKE = 0.6
"""The cosine from which two texts are alike."""

Vector = dict[int, float]
"""Word -> how much it weighs; words are numbers, the commonest is the first and stands first."""
Pair = tuple[int, int, float]
"""Places of two texts, and their cosine."""


def words(text: str) -> list[str]:
    """The words of a text that may tell it from others."""
    return [word for word in _WORD.findall(text[:_LONGEST].lower()) if word not in _COMMON]


_GENERAL = frozenset(
    "agent architect assistant coder consultant developer engineer expert instructions lead master mode pro"
    " professional programmer senior specialist".split()
)
"""Words of names that tell no agent from another."""
_SPELLED = (("c++", "cpp"), ("c#", "csharp"), ("f#", "fsharp"), (".net", "dotnet"))
"""What a text calls a thing, and what a name does, which has letters only."""
_STEM = 5
"""Letters by which two forms of one word are known."""


def name_words(text: str) -> frozenset[str]:
    """The words of a name, or of a text that may have them, by which one agent is told from another."""
    text = text[:_LONGEST].lower()
    for said, spelled in _SPELLED:
        text = text.replace(said, f" {spelled} ")
    return frozenset(word[:_STEM] for word in _WORD.findall(text) if word not in _GENERAL)


@lru_cache(maxsize=2)
def alike(texts: tuple[str, ...], least: float = ALIKE) -> tuple[Pair, ...]:
    """The pairs of texts whose TF-IDF cosine is at least `least`.

    Texts are taken one after the other; of each only the rare words are indexed, so many that two texts which share
    none of them cannot reach `least` (the all-pairs search of Bayardo, Ma and Srikant), and what the other words of two
    texts can add is bounded by their lengths (L2AP of Anastasiu and Karypis). A word that very many have leads only to
    the first of them, and of very many that a text may be like it is held against the likeliest.
    """
    vectors = _vectors(texts)
    heaviest = _heaviest(vectors)
    enough = least - _SLACK
    index: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    rests: list[tuple[int, float]] = []
    """Of the words of each text that are not indexed the rarest, and the length of them all."""
    found: list[Pair] = []
    for place, vector in enumerate(vectors):
        seen: defaultdict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            for other, its in index.get(word, ()):
                seen[other] += weight * its
        words = list(vector)
        lengths = [0.0, *map(math.sqrt, accumulate(weight * weight for weight in vector.values()))]
        bounds = (
            (common + rests[other][1] * lengths[bisect_right(words, rests[other][0])], -other)
            for other, common in seen.items()
        )
        for _, other in nlargest(_MOST, (bound for bound in bounds if bound[0] >= enough)):
            cosine = _product(vector, vectors[-other])
            if cosine >= least:
                found.append((-other, place, min(cosine, 1.0)))
        rarest, rest, bound = -1, 0.0, 0.0
        for (word, weight), length in zip(vector.items(), lengths[1:], strict=True):
            bound += weight * heaviest[word]
            if min(bound, length) < enough or len(index[word]) >= _MOST:
                rarest, rest = word, rest + weight * weight
            else:
                index[word].append((place, weight))
        rests.append((rarest, math.sqrt(rest)))
    return tuple(found)


def _heaviest(vectors: list[Vector]) -> dict[int, float]:
    """The most that each word weighs in any text."""
    found: dict[int, float] = {}
    for vector in vectors:
        for word, weight in vector.items():
            if weight > found.get(word, 0.0):
                found[word] = weight
    return found


def _product(one: Vector, other: Vector) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def _vectors(texts: tuple[str, ...]) -> list[Vector]:
    """Each text as the weights of its words, of length one."""
    counts = [Counter(words(text)) for text in texts]
    spread: Counter[str] = Counter(word for count in counts for word in count)
    rarity = {word: math.log((1 + len(texts)) / (1 + number)) + 1 for word, number in spread.items()}
    ranks = {word: rank for rank, word in enumerate(sorted(spread, key=lambda word: (-spread[word], word)))}
    vectors: list[Vector] = []
    for count in counts:
        weights = {ranks[word]: number * rarity[word] for word, number in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append({word: weights[word] / length for word in sorted(weights)})
    return vectors
