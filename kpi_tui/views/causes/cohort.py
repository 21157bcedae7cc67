"""Who stayed: a triangle of shares with a shade behind them, `·` beyond the end of the data; and its curve (R129)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.cohort import Cohort, CohortTable
from kpi_tui.definitions.library.analysis_parts import COHORT_FORMS, CohortPart
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import BarCell, NumberCell, Point, Series, finite, of_value, text
from kpi_tui.views.charts import HeatMap, HeatRow, LineChart, known
from kpi_tui.views.doubts import doubts
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import ADVICE, Column, Columns, Row, Sentence, Sheet, View, listed, sheet

FIRST = 8
"""Steps that every terminal shows; the later ones leave where room is short."""
BAR = 13
"""Cells of a bar of the curve."""


def cohorts(found: CohortTable, space: Workspace) -> View:
    """The triangle and what its days mean."""
    return View(
        sheets=(cohort_sheet(found, space, _days_after()),),
        charts=known([cohort_map(found, phrase("Who stays"), "cohorts")]),
        data=cohorts_data(found),
    )


def cohort_section(part: CohortPart, found: CohortTable, space: Workspace) -> Sheet:
    """The form that a section of a page asks for."""
    if part.form != COHORT_FORMS[0]:
        return cohort_curve(found)
    return cohort_sheet(found, space, _steps_after(found.step) if part.metric else _days_after())


def cohort_sheet(found: CohortTable, space: Workspace, *notes: Word) -> Sheet:
    """One line per cohort, one column per step; all of them together below."""
    steps = [_step(found, step) for step in range(len(found.together))]
    columns: Columns[Cohort] = [
        (Column("cohort", phrase("Cohort")), lambda one: text(one.period.said, exact=one.period.id)),
        (Column("size", phrase("Users"), right=True), _size),
        *steps,
        (Column("detail"), lambda one: text(one.detail, "muted")),
    ]
    said: list[Word | Sentence] = [
        *notes,
        *_months_of(found),
        *doubts((one.of for one in found.rows if one.of is not None), space),
    ]
    table = listed(found.rows, columns, lambda one: one.period.id, notes=said, name="cohorts")
    return replace(table, rows=(*table.rows, *_together(found)))


def cohort_map(found: CohortTable, title: Word, key: str) -> HeatMap:
    """The triangle as a heat map: shares in cells, the darker the more, what is still to come as a dot."""
    known_ = [step for step, share in enumerate(found.together) if share is not None]
    steps = [_step(found, step) for step in known_]
    rows = [HeatRow(one.period.said, _size(one), tuple(cell(one) for _column, cell in steps)) for one in found.rows]
    return HeatMap(title, tuple(column.title for column, _cell in steps), tuple(rows), phrase("Users"), key)


def curve_chart(found: CohortTable, title: Word, key: str) -> LineChart:
    """The share of all cohorts over the steps."""
    points = tuple(Point(f"+{step}", share) for step, share in enumerate(found.together))
    return LineChart(title, Series(points, "percent"), key)


def cohort_curve(found: CohortTable) -> Sheet:
    """A line per step with the share of all cohorts that are known there, and how many people these are."""
    columns = [
        Column("step", phrase("After")),
        Column("share", phrase("Share"), right=True),
        Column("counted", phrase("Users"), right=True),
        Column("bar", width=BAR, csv=False),
    ]
    rows = (
        Row(str(step), (text(f"+{step}"), NumberCell(share, "percent"), NumberCell(counted), BarCell(share)))
        for step, (share, counted) in enumerate(zip(found.together, found.counted, strict=True))
        if share is not None
    )
    why = next((one.detail for one in found.rows if one.detail), "")
    unknown = all(share is None for share in found.together)
    note = joined("◌", why or phrase("no cohort is known yet"), between=" ") if unknown else _together_of()
    return sheet(columns, rows, notes=[note, *_months_of(found)], key="curve")


def _months_of(found: CohortTable) -> list[Sentence]:
    """Said on a screen too: elsewhere on the page a month is another span of days."""
    said = phrase("Cohorts and steps are calendar months here, not the months of weeks of this workspace's calendar.")
    return [Sentence(said, key=ADVICE)] if found.by_calendar else []


def _deepest(found: CohortTable) -> float:
    """The largest share after the first step: everything is shaded beside it, as step 0 is nearly all of them."""
    later = (share for one in found.rows for share in one.kept[1:])
    return max((share for share in later if share is not None), default=0.0) or 1.0


def _together(found: CohortTable) -> Iterator[Row]:
    """The line of all cohorts; none where there is only one."""
    if len(found.rows) > 1 and any(share is not None for share in found.together):
        shares = [_cell(share) for share in found.together]
        size = NumberCell(sum(one.size or 0.0 for one in found.rows))
        yield Row("together", (text(phrase("together")), size, *shares, text("")), total=True)


def _size(one: Cohort) -> NumberCell:
    return NumberCell(one.size) if one.of is None else of_value(one.of)


def _step(found: CohortTable, step: int) -> tuple[Column, Callable[[Cohort], NumberCell]]:
    """A step that the data do not reach for any cohort is for csv only."""
    drop, unknown = max(step - FIRST + 1, 0), found.together[step] is None
    most = _deepest(found) if step else 0.0
    column = Column(_KEYS[found.step] + str(step), f"+{step}", right=True, drop=drop, hidden=unknown)

    def cell(one: Cohort) -> NumberCell:
        share = one.kept[step] if step < len(one.kept) else None
        shown = _cell(share, most)
        if share is None:
            return replace(shown, pending=bool(one.size))
        period = one.at[step] if step < len(one.at) else None
        return replace(shown, partial=period.partial, late=period.late) if period else shown

    return column, cell


_KEYS = {grain: f"{grain.value}_" for grain in Grain}


def _cell(share: float | None, most: float = 0.0) -> NumberCell:
    """The share with its shade beside the largest; none where `most` is 0."""
    known = finite(share)
    dark = known / most if known is not None and most else None
    return NumberCell(known, "percent", blank=True, shade=dark)


def _days_after() -> Word:
    return phrase("+n: share of the users active on the n-th day after registration; · the data do not reach it yet")


def _steps_after(step: Grain) -> Word:
    """What a step of a triangle of periods means."""
    told = {
        Grain.DAY: phrase("+n: share of the people of +0 who are there n days later; · still to come"),
        Grain.WEEK: phrase("+n: share of the people of +0 who are there n weeks later; · still to come"),
    }
    return told.get(step, phrase("+n: share of the people of +0 who are there n periods later; · still to come"))


def _together_of() -> Word:
    return phrase("All cohorts that are known at a step, each by its size.")


def cohorts_data(found: CohortTable) -> list[Record]:
    """The JSON of the triangle."""
    return [record(one, "cohort=period", "size", "kept", "detail") for one in found.rows]
