"""Procedures by name; the module of one is imported when a fact calls it, and its library by the module.

Owns statistics that SQL cannot say. Never reads a table.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import EngineError
from kpi_tui.definitions.library.procedure import EXTRA, Call, Procedure
from kpi_tui.definitions.message import say

if TYPE_CHECKING:
    import polars as pl


def is_installed(procedure: Procedure) -> bool:
    """Whether the library behind a procedure can be imported."""
    return find_spec(procedure.module) is not None


def run(call: Call, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of a fact with the procedure's column added. EngineError without its library."""
    if not is_installed(call.procedure):
        raise EngineError(say("the procedure {procedure} needs {extra}", procedure=call.procedure.id, extra=EXTRA))
    function: Callable[[Call, pl.DataFrame], pl.DataFrame]
    function = import_module(f"{__name__}.{call.procedure.id}").run
    return function(call, frame)
