"""What to do with the unsaved edits of a former session."""

from __future__ import annotations

from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.host import Host
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.question import QuestionScreen


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
