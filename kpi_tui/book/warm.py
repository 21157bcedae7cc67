"""What the first question that needs rows would wait for, imported before it is asked."""

from __future__ import annotations


def get_warm() -> None:
    """Import polars and what reads tables with it."""
    from kpi_tui.engine import polars_engine
    from kpi_tui.tables import prepare

    assert polars_engine and prepare
