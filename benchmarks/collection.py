"""Collections of any size, made of the demo agents with a fixed seed: families of agents that are more or less alike.

Who changes this module or the demo agents makes other collections, which are then built anew.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from agent_studio.model.checks.mojibake import suspected
from agent_studio.model.document import Document

SEED = 20_260_101
A_FOLDER = 12
FAMILY = 5
EDITED = (0.0, 0.03, 0.08, 0.2)
"""The share of lines that the members of a family have otherwise than the first; the one of 0 has another header."""
_DISTINCT = 15_000
"""Words that there are: in some thousand descriptions that people wrote about as many turn up."""
_SIZE = 6_500
_LEAST, _MOST = 1_200, 40_000
_LOST = 0.4
"""The share of words by which the first of a family differs from the sections that it is made of."""


@cache
def samples() -> tuple[bytes, ...]:
    """The demo agents' bytes."""
    return tuple(sorted(_files(resources.files("agent_studio.demo") / "files")))


def _files(folder: Traversable) -> Iterator[bytes]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(".md"):
            yield entry.read_bytes()


def project(count: int) -> Path:
    """A project with so many agents, made once and kept in the person's cache for as long as it would be the same."""
    made = hashlib.sha256(Path(__file__).read_bytes() + b"".join(samples())).hexdigest()[:12]
    cache_home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache_home / "agent-studio-benchmarks" / made / str(count)
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        making = tempfile.mkdtemp(dir=folder.parent)
        build(Path(making) / ".claude" / "agents", count)
        try:
            os.rename(making, folder)
        except OSError:  # another benchmark was quicker
            shutil.rmtree(making)
    return folder


def build(folder: Path, count: int) -> Path:
    """`count` agent files below `folder`: a tenth in one folder, the rest a dozen in each."""
    for number, data in enumerate(agents(count)):
        place = folder / ("flat" if number % 10 == 9 else f"group-{number // A_FOLDER:05}")
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{named(number)}.md").write_bytes(data)
    return folder


def named(number: int) -> str:
    """The name of an agent of a collection."""
    return f"agent-{number:05}"


def agents(count: int) -> Iterator[bytes]:
    """The bytes of so many agents, the members of a family side by side.

    Of a hundred headers 24 are no valid YAML, of a hundred files 2 have Windows line ends and 1 a byte order mark.
    """
    chance = random.Random(SEED)  # noqa: S311  # the same collection every time is the point
    body: list[str] = []
    for number in range(count):
        member = number % FAMILY
        if member == 0:
            body = text = _body(chance)
        else:
            text = edited(body, EDITED[member - 1], chance)
        data = (header(named(number), chance) + "\n".join(text) + "\n").encode()
        kind = chance.random()
        yield data.replace(b"\n", b"\r\n") if kind < 0.02 else b"\xef\xbb\xbf" + data if kind < 0.03 else data


def header(name: str, chance: random.Random) -> str:
    """A frontmatter: its description plain, so that YAML refuses it, in quotes, or in lines."""
    said = _words(30, chance)
    if chance.random() < 0.4:
        said += f" <example>{_words(80, chance)}</example>"
    spelled = chance.choices(
        (f"Use it for {said}", f"Use it: {said}", f'"Use it: {said}"', f"|\n  Use it.\n  {said}"), (56, 24, 12, 8)
    )[0]
    fields = [f"name: {name}", f"description: {spelled}"]
    if chance.random() < 0.7:
        fields.append("tools: " + ", ".join(chance.sample(("Read", "Grep", "Glob", "Edit", "Bash", "Write"), 3)))
    if chance.random() < 0.7:
        fields.append("model: " + chance.choice(("opus", "sonnet", "haiku", "inherit")))
    if chance.random() < 0.5:
        fields.append("color: " + chance.choice(("red", "blue", "green", "cyan")))
    return "\n".join(("---", *fields, "---", ""))


def _words(median: int, chance: random.Random) -> str:
    return " ".join(word(chance) for _ in range(1 + round(min(chance.lognormvariate(0, 0.5), 8) * median)))


def word(chance: random.Random) -> str:
    """A word, the tenth as often as the first (Zipf): most are the demo agents', the rare ones two of those in one."""
    rank = int(_DISTINCT ** chance.random())
    known = vocabulary()
    return known[rank] if rank < len(known) else known[rank % len(known)] + known[rank // len(known)]


@cache
def vocabulary() -> tuple[str, ...]:
    """The words of the demo agents that are only letters, the most frequent first."""
    found = Counter(word for data in samples() for word in data.decode(errors="ignore").split() if word.isalpha())
    return tuple(word for word, _ in found.most_common())


@cache
def sections() -> tuple[str, ...]:
    """The sections of the demo agents' prompts, without those that are damaged to be found by the rules."""
    bodies = (Document(data).body.replace("\r", "") for data in samples())
    return tuple(part for body in bodies for part in body.split("\n## ") if part.strip() and not suspected(part))


def prompt(size: int, chance: random.Random) -> str:
    """Sections in a random order, each under a heading of its own, up to a size in characters."""
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(f"\n## {length} {chance.choice(sections())}")
        length += len(parts[-1])
    return "".join(parts)[:size]


def _body(chance: random.Random) -> list[str]:
    """The lines of a prompt that is like no other, about as long as those that people write."""
    size = round(min(max(chance.lognormvariate(0, 0.5) * _SIZE, _LEAST), _MOST))
    return [reworded(line, _LOST, chance) for line in prompt(size, chance).split("\n")]


def reworded(line: str, lost: float, chance: random.Random) -> str:
    """A line with some of its words replaced."""
    return " ".join(word(chance) if old.isalpha() and chance.random() < lost else old for old in line.split(" "))


def edited(lines: list[str], share: float, chance: random.Random) -> list[str]:
    """Lines with a share of them reworded."""
    return [reworded(line, 0.3, chance) if line and chance.random() < share else line for line in lines]
