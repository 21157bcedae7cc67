"""The currency `init` chooses for a new workspace: the one its files say, or that of most rows of a file of several.

Where they say none, or each another, it is `DEFAULT_CURRENCY` of `definitions/written/currencies.py`. That amounts of
several currencies are never added up is another idea: `tables/currencies/currency_of_row.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import polars as pl

from kpi_tui.definitions.written.currencies import CODES
from kpi_tui.tables.currencies.currency_of_row import is_called_currency
from kpi_tui.tables.propose.by_recipe import Recognised, codes_in
from kpi_tui.tables.propose.header_words import currencies_said
from kpi_tui.tables.source.text_cells import tidy


def currencies_of(one: Recognised) -> Counter[str]:
    """Rows by the codes the recipe knows, or its column holds, or its headers say; none when nothing does."""
    return one.currencies() or Counter(dict.fromkeys(currencies_said(one.used), one.frame.height))


def currency_of(one: Recognised) -> str:
    """The only code of a file; "" of none and of several."""
    codes = currencies_of(one)
    return next(iter(codes)) if len(codes) == 1 else ""


def currencies_in(frame: pl.DataFrame) -> Counter[str]:
    """Rows of a file nobody knows by the codes of its first column called so that holds some and nothing else."""
    for name in filter(is_called_currency, frame.columns):
        if codes := _codes_alone(frame[name]):
            return codes
    name = column_of_codes(frame)
    return _codes_alone(frame[name]) if name else Counter()


def column_of_codes(frame: pl.DataFrame) -> str:
    """The column whose cells are codes of usual currencies, where none is called so; else "". Bob is a name."""
    if any(map(is_called_currency, frame.columns)):
        return ""
    texts = (name for name, kind in frame.schema.items() if kind == pl.String)
    return next((name for name in texts if (cells := tidy(frame[name])).is_in(CODES).sum() == cells.count() > 0), "")


def _codes_alone(cells: pl.Series) -> Counter[str]:
    """Rows by code; none where a cell is anything else."""
    codes = codes_in(cells)
    return codes if codes.total() == tidy(cells.cast(pl.String)).count() else Counter()


def agreed(files: Iterable[Counter[str]]) -> Counter[str]:
    """Rows by code where the files say whose currency is the workspace's: the first one, that of most rows.

    It is the one that all files name which name one. Files of one currency each which is not the same have none; where
    a file alone has several, most of its rows decide.
    """
    named = [one for one in files if one]
    found = Counter({code: 0 for one in named for code in one})
    if len(found) > 1 and all(len(one) == 1 for one in named):
        return Counter()
    for one in named:
        found.update(one)
    return Counter(dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))))
