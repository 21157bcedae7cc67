"""The files of periods: `targets/<period>.toml` and `actuals/<period>.toml` ⇄ cells (docs/architecture.md).

A week, quarter or year that begins on another day than in ISO 8601 says its days too, so that a file which was
written under another calendar is told and never read as other days.

The file is written by the program. What the program does not know in it (keys of a newer version, of
another tool) is carried over unchanged; comments are not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import tomli_w

from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.edit import KeyPath
from kpi_tui.definitions.issue import Issue, Severity, UsageError, WorkspaceError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.workspace.edits.cell_files import CellFile
from kpi_tui.workspace.files.plain_file import expect_no_link
from kpi_tui.workspace.toml.fields import kind_of
from kpi_tui.workspace.toml.source import MAX_BYTES, TomlFile, read_toml

HEADER = "# Written by kpi-tui: change targets with `kpi-tui target` or on the Targets screen; comments are not kept.\n"
TARGETS, ACTUALS = "targets", "actuals"
"""Tables of a file, and names of the folders: numbers typed by hand are kept like targets, beside them."""
_HEADERS = {
    TARGETS: HEADER,
    ACTUALS: "# Written by kpi-tui: numbers typed by hand; change them with `kpi-tui actual`; comments are not kept.\n",
}
DAYS = "days"
MISSING = "toml.missing"  # the code of `read_toml` for a file that is not there
_OWN = ("value", "by", "at", "why", "late")  # what clearing a cell removes


class PeriodFiles:
    """The files of one folder: one a period, its cells in a table that bears the folder's name."""

    def __init__(self, folder: Path, calendar: Calendar = ISO) -> None:
        self.folder = folder
        self._calendar = calendar
        self._section = ACTUALS if folder.name == ACTUALS else TARGETS

    def _period(self, file: str) -> Period:
        try:
            return Period.parse(file, self._calendar)
        except ValueError as error:
            raise UsageError(str(error)) from error

    def path(self, file: str) -> Path:
        """The file of a period; the / of a span is written -- (ISO 8601). UsageError when it is no period."""
        return self.folder / (self._period(file).id.replace("/", "--") + ".toml")

    def known(self) -> tuple[list[str], list[str]]:
        """Ids of the periods that have a file, in time order, and the names of TOML files that are no period's."""
        periods: list[Period] = []
        strange: list[str] = []
        for path in sorted(self.folder.glob("*.toml")):
            try:
                periods.append(Period.parse(name_of(path), self._calendar))
            except ValueError:
                strange.append(path.name)
        return [period.id for period in sorted(periods)], strange

    def read(self, file: str) -> CellFile:
        """The cells of a period; none at revision 0 without a file.

        WorkspaceError carries every problem of the file. A file that cannot be read is never written over.
        """
        path = expect_no_link(self.path(file))
        source = read_toml(path, f"{self.folder.name}/{path.name}")
        if isinstance(source, Issue):
            if source.code == MISSING:
                return CellFile(file)
            raise _refused([source])
        issues: list[Issue] = []
        found = _cells(source, file, self._section, issues)
        _check_days(source, self._period(file), issues)
        if issues:
            raise _refused(issues)
        return found

    def former(self, name: str) -> CellFile:
        """The cells of a file of another calendar, by its name. WorkspaceError: it cannot be read."""
        source = read_toml(expect_no_link(self.former_path(name)), f"{self.folder.name}/{name}")
        if isinstance(source, Issue):
            raise _refused([source])
        issues: list[Issue] = []
        found = _cells(source, name, self._section, issues)
        if issues:
            raise _refused(issues)
        return found

    def former_path(self, name: str) -> Path:
        """Where it lies."""
        return self.folder / (name.replace("/", "--") + ".toml")

    def render(self, file: CellFile, cells: Mapping[KeyPath, Target | None]) -> bytes:
        """The file at its next revision with `cells` set (None: cleared); UsageError when it would be too large."""
        period = self._period(file.id)
        days = {} if plain_days(file.id) == period.days_said else {DAYS: period.days_said}
        document = {"period": file.id, **days, **deepcopy(dict(file.document)), "revision": file.revision + 1}
        table = document.setdefault(self._section, {})
        for key, target in cells.items():
            put(table, key, target)
        data = (_HEADERS[self._section] + tomli_w.dumps(document)).encode("utf-8")
        if len(data) > MAX_BYTES:
            raise UsageError(
                say(
                    "the {section} of {period} would exceed {most} KB; clear unused ones",
                    section=self._section,
                    period=file.id,
                    most=MAX_BYTES // 1024,
                )
            )
        return data


