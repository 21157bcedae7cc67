"""kpi-tui: a scorecard in the terminal, computed from raw tables and TOML definitions."""

__version__ = "0.1.0"
