"""What a file of targets or typed numbers would change: differences, conflicts, what is not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_tui.definitions.target import Target, TargetKey


@dataclass(frozen=True, slots=True)
class FileCell:
    """A cell of a file as a person finds it: its sheet ("" in a text file), its address, what stands in it."""

    sheet: str
    address: str
    text: str

    @property
    def place(self) -> str:
        """`Plan!B7`, `B7`."""
        return f"{self.sheet}!{self.address}" if self.sheet else self.address


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A cell that the file wishes otherwise: `now` as it is saved, `to` as the file says (None: cleared).

    `exported`: the value it had when the file was written, where the file tells (`is_exported`). `theirs`: what is
    saved, and who set it. `doubtful`: a rate that hardly is one.
    """

    cell: FileCell
    period: str
    key: TargetKey
    now: float | None
    to: float | None
    is_exported: bool = False
    exported: float | None = None
    theirs: Target | None = None
    doubtful: bool = False

    @property
    def is_conflict(self) -> bool:
        """Whether somebody changed the cell since the file was written."""
        return self.is_exported and not same(self.exported, self.now)


@dataclass(frozen=True, slots=True)
class FileTrouble:
    """A cell that cannot be taken over: why, and what to do about it."""

    cell: FileCell
    why: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCells:
    """What a file would change; nothing is written. `folder`: targets or actuals; `read`: cells with a number in it.

    `locked`: periods that are over, among those that would change. `notes` say how the file was read.
    """

    file: str
    folder: str
    read: int = 0
    same: int = 0
    differences: tuple[FileDifference, ...] = ()
    troubles: tuple[FileTrouble, ...] = ()
    notes: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[FileDifference, ...]:
        """Differences where somebody changed the cell since the file was written."""
        return tuple(one for one in self.differences if one.is_conflict)

    @property
    def doubtful(self) -> tuple[FileDifference, ...]:
        """Differences that are to be asked about."""
        return tuple(one for one in self.differences if one.doubtful)


def same(one: float | None, other: float | None) -> bool:
    """Whether two numbers are one, but for the digits that a spreadsheet does not keep (it keeps 15 or 16)."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-12 * max(abs(one), abs(other))
