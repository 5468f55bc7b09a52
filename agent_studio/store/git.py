"""Files as git has them: read by the person's own git, which is told to start nothing and to ask no network."""

from __future__ import annotations

import os
import subprocess

from agent_studio.model.document import LARGEST

TIMEOUT = 10
"""Seconds after which git is given up."""


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
