"""The rules on real files: what the host drops is an error, what is mended reads the same, and few are nagged."""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path

import pytest

from agent_studio.model.agent import Agent
from agent_studio.model.checks import mojibake
from agent_studio.model.checks.catalogue import RULES
from agent_studio.model.checks.engine import Checker, fixed
from agent_studio.model.checks.mending import Mender
from agent_studio.model.checks.problem import Problem
from agent_studio.model.document import Document
from agent_studio.model.library import Library
from agent_studio.model.ref import Ref, Root
from tests.model.documents import agent, differing, offset_of
from tests.model.test_oracle import probes, rows

LOADING = ("L001", "L003", "L004", "L005", "L006", "L007", "L008", "L013", "N001")
"""The rules of which one says why a file is dropped."""
MINE = [rule for rule in RULES if rule.family in "LNDTM" and not rule.experimental]

FREQUENT = {
    "T001": "most agents are written without a list of tools",
    "D001": "one program writes all its agents so",
    "D003": "one program writes all its agents so",
    "N005": "people call files and agents otherwise",
    "T003": "collections for other programs: the host refuses to start every one of these agents",
}
"""Rules that may say something of more than a tenth of these files, and why."""


def library(corpus: Path, files: list[Path]) -> Library:
    """Files as agents, each collection a folder opened by hand."""
    agents, roots = {}, {}
    for path in files:
        parts = path.relative_to(corpus).parts
        depth = 2 if parts[0] in {"derived", "seeds"} and len(parts) > 2 else 1
        name = "/".join(parts[:depth])
        roots[name] = Root(name, "folder", f"/{name}")
        ref = Ref(name, "/".join(parts[depth:]))
        agents[ref] = Agent(ref, str(path), Document(path.read_bytes()))
    return Library(tuple(roots.values()), agents)


@pytest.fixture(scope="module")
def real(corpus: Path) -> Library:
    files = [path for path in sorted(corpus.rglob("*.md")) if "LICENSES" not in path.parts]
    return library(corpus, files)


@pytest.fixture(scope="module")
def problems(real: Library) -> tuple[Problem, ...]:
    return Checker(MINE).check(real)


DOCUMENTS = {
    "SuperClaude-Org__SuperClaude_Framework/src/superclaude/agents/README.md",
    "Yeachan-Heo__oh-my-claudecode/docs/agents/model-compatibility.md",
}
"""Files that the host passes over because they are no agents and do not try to be: an info (L014), not an error."""


def about_loading(agent: Agent) -> list[Problem]:
    """The errors that say why no agent comes of a file."""
    checker = Checker([rule for rule in RULES if rule.id in LOADING])
    held = Library((Root("project", "project", "/project"),), {agent.ref: agent})
    found = (problem for problem in checker.check(held) if checker.severity(problem) == "error")
    return [problem for problem in found if problem.rule != "L008" or not agent.verdict.loads]


def test_each_file_that_the_host_drops_has_one_error_that_names_the_cause(
    real: Library, problems: tuple[Problem, ...], oracle: Path, corpus: Path
) -> None:
    recorded = rows(oracle / "claude-code-2.1.329.jsonl")
    dropped = {row["path"] for row in recorded if row["verdict"] == "dropped"}
    assert len(recorded) == len(real) == 418
    said: Counter[str] = Counter()
    for file in real:
        path = Path(file.path).relative_to(corpus).as_posix()
        for problem in about_loading(file):
            said[path] += 1
            assert str(file.verdict.reason) in problem.message or problem.rule == "L008"
    assert said == dict.fromkeys(dropped - DOCUMENTS, 1)
    documents = {problem.ref for problem in problems if problem.rule == "L014"}
    assert {Path(real.agents[ref].path).relative_to(corpus).as_posix() for ref in documents} == DOCUMENTS


def test_each_made_up_file_that_is_dropped_has_one_error_and_none_that_loads(oracle: Path) -> None:
    made_up = [(row["id"], seen["verdict"], read) for row, seen, read in probes(oracle)]
    made_up += [
        (row["id"], row["verdict"], agent(base64.b64decode(row["base64"]))) for row in rows(oracle / "fuzz.jsonl")
    ]
    assert len(made_up) > 1_600
    assert [name for name, verdict, read in made_up if len(about_loading(read)) != (verdict == "dropped")] == []


