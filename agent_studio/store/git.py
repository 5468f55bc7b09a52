"""Files as git has them: read by the person's own git, which is told to start nothing and to ask no network."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass

from agent_studio.model.document import LARGEST

TIMEOUT = 10
"""Seconds after which git is given up."""

MOST = 200
"""Commits of a file that are listed."""

_COMMIT = re.compile(rb"\x01([0-9a-f]+)\0(\d+)\0([^\0]*)\0+\n([^\0]+)\0")


class NotInGit(Exception):
    """A file that git does not have so; the message says why, for people."""


def committed(path: str, revision: str) -> bytes:
    """The bytes of the file at `path` as of a revision, for instance `HEAD` or `main~2`; raises `NotInGit`.

    A link in the way is followed first: it is the repository of the real file that is asked. Of a file over 1 MiB
    there is one byte more than that.
    """
    real = os.path.realpath(path)
    return _blob(os.path.dirname(real), revision, f"./{os.path.basename(real)}")


def blob(name: str) -> bytes:
    """The bytes that git calls `name`, `REVISION:PATH`, as seen from the working directory; raises `NotInGit`."""
    revision, _, path = name.partition(":")
    return _blob(os.getcwd(), revision, path)


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed a file: its short name, when it was made (in seconds since the epoch), and its title.

    `path` is where the file stood then, from the top of the repository on.
    """

    name: str
    time: float
    title: str
    path: str


def revisions(path: str) -> tuple[Revision, ...]:
    """The commits that changed the file at `path`, newest first, under its old names, too; raises `NotInGit`."""
    folder, name = os.path.split(os.path.realpath(path))
    options = ("--follow", "--name-only", "-z", f"--max-count={MOST}", "--no-ext-diff", "--no-textconv")
    # What a repository is set up with may be a program: signatures are checked by one.
    log = ("-c", "log.showSignature=false", "log", *options, "--format=%x01%h%x00%ct%x00%s", "--", f"./{name}")
    return tuple(
        Revision(hash_.decode(), float(time), title.decode(errors="replace"), os.fsdecode(at))
        for hash_, time, title, at in _COMMIT.findall(_git(folder, *log))
    )


def as_of(path: str, revision: Revision) -> bytes:
    """The bytes of the file at `path` as a commit left it; raises `NotInGit`."""
    return _blob(os.path.dirname(os.path.realpath(path)), revision.name, revision.path)


def parting(path: str, revision: str) -> bytes | None:
    """The bytes of the file at `path` where HEAD and a revision parted; None where one descends from the other.

    Raises `NotInGit` where the file was not there then.
    """
    folder, name = os.path.split(os.path.realpath(path))
    parted = _git(folder, "merge-base", "--end-of-options", "HEAD", revision).strip()
    ends = (
        _git(folder, "rev-parse", "--verify", "--end-of-options", f"{end}^{{commit}}") for end in ("HEAD", revision)
    )
    if parted in {end.strip() for end in ends}:
        return None
    return _blob(folder, parted.decode(), f"./{name}")


def _blob(folder: str, revision: str, path: str) -> bytes:
    if not revision or revision.startswith("-") or any(not char.isprintable() for char in revision):
        raise NotInGit(f"{revision or 'nothing'} is no name of a revision")
    try:
        # Unlike `git show`, this knows no filters, and so no programs of the repository's choice.
        data = _git(folder, "cat-file", "blob", f"{revision}:{path}")
    except NotInGit:
        raise NotInGit(_why_not(folder, revision, path)) from None
    return data[: LARGEST + 1]


def _why_not(folder: str, revision: str, path: str) -> str:
    """Why git does not have a file, found out step by step."""
    name = os.path.normpath(path)
    try:
        _git(folder, "rev-parse", "--git-dir")
    except NotInGit as why:
        return f"{name} is in no git repository that git would read: {why}"
    try:
        _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
    except NotInGit:
        return f"git knows no revision {revision} there"
    return f"there is no file {name} in {revision}: it was not committed then"


def _git(folder: str, *words: str) -> bytes:
    """What git prints; raises `NotInGit` with what it complains of."""
    try:
        done = subprocess.run(
            ["git", "-C", folder, "--no-pager", "--no-replace-objects", *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            env=_environment(),
            check=True,
        )
    except FileNotFoundError:
        raise NotInGit("git is not installed") from None
    except subprocess.TimeoutExpired:
        raise NotInGit(f"git did not answer within {TIMEOUT} seconds") from None
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        raise NotInGit(lines[0].removeprefix("fatal: ") if lines else f"git ended with {error.returncode}") from None
    return done.stdout


def _environment() -> dict[str, str]:
    """What git is told: nothing of a repository that a hook may work in, and never to fetch, lock or ask."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CONFIG_HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }
