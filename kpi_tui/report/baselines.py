"""Answers of `baseline` and `pace`: what is usual, and where a running period will end."""

from __future__ import annotations

from kpi_tui.definitions.library.metric import Better
from kpi_tui.report.sheet import Tone
from kpi_tui.text.i18n import _

USUAL, ODD, BAD, UNKNOWN = "●", "◐", "○", "·"


def glyph(state: str | None, better: Better) -> tuple[str, Tone]:
    """How a value stands to its band, seen from the side that is good."""
    if state is None:
        return UNKNOWN, "dim"
    if state == "inside":
        return USUAL, ""
    bad = (state == "below") == (better is Better.HIGHER) and better is not Better.NEUTRAL
    return (BAD, "weak") if bad else (ODD, "near")


def said(state: str | None) -> str:
    """The state in words."""
    return {"inside": _("as usual"), "above": _("above the usual"), "below": _("below the usual")}.get(state or "", "")
