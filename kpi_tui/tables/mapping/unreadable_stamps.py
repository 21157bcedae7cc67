"""What is said about stamps that cannot be read, or may mean another zone, and the line to write, tried on a cell."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpi_tui.definitions.message import both, either, say, says
from kpi_tui.tables.mapping.cell_types import TypedCell
from kpi_tui.tables.mapping.mixed_stamps import bad_of, cells_by_form, forms_together, may_be_mixed
from kpi_tui.tables.mapping.suggested_stamp_forms import forms_of
from kpi_tui.tables.mapping.timestamps import APART, Zones
from kpi_tui.tables.mapping.zone_names import AMBIGUOUS, AMERICAN, OFFSETS, is_place, offset_minutes, split_zone

_LOOKED_AT = 1_000


def unreadable_stamps(cell: TypedCell, text: pl.Series) -> tuple[str, str]:
    """What is wrong with a column of which no cell can be read, and a hint. Several forms are quoted side by side."""
    column = _named_column(cell)
    found = forms_together(text) if may_be_mixed(text) else []
    lists = [forms for forms in found if len(cells_by_form(text, forms)) > 1]
    if not lists:
        return _unreadable_stamp(cell, str(text[0]))
    said = say("{said!r} holds stamps of several forms: {forms}", said=cell.said, forms=_quoted(text, lists[0]))
    return said, _lists_to_write(column, lists)


def mixed_stamps_note(cell: TypedCell, text: pl.Series, bad: pl.Series, zones: Zones) -> str:
    """What a profile says where some cells of a time column have another form than the others; "" for none.

    Only a list that reads more cells than now is named.
    """
    wrong, known = int(bad.sum()), len(text) - text.null_count()
    if not wrong or wrong == known:
        return ""
    some = pl.concat([text.filter(bad).head(_LOOKED_AT), text.filter(~bad).drop_nulls().head(_LOOKED_AT)])
    if not may_be_mixed(some):
        return ""
    lists = [forms for forms in forms_together(some) if int(bad_of(text, forms, zones).sum()) < wrong]
    lists = [forms for forms in lists if len(cells_by_form(text, forms)) > 1]
    if not lists:
        return ""
    return say(
        "{said}: stamps of several forms: {forms}; {hint}",
        said=cell.said, forms=_quoted(text, lists[0]), hint=_lists_to_write(_named_column(cell), lists),
    )  # fmt: skip


def _quoted(text: pl.Series, forms: tuple[str, ...]) -> str:
    """`'2026/01/02 10:00' (60 cells) and '2026/01/02 10:00:30' (40 cells)`."""
    return both(
        says("{example!r} ({count:,} cell)", "{example!r} ({count:,} cells)", count, example=example)
        for count, example in cells_by_form(text, forms)
    )


def _lists_to_write(column: str, lists: Sequence[tuple[str, ...]]) -> str:
    asked = either(f"strptime({column}, [{', '.join(map(repr, forms))}])" for forms in lists)
    return say("write {sql}", sql=asked) if len(lists) == 1 else say("write {sql}, as it is meant", sql=asked)


def _unreadable_stamp(cell: TypedCell, value: str) -> tuple[str, str]:
    """What is wrong with a cell, and a hint."""
    forms = forms_of(value)
    column = _named_column(cell)
    asked = either(f"strptime({column}, '{form}')" for form in forms)
    hint = say("write {sql}", sql=asked) if len(forms) == 1 else say("write {sql}, as it is meant", sql=asked)
    if not cell.format:
        if unclear := _ambiguous_end(column, cell, value):
            return unclear
        plain = say("{said!r} holds {value!r}, which is no ISO date", said=cell.said, value=value)
        if len(forms) > 1:
            plain = say(
                "{said!r} holds {value!r}, which is no ISO date; day or month first is never guessed",
                said=cell.said,
                value=value,
            )
        return plain, hint if forms else say("no form of a date reads it: map another column")
    if zone := _unclear_zone(column, cell, value):
        return zone
    said = say(
        "{said!r} holds {value!r}, which does not match the format {format!r}",
        said=cell.said,
        value=value,
        format=either(cell.format.split(APART)),
    )
    return said, hint if forms else say("correct the format of strptime")


def american_note(cell: TypedCell, name: str, count: int) -> str:
    """What a profile says about stamps whose zone was read in its American sense."""
    form = next(form for form in cell.format.split(APART) if "%Z" in form)
    return says(
        "{said}: {count} stamp names the zone {name}, read as North America's (UTC{hours:+d}); if it is another, write "
        'strptime({column}, {format!r}) and say the zone, e.g. timezone = "{zone}"',
        "{said}: {count} stamps name the zone {name}, read as North America's (UTC{hours:+d}); if it is another, write "
        'strptime({column}, {format!r}) and say the zone, e.g. timezone = "{zone}"',
        count,
        said=cell.said,
        name=name,
        hours=OFFSETS[name] // 60,
        column=_named_column(cell),
        format=form.replace("%Z", name),
        zone=AMERICAN[name],
    )


def _named_column(cell: TypedCell) -> str:
    return cell.said if cell.column.isidentifier() or not cell.column else f'"{cell.column}"'


def _ambiguous_end(column: str, cell: TypedCell, value: str) -> tuple[str, str] | None:
    """A stamp that ends in the name of several zones."""
    stamp, _, name = value.rpartition(" ")
    forms = forms_of(stamp) if name.upper() in AMBIGUOUS else []
    return (_several_zones(cell, value, name), _without_zone(column, f"{forms[0]} {name}")) if forms else None


def _unclear_zone(column: str, cell: TypedCell, value: str) -> tuple[str, str] | None:
    """The zone of a cell that `%Z` cannot read, and what to write instead."""
    for form in cell.format.split(APART):
        name = split_zone(pl.Series([value]), form, "%Z")[1][0] if "%Z" in form else None
        if not name or offset_minutes(name) is not None or is_place(name):
            continue
        if name.upper() in AMBIGUOUS:
            said = _several_zones(cell, value, name)
        else:
            said = say(
                "{said!r} holds {value!r}: {name} is no zone that %Z knows", said=cell.said, value=value, name=name
            )
        return said, _without_zone(column, form.replace("%Z", name))
    return None


def _several_zones(cell: TypedCell, value: str, name: str) -> str:
    return say(
        "{said!r} holds {value!r}: {name} is the name of several zones, and is never guessed",
        said=cell.said,
        value=value,
        name=name,
    )


def _without_zone(column: str, form: str) -> str:
    return say(
        'write strptime({column}, {format!r}) and say the zone, e.g. timezone = "Asia/Shanghai"',
        column=column,
        format=form,
    )
