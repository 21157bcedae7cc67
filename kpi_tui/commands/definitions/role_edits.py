"""`kpi-tui role add|set|line|weights|remove|history|undo|redo`: posts changed by name, saved at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.completed_names import complete_metric, complete_role
from kpi_tui.commands.base.options import WHY, option
from kpi_tui.commands.definitions.define import show_history, step
from kpi_tui.commands.definitions.saved_definitions import dated, known_id, save, since_of, stage
from kpi_tui.commands.definitions.typed_values import assignments, in_two_languages, number, steps, typed
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.text.i18n import N_, _
from kpi_tui.text.phrase import phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.commands.base.session import Session

FULL = 100
_AMOUNT: dict[str, Any] = {"ignore_unknown_options": True}


@click.command(
    cls=Command, name="add", help=N_("A new post, with its weighted metrics: dau=60 aov=40; or from a preset.")
)
@click.argument("role", metavar="ID")
@click.argument("weights", nargs=-1, metavar="[METRIC=WEIGHT …]")
@option("--name", default="", metavar="TEXT", help=N_("Its name."))
@option("--name-zh", default="", metavar="TEXT", help=N_("Its name in Chinese."))
@option("--duty", default="", metavar="TEXT", help=N_("What the post is there for."))
@option(
    "--type", "kind", type=click.Choice(["execution", "strategy"]), default=None, help=N_("What kind of post it is.")
)
@option("--aim", default="", metavar="STAGE", help=N_("The stage it serves now: acquisition … revenue."))
@option(
    "--preset", default="", metavar="NAME", help=N_("Take the role of this id from a preset, as far as the data allow.")
)
@dated()
@click.pass_obj
def add(
    session: Session,
    role: str,
    weights: tuple[str, ...],
    name: str,
    name_zh: str,
    duty: str,
    kind: str | None,
    aim: str,
    preset: str,
    since: str,
    why: str,
) -> None:
    """Add a role and save it."""
    with session.book() as book:
        if role in book.definitions.ids("roles"):
            raise UsageError(_("there is a role {name} already; `kpi-tui role set` changes it", name=repr(role)))
        found: dict[str, Any] = _of_preset(book, preset, role) if preset else {}
        given = {
            "name": in_two_languages(name, name_zh),
            "duty": duty,
            "type": kind,
            "aim": aim,
            "lines": [{"metric": metric, "weight": weight} for metric, weight in assignments(weights).items()],
        }
        found |= {key: value for key, value in given.items() if value}
        if not found.get("lines"):
            raise UsageError(_("name its metrics with their weights, such as dau=60 aov=40, or a --preset"))
        save(session, book, {("roles", role): {"name": role, **found}}, since, why)


def _of_preset(book: Book, preset: str, role: str) -> dict[str, Any]:
    """A role of a preset, made of what the data allow. UsageError for an unknown one."""
    roles = book.design.presets(book.workspace)
    names = dict.fromkeys(one.preset for one in roles)
    if preset not in names:
        hint = did_you_mean(preset, names, _("known: {names}", names=listed(names)))
        raise UsageError(f"{_('there is no preset {name}', name=repr(preset))}; {hint}")
    mine = {one.id: one for one in roles if one.preset == preset}
    if role not in mine:
        text = _("preset {preset} has no role {name} for these data", preset=preset, name=repr(role))
        raise UsageError(text + _("; it has {known}", known=listed(mine)))
    return dict(mine[role].definition)


@click.command(
    cls=Command,
    name="set",
    context_settings=_AMOUNT,
    help=N_("Set a key of a post: name, name.zh, duty, type, aim, principles.post …; - clears it."),
)
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@click.argument("key", metavar="KEY")
@click.argument("value", metavar="VALUE")
@dated()
@click.pass_obj
def set_(session: Session, role: str, key: str, value: str, since: str, why: str) -> None:
    """Set one key and save it."""
    with session.book() as book:
        path = ("roles", known_id(book, "roles", role), *key.split("."))
        wanted: Any = typed(value)
        if path[-1] in ("en", "zh"):
            path, wanted = path[:-1], _in_language(book, path, wanted)
        save(session, book, {path: wanted}, since, why)


def _in_language(book: Book, path: tuple[str, ...], wanted: Any) -> Any:
    """A text with one of its languages changed."""
    present = book.definitions.value(path[:-1])
    texts = present if isinstance(present, dict) else {"en": present, "zh": present} if present else {}
    return {key: text for key, text in (texts | {path[-1]: wanted}).items() if text} or None


@click.command(
    cls=Command,
    name="line",
    help=N_("Add, change or remove one metric of a post: its weight, its method, its numbers."),
)
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@click.argument("metric", metavar="METRIC", shell_complete=complete_metric)
@option("--weight", default="", metavar="N", help=N_("Its weight (a new line has 0); all weights sum to 100."))
@option(
    "--method",
    default="",
    metavar="M",
    help=N_("ratio, inverse, linear, steps, range, pass_fail or deduct; - for the usual."),
)
@option("--option", "options", multiple=True, metavar="NAME=N", help=N_("A number of the method: cap=1.5, floor=0.1 …"))
@option("--steps", "bands", default="", metavar="LIST", help=N_("Of the method steps: 0.8=0.5,1=1"))
@option("--at", "place", type=click.IntRange(min=1), default=None, metavar="N", help=N_("Its place among the lines."))
@option("--remove", is_flag=True, help=N_("Take the metric off the post."))
@dated()
@click.pass_obj
def line(
    session: Session,
    role: str,
    metric: str,
    weight: str,
    method: str,
    options: tuple[str, ...],
    bands: str,
    place: int | None,
    remove: bool,
    since: str,
    why: str,
) -> None:
    """Change one line and save."""
    with session.book() as book:
        book.library.metric(metric)
        path = ("roles", known_id(book, "roles", role), "lines", metric)
        if remove:
            save(session, book, {path: None}, since, why)
            return
        wanted: dict[tuple[str, ...], Any] = {}
        if weight or book.definitions.value(path) is None:
            wanted[(*path, "weight")] = number(weight or "0")
        if method:
            wanted[(*path, "method")] = typed(method)
        if options:
            wanted[(*path, "options")] = assignments(options)
        if bands:
            wanted[(*path, "steps")] = steps(bands)
        stage(book, wanted, since, why)
        lines = path[:-1]
        placed = place and book.definitions.moved_line(role, metric, place, since_of(book, lines, since))
        save(session, book, {lines: placed} if placed else {}, since, why)


@click.command(
    cls=Command, name="weights", help=N_("Shift weights: dau=30 aov=70. What is not named stays; all sum to 100.")
)
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@click.argument("weights", nargs=-1, required=True, metavar="METRIC=WEIGHT …")
@dated()
@click.pass_obj
def weights_(session: Session, role: str, weights: tuple[str, ...], since: str, why: str) -> None:
    """Shift weights and save them."""
    with session.book() as book:
        path = ("roles", known_id(book, "roles", role), "lines")
        wanted = assignments(weights)
        for metric in wanted:
            book.library.metric(metric)
        save(session, book, {(*path, metric, "weight"): weight for metric, weight in wanted.items()}, since, why)


@click.command(cls=Command, name="remove", help=N_("End a post; what it was scored by before stays."))
@click.argument("role", metavar="ROLE", shell_complete=complete_role)
@dated()
@click.pass_obj
def remove(session: Session, role: str, since: str, why: str) -> None:
    """End a role and save."""
    with session.book() as book:
        save(session, book, {("roles", known_id(book, "roles", role)): None}, since, why)


@click.command(cls=Command, name="history", help=N_("Every edit of posts, or of one."))
@click.argument("role", metavar="[ROLE]", required=False, default="", shell_complete=complete_role)
@click.pass_obj
def history(session: Session, role: str) -> None:
    """Show the history, newest first."""
    show_history(session, ("roles", role) if role else ("roles",))


@click.command(cls=Command, name="undo", help=N_("Take back my last saved edit."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def undo(session: Session, why: str) -> None:
    """Undo my last saved batch of definitions."""
    step(session, lambda book: book.definitions.undo(why), phrase("There is nothing to undo."))


@click.command(cls=Command, name="redo", help=N_("Do again what undo took back."))
@option("--why", default="", metavar="TEXT", help=WHY)
@click.pass_obj
def redo(session: Session, why: str) -> None:
    """Redo what undo took back."""
    step(session, lambda book: book.definitions.redo(why), phrase("There is nothing to redo."))


EDITS = (add, set_, line, weights_, remove, history, undo, redo)
