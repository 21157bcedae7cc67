"""What a person says of how the cells of a file are read, beyond its format: cells that stand for those below them,
days without a year, sheets that go on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi_tui.definitions.message import Message

ALL_SHEETS = "*"
"""`sheet` where the sheets of the same columns as the first are read one after the other."""

YEAR_OF_FILE = "file"
"""`year_of` where the name of the sheet or the file says the year."""


@dataclass(frozen=True, slots=True)
class FileReading:
    """`fill_merged`, `fill_down`: columns whose empty cells take the one above, inside merged cells or anywhere.

    `year_of`: column of days without a year (10月1日) -> the year of its first row, the column that says it, or `file`.
    `dates`: column of days such as 03/04/2026 -> `day` or `month`, which of them stands first: the mapping says it.
    """

    sheet: str = ""
    fill_merged: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    year_of: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)

    @property
    def looks_above(self) -> bool:
        """Whether a cell is read by those above it, so that a file is not read in parts."""
        return bool(self.fill_merged or self.fill_down or self.year_of)

    def and_also(self, other: FileReading) -> FileReading:
        """Both: files of the same columns are read alike."""
        return FileReading(
            self.sheet or other.sheet,
            tuple(dict.fromkeys((*self.fill_merged, *other.fill_merged))),
            tuple(dict.fromkeys((*self.fill_down, *other.fill_down))),
            {**other.year_of, **self.year_of},
            {**other.dates, **self.dates},
        )


AS_IT_STANDS = FileReading()
DAY_FIRST, MONTH_FIRST = "day", "month"
ORDERS_OF_DATES = (DAY_FIRST, MONTH_FIRST)
"""Which may stand first in 03/04/2026."""


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """What only a person can say of a file: `kind` is `fill_down`, `year_of`, `dates` or `sheet`.

    `column`: the one it is about.
    `answer` is what saying yes means; "" where something is typed.
    """

    kind: str
    column: str
    said: Message
    answer: str = ""
