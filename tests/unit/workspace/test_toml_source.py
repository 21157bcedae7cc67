"""One TOML file: read without being hurt by it, every key with its line."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Issue
from kpi_tui.workspace.toml.source import MAX_BYTES, TomlFile, read_toml


def read(tmp_path: Path, content: str | bytes) -> TomlFile | Issue:
    path = tmp_path / "x.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_toml(path, "x.toml")


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("a = 1\nb = [\n", 3, "not valid TOML"),
        ("a = 1\nb = = 2\n", 2, "not valid TOML"),
        ("a = 1\na = 2\n", 2, "not valid TOML"),
        ('a = 1\n\nb = "安"\n'.encode("gb18030"), 3, "not UTF-8"),
        ("a = 1\n".encode("utf-16"), 1, "not UTF-8"),
        (b"a = 1\n" + b"#" * MAX_BYTES, 0, "larger than 256 KB"),
        ("a = " + "[" * 50_000 + "]" * 50_000, 0, "nested too deeply"),
        ("a = " + "9" * 5_000, 0, "too many digits"),
        ("a = 2026-13-45\n", 1, "not valid TOML"),
        ("a = '\0'", 1, "not valid TOML"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_issue_with_its_line(tmp_path, content, line, message):
    issue = read(tmp_path, content)
    assert isinstance(issue, Issue)
    assert (issue.file, issue.line) == ("x.toml", line) and message in issue.message and issue.hint


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("name = “店”", 'write straight quotes (") instead of “ ”'),
        ("name = ‘店’", 'write straight quotes (") instead of ‘ ’'),
        ('name ＝ "店“”"', "write the plain sign instead of the wide one: '=' ('＝')"),
        ("roles = [1，2]", "','"),
        ("［roles］", "'['"),
        ("a\u3000= 1", "' ' "),
        ("name = '“店”' x", "correct this line"),
        (r'path = "C:\data\orders.csv"', r"between single quotes, as in 'C:\data\orders.csv'"),
        (r'path = "D:\Users\li\1.csv"', "between single quotes"),
        ("a = b", 'write a text between quotes: a = "b"'),
        ("a = 店铺 # 名", 'write a text between quotes: a = "店铺"'),
        ("a = True", "write true in small letters"),
        ("a = FALSE # no", "write false in small letters"),
        ("运营 = 1", 'between quotes: "运营"'),
        ("[roles.运营]", 'between quotes: "运营"'),
        ('"运营".名 = "运营.x = 1"', 'between quotes: "名"'),
        ('name = "Ops', "end the text with the quote it began with"),
        ("name = 'Ops\"", "end the text with the quote it began with"),
        ("name = 'Ops\ny = 2\nz = 'q'", "end the text with the quote it began with"),
        ('name = """Ops', "end the text with the quote it began with"),
        ("name = '''Ops", "end the text with the quote it began with"),
        ("// ours", "begin a comment with #"),
        ("weight: 60", "write = between a key and its value"),
        ("weight = 60%", "a weight of 60 % is 60, a rate of 28 % is 0.28"),
        ("value = 1,000", "without commas between its digits"),
        ("value = 12,345,678.50", "without commas between its digits"),
        ("value = 3万", "30000, not 3万 or 30k"),
        ("value = 30k", "30000, not 3万 or 30k"),
        ("value = ¥300", "without the sign of a currency"),
        ("value = 0500", "without 0 in front of it"),
        ("as_of = 2026/10/20", "write a day that exists as in 2026-10-05"),
        ("as_of = 2026-2-1", "write a day that exists as in 2026-10-05"),
        ("as_of = 2026-02-30", "write a day that exists as in 2026-10-05"),
        ("as_of = 2026年10月20日", "write a day that exists as in 2026-10-05"),
        ("x = 2", "keep one of the lines with this key"),
        ("<<<<<<< HEAD", "two versions of this file meet here"),
        (">>>>>>> theirs", "two versions of this file meet here"),
        ("lines = [{ a = 1 ]", "with commas between its keys"),
        ("a\u200b = 1", "cannot be seen (U+200B)"),
        ("a = 1\0", "cannot be seen (U+0000)"),
        ("a = 1\rb = 2", "line ends"),
    ],
)
def test_what_is_mistyped_is_named_with_what_to_write_instead(tmp_path, line, hint):
    issue = read(tmp_path, f"x = 1\n{line}\n")
    assert isinstance(issue, Issue) and issue.line == 2 and hint in issue.hint, issue.hint


