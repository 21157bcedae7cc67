"""`extends = "standard"`: the shipped library beneath a workspace of two short files (docs/architecture.md)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kpi_tui.definitions.issue import Severity
from kpi_tui.workspace.check.lint import lint
from kpi_tui.workspace.find import shipped_config
from kpi_tui.workspace.load import load


@pytest.fixture
def two_files(tmp_path: Path) -> Path:
    (tmp_path / "workspace.toml").write_text('name = "Mine"\nextends = "standard"\n')
    (tmp_path / "tables.toml").write_text('[tables.orders]\npath = "orders.csv"\n')
    return tmp_path


def test_a_workspace_of_two_files_has_the_shipped_library_but_no_roles_people_or_tables_of_the_demo(two_files):
    workspace = load(two_files).workspace
    assert workspace is not None
    demo = load(shipped_config()).workspace
    assert demo is not None and demo.roles and demo.people and demo.bonus
    for kind in ("schemas", "facts", "measures", "metrics", "categories", "settings"):
        assert set(getattr(workspace, kind)) == set(getattr(demo, kind)), kind
    assert set(workspace.tables) == {"orders"} and not workspace.roles and not workspace.people
    assert workspace.name.en == "Mine" and workspace.as_of is None and workspace.data == two_files.resolve()


def test_own_definitions_override_by_id(two_files):
    (two_files / "categories.toml").write_text('[categories.revenue]\nname = "Money"\n')
    workspace = load(two_files).workspace
    assert workspace is not None and workspace.categories["revenue"].name.en == "Money"


def test_r008_own_settings_override_the_defaults_of_the_spec(two_files):
    workspace = load(two_files).workspace
    assert workspace is not None
    assert {key: workspace.settings[key] for key in SPEC} == SPEC
    (two_files / "workspace.toml").write_text('name = "x"\nextends = "standard"\n[settings]\nchurn_days = 60\n')
    changed = load(two_files).workspace
    assert changed is not None and changed.settings["churn_days"] == 60 and changed.settings["n_days"] == 30


SPEC = {  # the shipped defaults, written a second time
    "session_gap_web": 30,
    "session_gap_app": 5,
    "silent_days": 30,
    "sleeping_days": 60,
    "churn_days": 90,
    "dead_days": 180,
    "loyal_periods": 3,
    "n_days": 30,
    "attribution_window_days": 7,
    "retention_day_base": 0,
    "one_session_max_seconds": 120,
    "observation_days": 7,
    "observation_window": 182,
    "growth_baseline": 0.03,
    "top_n": 20,
    "loyalty_windows": 6,
    "margin_rate": 1,
}


@pytest.mark.parametrize(
    ("line", "severity", "hint"),
    [
        ("churndays = 60", Severity.WARNING, "'churn_days'"),
        ('churn_days = "60"', Severity.ERROR, "the default is 90"),
        ("churn_days = true", Severity.ERROR, "the default is 90"),
        ("churn_days = [60]", Severity.ERROR, "number"),
    ],
)
def test_r008_a_wrong_setting_is_named(two_files, line, severity, hint):
    (two_files / "workspace.toml").write_text(f'name = "x"\nextends = "standard"\n[settings]\n{line}\n')
    loaded = load(two_files)
    issue = next(issue for issue in loaded.issues if issue.key.startswith("settings."))
    assert (issue.file, issue.line, issue.severity) == ("workspace.toml", 4, severity) and hint in issue.hint
    assert loaded.workspace is not None and loaded.workspace.settings["churn_days"] == 90


def test_a_broken_override_does_not_bring_the_shipped_definition_back(two_files):
    (two_files / "metrics").mkdir()
    (two_files / "metrics" / "own.toml").write_text('[metrics.aov]\nname = "x"\nformula = 3\n')
    loaded = load(two_files)
    assert loaded.workspace is not None and "aov" not in loaded.workspace.metrics


def test_an_unknown_extends_gives_no_workspace(two_files):
    (two_files / "workspace.toml").write_text('name = "x"\nextends = "standart"\n')
    loaded = load(two_files)
    assert loaded.workspace is None
    assert [(issue.file, issue.line, issue.key) for issue in loaded.issues] == [("workspace.toml", 2, "extends")]
    assert '"standard"' in loaded.issues[0].hint


def test_a_folder_without_workspace_toml_gives_no_workspace(tmp_path):
    loaded = load(tmp_path / "nowhere")
    assert loaded.workspace is None and loaded.issues[0].file == "workspace.toml" and loaded.issues[0].hint


def test_the_option_data_overrides_the_data_folder_and_opens_it_for_table_paths(two_files, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("data")
    (two_files / "tables.toml").write_text(f'[tables.orders]\npath = "{elsewhere / "orders.csv"}"\n')
    assert any("lies outside" in issue.message for issue in load(two_files).issues)
    loaded = load(two_files, data=elsewhere)
    assert not [issue for issue in loaded.issues if issue.severity is Severity.ERROR]
    assert loaded.workspace is not None and loaded.workspace.data == elsewhere.resolve()


def test_the_shipped_library_and_its_demo_have_no_error():
    loaded = load(shipped_config())
    assert [issue for issue in loaded.issues if issue.severity is not Severity.HINT] == []
    assert loaded.workspace is not None and "user_payment_amount" in loaded.workspace.metrics


def test_r029_the_shipped_roles_pass_the_check_of_two_to_four_metrics():
    workspace = load(shipped_config()).workspace
    assert workspace is not None
    told = [issue for issue in lint(workspace) if issue.code in ("R014", "R029", "R031", "R032")]
    assert [(issue.severity, issue.key) for issue in told] == [
        (Severity.HINT, "roles.service.lines"),  # service and data sell nothing: R032 hints at it
        (Severity.HINT, "roles.data.lines"),
    ]


def test_reading_without_checks_needs_no_sql_parser():
    code = (
        "import sys; from kpi_tui.workspace.find import shipped_config; from kpi_tui.workspace.load import load;"
        "assert load(shipped_config(), validate=False).workspace.metrics;"
        "print(sorted({'sqlglot', 'polars', 'textual', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
