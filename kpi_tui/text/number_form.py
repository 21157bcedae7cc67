"""How a workspace writes numbers: the sign of its money, the marks between digits; one form is in force."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kpi_tui.definitions.written.currencies import PRINTED_SIGNS
from kpi_tui.definitions.written.number_forms import NUMBER_FORMS, PLAIN_FORM

if TYPE_CHECKING:
    from kpi_tui.definitions.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NumberForm:
    """The marks between thousands and before decimals; the sign of money, behind the digits where `follows`."""

    group: str = ","
    point: str = "."
    sign: str = ""

    @property
    def follows(self) -> bool:
        """Who writes a decimal comma writes the sign behind: 1.234,50 €."""
        return self.point == ","

    def written(self, digits: str) -> str:
        """Digits as `1,234.5` in this form."""
        if (self.group, self.point) == (",", "."):
            return digits
        return digits.translate({ord(","): self.group, ord("."): self.point})

    def unwritten(self, text: str) -> str:
        """What `written` wrote, without marks between thousands: `1234.5`."""
        return text.replace(self.group, "").replace(self.point, ".")

    def read(self, text: str) -> str:
        """The other way: what a person types in this form, as `1234.5`.

        Without a decimal mark points between groups of three are groups where that is the form, else as they stand.
        """
        if (self.group, self.point) == (",", "."):
            return text
        bare = text.replace("\u00a0", "") if self.group == "\u00a0" else text
        if self.point == "." or "," in bare or _is_grouped(bare, self.group):
            return bare.replace(self.group, "").replace(self.point, ".")
        return bare

    def money(self, digits: str) -> str:
        """An amount with the sign of its currency; a minus stays in front."""
        if not self.sign:
            return digits
        if self.follows:
            return f"{digits}\u00a0{self.sign}"
        minus = digits[:1] if digits[:1] == "−" else ""
        return f"{minus}{self.sign}{digits.removeprefix(minus)}"


def _is_grouped(text: str, group: str) -> bool:
    parts = text.strip("+-−*=% ").split(group)
    return len(parts) > 1 and all(part.isdigit() and len(part) == 3 for part in parts[1:])


_CURRENT: ContextVar[list[NumberForm]] = ContextVar("kpi_tui_number_form", default=[NumberForm()])  # noqa: B039


def number_form() -> NumberForm:
    """The form in force."""
    return _CURRENT.get()[0]


def write_numbers_as(space: Workspace | None) -> None:
    """From now on as this workspace writes them; None: plainly. In the whole process, or inside `plain_numbers`."""
    if space is None:
        _CURRENT.get()[0] = NumberForm()
        return
    group, point = NUMBER_FORMS[space.numbers or PLAIN_FORM]
    sign = PRINTED_SIGNS.get(space.currency, "") if _in_one_currency(space) else ""
    _CURRENT.get()[0] = NumberForm(group, point, sign)


def _in_one_currency(space: Workspace) -> bool:
    """Whether every amount is in that of the workspace: without rates, rows of another one can be asked for alone."""
    parts = [part for source in space.tables.values() for part in source.parts()]
    return space.rates is not None or not any(
        part.currency not in ("", space.currency)
        or part.currency_column
        or any("currency" in name for name in part.columns)
        for part in parts
    )


@contextmanager
def plain_numbers() -> Iterator[None]:
    """Inside: without signs, as 1,234.5; what programs read."""
    token = _CURRENT.set([NumberForm()])
    try:
        yield
    finally:
        _CURRENT.reset(token)
