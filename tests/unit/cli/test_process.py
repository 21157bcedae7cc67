"""The program as a whole: exit codes, streams, imports, failures."""

from __future__ import annotations

import errno
import gc
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi_tui.book import Cancelled
from kpi_tui.book.data_quality import DataQuality
from kpi_tui.definitions.issue import ConflictError, EngineError, TableError, UsageError, WorkspaceError
from kpi_tui.text.clean import is_clean
from kpi_tui.workspace.edits.edits import Edits
from tests.unit.cli.conftest import Run

Spawn = Callable[..., subprocess.CompletedProcess[str]]
HEADLESS = [
    ("check",),
    ("metrics",),
    ("values", "aov", "--period", "2026-10"),
    ("explain", "aov", "--period", "2026-10"),
    ("score", "--period", "2026-10"),
    ("target", "list", "--period", "2026-10"),
    ("role", "list"),
    ("doctor",),
]


def imported_after(*arguments: object) -> set[str]:
    """Names of the modules that a run imports."""
    code = (
        "import sys\n"
        "from kpi_tui.cli import main\n"
        "try:\n    main()\nfinally:\n    print('MODULES', *sys.modules, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *map(str, arguments)]
    ran = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    line = next(line for line in ran.stderr.splitlines() if line.startswith("MODULES"))
    return set(line.split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("values", "--help"), ("target", "set", "--help")])
def test_help_and_version_import_neither_polars_nor_textual_nor_sqlglot(home: Path, arguments: tuple[str, ...]) -> None:
    assert not imported_after(*arguments) & {"polars", "textual", "sqlglot", "duckdb", "fastexcel"}


@pytest.mark.parametrize("arguments", HEADLESS, ids=lambda arguments: arguments[0])
def test_no_headless_command_imports_textual(shop: Path, home: Path, arguments: tuple[str, ...]) -> None:
    assert "textual" not in imported_after("-w", shop, *arguments)


@pytest.mark.usefixtures("home")
def test_a_second_scorecard_reads_no_row_and_no_sql(shop: Path) -> None:
    """What its numbers rest on is kept with them: nothing is parsed to learn that nothing changed."""
    for file in shop.rglob("*.toml"):
        os.utime(file, (1_800_000_000, 1_700_000_000))  # what was written a moment ago may be written again
    asked = ("-w", shop, "score", "--period", "2026-10")
    assert {"polars", "sqlglot"} <= imported_after(*asked)
    assert not {"polars", "sqlglot"} & imported_after(*asked)


def test_the_app_without_a_terminal_is_one_sentence_and_exit_2(shop: Path, spawn: Spawn) -> None:
    ran = spawn("-w", shop)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert "terminal" in ran.stderr


def test_a_folder_without_workspace_is_exit_3(tmp_path: Path, run: Run) -> None:
    ran = run("-w", tmp_path / "nowhere", "score", "--period", "2026-10")
    assert (ran.code, ran.out) == (3, "")
    assert "workspace.toml" in ran.err or "nowhere" in ran.err


def test_a_broken_workspace_file_is_exit_3_with_file_and_line(shop: Path, run: Run) -> None:
    (shop / "workspace.toml").write_text('name = "x"\nlanguage = [\n', encoding="utf-8")
    ran = run("-w", shop, "score", "--period", "2026-10")
    assert ran.code == 3
    assert "workspace.toml:" in ran.err


