"""Answers that are plain lists: metrics, issues, targets, changes, roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.role import Role
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.report.sheet import Cell, Column, Report, Tone, figure, sheet, word
from kpi_tui.report.values import Namer, finite
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import N_, _, language, n_

SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.HINT: N_("hint")}
_TONES: dict[Severity, Tone] = {Severity.ERROR: "weak", Severity.WARNING: "near", Severity.HINT: "dim"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A metric of the library with what the book knows about it."""

    metric: Metric
    tables: tuple[str, ...]
    live: bool
    missing: str  # what it wants when it is not live
    roles: tuple[str, ...]
    settings: Mapping[str, float | int | str | bool] = field(default_factory=dict)  # in force, that touch it (R008)


def metrics_report(entries: Sequence[Entry]) -> Report:
    """The library, as in interface.md."""
    columns = [
        Column("id", _("Metric")),
        Column("name", _("Name")),
        Column("category", _("Category"), least=90),
        Column("unit", _("Unit")),
        Column("live", _("Live")),
        Column("formula", _("Formula"), least=120),
    ]
    rows = [
        [
            word(entry.metric.id),
            word(entry.metric.name.both()),
            word(entry.metric.category, "dim"),
            Cell(fmt.unit_name(entry.metric.unit), entry.metric.unit, "dim"),
            Cell("●" if entry.live else fmt.DASH, entry.live, "good" if entry.live else "dim"),
            word(entry.metric.how, "dim"),
        ]
        for entry in entries
    ]
    notes = [n_("{count} metric", "{count} metrics", len(entries))]
    return Report([_metric_data(entry) for entry in entries], (sheet(columns, rows, notes=notes),))


def _metric_data(entry: Entry) -> dict[str, object]:
    metric = entry.metric
    return {
        "id": metric.id,
        "name": {"en": metric.name.en, "zh": metric.name.zh},
        "category": metric.category,
        "kind": metric.kind.value,
        "unit": metric.unit,
        "better": metric.better.value,
        "grains": [grain.value for grain in metric.grains],
        "formula": metric.how,
        "tables": list(entry.tables),
        "live": entry.live,
        "roles": list(entry.roles),
        "missing": entry.missing,
        "settings": dict(entry.settings),
    }


def issues_report(issues: Sequence[Issue]) -> Report:
    """Problems, the most severe first, each with its place and what to do."""
    columns = [
        Column("severity", ""),
        Column("place", _("Where")),
        Column("key", _("Key"), least=140),
        Column("message", _("Problem")),
        Column("hint", _("What to do")),
    ]
    rows = [
        [
            Cell(_(SEVERITIES[issue.severity]), issue.severity.value, _TONES[issue.severity]),
            word(place(issue)),
            word(issue.key),
            word(issue.message),
            word(issue.hint, "dim"),
        ]
        for issue in issues
    ]
    data = [
        {
            "severity": issue.severity.value,
            "file": issue.file,
            "line": issue.line,
            "key": issue.key,
            "message": issue.message,
            "hint": issue.hint,
            "code": issue.code,
        }
        for issue in issues
    ]
    return Report(data, (sheet(columns, rows, notes=[counted(issues)]),))


def place(issue: Issue) -> str:
    """`roles/shop.toml:12`, or as much of it as is known."""
    return f"{issue.file}:{issue.line}" if issue.file and issue.line else issue.file


def counted(issues: Iterable[Issue]) -> str:
    """How many problems of each kind, in a sentence."""
    found = [issue.severity for issue in issues]
    if not found:
        return _("No problem found.")
    counts = (
        n_("{count} error", "{count} errors", found.count(Severity.ERROR)),
        n_("{count} warning", "{count} warnings", found.count(Severity.WARNING)),
        n_("{count} hint", "{count} hints", found.count(Severity.HINT)),
    )
    return ", ".join(counts)


