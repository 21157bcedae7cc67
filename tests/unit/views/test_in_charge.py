"""Who is in charge is told where the workspace has such a role or person; a shipped chain may mean one it lacks."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kpi_tui.definitions.text import Text
from kpi_tui.views.names import in_charge

SHOP = SimpleNamespace(roles={"ops": SimpleNamespace(name=Text("Operations", "运营岗"))},
                       people={"ann": SimpleNamespace(name=Text("Ann", "安"))})  # fmt: skip


@pytest.mark.parametrize(
    ("owner", "told"),
    [("ops", "运营岗"), ("ann", "安"), ("ops@S1", "运营岗 · S1"), ("content", ""), ("content@S1", ""), ("", "")],
)
def test_only_roles_and_people_of_the_workspace_are_named(owner: str, told: str) -> None:
    assert in_charge(SHOP, owner).zh == told
