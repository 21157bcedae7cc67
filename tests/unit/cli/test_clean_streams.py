"""One filter stands behind every command: hostile texts and secrets of any origin, in arguments, TOML and data."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest

from kpi_tui.commands.base.clean_streams import CleanStream
from kpi_tui.definitions.written.secrets import without_secrets
from kpi_tui.render.formats import FORMATS
from kpi_tui.text.clean import is_clean
from tests.unit.cli.conftest import HOSTILE, Run

ARGUMENTS = [
    ("{}",),
    ("--{}",),
    ("--format", "{}", "check"),
    ("--lang", "{}", "check"),
    ("values", "{}", "--period", "2026-10"),
    ("values", "aov", "--period", "{}"),
    ("values", "aov", "--period", "2026-10", "--by", "{}"),
    ("values", "aov", "--period", "2026-10", "--where", "{}"),
    ("values", "aov", "--period", "2026-10", "--where", "explain '{}'"),
    ("values", "aov", "--last", "{}"),
    ("values", "aov", "--{}"),
    ("explain", "{}"),
    ("score", "{}"),
    ("score", "--person", "{}"),
    ("target", "set", "{}", "aov", "1", "--period", "2026-10"),
    ("target", "set", "shop", "{}", "1", "--period", "2026-10"),
    ("target", "set", "shop", "aov", "{}", "--period", "2026-10"),
    ("target", "{}"),
    ("metrics", "--category", "{}"),
    ("tables", "{}"),
    ("-w", "/nowhere/{}", "check"),
    ("-o", "/nowhere/{}.csv", "check"),
    ("config", "set", "{}", "x"),
    ("completion", "{}"),
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=lambda arguments: " ".join(arguments))
def test_no_argument_reaches_the_terminal_raw(shop: Path, run: Run, arguments: tuple[str, ...]) -> None:
    for text in ("\x1b]0;PWNED\x07", "\x9b31m\x7f\u202e"):
        ran = run("-w", shop, *(argument.replace("{}", text) for argument in arguments))
        assert is_clean(ran.out) and is_clean(ran.err), (ran.out, ran.err)
        assert "Traceback" not in ran.err and "unexpected" not in ran.err


FIELDS = [
    ("workspace.toml", 'en = "Tiny shop"'),
    ("schema.toml", 'en = "Orders"'),
    ("categories.toml", 'en = "Revenue"'),
    ("metrics/revenue.toml", 'en = "Average order value"'),
    ("metrics/revenue.toml", 'en = "amount per order"'),
    ("metrics/revenue.toml", 'where = "amount < 0"'),
    ("metrics/revenue.toml", 'formula = "amount_sum / order_count"'),
    ("metrics/revenue.toml", 'unit = "currency"'),
    ("roles/roles.toml", 'en = "Shop"'),
    ("roles/roles.toml", 'duty = "sell"'),
    ("roles/roles.toml", 'metric = "orders"'),
    ("people.toml", 'name = "Ann 安"'),
    ("tables.toml", 'path = "orders.csv"'),
]


@pytest.mark.parametrize(("file", "field"), FIELDS, ids=lambda part: part)
def test_no_field_of_a_definition_reaches_the_terminal_raw(shop: Path, run: Run, file: str, field: str) -> None:
    hostile = f'{field.partition("=")[0]}= "x \\u001b]0;PWNED\\u0007 \\u009b31m \\u202e \\u007f"'
    path = shop / file
    assert field in path.read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace(field, hostile, 1), encoding="utf-8")
    month = ("--period", "2026-10")
    for asked in (("check",), ("values", "aov", *month), ("explain", "aov", *month), ("score", *month), ("tables",)):
        for form in ("json", "table") if asked[0] in ("check", "score") else ("csv",):
            ran = run("-w", shop, *asked, "--format", form)
            assert is_clean(ran.out) and is_clean(ran.err), (asked, form)
            assert "Traceback" not in ran.err and "unexpected" not in ran.err


def test_what_libraries_log_is_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    from kpi_tui.commands.base.clean_streams import clean_streams

    heard = io.StringIO()
    monkeypatch.setattr("sys.stderr", heard)
    with clean_streams():
        assert logging.lastResort is not None  # what a logger without a handler ends in; pytest has one
        logging.lastResort.handle(logging.LogRecord("fastexcel", logging.WARNING, "", 1, "cell %s", (HOSTILE,), None))
    assert is_clean(heard.getvalue()) and "cell" in heard.getvalue()


def test_lines_and_colours_stay() -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen, pipe = Screen(), io.StringIO()
    for stream in (screen, pipe):
        CleanStream(stream).write("\x1b[1ma\tb\x1b[0m\r\nc\rd")
    assert screen.getvalue() == "\x1b[1ma\tb\x1b[0m\r\nc␍d"
    assert pipe.getvalue() == "␛[1ma\tb␛[0m\r\nc␍d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:S3CRET@host/x.csv", "https://user:***@host/x.csv"),
        ("postgres://u:p:S3CRET@host/db", "postgres://u:***@host/db"),
        ("https://host/x?a=1&token=S3CRET&b=2", "https://host/x?a=1&token=***&b=2"),
        ('"api_key": "S3CRET"', '"api_key": "***"'),
        ("db_password = 'S3CRET'", "db_password = '***'"),
        ("https://host:8080/a@b", "https://host:8080/a@b"),
        ('"key": "orders.amount"', '"key": "orders.amount"'),
        ("a token and a secret", "a token and a secret"),
        ('"keys": ["a"], "metric_key": "x"', '"keys": ["a"], "metric_key": "x"'),
    ],
)
def test_a_secret_is_told_from_other_words(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


@pytest.mark.parametrize("form", [*FORMATS, "log"])
def test_no_secret_of_a_workspace_is_in_an_answer_a_file_or_a_log(
    shop: Path, run: Run, home: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shop / "tables.toml").write_text('[tables.orders]\npath = "https://user:S3CRET@host/o.csv?token=S3CRET"\n')
    with (shop / "workspace.toml").open("a", encoding="utf-8") as file:
        file.write('\n[settings]\ndb_password = "S3CRET"\n')
    if form == "log":

        def broken(*_: object) -> None:
            raise RuntimeError('https://user:S3CRET@host/o.csv db_password = "S3CRET"')

        monkeypatch.setattr("kpi_tui.book.data_quality.DataQuality.check", broken)
        assert run("-w", shop, "check").code == 1
    else:
        for number, asked in enumerate((("check",), ("tables",), ("values", "aov", "--period", "2026-10"))):
            ran = run("-w", shop, *asked, "--format", form, "-o", home / f"{number}.{form}")
            assert "S3CRET" not in ran.out + ran.err
            ran = run("-w", shop, *asked, "--format", "json" if form == "xlsx" else form)
            assert "S3CRET" not in ran.out + ran.err
    for path in home.rglob("*"):
        if path.is_file():
            assert b"S3CRET" not in unpacked(path), path


def unpacked(path: Path) -> bytes:
    """The bytes of a file, those of the parts of a workbook."""
    import zipfile

    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist())
