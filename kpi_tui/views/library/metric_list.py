"""The library: shelves, metrics with kind, unit, direction, stage, formula, by dimension (R012, R013, R017).

In the order of `book/library.py:Library.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Better, Category, Metric, Signal
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import BothNames, Word, joined, phrase, phrases
from kpi_tui.text.terms import DIMENSIONS, SHORT_KINDS, SHORT_STAGES
from kpi_tui.views.cells import Cell, NumberCell, TextCell, Tone, text
from kpi_tui.views.metric_meaning import unit_sign, unit_word
from kpi_tui.views.reasons import known, term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, Sentence, Sheet, View, listed, sheet

ALL = "*"
"""The key of the shelf that holds every metric."""
ON_SCREEN = ("mark", "name", "stage", "kind", "sign", "better")
IN_TABLE = ("id", "name", "category", "unit", "live", "formula")
IN_FILE = ("mark", "id", "name", "category", "stage", "kind", "unit", "better", "live", "formula")
_DIRECTIONS = {Better.HIGHER: "↑", Better.LOWER: "↓", Better.NEUTRAL: "–"}


@dataclass(frozen=True, slots=True)
class MetricFacts:
    """What the book has answered about a metric so far; None is not known yet."""

    live: bool | None = None
    missing: str = ""  # what it wants when it is not live
    tables: Sequence[str] = ()
    roles: Sequence[str] = ()
    settings: Mapping[str, float | int | str | bool] = field(default_factory=dict)  # in force, that touch it (R008)
    values: Sequence[Value] | None = None
    signals: Sequence[Signal] = ()
    failed: str = ""


Facts = Callable[[str], MetricFacts]


def library(metrics: Sequence[Metric], facts: Facts, space: Workspace) -> View:
    """The metrics asked for, one line each."""
    lines = metrics_sheet(metrics, facts, space).only(*IN_TABLE)
    count = phrases("{count} metric", "{count} metrics", len(metrics))
    data = [metric_data(metric, facts(metric.id)) for metric in metrics]
    return View(sheets=(replace(lines, notes=(Sentence(count),)),), data=data)


def library_file(metrics: Sequence[Metric], facts: Facts, space: Workspace, what: str) -> View:
    """The metrics a screen lists, with all that is told of each in a line; the csv is that of the command.

    `what`: the shelf or the text they were found by, empty for all.
    """
    shelf = space.categories.get(what)
    title, name = joined(phrase("Library"), shelf.name if shelf else what, between=" · "), f"library-{what}".strip("-")
    return replace(
        library(metrics, facts, space),
        title=title,
        name=name,
        sheets=(metrics_sheet(metrics, facts, space).only(*IN_FILE),),
    )


def metrics_sheet(metrics: Sequence[Metric], facts: Facts, space: Workspace) -> Sheet:
    """One row per metric, in the order given."""
    live = {metric.id: facts(metric.id).live for metric in metrics}
    return listed(metrics, _columns(live, space.currency), lambda metric: metric.id, name="metrics")


def grouped_metrics(metrics: Sequence[Metric], facts: Facts, space: Workspace) -> Sheet:
    """The metrics under a heading per shelf, in the order of the shelves."""
    found, rows = metrics_sheet(metrics, facts, space), list[Row]()
    for shelf in shelves(space):
        own = [row for row, metric in zip(found.rows, metrics, strict=True) if metric.category == shelf.id]
        rows += [Row(f"heading:{shelf.id}", heading=shelf.name), *own] if own else []
    return replace(found, rows=tuple(rows))


def _columns(live: Mapping[str, bool | None], currency: str) -> list[tuple[Column, Callable[[Metric], Cell]]]:
    """Both names (the language in force first), stage, kind, unit, direction; the name always stays.

    In a screen's few cells the unit is a sign, or the currency's code.
    """

    def name(metric: Metric) -> Cell:
        own = metric.name
        return text(BothNames(own), exact=own.both()) if own != Text() else text(metric.id)

    def brief(word: Word) -> TextCell:
        return text(word, "muted")

    def is_live(metric: Metric) -> Cell:
        found = bool(live[metric.id])
        return TextCell("●" if found else DASH, "good" if found else "muted", found)

    return [
        (Column("mark", width=1, csv=False), lambda metric: live_mark(live[metric.id])),
        (Column("id", phrase("Metric")), lambda metric: text(metric.id)),
        (Column("name", phrase("Name"), short=phrase("Metric"), flex=1, least=18), name),
        (Column("category", phrase("Category"), drop=4), lambda metric: brief(metric.category)),
        (Column("stage", "AARRR", most=6, drop=3, csv=False), lambda metric: brief(_stage(metric))),
        (Column("kind", phrase("Kind"), most=6, drop=2, csv=False), lambda m: brief(term(SHORT_KINDS, m.kind))),
        (Column("unit", phrase("Unit")), lambda metric: text(unit_word(metric.unit), "muted", metric.unit)),
        (Column("sign", phrase("Unit"), most=8, drop=1, csv=False), lambda m: brief(unit_sign(m.unit, currency))),
        (Column("better", "±", width=1, csv=False), lambda metric: brief(_DIRECTIONS[metric.better])),
        (Column("live", phrase("Live")), is_live),
        (Column("formula", phrase("Formula"), drop=5), lambda metric: brief(metric.how)),
    ]


def _stage(metric: Metric) -> Word:
    """Its AARRR stage in short; a dash where it is of none."""
    return known(SHORT_STAGES[metric.aarrr]) if metric.aarrr in SHORT_STAGES else DASH


def live_mark(live: bool | None) -> TextCell:
    """● computed here, ○ data missing, blank while unknown."""
    return text("", "muted") if live is None else text("●", "good") if live else text("○", "muted")


def metric_data(metric: Metric, facts: MetricFacts) -> Record:
    """The JSON of one metric."""
    return {
        **record(metric, "id", "name", "category", "kind", "unit", "better", "grains", "formula=how"),
        "tables": list(facts.tables),
        "live": bool(facts.live),
        "roles": list(facts.roles),
        "missing": "" if facts.live else facts.missing,
        "settings": dict(facts.settings),
    }


# --- shelves -----------------------------------------------------------------------------------------
def shelves(space: Workspace) -> list[Category]:
    """The modules of R013 first, then the added ones; a category without an entry gets one by its id."""
    found = list(space.categories.values())
    known = {*space.categories, *space.modules_off}
    strays = dict.fromkeys(m.category for m in space.metrics.values() if m.category not in known)
    found += [Category(id_, Text(id_)) for id_ in strays]
    return sorted(found, key=lambda category: not category.module)


def shelves_sheet(space: Workspace) -> Sheet:
    """All metrics, the eight modules, then the shelves added to them."""
    shelf_of = [metric.category for metric in space.metrics.values() if metric.category not in space.modules_off]
    rows = [_shelf(ALL, phrase("All metrics"), len(shelf_of))]
    module: bool | None = None
    for category in shelves(space):
        if category.module is not module:
            module = category.module
            rows.append(Row(f"heading:{module}", heading=phrase("Modules") if module else phrase("Added modules")))
        rows.append(_shelf(category.id, category.name, shelf_of.count(category.id)))
    return sheet([Column("name", phrase("Module"), flex=1, least=8), Column("count", width=4, right=True)], rows)


def _shelf(id_: str, name: Word, count: int) -> Row:
    tone: Tone = "" if count else "muted"
    return Row(id_, (text(name, tone), NumberCell(count, tone="muted")))


# --- by dimension --------------------------------------------------------------------------------------
RolesOf = Callable[[str], Sequence[str]]


def plan(found: Mapping[str, Sequence[Metric]], roles_of: RolesOf) -> View:
    """The five dimensions, the metrics under each and who is scored by them; an empty one is named."""
    columns = [
        Column("dimension", phrase("Dimension")),
        Column("metric", phrase("Metric")),
        Column("name", phrase("Name")),
        Column("roles", phrase("Roles")),
    ]
    rows = [row for dimension, metrics in found.items() for row in _rows(dimension, metrics, roles_of)]
    empty = [term(DIMENSIONS, dimension) for dimension, metrics in found.items() if not metrics]
    notes = [phrase("Without a metric: {dimensions}", dimensions=joined(*empty, between=", "))] if empty else []
    data = [
        {
            "dimension": dimension,
            "empty": not metrics,
            "metrics": [{"id": one.id, "roles": list(roles_of(one.id))} for one in metrics],
        }
        for dimension, metrics in found.items()
    ]
    return View(sheets=(sheet(columns, rows, notes=notes, key="plan"),), data=data)


def _rows(dimension: str, metrics: Sequence[Metric], roles_of: RolesOf) -> Iterator[list[Cell]]:
    """The dimension stands beside its first metric only."""
    title = term(DIMENSIONS, dimension)
    if not metrics:
        none = text(phrase("no metric in the library"), "near")
        yield [text(title, exact=dimension), text(DASH, exact=""), none, text("")]
    for place, metric in enumerate(metrics):
        heading = "" if place else joined(title, f"({len(metrics)})", between=" ")
        who = ", ".join(roles_of(metric.id))
        yield [text(heading, "", dimension), text(metric.id), text(metric.name.both(), "muted"), text(who, "muted")]
