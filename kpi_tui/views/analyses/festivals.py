"""Days beside those of last year: a line a day, all of them so far, and a sentence on the last day done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.analyses.festivals import (
    FestivalCalendar,
    FestivalDates,
    FestivalYears,
    MetricYears,
    YearPair,
)
from kpi_tui.definitions.calendar import WEEKDAYS
from kpi_tui.definitions.library.festival import WEEKDAY
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import WEEKDAY_NAMES
from kpi_tui.views.cells import NumberCell, TextCell, of_value, text
from kpi_tui.views.doubts import doubts
from kpi_tui.views.library.values import value_data
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import reason, term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import ADVICE, METRIC, WIDE, Column, Row, Sentence, Sheet, View, sheet


def festival_view(found: FestivalYears, space: Workspace) -> View:
    """The comparison on its own, under the name of the festival and its days."""
    return View(
        title=joined(festival_name(space, found.festival), found.period.said),
        sheets=(festival_sheet(found, space),),
        data=festival_data(found),
    )


def festival_sheet(found: FestivalYears, space: Workspace) -> Sheet:
    """Per metric its name with all days so far, where they add up, then a line per day."""
    columns = [
        Column("metric", hidden=True),
        Column("day", phrase("Day"), most=44),
        Column("date", hidden=True),
        Column("now", phrase("This year"), right=True),
        Column("before", phrase("Last year"), right=True),
        Column("ratio", phrase("Of last year"), short=phrase("Of last"), right=True),
        Column("note"),
        Column("last_date", phrase("Date last year"), drop=2),
    ]
    rows = [row for one in found.metrics for row in _rows(one, found, space)]
    values = [
        value for one in found.metrics for pair in one.pairs for value in (pair.now, pair.before) if value is not None
    ]
    said = [*dict.fromkeys(word for one in found.metrics for word in _sentences(one, found, space))]
    if found.festival != WEEKDAY:
        said.append(phrase("★ the day itself"))
    if found.lack:
        said.append(joined("◌", found.lack, between=" "))
    notes = [*(Sentence(word, key=ADVICE) for word in said), *doubts(values, space)]
    return sheet(columns, rows, notes=notes, key="festival")


def _rows(one: MetricYears, found: FestivalYears, space: Workspace) -> Iterator[Row]:
    whose: Word = "" if found.festival == WEEKDAY else festival_name(space, found.festival)
    yield _total(one, joined(whose, metric_name(space, one.metric), between=" · "))
    festival = space.festivals.get(found.festival)
    peak = 1 - festival.first if festival else 0
    for pair in one.pairs:
        name = joined(_called(pair.now.period), _day(pair, found, pair.number == peak))
        cells = (*_dates(one, pair, name, str(pair.number)), *_figures(one, pair), _note(pair), _last_date(pair))
        yield Row(f"{one.metric} {pair.number}", cells)


def _total(one: MetricYears, name: Word) -> Row:
    """All so far under the names of festival and metric; it names its span in csv alone."""
    if one.total is None:
        blank = (text(name, "strong", "so_far"), *[TextCell(exact="")] * 4, text("", exact=one.why), TextCell(exact=""))
        return Row(METRIC + one.metric, (text(one.metric), *blank), total=True)
    note = _note(one.total)
    note = replace(note, word=joined(_days_counted(one), note.word, between=": "), tone="muted")
    metric, day, span = _dates(one, one.total, name, "so_far")
    cells = (metric, replace(day, tone="strong"), span, *_figures(one, one.total), note)
    return Row(METRIC + one.metric, (*cells, replace(_last_date(one.total), word="")), total=True)


def _dates(one: MetricYears, pair: YearPair, name: Word, exact: str) -> tuple[TextCell, TextCell, TextCell]:
    """The metric, the day, and its date for csv."""
    return text(one.metric), text(name, exact=exact), text(pair.now.period.said, exact=pair.now.period.id)


def _last_date(pair: YearPair) -> TextCell:
    """The day of last year it stands beside."""
    before = pair.before.period if pair.before else None
    return text("—" if before is None else _called(before), "muted", "" if before is None else before.id)


def _figures(one: MetricYears, pair: YearPair) -> tuple[NumberCell, NumberCell, NumberCell]:
    """This year's, last year's, and the share; a dot where a day is still to come."""
    return (
        NumberCell(None, one.unit, "muted", pending=True) if pair.to_come else of_value(pair.now),
        NumberCell(None, one.unit, "muted") if pair.before is None else of_value(pair.before),
        NumberCell(pair.ratio, "percent", blank=pair.to_come),
    )


def _day(pair: YearPair, found: FestivalYears, is_the_day: bool) -> Word:
    """`3`, with a star on the day itself; what a weekday is called, nothing for a week."""
    if found.festival != WEEKDAY:
        return f"{pair.number} ★" if is_the_day else str(pair.number)
    if pair.now.period.grain is not Grain.DAY:
        return ""
    return term(WEEKDAY_NAMES, WEEKDAYS[pair.now.period.start.weekday()])


def _called(period: Period) -> str:
    """A day or a week by its id, a run of days by its first and last."""
    return f"{period.start} … {period.last_day}" if period.grain.is_span else period.said


def _note(pair: YearPair) -> TextCell:
    """Still to come, or why known sides have no ratio; csv says here why a side is not known."""
    if pair.to_come:
        return text(phrase("still to come"), "muted", "to_come")
    lacking = next((one for one in (pair.now, pair.before) if one is not None and one.value is None), None)
    if lacking is not None:
        return text("", exact=lacking.reason.value if lacking.reason else "")
    if pair.before is not None and pair.ratio is None and not (pair.now.partial or pair.before.partial):
        return text(phrase("nothing then"), "muted", "nothing_before")
    return text("", exact="")


def _is_over(one: MetricYears) -> bool:
    """Whether all its days are known and whole."""
    return not any(pair.to_come or pair.now.partial for pair in one.pairs)


def _days_counted(one: MetricYears) -> Word:
    return phrase("all days") if _is_over(one) else phrase("so far")


def _sentences(one: MetricYears, found: FestivalYears, space: Workspace) -> Iterator[Word]:
    """`Double 11 day 3: Paid amount at 92 % of last year's day 3; so far 88 %`; why numbers are not known."""
    if one.latest is not None:
        so_far: Word = ""
        if one.total is not None and one.total.ratio is not None:
            share = Quantity(one.total.ratio, "percent")
            so_far = phrase("in all {share}", share=share) if _is_over(one) else phrase("so far {share}", share=share)
        elif one.why:
            so_far = phrase("no total: {why}", why=one.why)
        compared = _compared(one.latest, metric_name(space, one.metric), found, space)
        yield phrase("{compared}; {rest}", compared=compared, rest=so_far) if so_far else compared
        if one.total is not None and one.why:
            yield joined(metric_name(space, one.metric), one.why, between=": ")
    sides = [side for pair in one.pairs for side in (None if pair.to_come else pair.now, pair.before)]
    lacking = [side for side in sides if side is not None and side.value is None]
    yield from dict.fromkeys(joined("—", reason(side.reason, side.detail, space), between=" ") for side in lacking)


def _compared(pair: YearPair, name: Word, found: FestivalYears, space: Workspace) -> Word:
    """The last day done beside last year's."""
    day, share = _called(pair.now.period), Quantity(pair.ratio, "percent")
    if found.festival != WEEKDAY:
        festival = festival_name(space, found.festival)
        if pair.ratio is None:
            return phrase("{festival} day {day}: {metric} cannot be compared with last year",
                          festival=festival, day=pair.number, metric=name)  # fmt: skip
        return phrase("{festival} day {day}: {metric} at {share} of last year's day {day}",
                      festival=festival, day=pair.number, metric=name, share=share)  # fmt: skip
    if pair.ratio is None or pair.before is None:
        return phrase("{day}: {metric} cannot be compared with last year", day=day, metric=name)
    before = _called(pair.before.period)
    return phrase("{day}: {metric} at {share} of {before}, 364 days earlier",
                  day=day, metric=name, share=share, before=before)  # fmt: skip


