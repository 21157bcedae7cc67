"""Why there is no number, in words and in a word (R002)."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Reason
from kpi_tui.text.i18n import N_, _

REASONS = {
    Reason.ERROR: N_("could not be computed"),
    Reason.NO_TABLE: N_("a table it needs is missing"),
    Reason.NO_COLUMN: N_("no file supplies a column it needs"),
    Reason.NOT_APPLICABLE: N_("not applicable here"),
    Reason.NO_DATA: N_("no data for this period"),
    Reason.PENDING: N_("known later: the window is not complete"),
    Reason.UNKNOWN: N_("its amount is not known"),
    Reason.NO_ROWS: N_("no rows to read it from"),
    Reason.ZERO_DENOMINATOR: N_("nothing to divide by"),
}
_SHORT = {
    Reason.ERROR: N_("error"),
    Reason.NO_TABLE: N_("no table"),
    Reason.NO_COLUMN: N_("no column"),
    Reason.NOT_APPLICABLE: N_("n/a here"),
    Reason.NO_DATA: N_("no data"),
    Reason.PENDING: N_("pending"),
    Reason.UNKNOWN: N_("unknown"),
    Reason.NO_ROWS: N_("no rows"),
    Reason.ZERO_DENOMINATOR: N_("÷ 0"),
}


def short_reason(why: Reason | None) -> str:
    """Why there is no number, in a word or two."""
    return _(_SHORT[why]) if why else ""
