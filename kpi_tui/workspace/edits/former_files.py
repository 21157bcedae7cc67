"""Files of targets and typed numbers of another calendar: their names mean other days here, or none."""

from __future__ import annotations

from pathlib import Path

from kpi_tui.definitions.answers.targets.former_file import FormerFile
from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.issue import Issue
from kpi_tui.definitions.period import GRAINS, Period
from kpi_tui.workspace.edits.period_files import DAYS, name_of, plain_days
from kpi_tui.workspace.toml.source import read_toml


def former_files(folder: Path, calendar: Calendar) -> list[FormerFile]:
    """Those of a folder, by name; what bears no period's name in any calendar is none."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        source, name = read_toml(path, path.name), name_of(path)
        said = "" if isinstance(source, Issue) else str(source.data.get(DAYS) or plain_days(name))
        if said and said != _days(name, calendar):
            found.append(FormerFile(folder.name, name, _called(said, calendar)))
    return found


def _days(name: str, calendar: Calendar) -> str:
    """The days a name means; "" for none."""
    try:
        return Period.parse(name, calendar).days_said
    except ValueError:
        return ""


def _called(days: str, calendar: Calendar) -> Period:
    span = Period.parse(days, calendar)
    periods = (span.around(span.start, grain) for grain in GRAINS)
    return next((one for one in periods if (one.start, one.end) == (span.start, span.end)), span)
