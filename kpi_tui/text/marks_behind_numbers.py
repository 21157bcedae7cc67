"""Signs behind a number: its period is not over, its data begin late, something is to be said of it."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Value

PARTIAL = "◔"  # behind a number whose period is not over
LATE = "⇥"  # behind a number whose data begin later than its period
DOUBT = "⚠"  # behind a number that rests on rows of which some were left out, or of which something is to be said

OTHER_METHOD = "‡"  # behind an attainment that is no quotient of actual and target (R037)
CHANGED_LATE = "†"  # behind a score that a change of definitions moved after its period was over (R009)


def marks(partial: bool, late: bool = False, doubtful: bool = False) -> str:
    """The marks behind a number: ◔ its period is not over, ⇥ its data begin later, ⚠ something is to be said."""
    return (LATE if late else PARTIAL if partial else "") + (DOUBT if doubtful else "")


def marks_of(value: Value) -> str:
    """The marks of a value; none where there is no number."""
    if value.value is None:
        return ""
    return marks(value.partial, value.late, bool(value.left_out or value.notes))