def put(table: dict[str, Any], key: KeyPath, target: Target | None) -> None:
    """Set or clear the cell at a key path; a benchmark or an unknown key outlives the value, empty tables do not."""
    name, *below = key
    inner = table.setdefault(name, {})
    if below:
        put(inner, tuple(below), target)
    else:
        for own in _OWN:
            inner.pop(own, None)
        if target is not None:
            inner |= {"value": target.value, "by": target.by, "at": target.at, "why": target.why, "late": target.late}
    if not inner:
        del table[name]


def name_of(path: Path) -> str:
    """The id that a file is called by; the / of a span is written -- (ISO 8601)."""
    return path.stem.replace("--", "/")


def plain_days(file: str) -> str:
    """The days of a period in ISO 8601: what is meant where a file says none; "" for what has no such name there."""
    try:
        return Period.parse(file, ISO).days_said
    except ValueError:
        return ""


def _check_days(source: TomlFile, period: Period, issues: list[Issue]) -> None:
    """A file of days that its period does not have: written under another calendar."""
    days = period.days_said
    said = source.data.get(DAYS, plain_days(period.id) or days)
    if said != days:
        message = say("its numbers are of {said}, and {period} is {days} here", said=said, period=period.id, days=days)
        hint = say(
            "`kpi-tui target calendar` names the file after its days; "
            'or write days = "{days}" if they are meant for these days too, or set [calendar] of workspace.toml back',
            days=days,
        )
        issues.append(_wrong(source, message, hint, DAYS))


def _cells(source: TomlFile, period_id: str, section: str, issues: list[Issue]) -> CellFile:
    data = source.data
    if (said := data.get("period", period_id)) != period_id:
        issues.append(
            _wrong(
                source,
                say("the file says period = {said!r}", said=said),
                say('write period = "{period}"', period=period_id),
                "period",
            )
        )
    revision = data.get("revision", 0)
    if not isinstance(revision, int) or isinstance(revision, bool) or revision < 0:
        issues.append(_wrong(source, say("revision is not a whole number"), say("write revision = 0"), "revision"))
        revision = 0
    cells: dict[KeyPath, Target] = {}
    for role, metrics in _table(source, data.get(section, {}), issues, section).items():
        for metric, cell in _table(source, metrics, issues, section, role).items():
            path = (section, role, metric)
            if target := _target(source, _table(source, cell, issues, *path), issues, path):
                cells[TargetKey(role, metric)] = target
    return CellFile(period_id, revision, cells, data)


def _table(source: TomlFile, found: object, issues: list[Issue], *path: str) -> dict[str, Any]:
    if isinstance(found, dict):
        return found
    issues.append(
        _wrong(source, say("a table was expected here"), say("see docs/architecture.md for the shape"), *path)
    )
    return {}


def _target(
    source: TomlFile, cell: Mapping[str, Any], issues: list[Issue], path: tuple[str, str, str]
) -> Target | None:
    """One cell; None when it holds no value."""
    before = len(issues)
    value = _number(source, cell, "value", issues, path)
    benchmark = _number(source, cell, "benchmark", issues, path)
    late = cell.get("late", False)
    if not isinstance(late, bool):
        issues.append(_wrong(source, say("late is not true or false"), say("write late = false"), *path, "late"))
    if value is None or len(issues) > before:
        return None
    words = {name: str(cell.get(name, "")) for name in ("by", "at", "why", "benchmark_source")}
    return Target(value, late=late, benchmark=benchmark, **words)


def _number(
    source: TomlFile, cell: Mapping[str, Any], name: str, issues: list[Issue], path: tuple[str, ...]
) -> float | None:
    found = cell.get(name)
    if found is None:
        return None
    try:
        if isinstance(found, bool) or not math.isfinite(found):
            raise ValueError(found)
        return float(found)
    except (TypeError, ValueError, OverflowError):
        issues.append(
            _wrong(
                source,
                say("{key!r} must be {wanted}, not {kind}", key=name, wanted=say("a number"), kind=kind_of(found)),
                say("write a number like 0.28"),
                *path,
                name,
            )
        )
        return None


def _wrong(source: TomlFile, message: str, hint: str, *path: str) -> Issue:
    place = source.place(*path)
    return Issue(Severity.ERROR, message, hint, place.file, place.line, place.key, "target.cell")


def _refused(issues: list[Issue]) -> WorkspaceError:
    first = issues[0]
    at = f"{first.file}:{first.line}" if first.line else first.file
    more = say(" (and {count} more)", count=len(issues) - 1) if len(issues) > 1 else ""
    key = f"{first.key}: " if first.key else ""
    return WorkspaceError(
        say("{at}: {key}{message}; {hint}{more}", at=at, key=key, message=first.message, hint=first.hint, more=more),
        tuple(issues),
    )
