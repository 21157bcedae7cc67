"""Procedures of facts: known, with the options they want, over columns that the SQL offers (R137, R138)."""

from __future__ import annotations

from collections.abc import Mapping

from kpi_tui.definitions.library.metric import Fact
from kpi_tui.definitions.library.procedure import PROCEDURES, Procedure
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Setting
from kpi_tui.workspace.check.contradiction import Contradictions
from kpi_tui.workspace.check.relations import Columns, unknown_column


def check_procedure(fact: Fact, outputs: Columns, settings: Mapping[str, Setting], report: Contradictions) -> Columns:
    """The columns of the fact with the one its procedure adds; every fault is reported."""
    procedure = PROCEDURES.get(fact.procedure)
    if procedure is None:
        report.unknown(fact, "procedure", say("procedure"), fact.procedure, PROCEDURES, "procedure")
        return outputs
    for name in fact.options:
        if name not in procedure.options:
            report.unknown(fact, f"options.{name}", say("option"), name, procedure.options, "procedure")
    for name in procedure.options:
        if name not in fact.options and name not in procedure.optional:
            message, hint = (
                say("{procedure} needs the option {name!r}", procedure=procedure.id, name=name),
                say("add `options.{name} = …`", name=name),
            )
            report.error(fact, "options", message, hint, "procedure")
    _columns(fact, procedure, outputs, report)
    _numbers(fact, procedure, settings, report)
    return None if outputs is None else outputs | {str(fact.options.get(procedure.adds, ""))}


def _columns(fact: Fact, procedure: Procedure, outputs: Columns, report: Contradictions) -> None:
    for option in (*procedure.lists, *procedure.columns):
        value = fact.options.get(option, ())
        if option in procedure.columns and not isinstance(value, str) and option in fact.options:
            report.error(
                fact,
                f"options.{option}",
                say("{option!r} must be one column", option=option),
                say("write one name"),
                "procedure",
            )
        for name in value if isinstance(value, tuple) else (value,):
            if outputs is not None and name not in outputs:
                message = unknown_column(str(name), outputs)
                report.error(fact, f"options.{option}", message, say("select it in the SQL"), "column")


def _numbers(fact: Fact, procedure: Procedure, settings: Mapping[str, Setting], report: Contradictions) -> None:
    for option in procedure.numbers:
        value = fact.options.get(option)
        meant = settings.get(value[1:]) if isinstance(value, str) and value.startswith(":") else value
        if option in fact.options and (isinstance(meant, bool) or not isinstance(meant, int | float)):
            message = say(
                "{option!r} must be a number or a setting that is one, not {value!r}", option=option, value=value
            )
            report.error(fact, f"options.{option}", message, say("write 30 or ':name'"), "procedure")
