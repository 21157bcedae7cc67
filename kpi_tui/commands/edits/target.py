"""`kpi-tui target …`: targets listed, set, copied, raised, cleared, undone; each edit is saved at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Group
from kpi_tui.commands.base.completed_names import complete_metric, complete_role
from kpi_tui.commands.base.options import WHY, YES_RATE, default_period, option, period_option, read_period
from kpi_tui.commands.base.session import Session, say
from kpi_tui.commands.edits.saved_targets import saving, show_saved
from kpi_tui.commands.edits.target_calendar import calendar
from kpi_tui.commands.edits.target_chain import COMMANDS
from kpi_tui.commands.edits.target_import import import_
from kpi_tui.commands.edits.target_propose import propose
from kpi_tui.commands.edits.target_split import split
from kpi_tui.commands.edits.target_year import show_year, year
from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.issue import KpiError, UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.names import nearest
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import N_, _
from kpi_tui.text.number_form import plain_numbers
from kpi_tui.text.phrase import Word, phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book

READ_BACK = (".xlsx", ".csv")
_AMOUNT: dict[str, Any] = {"ignore_unknown_options": True}  # so that -3% is an amount, not an option


@click.group(cls=Group, name="target", help=N_("Targets: list, year, set, propose, export and import, history, undo."))
def command() -> None:
    """Targets."""


for _command in (*COMMANDS, propose, import_, year, split, calendar):
    command.add_command(_command)


@command.command("list", help=N_("The targets of a period."))
@click.argument("role", required=False, metavar="[ROLE]", shell_complete=complete_role)
@period_option()
@click.pass_obj
def list_(session: Session, role: str | None, period: str, grain: str) -> None:
    """Show the targets as they stand in the file."""
    with session.book() as book:
        _show(session, book, role, read_period(book, period, grain))


def _show(session: Session, book: Book, role: str | None, when: Period) -> None:
    from kpi_tui.views.targets.targets import targets_list

    _known_role(book, role)
    cells = {key: cell for key, cell in book.targets.saved(when).items() if role in (None, key.role)}
    session.show(targets_list(when.id, cells, book.workspace), when)


@command.command(
    "export",
    help=N_("Targets into a workbook or a CSV, to be changed by others and read back by import; a year in its months."),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.argument("role", required=False, metavar="[ROLE]", shell_complete=complete_role)
@period_option()
@click.pass_obj
def export(session: Session, file: Path, role: str | None, period: str, grain: str) -> None:
    """As `list -o` and `year -o`, in a form that can be read back."""
    if file.suffix.lower() not in READ_BACK:
        told = _(
            "{file}: only {suffixes} can be read back; `target list -o` writes any form",
            file=str(file),
            suffixes=listed(READ_BACK),
        )
        raise UsageError(told)
    session.out = file
    with session.book() as book:
        when = read_period(book, period, grain)
        if when.grain is Grain.YEAR:
            _known_role(book, role)
            show_year(session, book, role, when, Grain.MONTH)
        else:
            _show(session, book, role, when)


@command.command("set", context_settings=_AMOUNT, help=N_("Set one target: 28%, 1.5k, 3万, or +5% of what it is now."))
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@click.argument("metric", metavar="METRIC", shell_complete=complete_metric)
@click.argument("value", metavar="VALUE")
@period_option()
@option("--why", default="", metavar="TEXT", help=WHY)
@option("--yes", is_flag=True, help=YES_RATE)
@click.pass_obj
def set_(session: Session, role: str, metric: str, value: str, period: str, grain: str, why: str, yes: bool) -> None:
    """Set one cell and save it."""
    from kpi_tui.text.typed_amounts import doubt, read_as

    with session.book() as book, saving(session, book, why):
        when = read_period(book, period, grain)
        key = _cell(book, role, metric)
        if not yes:
            _known_value(book, role, when)
        present = book.targets.saved(when).get(key)
        unit = book.workspace.metrics[metric].unit
        amount = _amount(value, unit, present.value if present else None)
        if not yes and (doubtful := doubt(value, amount, unit)):
            raise UsageError(_("{doubt}; nothing was set. Write 28 or 28%, or add --yes.", doubt=doubtful))
        if told := read_as(value, amount, unit):
            say(told)
        book.targets.set(key, when, amount, why)


@command.command("clear", help=N_("Take one target away."))
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@click.argument("metric", metavar="METRIC", shell_complete=complete_metric)
@period_option()
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def clear(session: Session, role: str, metric: str, period: str, grain: str, why: str) -> None:
    """Clear one cell and save."""
    with session.book() as book, saving(session, book, why):
        book.targets.set(_cell(book, role, metric), read_period(book, period, grain), None, why)


@command.command("copy", help=N_("Take over the targets of another period."))
@period_option()
@option("--from", "source", default="", metavar="P", help=N_("The period to copy from (else the one before)."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def copy(session: Session, period: str, grain: str, source: str, why: str) -> None:
    """Copy targets and save."""
    with session.book() as book, saving(session, book, why):
        when = read_period(book, period, grain)
        book.bulk_targets.copy(when, read_period(book, source, grain) if source else when.previous())


@command.command("raise", context_settings=_AMOUNT, help=N_("Raise targets by a share: 5% (or lower them: -3%)."))
@click.argument("share", metavar="SHARE")
@period_option()
@option("--role", metavar="ROLE", help=N_("Only the targets of this role."), shell_complete=complete_role)
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def raise_(session: Session, share: str, period: str, grain: str, role: str | None, why: str) -> None:
    """Multiply targets and save."""
    with session.book() as book, saving(session, book, why):
        _known_role(book, role)
        book.bulk_targets.raise_(read_period(book, period, grain), _factor(share), role)


@command.command("history", help=N_("Every edit: who, when, from, to, why."))
@option("--role", default="", metavar="ROLE", help=N_("Only this role."), shell_complete=complete_role)
@option("--metric", default="", metavar="METRIC", help=N_("Only this metric."), shell_complete=complete_metric)
@option("--period", default="", metavar="P", help=N_("Only this period."))
@click.pass_obj
def history(session: Session, role: str, metric: str, period: str) -> None:
    """Show the append-only history, newest first."""
    from kpi_tui.views.edits.history import changes as changes_view

    with session.book() as book:
        when = book.period(period).id if period else ""
        found = book.targets.history(role, metric, when)[::-1]
        session.show(changes_view(found, book.workspace, phrase("No edits yet.")))


@command.command("undo", help=N_("Take back my last saved edit."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def undo(session: Session, why: str) -> None:
    """Undo my last saved batch."""
    _step(session, lambda book: book.targets.undo(why), phrase("There is nothing to undo."))


@command.command("redo", help=N_("Do again what undo took back."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def redo(session: Session, why: str) -> None:
    """Redo what undo took back."""
    _step(session, lambda book: book.targets.redo(why), phrase("There is nothing to redo."))


def _step(session: Session, step: Callable[[Book], list[Change] | str | None], none: Word) -> None:
    with session.book() as book:
        done = step(book)
        show_saved(session, book, [] if done is None or isinstance(done, str) else done, none)


def _cell(book: Book, role: str, metric: str) -> TargetKey:
    _known_role(book, role)
    if metric not in book.workspace.metrics:
        raise UsageError(_unknown(_("metric"), metric, list(book.workspace.metrics)))
    return TargetKey(role, metric)


def _known_role(book: Book, role: str | None) -> None:
    if role is not None and role not in (known := book.scores.known_owners(role)):
        raise UsageError(_unknown(_("role"), role, known))


def _known_value(book: Book, owner: str, when: Period) -> None:
    """UsageError for a value that neither this period knows nor the one that is running."""
    periods = [when]
    with suppress(KpiError):  # no data yet
        periods.append(book.period(default_period(), when.grain))
    try:
        book.scores.refuse_value(owner, periods)
    except UsageError as error:
        raise UsageError(_("{why} Nothing was set; --yes sets it all the same.", why=str(error))) from None


def _unknown(what: str, name: str, known: Sequence[str]) -> str:
    near = nearest(name, known)
    text = _("there is no {what} {name}", what=what, name=repr(name))
    return text + (_("; did you mean {name}?", name=near) if near else "")


def _amount(text: str, unit: str, current: float | None) -> float:
    from kpi_tui.text.typed_amounts import AmountError, parse_amount, possible

    try:
        with plain_numbers():
            return possible(parse_amount(text, unit, current), unit)
    except AmountError as error:
        raise UsageError(str(error)) from None


def _factor(text: str) -> float:
    from kpi_tui.text.typed_amounts import AmountError, parse_factor

    try:
        with plain_numbers():
            return parse_factor(text)
    except AmountError as error:
        raise UsageError(str(error)) from None
