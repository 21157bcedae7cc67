"""Presets are read and checked like roles (R035, R036); targets of nobody are pointed out (R009)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi_tui.definitions.issue import UsageError
from kpi_tui.workspace.check.targets import stray_targets
from kpi_tui.workspace.start.presets import preset_names, read_preset

ROLE = '[roles.{0}]\nname = "x"\nlines = [{{ metric = "{1}", weight = {2} }}]\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped" / "presets" / "roles_000"
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text(ROLE.format("good", "aov", 100) + ROLE.format("short", "aov", 90))
    (folder / "b.toml").write_text(ROLE.format("lost", "aovv", 100))
    return tmp_path / "shipped"


def test_r035_a_preset_gives_its_sound_roles_and_names_the_others(config, load_with):
    metrics = load_with().workspace.metrics
    preset = read_preset("roles_000", metrics, config)
    assert set(preset.roles) == {"good"} and [path.name for path in preset.files] == ["a.toml", "b.toml"]
    messages = {issue.file: issue.message for issue in preset.issues}
    assert "sum to 90" in messages["standard:presets/roles_000/a.toml"]
    assert "unknown metric 'aovv'" in messages["standard:presets/roles_000/b.toml"]


def test_r035_an_unknown_preset_is_refused_with_the_nearest_name(config):
    assert preset_names(config) == ("roles_000",)
    with pytest.raises(UsageError, match="did you mean 'roles_000'"):
        read_preset("role_000", {}, config)


def test_targets_of_unknown_roles_and_metrics_are_pointed_out(load_with):
    targets = "".join(
        f"[targets.{cell}]\nvalue = 1\n"
        for cell in ("sales.aov", "ann.aov", "sales.aovv", "sale.aov", "sale.orders_paid")
    )
    loaded = load_with({"targets/2026-10.toml": f'period = "2026-10"\nrevision = 1\n{targets}'})
    assert loaded.issues == ()
    issues = stray_targets(loaded.workspace)
    assert [(issue.key, issue.line, issue.hint) for issue in issues] == [
        ("targets.sales.aovv", 7, "did you mean 'aov'?"),
        ("targets.sale", 9, "did you mean 'sales'?"),
    ]


def test_targets_of_a_run_of_days_have_a_sound_name(load_with):
    assert load_with({"targets/2026-10-01--2026-10-15.toml": 'period = "2026-10-01/2026-10-15"\n'}).issues == ()