def festival_name(space: Workspace, id_: str) -> Word:
    """A festival's name; what the comparison of weekdays is called."""
    if id_ == WEEKDAY:
        return phrase("Same weekday of last year")
    found = space.festivals.get(id_)
    return found.name if found and (found.name.en or found.name.zh) else Text(id_)


def festival_data(found: FestivalYears) -> Record:
    """The JSON: the days of each metric, both years, and all so far."""
    rows = [
        {
            **record(one, "metric", "unit"),
            "days": [_pair_data(pair) for pair in one.pairs],
            "so_far": _pair_data(one.total) if one.total else None,
            "why": one.why,
        }
        for one in found.metrics
    ]
    return {**record(found, "festival", "period", "before", "lack"), "metrics": rows}


def _pair_data(pair: YearPair) -> Record:
    before = value_data(pair.before) if pair.before else None
    return {**record(pair, "number", "ratio", "to_come"), "now": value_data(pair.now), "before": before}


# --- the dates of all -----------------------------------------------------------------------------------
def calendar_view(found: FestivalCalendar, space: Workspace) -> View:
    """All festivals with their days."""
    return View(title=phrase("Festivals"), sheets=(calendar_sheet(found, space),), data=calendar_data(found))


def calendar_sheet(found: FestivalCalendar, space: Workspace) -> Sheet:
    """A line per festival: the day and the span in this year and the last."""
    year = found.rows[0].year if found.rows else 0
    columns = [
        Column("festival", phrase("Festival"), least=12, most=26),
        Column("day", str(year), right=True),
        Column("last_day", str(year - 1), right=True),
        Column("days", phrase("Its days in {year}", year=str(year))),
        Column("last_days", phrase("Its days in {year}", year=str(year - 1)), drop=WIDE),
    ]
    return sheet(columns, [_dated(row, space) for row in found.rows], key="festivals")


def _dated(row: FestivalDates, space: Workspace) -> Row:
    days = [text("—", "muted", "") if day is None else text(day.isoformat()) for day in (row.day, row.last_day)]
    spans = [
        text("" if span is None or span.days == 1 else _called(span), "muted", "" if span is None else span.days_said)
        for span in (row.now, row.before)
    ]
    return Row(row.festival, (text(festival_name(space, row.festival), exact=row.festival), *days, *spans))


def calendar_data(found: FestivalCalendar) -> list[Record]:
    """The JSON: first and last day in each year; null where they are not listed."""
    return [record(row, "festival", "year", "day", "now", "last_day", "before") for row in found.rows]
