"""Pages of a workspace: every kind of section is read, and each problem names file, line, key and what to do."""

from __future__ import annotations

import pytest

from kpi_tui.definitions.issue import Severity

FILE = "pages/weekly.toml"
PAGE = """[pages.weekly]
name = { en = "Weekly", zh = "周会" }
[[pages.weekly.sections]]
kind = "metrics"
metrics = ["aov"]
by = "user_id"
[[pages.weekly.sections]]
kind = "drivers"
of = "aov"
[[pages.weekly.sections]]
kind = "baseline"
metrics = ["aov", "orders_paid"]
tolerance = "least_amount"
[[pages.weekly.sections]]
kind = "breakdown"
by = "user_id"
columns = [
  { metric = "aov" },
  { id = "twice", formula = "aov * 2" },
]
[[pages.weekly.sections]]
kind = "findings"
[[pages.weekly.sections.rules]]
id = "up"
metric = "aov"
above = 3
says = { good = "Fine." }
[[pages.weekly.sections]]
kind = "text"
metric = "aov"
body = "{paid_amount_sum} of {value}"
"""

# what is changed: (old, new); then line, end of the key, part of the message, part of the hint
PROBLEMS = {
    "an unknown kind": (('"drivers"', '"driver"'), 8, "kind", "kind = 'driver' is not known", "'drivers'"),
    "an option of another kind": (('of = "aov"', 'of = "aov"\nlast = 3'), 10, "last", "unknown key 'last'", "known"),
    "an unknown metric": (('metrics = ["aov"]', 'metrics = ["aovv"]'), 5, "metrics", "unknown metric 'aovv'", "'aov'"),
    "an unknown subject": (('of = "aov"', 'of = "aow"'), 9, "of", "unknown metric or tree 'aow'", "'aov'"),
    "an unknown dimension": (
        ('by = "user_id"\n[[', 'by = "usr_id"\n[['), 6, "by", "unknown column 'usr_id'", "'user_id'"),
    "an unknown setting": (('"least_amount"', '"lest_amount"'), 13, "tolerance", "unknown setting", "'least_amount'"),
    "an unknown column in a formula": (
        ('"aov * 2"', '"aof * 2"'), 17, "formula", "unknown column 'aof'", "'aov'"),
    "a column of nothing": (('{ metric = "aov" }', '{ id = "x" }'), 17, "columns[1]", "one of metric", "metric"),
    "two columns of one id": (('id = "twice"', 'id = "aov"'), 17, "id", "'aov' stands twice", "rename"),
    "a rule without a limit": (("above = 3\n", ""), 23, "rules[1]", "one of above", "limit"),
    "an unknown field in a text": (
        ("{paid_amount_sum}", "{paid_sum}"), 31, "body", "unknown field 'paid_sum'", "'paid_amount_sum'"),
    "two sections of one id": (
        ('kind = "text"', 'kind = "text"\nid = "metrics"'), 3, "id", "section 'metrics' stands twice", "rename"),
}  # fmt: skip


def test_a_page_of_every_common_kind_has_no_problem(load_with) -> None:
    loaded = load_with({FILE: PAGE})
    assert loaded.issues == ()
    page = loaded.workspace.pages["weekly"]
    assert [section.id for section in page.sections] == [
        "metrics", "drivers", "baseline", "breakdown", "findings", "text",
    ]  # fmt: skip
    assert page.name.zh == "周会"


@pytest.mark.parametrize("name", PROBLEMS)
def test_each_problem_of_a_page_names_file_line_key_message_and_hint(name: str, load_with) -> None:
    (old, new), line, key, message, hint = PROBLEMS[name]
    assert PAGE.count(old) == 1, old
    loaded = load_with({FILE: PAGE.replace(old, new)})
    found = [issue for issue in loaded.issues if message in issue.message]
    assert found, [issue.message for issue in loaded.issues]
    assert (found[0].file, found[0].severity) == (FILE, Severity.ERROR)
    assert (found[0].line, found[0].key.rpartition(".")[2]) == (line, key) and hint in found[0].hint
    assert loaded.workspace.pages == {}


def test_a_page_without_sections_says_what_to_add(load_with) -> None:
    (issue,) = load_with({FILE: '[pages.weekly]\nname = "Weekly"\n'}).issues
    assert "has no sections" in issue.message and "[[pages.weekly.sections]]" in issue.hint
