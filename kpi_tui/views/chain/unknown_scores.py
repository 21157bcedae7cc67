"""Why a link has no score: which number is missing, its own, what it is divided by, or what it is compared with."""

from __future__ import annotations

from kpi_tui.definitions.answers.chain_card import LinkCard, WeekCell, lacking
from kpi_tui.definitions.library.chain import Link
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, phrase
from kpi_tui.views.names import factor_name
from kpi_tui.views.reasons import known, reason

_DETAILS = (  # what the scores say about a link without a target, so that the catalogue knows it
    N_("no first target is agreed for this month: set one, or roll over from the month before"),
    N_("the month before has no rate to begin with: set the first target"),
    N_("the week before has no number to derive a target from"),
    N_("the week before, or the target of the link before, is 0"),
    N_("no week is over yet"),
)


def why_none(card: LinkCard, space: Workspace) -> Word:
    """Why a link has no score: what a week of it lacks."""
    if (first := lacking(card.weeks)) is not None:
        return why_unknown(first, card.link, space)
    return known(card.detail) if card.detail in _DETAILS else reason(card.reason, card.detail, space)


def why_unknown(cell: WeekCell, link: Link, space: Workspace) -> Word:
    """What a week of a link lacks. A reason by itself ("no data") is said of the link's own count only."""
    if cell.detail in _DETAILS:
        return known(cell.detail)
    if cell.numerator.value is None:
        return reason(cell.reason, cell.detail, space)
    if link.denominator and cell.denominator.value is None:
        name = factor_name(space, link.denominator)
        return phrase("{name}, which it is divided by: {why}", name=name, why=reason(cell.reason, cell.detail, space))
    return cell.detail if cell.detail and cell.actual is not None else reason(cell.reason, cell.detail, space)
