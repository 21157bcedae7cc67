"""`python -m kpi_tui` is `kpi-tui`, for an installation whose commands are not on the path."""

from kpi_tui.cli import main

if __name__ == "__main__":
    main()