def targets_report(
    period: str, cells: Mapping[TargetKey, Target], units: Mapping[str, str], metric_name: Namer
) -> Report:
    """The targets of a period."""
    columns = [
        Column("role", _("Role")),
        Column("metric", _("Metric")),
        Column("name", ""),
        Column("value", _("Target"), right=True),
        Column("benchmark", _("Benchmark"), right=True),
        Column("by", _("By")),
        Column("at", _("When")),
        Column("why", _("Why")),
        Column("late", ""),
    ]
    rows = [
        [
            word(key.role),
            word(key.metric),
            word(metric_name(key.metric), "dim"),
            figure(target.value, fmt.number(target.value, units.get(key.metric, "ratio"))),
            _agreed_benchmark(target, units.get(key.metric, "ratio")),
            word(target.by, "dim"),
            word(target.at, "dim"),
            word(target.why, "dim"),
            Cell(_("late") if target.late else "", target.late, "near"),
        ]
        for key, target in cells.items()
    ]
    data = [
        {
            "role": key.role,
            "metric": key.metric,
            "period": period,
            "value": finite(target.value),
            "unit": units.get(key.metric, ""),
            "by": target.by,
            "at": target.at,
            "why": target.why,
            "late": target.late,
            "benchmark": target.benchmark,
            "benchmark_source": target.benchmark_source,
        }
        for key, target in cells.items()
    ]
    notes = [] if rows else [_("No targets for {period}.", period=period)]
    return Report(data, (sheet(columns, rows, notes=notes),))


def _agreed_benchmark(target: Target, unit: str) -> Cell:
    """What the market does, with the source, as agreed beside a target (R016)."""
    if target.benchmark is None:
        return Cell("", None)
    source = f" [{target.benchmark_source}]" if target.benchmark_source else ""
    return figure(target.benchmark, fmt.number(target.benchmark, unit) + source, "dim")


def changes_report(changes: Sequence[Change], units: Mapping[str, str], none: str = "") -> Report:
    """Lines of the history, newest last; `none` is said when there are none."""
    columns = [
        Column("at", _("When")),
        Column("who", _("Who")),
        Column("kind", _("What")),
        Column("role", _("Role")),
        Column("metric", _("Metric")),
        Column("period", _("Period")),
        Column("from", _("Old"), right=True),
        Column("to", _("New"), right=True),
        Column("why", _("Why")),
    ]
    rows = []
    for change in changes:
        unit = units.get(change.metric, "ratio")
        at = change.at.isoformat(timespec="seconds")
        rows.append(
            [
                Cell(f"{change.at:%Y-%m-%d %H:%M}", at, "dim"),
                word(change.who),
                word(change.kind, "dim"),
                word(change.role),
                word(change.metric),
                word(change.period),
                figure(change.before, fmt.number(change.before, unit)),
                figure(change.after, fmt.number(change.after, unit)),
                word(change.why, "dim"),
            ]
        )
    return Report([change_data(change) for change in changes], (sheet(columns, rows, notes=[] if rows else [none]),))


def change_data(change: Change) -> dict[str, object]:
    """One line of the history as in interface.md."""
    return {
        "at": change.at.isoformat(timespec="seconds"),
        "who": change.who,
        "account": change.account,
        "role": change.role,
        "metric": change.metric,
        "period": change.period,
        "from": change.before,
        "to": change.after,
        "why": change.why,
        "kind": change.kind,
        "late": change.late,
        "id": change.id,
        "batch": change.batch,
    }


def roles_report(roles: Iterable[Role], people: Mapping[str, tuple[str, ...]], metric_name: Namer) -> Report:
    """Roles with their weighted lines and who holds them."""
    columns = [
        Column("role", _("Role")),
        Column("name", _("Name")),
        Column("metric", _("Metric")),
        Column("metric_name", ""),
        Column("weight", _("Weight"), right=True),
        Column("people", _("Held by")),
    ]
    rows, data = [], []
    for role in roles:
        holders = people.get(role.id, ())
        for index, line in enumerate(role.lines):
            first = index == 0
            rows.append(
                [
                    Cell(role.id if first else "", role.id),
                    Cell(role.name.get(language()) if first else "", role.name.get(language())),
                    word(line.metric),
                    word(metric_name(line.metric), "dim"),
                    figure(line.weight, fmt.decimals(line.weight, 0 if float(line.weight).is_integer() else 1)),
                    Cell(", ".join(holders) if first else "", ", ".join(holders), "dim"),
                ]
            )
        data.append(
            {
                "role": role.id,
                "name": {"en": role.name.en, "zh": role.name.zh},
                "duty": {"en": role.duty.en, "zh": role.duty.zh},
                "type": role.type,
                "aim": role.aim,
                "lines": [{"metric": line.metric, "weight": line.weight} for line in role.lines],
                "people": list(holders),
            }
        )
    return Report(data, (sheet(columns, rows),))
