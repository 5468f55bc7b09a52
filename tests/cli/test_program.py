"""What holds for every verb: no verb, help, options in common, and how runs end."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from agent_studio import __version__
from agent_studio.cli.program import VERBS, program
from agent_studio.cli.verb import Verb
from agent_studio.model.hosts.releases import LATEST
from tests.cli.runs import (
    NO_STUDIO,
    PROGRAM,
    TIMEOUT,
    WITHOUT_STUDIO,
    Cli,
    agent,
    environment,
    run_here,
    run_on_terminal,
    run_there,
    write,
)


def test_without_a_terminal_no_verb_means_list(project: Path, cli: Cli) -> None:
    assert cli().out == cli("list").out
    assert cli(".claude/agents/db").out == cli("list", ".claude/agents/db").out
    assert cli("--color", "always", "--quiet", "../shop").out == cli("list", "--color", "always", "../shop").out


def test_on_a_terminal_no_verb_opens_the_interface(project: Path, home: Path) -> None:
    run = run_on_terminal(program=WITHOUT_STUDIO)
    plugin = home / ".claude/plugins/cache/market/extras/1.0.0/agents"
    assert run.code == NO_STUDIO
    assert "".join(run.lines).split() == "".join(f"{project} {home / '.claude/agents'} {plugin}").split()
    assert run_on_terminal(str(project / "db"), program=WITHOUT_STUDIO, columns=500).lines == [str(project / "db")]


def test_the_interface_knows_how_the_host_is_started(project: Path, tmp_path: Path) -> None:
    db, more = str(project / "db"), tmp_path / "more"
    write(more / ".claude/agents/a.md", agent("a"))
    start = ("--add-dir", str(more), "--agents", '{"given": {}}')
    for words in ((db, *start), (*start, db)):
        run = run_on_terminal(*words, program=WITHOUT_STUDIO, columns=500)
        assert (run.code, run.lines) == (NO_STUDIO, [f"{db} {more}/.claude/agents given"])


def test_a_fresh_start_is_asked_for_in_front_of_the_path_or_behind_it(project: Path) -> None:
    db = str(project / "db")
    for words in ((db, "--fresh"), ("--fresh", db)):
        assert run_on_terminal(*words, program=WITHOUT_STUDIO, columns=500).lines == [f"{db} fresh"]


def test_a_verb_is_no_path_and_a_wrong_verb_is_explained(project: Path, cli: Cli) -> None:
    write(Path("list/a.md"), agent("listed"))
    assert "listed" not in cli("list").out
    assert "listed" in cli("./list").out
    run = cli("lst")
    assert (run.code, run.out) == (2, "")
    assert "lst is neither a verb nor a file or folder: did you mean list?" in run.err
    assert cli("./lst").code == 2


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_reads_well(verb: str, cli: Cli) -> None:
    words = [verb] if verb else []
    run = cli(*words, "--help")
    assert (run.code, run.err) == (0, "")
    assert run.out == cli(*words, "-h").out
    assert max(map(len, run.lines)) <= 80
    assert "Examples:" in run.out
    assert "..." not in run.out.partition("Commands:")[2].partition("Examples:")[0]


@pytest.mark.parametrize("verb", VERBS)
def test_examples_are_command_lines_that_are_understood(verb: str) -> None:
    whole = program()
    command = whole.get_command(click.Context(whole), verb)
    assert isinstance(command, Verb)
    for line, meaning in command.examples:
        match = re.search(rf"agent-studio {verb}\b([^|)]*)", line)
        assert match, line
        words = [word for word in shlex.split(match[1], posix=True) if word[0] not in "<>"]
        with command.make_context(verb, words) as context:
            assert isinstance(context, click.Context)
        assert meaning


def test_version(cli: Cli) -> None:
    run = cli("--version")
    assert (run.code, run.out) == (0, f"agent-studio {__version__}\n")


def test_quiet_says_nothing_but_errors(project: Path, cli: Cli) -> None:
    for words in (("set", "color=red", "-q"), ("-q", "set", "color=red")):
        run = cli(*words)
        assert (run.code, run.err) == (0, "")
        assert "+color: red" in run.out
    assert "no agent is called" in cli("show", "nobody", "--quiet").err


@pytest.mark.parametrize(
    ("words", "variables", "colored"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "0"}, False),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_color_in_a_pipe(
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    words: tuple[str, ...],
    colored: bool,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert (b"\x1b[1;38;5;68mBL\x1b[0m" in run_here("list", *words).raw) == colored
    assert (b"\x1b[32m+color: red\x1b[0m" in run_here("set", "color=red", *words).raw) == colored


def test_color_on_a_terminal(project: Path) -> None:
    assert b"\x1b[" in run_on_terminal("list").raw
    assert b"\x1b[" not in run_on_terminal("list", NO_COLOR="1").raw
    assert b"\x1b[" not in run_on_terminal("list", "--color", "never").raw


def test_output_that_is_not_utf_8(project: Path) -> None:
    run = run_there("list", PYTHONIOENCODING="ascii")
    assert run.code == 0
    assert b"x the frontmatter is never closed" in run.raw
    assert run.raw.isascii()


def test_json_is_ascii(project: Path, cli: Cli) -> None:
    write(project / "café.md", agent("日本語"))
    run = cli("list", "--format", "json")
    assert run.raw.isascii()
    assert "日本語" in [record["name"] for record in json.loads(run.out)["agents"]]


def test_a_reader_that_leaves_early_is_no_error(project: Path) -> None:
    for number in range(300):
        write(project / f"{number}.md", agent(f"agent-{number}", body="text\n" * 100))
    with subprocess.Popen(
        [*PROGRAM, "list", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as child:
        assert child.stdout is not None
        assert child.stdout.read(10) == b'{\n  "schem'
        child.stdout.close()
        assert child.stderr is not None
        assert child.stderr.read() == b""
        assert child.wait(TIMEOUT) == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_output_that_cannot_be_written_is_trouble(project: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PROGRAM, "list"], stdout=full, stderr=subprocess.PIPE, env=environment(), check=False)
    assert done.returncode == 2
    assert done.stderr == b"agent-studio: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(project: Path, closed: str) -> None:
    for verb in ("list", "set color=red", "info"):
        words = " ".join(shlex.quote(word) for word in PROGRAM)
        run = run_there("-c", f"{words} {verb} {closed}", program=("sh",))
        assert run.code == 0
        assert "Traceback" not in run.err


def test_a_headless_verb_loads_no_more_than_it_needs(project: Path) -> None:
    run = run_there("list", str(project), program=(PROGRAM[0], "-X", "importtime", *PROGRAM[1:]))
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in run.err.splitlines()}
    assert {"agent_studio", "click"} <= loaded
    assert not loaded & {"textual", "rich", "watchfiles", "rapidfuzz", "asyncio", "yaml"}
    assert "importlib.metadata" not in run.err
    assert "agent_studio.model.checks.catalogue" not in run.err
    assert "tomllib" not in run.err


@pytest.mark.parametrize(
    "words",
    [
        ("show", "migrator"),
        ("budget",),
        ("lint",),
        ("explain", "L001"),
        ("park", "migrator"),
        ("copy", "tuner", "--to", "user"),
        ("set", "color=red", "--yes"),
        ("diff", "migrator", "tuner"),
        ("info",),
        ("undo", "--list"),
        ("history", "migrator"),
        ("demo",),
    ],
)
def test_no_headless_verb_loads_textual(project: Path, words: tuple[str, ...]) -> None:
    run = run_there(*words, program=(PROGRAM[0], "-X", "importtime", *PROGRAM[1:]))
    assert "agent_studio.cli" in run.err
    assert "textual" not in run.err


def test_info(project: Path, home: Path, cli: Cli) -> None:
    run = cli("info")
    assert run.code == 0
    facts = {line.split()[0]: line for line in run.lines}
    assert facts["agent-studio"].endswith(__version__)
    assert facts["state"].endswith(f"{home}/.local/state/agent-studio")
    assert facts["journal"].endswith(f"{home}/.local/state/agent-studio/journal (not there)")
    assert LATEST.version in facts["claude-code"].split()
    assert facts["configuration"].endswith(f"{home}/.config/agent-studio/config.toml (not there)")
    assert facts["project"].endswith(str(project))
    assert facts["plugin/extras"].endswith("(read-only)")
    cli("set", "color=red", "migrator", "--yes")
    size = sum(file.stat().st_size for file in (home / ".local/state/agent-studio/journal").iterdir())
    assert f"/journal (1 change, {size:,} bytes)\n" in cli("info").out
    (home / ".claude/settings.json").unlink()
    assert "(read-only, the plugin extras@market is not enabled" in cli("info").out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_back(shell: str, cli: Cli) -> None:
    run = cli("completion", shell)
    assert run.code == 0
    assert f"_AGENT_STUDIO_COMPLETE={shell}_complete" in run.out
    assert cli("completion", "tcsh").code == 2


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("agent-studio re", {"plain,rename", "plain,redo", "plain,restore"}),
        ("agent-studio undo --l", {"plain,--list"}),
        ("agent-studio unpark of", {"plain,off"}),
        ("agent-studio budget --without mig", {"plain,migrator"}),
        ("agent-studio copy migrator --to us", {"plain,user"}),
        ("agent-studio lint --select D001,loads", {"plain,D001,loads-by-fallback"}),
        ("agent-studio explain L00", {f"plain,L00{number}" for number in range(1, 10)}),
        ("agent-studio list --sort s", {"plain,scope", "plain,state"}),
        ("agent-studio show mig", {"plain,migrator"}),
        ("agent-studio show project:d", {"plain,project:db/migrator.md"}),
        ("agent-studio set col", {"plain,color="}),
        ("agent-studio unset col", {"plain,color"}),
        ("agent-studio list --format j", {"plain,json", "plain,jsonl"}),
    ],
)
def test_words_are_completed(project: Path, line: str, offered: set[str]) -> None:
    write(project / "evil.md", agent("'mig$(touch x)'"))
    write(project / "off.md.parked", agent("off"))
    words = line.split()
    run = run_there(COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), _AGENT_STUDIO_COMPLETE="bash_complete")
    assert {line for line in run.lines if line.startswith("plain")} == offered


def test_ids_are_completed(project: Path, cli: Cli) -> None:
    cli("set", "color=red", "migrator", "--yes")
    cli("unset", "color", "migrator", "--yes")
    cli("undo", "--yes")
    every = [line.split("\t")[0] for line in cli("history", "migrator", "--format", "tsv").lines[1:]]
    for line, offered in (
        ("agent-studio undo 0", {every[-1]}),
        ("agent-studio redo 0", {every[1]}),
        ("agent-studio restore migrator 0", set(every)),
        ("agent-studio history migrator --diff 0", set(every)),
    ):
        words = line.split()
        run = run_there(COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), _AGENT_STUDIO_COMPLETE="bash_complete")
        assert {found for found in run.lines if found.startswith("plain")} == {f"plain,{one}" for one in offered}
        assert run.err == ""


def test_demo_lists_its_samples_and_leaves_nothing(
    project: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = dict(os.environ), os.getcwd(), sorted(home.rglob("*"))
    run = cli("demo")
    assert run.code == 0
    assert len(run.lines) > 20
    assert {"project", "user", "plugin"} == {line.split()[4] for line in run.lines[1:]}
    assert "migrator" not in run.out
    assert list(temporary.iterdir()) == []
    assert (dict(os.environ), os.getcwd(), sorted(home.rglob("*"))) == before


def test_demo_opens_the_interface_on_its_samples(project: Path, tmp_path: Path) -> None:
    run = run_on_terminal("demo", program=WITHOUT_STUDIO, columns=500, TMPDIR=str(tmp_path))
    assert run.code == NO_STUDIO
    assert run.out.startswith(str(tmp_path / "agent-studio-demo-"))
    assert list(tmp_path.glob("agent-studio-demo-*")) == []