def test_data_that_cannot_be_read_is_exit_4(shop: Path, run: Run) -> None:
    (shop / "orders.csv").write_bytes(b"PK\x03\x04 this is a zip, not a table")
    ran = run("-w", shop, "values", "aov", "--period", "2026-10")
    assert ran.code == 4
    assert "orders.csv" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("targte",),
        ("values",),
        ("values", "aov", "--formt", "json"),
        ("values", "aov", "--format", "yaml"),
        ("values", "aov", "--last", "0"),
        ("values", "aov", "--period", "soon"),
        ("values", "no_such_metric", "--period", "2026-10"),
        ("score", "no_such_role", "--period", "2026-10"),
        ("score", "--person", "nobody", "--period", "2026-10"),
        ("metrics", "--category", "nothing"),
    ],
    ids=lambda arguments: " ".join(arguments),
)
def test_wrong_usage_is_exit_2_and_one_sentence_on_stderr(shop: Path, run: Run, arguments: tuple[str, ...]) -> None:
    ran = run("-w", shop, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "Traceback" not in ran.err


def test_a_misspelt_command_or_option_names_the_nearest(shop: Path, run: Run) -> None:
    assert "score" in run("-w", shop, "scor").err
    assert "--format" in run("-w", shop, "values", "aov", "--formt", "json").err


@pytest.mark.parametrize(("error", "code"), [(RuntimeError("secret\x1b[2J"), 1), (KeyboardInterrupt(), 130)])
def test_an_unexpected_error_is_one_sentence_and_a_private_log(
    shop: Path, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(DataQuality, "check", broken)
    ran = run("-w", shop, "check")
    assert (ran.code, ran.out) == (code, "")
    assert "secret" not in ran.err
    assert "Traceback" not in ran.err
    logs = list((home / "state" / "kpi-tui").glob("error-*.log")) if code == 1 else []
    for log in logs:
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
        assert "secret" in log.read_text(encoding="utf-8")
    assert len(logs) == (1 if code == 1 else 0)


@pytest.mark.parametrize(
    ("kind", "code"),
    [(UsageError, 2), (WorkspaceError, 3), (TableError, 4), (ConflictError, 5), (EngineError, 1), (Cancelled, 130)],
)
def test_every_failure_has_its_documented_exit_code(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch, kind: type[Exception], code: int
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise kind("because \x1b[2J")

    monkeypatch.setattr(Edits, "save", broken)
    ran = run("-w", shop, "target", "set", "shop", "aov", "5", "--period", "2026-10")
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.count("\n") == 1
    assert is_clean(ran.err)


def test_debugging_shows_the_traceback(shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KPI_TUI_DEBUG", "1")
    assert "Traceback" in run("-w", shop, "values", "no_such_metric", "--period", "2026-10").err


def test_a_reader_that_goes_away_is_no_error(shop: Path, home: Path) -> None:
    command = [sys.executable, "-c", "from kpi_tui.cli import main; main()", "-w", str(shop), "metrics"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        error = process.stderr.read()
        assert process.wait(timeout=60) == 0
    assert error == ""


def test_ctrl_c_is_exit_130_without_a_traceback(shop: Path, home: Path) -> None:
    code = "import os, signal, threading\nfrom kpi_tui.book.data_quality import DataQuality\n"
    code += "DataQuality.check = lambda self: (os.kill(os.getpid(), signal.SIGINT), threading.Event().wait(30))\n"
    code += "from kpi_tui.cli import main\nmain()"
    command = [sys.executable, "-c", code, "-w", str(shop), "check"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.strip()) == (130, "", "")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_has_help_in_both_languages(run: Run, lang: str) -> None:
    import re

    overview = run("--help", "--lang", lang)
    assert overview.code == 0
    commands = re.findall(r"^  (\w+)  +\S", overview.out.split("\n\n")[-1], re.MULTILINE)
    assert {"demo", "init", "check", "metrics", "values", "explain", "score", "target", "doctor"} <= set(commands)
    for command in commands:
        ran = run(command, "--help", "--lang", lang)
        assert ran.code == 0
        assert ("选项" in ran.out) == (lang == "zh")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.code == 0
    assert "_KPI_TUI_COMPLETE" in ran.out


def test_the_shell_completes_metrics_of_the_workspace(shop: Path, home: Path) -> None:
    environ = {**os.environ, "_KPI_TUI_COMPLETE": "bash_complete", "COMP_WORDS": f"kpi-tui -w {shop} values a"}
    ran = subprocess.run(
        [sys.executable, "-c", "from kpi_tui.cli import main; main()"],
        capture_output=True,
        text=True,
        env={**environ, "COMP_CWORD": "4"},
        check=False,
    )
    assert ran.stdout.splitlines() == ["plain,aov"]


def test_the_workspace_is_found_from_the_variable_and_from_folders_above(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(shop / "metrics")
    assert run("values", "orders", "--period", "2026-10").json[0]["value"] == 3
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KPI_TUI_WORKSPACE", str(shop))
    assert run("values", "orders", "--period", "2026-10").json[0]["value"] == 3


def test_the_package_runs_as_a_module() -> None:
    """`python -m kpi_tui` where the scripts of an installation are not on the path."""
    answer = subprocess.run([sys.executable, "-m", "kpi_tui", "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("kpi-tui ")


def test_a_start_that_makes_many_objects_looks_for_garbage_seldom(shop: Path, run: Run) -> None:
    before = gc.get_threshold()
    try:
        gc.set_threshold(700, 10, 10)  # as Python starts
        assert run("--version").code == 0
        assert gc.isenabled() and gc.get_threshold()[0] >= 50_000
    finally:
        gc.set_threshold(*before)


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.EMFILE, errno.ESTALE])
def test_a_file_that_the_system_does_not_give_is_a_sentence_with_its_name(
    shop: Path, run: Run, monkeypatch: pytest.MonkeyPatch, number: int, tmp_path: Path
) -> None:
    """Of any call: `check --seal` on a disk that failed said "an unexpected error (OSError)"."""

    def broken(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(shop / "orders.csv"))

    monkeypatch.setattr(DataQuality, "check", broken)
    ran = run("-w", shop, "check")
    assert ran.code == 1
    assert ran.err == f"kpi-tui: {shop / 'orders.csv'} cannot be read or written: {os.strerror(number)}\n"
    assert not list(tmp_path.rglob("error-*"))