@pytest.mark.parametrize("part", ["a", '"a"', "'a'"])
@pytest.mark.parametrize("form", ["{} = 1", "[{}]", "x = {{ {} = 1 }}"])
def test_a_dotted_key_of_thousands_of_parts_is_refused_before_it_costs_time(tmp_path, part, form):
    started = time.thread_time()
    issue = read(tmp_path, "x1 = 1\n" + form.format(" . ".join([part] * 30_000)))
    assert isinstance(issue, Issue) and issue.line == 2 and "parts" in issue.message
    assert time.thread_time() - started < 2


@pytest.mark.parametrize("char", ["a", '"', "'", ".", "a."])
def test_looking_for_long_keys_is_fast_on_any_text(tmp_path, char):
    started = time.thread_time()
    read(tmp_path, "# " + char * (200_000 // len(char)))
    assert time.thread_time() - started < 2


def test_a_named_pipe_is_refused_instead_of_waiting_for_ever(tmp_path):
    os.mkfifo(tmp_path / "x.toml")
    issue = read_toml(tmp_path / "x.toml", "x.toml")
    assert isinstance(issue, Issue) and "regular file" in issue.message


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    for name, message in (("no.toml", "does not exist"), ("folder.toml", "regular file")):
        issue = read_toml(tmp_path / name, name)
        assert isinstance(issue, Issue) and issue.file == name and message in issue.message


def test_a_byte_order_mark_is_taken_off(tmp_path):
    file = read(tmp_path, b"\xef\xbb\xbfa = 1\n")
    assert isinstance(file, TomlFile) and file.data == {"a": 1}


TEXT = '''# [not.a.table]
top = 1

[metrics.aov]
name = { en = "x" }
formula = """
[fake]
also = "fake"
"""
grains = [
  "day",
  ["a"]
]
kind = "ratio" # kind = 2
dotted.key.here = 1
"quoted key" = 2
lit = \'\'\'one line\'\'\'

[[roles.ops.lines]]
metric = "a"

[[roles.ops.lines]]
weight = 3
[roles.ops.lines.options]
cap = 2.0
[roles.ops]
duty = "x"
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("metrics", "aov"), 4),
        (("metrics", "aov", "name"), 5),
        (("metrics", "aov", "name", "en"), 5),
        (("metrics", "aov", "formula"), 6),
        (("metrics", "aov", "grains"), 10),
        (("metrics", "aov", "kind"), 14),
        (("metrics", "aov", "dotted", "key", "here"), 15),
        (("metrics", "aov", "quoted key"), 16),
        (("metrics", "aov", "lit"), 17),
        (("roles", "ops", "lines", 0, "metric"), 20),
        (("roles", "ops", "lines", 1, "weight"), 23),
        (("roles", "ops", "lines", 1, "options", "cap"), 25),
        (("roles", "ops", "duty"), 27),
        (("metrics", "aov", "missing"), 4),
        (("nowhere",), 0),
    ],
)
def test_every_key_is_found_with_its_line(tmp_path, path, line):
    file = read(tmp_path, TEXT)
    assert isinstance(file, TomlFile)
    assert file.line(*path) == line


def test_a_key_is_written_for_people_with_places_from_one(tmp_path):
    file = read(tmp_path, TEXT)
    assert isinstance(file, TomlFile)
    assert file.place("roles", "ops", "lines", 1, "weight").key == "roles.ops.lines[2].weight"
