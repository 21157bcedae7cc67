"""A tiny real workspace: four orders whose sums anybody can check by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

FILES = {
    "workspace.toml": """
        name = { en = "Tiny shop", zh = "小店" }
        timezone = "Asia/Shanghai"
        currency = "CNY"
        as_of = 2026-10-31
        north_star = "orders"
        """,
    "schema.toml": """
        [schema.orders]
        name = { en = "Orders", zh = "订单" }
        time = "created_at"
        key = ["order_id"]
        [schema.orders.columns]
        order_id = { type = "str" }
        created_at = { type = "datetime" }
        amount = { type = "float" }
        city = { type = "str", nullable = true }
        """,
    "tables.toml": """
        [tables.orders]
        path = "orders.csv"
        complete_until = 2026-10-31
        """,
    "categories.toml": """
        [categories.revenue]
        name = { en = "Revenue", zh = "收入" }
        module = true
        """,
    "metrics/revenue.toml": """
        [measures.amount_sum]
        table = "orders"
        agg = "sum"
        column = "amount"
        [measures.order_count]
        table = "orders"
        agg = "count"
        [measures.order_count_before]
        table = "orders"
        agg = "count"
        window = "previous_period"
        [measures.cheap_count]
        table = "orders"
        agg = "count"
        where = "amount < 0"
        [metrics.aov]
        name = { en = "Average order value", zh = "客单价" }
        definition = { en = "amount per order", zh = "每单金额" }
        category = "revenue"
        kind = "ratio"
        formula = "amount_sum / order_count"
        unit = "currency"
        better = "higher"
        grain = "day"
        grains = ["day", "week", "month"]
        [metrics.orders]
        name = { en = "Orders [bold red]x[/]", zh = "订单数" }
        category = "revenue"
        kind = "absolute"
        formula = "order_count"
        unit = "count"
        better = "higher"
        grain = "day"
        grains = ["day", "week", "month"]
        [metrics.never]
        name = { en = "Amount per refund", zh = "回购率" }
        category = "revenue"
        kind = "ratio"
        formula = "amount_sum / cheap_count"
        unit = "percent"
        better = "higher"
        grain = "day"
        grains = ["day", "week", "month"]
        """,
    "roles/roles.toml": """
        [roles.shop]
        name = { en = "Shop", zh = "门店" }
        duty = "sell"
        [[roles.shop.lines]]
        metric = "aov"
        weight = 60
        [[roles.shop.lines]]
        metric = "orders"
        weight = 40
        """,
    "people.toml": """
        [people.ann]
        name = "Ann 安"
        roles = ["shop"]
        """,
}
HOSTILE = "\x1b]52;c;aGk=\x07"  # would write the clipboard of whoever looks at it
ORDERS = f"""order_id,created_at,amount,city
0,2026-08-01 10:00:00,10,上海
1,2026-09-03 10:00:00,100,上海
2,2026-10-03 10:00:00,150,=1+1
3,2026-10-04 10:00:00,50,{HOSTILE}
4,2026-10-04 10:00:00,100,[bold red]x[/]
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """The folder of the tiny workspace."""
    root = tmp_path / "shop"
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(line.strip() for line in text.splitlines()), encoding="utf-8")
    (root / "orders.csv").write_text(ORDERS, encoding="utf-8")
    return root


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as JSON; stdout must hold nothing else."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folders of their own, and no language from outside."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in ("LC_ALL", "LC_MESSAGES", "KPI_TUI_WORKSPACE", "KPI_TUI_DEBUG", "NO_COLOR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("KPI_TUI_USER", "tester")
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command inside this process, as a program without a terminal would."""
    from kpi_tui.cli import main
    from kpi_tui.text.i18n import speaking

    def go(*arguments: object) -> Ran:
        capsys.readouterr()
        with speaking("en"), pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return go


@pytest.fixture
def spawn(home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command as a process of its own."""

    def go(*arguments: object, **settings: Any) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from kpi_tui.cli import main; main()", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, **settings)

    return go
