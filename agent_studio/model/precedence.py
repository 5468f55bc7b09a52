"""Which of several agents of one name the host takes, and why.

Source: Claude Code 2.1.329 and 2.1.330, observed: managed, `--agents`, project (the folder nearest to the start, then
the last one of `--add-dir`), user, built-in; below one folder the last in read order, from 2.1.330 on the last by path.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .agent import Agent
from .hosts.releases import LATEST, RELEASES
from .ref import SCOPES, Ref, Root

Rank = tuple[int, bool, int, int]


class Standing(NamedTuple):
    """Where an agent stands among those of its name.

    `active` is whether the host takes this file now. `winner` is the file that it takes instead, None where that is no
    file. `why` says in words why this one wins or loses, None where nothing competes. `undefined` marks a choice that
    depends on the order in which the file system lists the files. `beaten` are the files that this one wins over.
    """

    active: bool
    winner: Ref | None = None
    why: str | None = None
    undefined: bool = False
    beaten: tuple[Ref, ...] = ()

    @property
    def word(self) -> str:
        """The standing in a word or two; empty for an agent that simply counts, or does not load at all."""
        if self.undefined:
            return "read order, wins" if self.active else "read order"
        return "" if self.active or not self.why else "shadowed" if self.winner else "not read"


def rank(root: Root) -> Rank:
    """What sorts roots, strongest first: scope, depth of a project, then `--add-dir` folders, the last one first."""
    depth = root.path.count("/") if root.scope == "project" and not root.added else 0
    return SCOPES.index(root.scope), root.added > 0, -depth, -root.added


def meet(one: Root, other: Root) -> bool:
    """Whether one session of the host sees both roots: folders opened by hand and unrelated projects stand alone."""
    if one.name == other.name:
        return True
    if one.idle or "folder" in (one.scope, other.scope):
        return False
    if (one.scope, other.scope) != ("project", "project") or one.added or other.added:
        return True
    return _project(one).startswith(_project(other)) or _project(other).startswith(_project(one))


def _project(root: Root) -> str:
    """The folder of the project that a root belongs to, with a slash behind it."""
    return root.path.removesuffix("/.claude/agents") + "/"


def standings(twins: Sequence[Agent], roots: Mapping[str, Root], given: bool = False) -> dict[Ref, Standing]:
    """The standing of each of `twins`, all agents of one name in read order.

    `given` is whether the host is started with an agent of this name in `--agents`.
    """
    if len(twins) == 1 and not given:
        return {twins[0].ref: _alone(twins[0], roots[twins[0].ref.root])}
    loading = [twin for twin in twins if twin.verdict.loads]
    found = {twin.ref: Standing(False) for twin in twins}
    places = {twin.ref: (twin.ref.root, _within(twin.ref, roots[twin.ref.root])) for twin in loading}
    for place in dict.fromkeys(places.values()):
        root = roots[place[0]]
        mine = [twin for twin in loading if places[twin.ref] == place]
        if root.idle:
            found |= {twin.ref: Standing(False, None, root.idle) for twin in mine}
        elif given and root.scope not in {"managed", "folder"}:
            found |= {twin.ref: Standing(False, None, "an agent of this name in --agents wins") for twin in mine}
        else:
            met = mine if root.scope == "folder" else [twin for twin in loading if meet(roots[twin.ref.root], root)]
            found |= _among(mine, _distinct(met, roots), roots)
    return found


def _within(ref: Ref, root: Root) -> str:
    """The place below a folder opened by hand where an agent lies: each `agents` folder there is one by itself."""
    above, found, _ = f"/{ref.path}".partition("/agents/")
    return above if found and root.scope == "folder" else ""


def _alone(agent: Agent, root: Root) -> Standing:
    """The standing of the only agent of its name."""
    if not agent.verdict.loads or root.idle:
        return Standing(False, None, root.idle if agent.verdict.loads else None)
    return _won(agent, (agent,), root, None)


def _among(mine: Sequence[Agent], rivals: Sequence[Agent], roots: Mapping[str, Root]) -> dict[Ref, Standing]:
    """The standing of the agents of one root among all that compete with them."""
    ranks = [rank(roots[rival.ref.root]) for rival in rivals]
    best = min(ranks)
    ahead = [rival for rival, place in zip(rivals, ranks, strict=True) if place == best]
    winner, chance = ahead[-1], _by_chance(ahead, roots[ahead[-1].ref.root])
    kept = {rival.ref for rival in rivals}
    found: dict[Ref, Standing] = {}
    for agent in mine:
        if agent.ref == winner.ref:
            found[agent.ref] = _won(agent, rivals, roots[agent.ref.root], chance)
        elif agent.ref not in kept:
            found[agent.ref] = Standing(False, winner.ref, f"the same file as {winner.ref}: it is loaded once")
        else:
            here = chance if winner.ref.root == agent.ref.root else None
            found[agent.ref] = Standing(False, winner.ref, here or _lost(agent, winner, roots), bool(here))
    return found


def _by_chance(ahead: Sequence[Agent], root: Root) -> str | None:
    """What decides between several agents of one folder, the last of which wins now; None for a single one."""
    if len(ahead) == 1:
        return None
    if root.scope == "plugin":
        return f"which of them wins changes from run to run, here {ahead[-1].ref}"
    last = max(ahead, key=lambda agent: agent.path.encode("utf-16-be", "surrogatepass"))
    since = next(release.version for release in RELEASES if release.by_path)
    later = "too, by its path" if last.ref == ahead[-1].ref else f"{last.ref.path} does, by its path"
    return (
        f"depends on read order: {ahead[-1].ref.path} is read last here and wins; from Claude Code {since} on {later}"
    )


def _distinct(rivals: Sequence[Agent], roots: Mapping[str, Root]) -> list[Agent]:
    """The rivals without those that are the same file as one that the host reads before.

    It reads the user's folder first, then those of `--add-dir`, then the project's, nearest first.
    """

    def place(rival: Agent) -> tuple[bool, bool, int]:
        root = roots[rival.ref.root]
        return root.scope != "user", not root.added, -root.path.count("/")

    first: dict[str, Agent] = {}
    for rival in sorted(rivals, key=place):
        first.setdefault(rival.file or str(rival.ref), rival)
    kept = {rival.ref for rival in first.values()}
    return [rival for rival in rivals if rival.ref in kept]


def _lost(agent: Agent, winner: Agent, roots: Mapping[str, Root]) -> str:
    """Why an agent loses against the winner."""
    mine, theirs = roots[agent.ref.root], roots[winner.ref.root]
    if mine.scope == theirs.scope:
        return f"shadowed by {winner.ref}: {_weaker(mine, theirs)} loses"
    return f"shadowed by {winner.ref}: {theirs.scope} wins over {mine.scope}"


def _weaker(mine: Root, theirs: Root) -> str:
    """What makes one project root weaker than another."""
    if mine.added > 0:
        return "an earlier --add-dir folder" if theirs.added > 0 else "an --add-dir folder"
    return "the main checkout" if mine.added else "a farther folder"


def _won(agent: Agent, rivals: Sequence[Agent], root: Root, chance: str | None) -> Standing:
    """The standing of a winner; `chance` says what decided where nothing better did."""
    if {agent.reading.name, "*"} & root.denied:
        return Standing(True, None, "permissions.deny in the settings keeps it from the model")
    beaten = tuple(rival.ref for rival in rivals if rival.ref != agent.ref)
    if chance:
        why: str | None = chance
    elif beaten:
        why = f"wins over {beaten[0]}" + (f" and {len(beaten) - 1} more" if len(beaten) > 1 else "")
    elif root.scope in {"project", "user", "managed"} and agent.reading.name in LATEST.built_ins:
        why = f"replaces the built-in agent {agent.reading.name}"
    else:
        why = None
    return Standing(True, None, why, bool(chance), beaten)
