"""The files of one table or source, and how they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from kpi_tui.definitions.issue import Issue, TableError
from kpi_tui.definitions.library.table import TableSchema, TableSource
from kpi_tui.definitions.message import say
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.written.file_names import names_beside
from kpi_tui.tables.mapping.timestamps import Zones
from kpi_tui.tables.source.files import fail, issue, unreadable_told
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.reader import read_file


@dataclass(frozen=True, slots=True)
class TableFiles:
    """What is read, and how."""

    source: TableSource
    schema: TableSchema
    zones: Zones
    paths: tuple[Path, ...]
    today: date

    @property
    def names(self) -> list[str]:
        """Names of the files, in their order; of one name with their folders."""
        return list(names_beside(self.paths).values())


def zones_of(source: TableSource, timezone: str) -> Zones:
    """The zone of its stamps and that of the workspace. TableError for one that nobody knows."""
    for zone in filter(None, (timezone, source.timezone)):
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            hint = say("write a name such as Asia/Shanghai, America/New_York or UTC")
            raise fail([issue(source, "timezone", say("unknown time zone {name!r}", name=zone), hint)]) from None
    return Zones(source.timezone, timezone)


def read_all(source: TableSource, paths: Sequence[Path], progress: Progress | None) -> list[Raw]:
    """Every file; the problems of all of them are raised together."""
    parts: list[Raw] = []
    issues: list[Issue] = []
    for done, path in enumerate(paths):
        if progress:
            progress(path.name, done, len(paths))
        try:
            with unreadable_told(source, path):
                parts.append(read_file(path, source))
        except TableError as error:
            issues += error.issues or (issue(source, "path", str(error)),)
    if issues:
        raise fail(issues)
    return parts
