"""Which segments moved a number: value, share, change and contribution of each, their sum, what is shared (R026)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.segments import Segment, SegmentBasis, SegmentDrivers
from kpi_tui.definitions.change import POINTS, changed, unit_of_difference
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text import format as fmt
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.drivers import days_hint, most_of, unmoved
from kpi_tui.views.causes.tree import arrow, number
from kpi_tui.views.cells import Cell, NumberCell, SignedBarCell, change_cell, finite, marked, text
from kpi_tui.views.charts import BarChart, known, together, waterfall
from kpi_tui.views.doubts import doubt_data, doubts
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.names import NO_VALUE, column_name, factor_name, owner_name, segment_word
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Sentence, Sheet, View, line, sheet

SEGMENT, TOTAL, SHARED, OTHERS = "segment ", "total ", "shared", "others"
"""Before the keys of rows: a segment, the whole; the keys of what segments share, and of those taken together."""
HALF = 6
"""Cells of a bar on either side of zero."""
MOST_BARS = 12
"""Segments of a waterfall; what moved less is taken together."""
_SMALL = 0.01
"""Changes of a rate below one percentage point are told with two decimals."""


def segments(answer: SegmentDrivers, space: Workspace) -> View:
    """A sheet for each level, what is said of it below, and its waterfall."""
    levels = list(_levels(answer))
    name = f"drivers-{answer.now.metric}-{answer.by}-{answer.period.id}"
    charts = known(segment_chart(one, space) for one in levels)
    return View(
        sheets=tuple(segment_sheet(one, space) for one in levels), charts=charts, data=segment_data(answer), name=name
    )


def _levels(answer: SegmentDrivers) -> Iterator[SegmentDrivers]:
    yield answer
    if answer.deeper is not None:
        yield from _levels(answer.deeper)


def trail(subject: str, path: Sequence[tuple[str, str]], by: str, space: Workspace, within: str = "") -> Word:
    """`Paid amount › Channel WeChat › Platform`: what is taken apart, the way to it, and by what; "": by factors.

    `within`: whose rows alone, one value of a role.
    """
    steps = (_step(column, segment, space) for column, segment in path)
    whose = [owner_name(space, within)] if within else []
    return joined(*whose, factor_name(space, subject), *steps, *([column_name(space, by)] if by else []), between=" › ")


def _step(column: str, segment: str, space: Workspace) -> Word:
    """`Channel WeChat`; `(Channel not recorded)`."""
    name = column_name(space, column)
    return segment_word(segment, name) if segment == NO_VALUE else joined(name, segment_word(segment), between=" ")


def segment_sheet(answer: SegmentDrivers, space: Workspace) -> Sheet:
    """A line per segment, what several share, and the whole."""
    columns = [
        Column("way", width=1, csv=False),
        Column("segment", column_name(space, answer.by), least=14, flex=1),
        Column("before", answer.against.said, least=7, most=14, right=True, drop=5),
        Column("after", answer.period.said, least=7, most=14, right=True),
        Column("share", phrase("Share"), right=True, drop=3),
        Column("change", phrase("Change"), right=True, drop=2),
        Column("contribution", phrase("Contribution"), least=7, most=14, right=True),
        *(
            [Column("rate", phrase("Rate"), right=True, drop=4), Column("mix", phrase("Mix"), right=True, drop=4)]
            if answer.basis is SegmentBasis.RATE_AND_MIX
            else []
        ),
        Column("bar", width=2 * HALF + 1, drop=6 if answer.basis is SegmentBasis.RATE_AND_MIX else 1, csv=False),
    ]
    rows = [line(columns, _key(one), _cells(one, answer, space)) for one in answer.segments]
    if answer.shared:
        rows.append(line(columns, SHARED, _shared(answer)))
    rows.append(line(columns, TOTAL + answer.now.metric, _whole(answer), total=True))
    when = joined(answer.against.said, "→", answer.period.said, between=" ")
    title = joined(trail(answer.now.metric, answer.path, answer.by, space), when)
    said = (*sentences(answer, space), *doubts([answer.now, answer.before], space))
    return sheet(columns, rows, title, said, key=_sheet_key(answer))


def segment_chart(answer: SegmentDrivers, space: Workspace) -> BarChart:
    """The whole before, what the segments added and took away (the smallest together), the whole now."""
    column = column_name(space, answer.by)
    moved = [
        (segment_word(one.name, column), _part(one.contribution, answer)) for one in answer.segments if one.contribution
    ]
    shared = [(_shared_name(answer), _part(answer.shared, answer))] if answer.shared else []
    start, end = ((value.period.said, marked(value)) for value in (answer.before, answer.now))
    name = joined(trail(answer.now.metric, answer.path, answer.by, space), phrase("what moved it"))
    return waterfall(name, start, [*together(moved, MOST_BARS), *shared], end, _sheet_key(answer))


def _sheet_key(answer: SegmentDrivers) -> str:
    return f"segments {len(answer.path)}"


def _shared_name(answer: SegmentDrivers) -> Word:
    return phrase("(counted in several)") if answer.overlap else phrase("(no sum of its parts)")


def _key(one: Segment) -> str:
    """Of those that were taken together there is no way in."""
    return SEGMENT + one.name if (one.before, one.after) != (None, None) else OTHERS


def segment_of(key: str) -> str | None:
    """The segment behind a row; None for the whole and for what is shared."""
    return key.removeprefix(SEGMENT) if key.startswith(SEGMENT) else None


def _cells(one: Segment, answer: SegmentDrivers, space: Workspace) -> dict[str, Cell]:
    unit = answer.now.unit
    unfinished = answer.now.partial or answer.before.partial
    moved = None if unfinished else changed(one.before, one.after, unit)
    return {
        "way": arrow(one.contribution),
        "segment": text(segment_word(one.name, column_name(space, answer.by)), exact=one.name),
        "before": NumberCell(finite(one.before), unit, "muted", partial=answer.before.partial),
        "after": NumberCell(finite(one.after), unit, partial=answer.now.partial),
        "share": NumberCell(finite(one.share), "percent"),
        "change": change_cell(moved, "muted", blank=True, spaced=True),
        "contribution": _part(one.contribution, answer, strong=True),
        "rate": _part(one.rate, answer),
        "mix": _part(one.mix, answer),
        "bar": SignedBarCell(finite(one.contribution), _most(answer)),
    }


def _shared(answer: SegmentDrivers) -> dict[str, Cell]:
    return {
        "way": arrow(answer.shared),
        "segment": text(_shared_name(answer), "muted"),
        "contribution": _part(answer.shared, answer),
        "bar": SignedBarCell(finite(answer.shared), _most(answer)),
    }


def _whole(answer: SegmentDrivers) -> dict[str, Cell]:
    before, now = answer.before, answer.now
    moved = None if now.partial or before.partial else changed(before.value, now.value, now.unit)
    return {
        "way": arrow(answer.change, "strong"),
        "segment": text(phrase("total"), "strong"),
        "before": number(before, "strong"),
        "after": number(now, "strong"),
        "change": change_cell(moved, "strong", blank=True, spaced=True),
        "contribution": _part(answer.change, answer, strong=True),
        "rate": _part(_sum(one.rate for one in answer.segments), answer),
        "mix": _part(_sum(one.mix for one in answer.segments), answer),
        "bar": SignedBarCell(finite(answer.change), _most(answer)),
    }


def _part(value: float | None, answer: SegmentDrivers, *, strong: bool = False) -> NumberCell:
    """A contribution with as many decimals as the largest, so that the digits stand below each other."""
    unit = unit_of_difference(answer.now.unit)
    found = finite(value)
    exact = None if found is None else float(found)  # a column of a csv has one kind of number
    cell = NumberCell(exact, unit, "strong" if strong else "", signed=True, blank=not strong)
    if unit == POINTS:
        return replace(cell, digits=2 if _most(answer) < _SMALL else 1)
    if unit not in ("count", "currency", "ratio"):
        return cell
    return replace(cell, digits=len(fmt.number(_most(answer), unit).partition(".")[2]))


def _sum(parts: Iterable[float | None]) -> float | None:
    """None where one of them is not known."""
    known = list(parts)
    return None if None in known else math.fsum(part for part in known if part is not None)


def _most(answer: SegmentDrivers) -> float:
    """What fills a side of a bar."""
    parts = [one.contribution for one in answer.segments]
    return max((abs(part) for part in (*parts, answer.shared, answer.change) if part is not None), default=0.0)


# --- what is said ------------------------------------------------------------------------------------
def sentences(answer: SegmentDrivers, space: Workspace) -> tuple[Sentence, ...]:
    """Which segment moved the number most, how its part was worked out, or why that cannot be told."""
    hint = days_hint(answer.now, answer.reason)
    said = [Sentence(_moved_most(answer, space), key="advice", hint=hint), Sentence(_method(answer), key="method")]
    return tuple(sentence for sentence in said if sentence.word)


def _moved_most(answer: SegmentDrivers, space: Workspace) -> Word:
    if answer.reason is not None:
        return in_names(answer.detail, space) or reason(answer.reason)
    first = answer.segments[0] if answer.segments else None
    subject, unit = trail(answer.now.metric, answer.path, "", space), unit_of_difference(answer.now.unit)
    if answer.change is None or first is None or not first.contribution:
        return unmoved(subject) if answer.change == 0 else ""
    whole, part = (Quantity(one, unit, signed=True) for one in (answer.change, first.contribution))
    return most_of(subject, whole, segment_word(first.name, column_name(space, answer.by)), part)


def _method(answer: SegmentDrivers) -> Word:
    if answer.basis is SegmentBasis.RATE_AND_MIX:
        return phrase(
            "Rate: the segment's own number changed, at its share of {after}; mix: its share changed, at its distance "
            "from the whole in {before}.",
            after=answer.period.said,
            before=answer.against.said,
        )
    if answer.basis is SegmentBasis.SHAPLEY:
        return phrase("Shapley: the mean effect of each segment over all orders.")
    return ""


# --- data --------------------------------------------------------------------------------------------
def segment_data(answer: SegmentDrivers) -> Record:
    """The JSON: contributions and `shared` sum to `change`; of a ratio rate and mix to the contribution."""
    fields: Sequence[str] = ("name", "before", "after", "share", "contribution", "rate", "mix")
    return {
        **record(answer, "metric=now.metric", "by"),
        "path": [{"column": column, "segment": segment} for column, segment in answer.path],
        "where": answer.where or None,
        **record(answer, "period", "against", "basis", "unit=now.unit", "before=before.value", "after=now.value"),
        **record(answer, "change"),
        "segments": [record(one, *fields) for one in answer.segments],
        **record(answer, "shared", "reason", "detail"),
        "partial": answer.now.partial or answer.before.partial,
        **doubt_data(answer.now),
        "deeper": segment_data(answer.deeper) if answer.deeper else None,
    }
