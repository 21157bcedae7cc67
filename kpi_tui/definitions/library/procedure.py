"""Procedures a fact may run after its SQL: what they are called, what they want, what they add (R137, R138).

The statistics live in `engine/procedures/`; this file is the contract that the checks and the engine share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

OptionValue = str | float | tuple[str, ...]
"""What `[facts.x.options]` may hold: a word, a number, a list of columns; `:name` stands for a setting."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """A named procedure: `columns` and `lists` are options that name columns, `adds` the one that names the new one."""

    id: str
    about: str
    module: str  # Python module it needs
    lists: tuple[str, ...] = ("columns",)  # options that are lists of columns
    columns: tuple[str, ...] = ("by",)  # options that are one column
    optional: tuple[str, ...] = ("by",)
    numbers: tuple[str, ...] = ()
    adds: str = "into"

    @property
    def options(self) -> tuple[str, ...]:
        """Every option it knows."""
        return (*self.lists, *self.columns, *self.numbers, self.adds)


@dataclass(frozen=True, slots=True)
class Call:
    """A procedure with its options, settings filled in."""

    procedure: Procedure
    options: Mapping[str, OptionValue] = field(default_factory=dict)

    @property
    def into(self) -> str:
        """The column it adds."""
        return str(self.options[self.procedure.adds])

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns it reads."""
        found: list[str] = []
        for name in (*self.procedure.lists, *self.procedure.columns):
            value = self.options.get(name, ())
            found += value if isinstance(value, tuple) else [str(value)]
        return tuple(dict.fromkeys(name for name in found if name))


PCA_INDEX = Procedure(
    "pca_index",
    "standardise columns, reduce them to at most three components, add them up by explained variance, scale to 0–1",
    "sklearn",
)
LOGISTIC = Procedure(
    "logistic_regression",
    "fit a 0/1 label on the rows where `train` holds; the other rows get a probability and are kept",
    "sklearn",
    columns=("by", "label", "train", "fallback"),
    numbers=("least",),
)
PROCEDURES: Mapping[str, Procedure] = {known.id: known for known in (PCA_INDEX, LOGISTIC)}

EXTRA = "pip install kpi-tui[stats]"
"""What supplies the modules of all procedures."""
