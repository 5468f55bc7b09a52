"""R4, R5, C1, H: verbs as processes of their own, beside the imports that they cannot do without, and beside others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.bench import WALL, Bench
from benchmarks.figure import Figure, absent, ratio, target
from benchmarks.timing import Work

IMPORTS = "import yaml, click"


def verb(bench: Bench, *words: str, cwd: Path | None = None) -> Work:
    """A verb of the studio, as a process."""
    return bench.python("-m", "agent_studio", *words, cwd=cwd)


def lint(bench: Bench, project: Path) -> Work:
    """All rules, as a process that found something or not."""
    return verb(bench, "lint", "--no-config", "--exit-zero", str(project), cwd=project)


def _few(bench: Bench) -> Path:
    """Fifty agents."""
    from benchmarks.collection import project  # noqa: PLC0415

    return bench.given or project(50)


@target("R4", "verbs on fifty files")
def few(bench: Bench) -> Iterator[Figure]:
    folder = _few(bench)
    imports = bench.python("-c", IMPORTS)
    for name, work in (
        ("list", verb(bench, "list", str(folder))),
        ("lint", lint(bench, folder)),
    ):
        yield ratio(f"{name} 50 files", bench.paired(work, imports, WALL), IMPORTS, 3)
    work = verb(bench, "set", "color=red", str(folder), "--dry-run")
    yield ratio("set 50 files, dry run", bench.paired(work, imports, WALL), IMPORTS)


@target("H1", "verbs on ten thousand files")
def many(bench: Bench) -> Iterator[Figure]:
    size = max(size for size in bench.sizes if size <= 10_000 or size == bench.sizes[0])
    project = bench.project(size)
    imports = bench.python("-c", IMPORTS)
    for name, work in (
        ("list", verb(bench, "list", str(project))),
        ("lint", lint(bench, project)),
        ("set, dry run,", verb(bench, "set", "color=red", str(project), "--dry-run")),
    ):
        yield ratio(f"{name} {size:,} files", bench.paired(work, imports, WALL), IMPORTS)


@target("R5", "a thousand files judged, beside others")
def judged(bench: Bench) -> Iterator[Figure]:
    project = bench.project(bench.usual)
    ours = lint(bench, project)
    what = f"read and judge {bench.usual:,} files"
    if cclint := peers.program("cclint"):
        theirs = bench.process(*cclint, "agents", cwd=project, codes=(0, 1))
        yield ratio(what, bench.paired(ours, theirs, WALL), "cclint", 1)
    else:
        yield absent(f"{what} beside cclint", "cclint is not there (AGENT_STUDIO_CCLINT)")
    if claude := peers.program("claude"):
        plugin = _plugin(bench, bench.usual)
        theirs = bench.process(*claude, "plugin", "validate", str(plugin), codes=(0, 1))
        yield ratio(what, bench.paired(ours, theirs, WALL), "claude plugin validate", 1)
    else:
        yield absent(f"{what} beside claude plugin validate", "claude is not there (AGENT_STUDIO_CLAUDE)")


def _plugin(bench: Bench, size: int) -> Path:
    """The same agents as a plugin."""
    folder = bench.fresh("plugin")
    (folder / ".claude-plugin").mkdir()
    told = {"name": "many", "version": "1.0.0", "description": "Many agents.", "author": {"name": "a"}}
    (folder / ".claude-plugin" / "plugin.json").write_text(json.dumps(told))
    (folder / "agents").mkdir()
    for file in bench.folder(size).rglob("*.md"):
        shutil.copy(file, folder / "agents")
    return folder


@target("C1", "ten thousand files judged, beside agnix")
def agnix(bench: Bench) -> Iterator[Figure]:
    size = max(size for size in bench.sizes if size <= 10_000 or size == bench.sizes[0])
    what = f"read and judge {size:,} files"
    program = peers.program("agnix")
    if program is None:
        yield absent(what, "agnix is not there (AGENT_STUDIO_AGNIX)")
        return
    for project, where, most in ((bench.project(size), "", 1), (_heaped(bench, size), " of one folder", 0.05)):
        theirs = bench.process(*program, str(project), cwd=project, codes=(0, 1))
        yield ratio(f"{what}{where}", bench.paired(lint(bench, project), theirs, WALL), "agnix", most)


def _heaped(bench: Bench, size: int) -> Path:
    """The agents of a size in one folder of a project."""
    project = bench.fresh("heaped")
    folder = project / ".claude" / "agents"
    folder.mkdir(parents=True)
    for path in bench.folder(size).rglob("*.md"):
        shutil.copyfile(path, folder / path.name)
    return project
