"""A column whose stamps have several forms: which list of forms reads its cells, each cell by the first that fits."""

from __future__ import annotations

import polars as pl

from kpi_tui.tables.mapping.suggested_stamp_forms import possible_forms
from kpi_tui.tables.mapping.timestamps import APART, Zones, to_stamp

_MOST = 8  # patterns of one column; more are no stamps of an export
_FEW = 0.05  # cells of a pattern that may be dirty
_TRIED = 50
_CERTAIN = frozenset({"ymd", "dy"})  # the year first, or the month by its name: no other day can be meant
_NONE = Zones("", "UTC")


def forms_together(text: pl.Series) -> list[tuple[str, ...]]:
    """Lists of forms that read nearly all cells (tidy texts); several where day and month may be either way round."""
    by_order = [found for cells in _patterns(text) if (found := _forms(cells))]
    sure = [found[order] for found in by_order for order in list(_CERTAIN & found.keys())[:1]]
    unsure = [found for found in by_order if not _CERTAIN & found.keys()]
    orders = set.intersection(*map(set, unsure)) if unsure else {""}
    lists = {tuple(sorted({*sure, *(found[order] for found in unsure)}, key=_simplest)) for order in orders}
    return sorted(forms for forms in lists if forms and _are_few(bad_of(text, forms)))


def may_be_mixed(text: pl.Series) -> bool:
    """Whether cells look different enough to be of several forms: trying forms is dear, and one look has one form."""
    return len(_patterns(text)) > 1


def cells_by_form(text: pl.Series, forms: tuple[str, ...]) -> list[tuple[int, str]]:
    """How many cells each form is the first to read, and one of them; forms that read none are left out."""
    found: list[tuple[int, str]] = []
    left = text.drop_nulls()
    for form in forms:
        bad = bad_of(left, (form,))
        if not bad.all():
            found.append((int((~bad).sum()), str(left.filter(~bad)[0])))
        left = left.filter(bad)
    return found


def bad_of(text: pl.Series, forms: tuple[str, ...], zones: Zones = _NONE) -> pl.Series:
    """Which cells none of the forms reads; in zones whose clocks change some hours are none."""
    return to_stamp(text, zones, APART.join(forms), is_tidy=True).bad


def _patterns(text: pl.Series) -> list[pl.Series]:
    """The cells by what they look like: `2026/1/2 10:30` and `2025/11/12 9:05` alike; none where there are too many."""
    masks = text.str.replace_all(r"[A-Za-z]+", "A").str.replace_all(r"\d{3,}", "9").str.replace_all(r"\d{1,2}", "0")
    kinds = masks.unique(maintain_order=True).drop_nulls()
    return [text.filter((masks == kind).fill_null(False)) for kind in kinds] if len(kinds) <= _MOST else []


def _forms(cells: pl.Series) -> dict[str, str]:
    """Order of day, month and year -> the simplest form that reads the cells of a pattern best."""
    best: dict[str, tuple[int, str]] = {}
    for form in possible_forms(cells[0]):
        if bad_of(cells.head(_TRIED), (form,)).all():
            continue
        bad = bad_of(cells, (form,))
        order = "".join(letter for letter in form if letter in "dmyY").lower()
        if _are_few(bad) and (order not in best or int(bad.sum()) < best[order][0]):
            best[order] = int(bad.sum()), form
    least = min((count for count, _ in best.values()), default=0)
    return {order: form for order, (count, form) in best.items() if count == least}


def _are_few(bad: pl.Series) -> bool:
    return int(bad.sum()) <= _FEW * len(bad)


def _simplest(form: str) -> tuple[int, str]:
    return len(form), form