def test_what_cannot_be_started_is_what_the_host_refuses_to_start(
    real: Library, problems: tuple[Problem, ...], oracle: Path, corpus: Path
) -> None:
    recorded = rows(oracle / "claude-code-2.1.329.jsonl")
    refused = {row["path"]: row["not_started"] for row in recorded if "zero tools" in (row.get("not_started") or "")}
    elsewhere = {path for path, reason in refused.items() if "unrecognized [mcp__" in reason}  # a server may be there
    said = {problem.ref for problem in problems if problem.rule == "T003"}
    assert {Path(real.agents[ref].path).relative_to(corpus).as_posix() for ref in said} == set(refused) - elsewhere
    assert len(elsewhere) == 2


def test_few_files_are_nagged(real: Library, problems: tuple[Problem, ...]) -> None:
    files = {rule.id: {problem.ref for problem in problems if problem.rule == rule.id} for rule in MINE}
    frequent = {rule for rule, found in files.items() if len(found) > len(real) / 10}
    assert frequent <= set(FREQUENT)
    assert len({problem.ref for problem in problems if problem.rule in {"N004", "N008"}}) <= len(real) / 100


def read(agent: Agent) -> tuple[object, ...]:
    told = agent.reading
    return told.name, told.description, told.model, told.color, told.tools, told.denied, told.roster


RESTORED = ("L003", "L008", "L010", "T003")
"""Rules whose safe fixes bring back what the host does not read now."""


def test_safe_fixes_leave_every_reading_as_it_is(real: Library) -> None:
    mended = 0
    keeping = [rule for rule in MINE if rule.id not in RESTORED]
    for file in real:
        before, after = file.document, fixed(file, keeping)
        fresh = Agent(file.ref, file.path, after)
        assert read(fresh) == read(file), file.path
        assert after.body == before.body
        assert fixed(fresh, keeping) == after
        if after != before:
            mended += 1
            _, end, _ = differing(before.data, after.data)
            assert end <= len(before.data) - len(before.body.encode()), file.path
    assert mended > 30


def test_safe_fixes_make_no_file_worse(real: Library) -> None:
    for file in real:
        after = Agent(file.ref, file.path, fixed(file, MINE))
        assert after.verdict.loads >= file.verdict.loads
        assert fixed(after, MINE) == after.document
        assert not {problem.rule for rule in MINE for problem in rule.of(after)} & {"L002", "D001"}


def test_all_safe_fixes_together_change_only_what_they_are_about(real: Library) -> None:
    alone, together = ([rule for rule in RULES if bool(rule.library) is whole] for whole in (False, True))
    mender = Mender(Checker(alone), Checker(together))
    first = mender.mended(real, real.ordered)
    assert not mender.mended(first.library, first.agents).plan.change
    mended = 0
    for before, after in zip(real.ordered, first.agents, strict=True):
        undamaged = Agent(before.ref, before.path, Document(mojibake.repaired(before.document.text).encode()))
        if after.document != before.document and before.verdict.loads:
            assert read(after) == read(undamaged), before.path
            assert after.document.body == undamaged.document.body, before.path
        elif after.document != before.document:
            assert after.verdict.loads
        mended += after.document != before.document
    assert mended == 49


def test_a_safe_fix_stays_within_its_problem(real: Library) -> None:
    fixes = [problem for problem in Checker(RULES).check(real) if problem.fix and problem.fix.safe]
    looked = 0
    for problem in fixes:
        document = real.agents[problem.ref].document
        if problem.fix and problem.fix.step:
            start, end, _ = differing(document.data, problem.fix.step(document).data)
            assert offset_of(document, problem.start) <= start
            assert end <= offset_of(document, problem.end)
            looked += 1
    assert looked == 54


def test_the_seeds(corpus: Path) -> None:
    seeds = library(corpus, sorted((corpus / "seeds").rglob("*.md")))
    found = Counter(problem.rule for problem in Checker(MINE).check(seeds))
    assert found == {"L002": 3, "D001": 5, "T001": 5, "D003": 5}


def test_two_seeds_in_one_folder(corpus: Path) -> None:
    agents = [
        Agent(Ref("project", path.relative_to(corpus / "seeds").as_posix()), str(path), Document(path.read_bytes()))
        for path in sorted((corpus / "seeds").rglob("*.md"))
    ]
    held = Library((Root("project", "project", "/project"),), {agent.ref: agent for agent in agents})
    found = Counter(problem.rule for problem in Checker(MINE).check(held))
    assert found["N002"] == 2
