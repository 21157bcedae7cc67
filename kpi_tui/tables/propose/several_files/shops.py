"""Files of the same columns: parts of one export, or exports of two shops. Order numbers tell, else names do.

Where two files have the same numbers, either they tell of the same orders (the months overlap) or numbers begin at one
in each: then the day and the amount of those orders are others, and numbers alone would make one order of two. Such
files are two shops where their days overlap, else months of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import source_name
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.sql import guard
from kpi_tui.tables.propose.several_files.shop_names import is_part, shop_name
from kpi_tui.tables.source.text_cells import tidied

Days = tuple[date, date] | None
_TOLD = ("created_at", "order_amount", "paid_amount")
"""What an order of a number says in every export of its shop."""
_MOST = 0.5
_NUMBER = "kpi:number"
_SHOP = frozenset({"店铺名称", "店铺名", "店铺", "shop name", "store name"})


def unknown_days() -> Days:
    """Of a platform, whose numbers never begin at one again."""
    return None


class Shops:
    """The order numbers of files, and what they say of each order."""

    def __init__(self) -> None:
        self._orders: dict[Path, pl.DataFrame] = {}
        self._days: dict[Path, Callable[[], Days]] = {}
        self._names: dict[Path, str] = {}

    def know(self, path: Path, frame: pl.DataFrame, columns: Mapping[str, str], days: Callable[[], Days]) -> None:
        """A file whose orders a mapping makes of these columns (SQL); `days`: its first and last, where known."""
        self._days[path] = days
        self._names[path] = _said_name(frame)
        numbers = _read(columns.get("order_id", ""), frame)
        told = dict.fromkeys(name for one in _TOLD for name in _read(columns.get(one, ""), frame))
        if numbers and told:
            cells = tidied(frame.select(pl.col(dict.fromkeys((*numbers, *told))).cast(pl.String)))
            number = pl.concat_str(numbers, separator=" ").alias(_NUMBER)
            self._orders[path] = cells.select(number, *told).drop_nulls(_NUMBER).unique(_NUMBER, keep="first")

    def are_one(self, table: str, ones: Iterable[Path], others: Iterable[Path]) -> bool:
        """Whether files of a table are parts of one export; what is no list of sales is always put together."""
        if table not in MONEY:
            return True
        pairs = [(one, other) for one in ones for other in others]
        if any(self._are_named_apart(*pair) for pair in pairs):
            return False
        met = {None if self._are_months(*pair) else self._same(*pair) for pair in pairs}
        return False not in met and (True in met or any(is_part(*pair) for pair in pairs))

    def name(self, path: Path) -> str:
        """What its shop is called: as a column of the file says, else as the name of the file."""
        return self._names.get(path, "") or shop_name(path)

    def _are_named_apart(self, one: Path, other: Path) -> bool:
        """Whether two files say that they are of two shops."""
        names = {self._names.get(path, "") for path in (one, other)}
        return len(names - {""}) > 1 and self._same(one, other) is not True

    def numbers_meet(self, ones: Iterable[Path], others: Iterable[Path]) -> bool:
        """Whether the same numbers are those of other orders."""
        return any(self._same(one, other) is False for one in ones for other in others)

    def met_again(self, sql: str, frame: pl.DataFrame, files: Iterable[Path]) -> list[str]:
        """The numbers of the rows of another file that several of the files have, by the SQL that reads them."""
        known = [self._orders[path].select(_NUMBER) for path in files if path in self._orders]
        read = _read(sql, frame)
        if not (known and read):
            return []
        again = pl.concat(known).filter(pl.col(_NUMBER).is_duplicated())[_NUMBER]
        cells = tidied(frame.select(pl.col(read).cast(pl.String)))
        named = cells.select(pl.concat_str(read, separator=" ").alias(_NUMBER))[_NUMBER]
        found: list[str] = named.filter(named.is_in(again.unique().implode())).to_list()
        return found

    def _are_months(self, one: Path, other: Path) -> bool:
        """Whether the same numbers are others' in another month of one shop."""
        if self._same(one, other) is not False or not is_part(one, other):
            return False
        mine, theirs = self._days[one](), self._days[other]()
        return mine is not None and theirs is not None and (mine[1] < theirs[0] or theirs[1] < mine[0])

    def _same(self, one: Path, other: Path) -> bool | None:
        """Whether orders of the same number are the same; None where no number meets."""
        mine, theirs = self._orders.get(one), self._orders.get(other)
        if mine is None or theirs is None:
            return None
        told = [name for name in mine.columns if name in theirs.columns and name != _NUMBER]
        both = mine.join(theirs, on=_NUMBER)
        if both.is_empty() or not told:
            return None
        alike = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_right")) for name in told)
        return bool(both.select(alike.mean() >= _MOST).item())


def _said_name(frame: pl.DataFrame) -> str:
    """The only shop that a file names in a column for it; "" where it names none, or several."""
    for name in (one for one in frame.columns if one.strip().lower() in _SHOP):
        said = tidied(frame.select(pl.col(name).cast(pl.String)))[name].drop_nulls().unique().to_list()
        return source_name(Path(f"{said[0]}.csv")) if len(said) == 1 else ""
    return ""


def _read(sql: str, frame: pl.DataFrame) -> list[str]:
    """The columns of a file that SQL reads."""
    if sql in frame.columns:
        return [sql]
    try:
        names = guard.expression(sql).columns if sql else ()
    except guard.FragmentError:
        return []
    return [name for name in names if name in frame.columns]
