"""The real agent files as agents, with what is known of where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agent_studio.model.agent import Agent
from agent_studio.model.document import LARGEST, Document
from agent_studio.model.ref import Ref


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: `wild` ones were found so, `derived` ones were damaged on purpose, `seed` ones given."""

    agent: Agent
    kind: str
    classes: str

    @property
    def original(self) -> str | None:
        """The hash of the file before it was damaged, where it is known."""
        _, found, rest = self.classes.partition("original-sha256:")
        return rest.split()[0] if found else None


def origins(corpus: Path) -> list[Origin]:
    """Every file that the corpus lists."""
    lines = (corpus / "MANIFEST.tsv").read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    rows = [dict(zip(names, line.split("\t"), strict=True)) for line in lines[1:]]
    return [Origin(agent_at(corpus, row["path"]), row["origin"], row["classes"]) for row in rows]


def agent_at(corpus: Path, path: str) -> Agent:
    """The agent in a file of the corpus."""
    data = (corpus / path).read_bytes()
    return Agent(Ref("corpus", path), str(corpus / path), Document(data[:LARGEST], len(data) <= LARGEST))
