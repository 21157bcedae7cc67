"""Questions asked over a screen: whose scorecard, and what to do with a former session's draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.overlay import Choice, ChoiceScreen, named
from kpi_tui.tui.overlays.question import QuestionScreen

if TYPE_CHECKING:
    from kpi_tui.book import Book


def role_choices(book: Book, language: str) -> list[Choice]:
    """Roles in the order of the workspace, then people."""
    space = book.workspace
    roles = [named(role, role.duty.get(language)) for role in space.roles.values()]
    people = [named(person, " + ".join(_role_names(book, person.roles, language))) for person in space.people.values()]
    return roles + people


def _role_names(book: Book, roles: tuple[str, ...], language: str) -> list[str]:
    known = book.workspace.roles
    return [known[role].name.get(language) if role in known else role for role in roles]


def pick_role(app: Host) -> None:
    """Ask for a role or person and show it."""
    if app.book is None:
        return
    choices = role_choices(app.book, app.language)
    if not choices:
        app.say(_("No roles yet: write roles/*.toml, or start from a preset with `kpi-tui init`."), "warning")
        return

    def chosen(role: str | None) -> None:
        if role is not None:
            app.look(role=role)

    app.push_screen(ChoiceScreen(_("Whose scorecard?"), choices, app.view.role), chosen)


def ask_draft(app: Host, count: int) -> None:
    """Offer the unsaved edits of a former session; leaving the question keeps the draft."""
    choices = [
        Choice("restore", _("Take them up again")),
        Choice("later", _("Leave them for later")),
        Choice("discard", _("Throw them away")),
    ]

    def chosen(answer: str | None) -> None:
        _settle_draft(app, answer or "later")

    title = _("Unsaved edits of a former session: {count}", count=count)
    app.push_screen(QuestionScreen(title, choices, _("leave them for later")), chosen)


def _settle_draft(app: Host, answer: str) -> None:
    try:
        if answer == "restore":
            count = app.session.restore_draft()
            app.say(n_("Restored {count} edit; w saves it.", "Restored {count} edits; w saves them.", count), "done")
        elif answer == "discard":
            app.session.discard()
    except KpiError as error:
        app.say_error(error)
