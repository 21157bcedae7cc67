"""Why a command of the Chain screen cannot run on what is under its cursor."""

from __future__ import annotations

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard
from kpi_tui.definitions.library.chain import TargetRule
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _
from kpi_tui.tui.screens.chain.display import ChainDisplay
from kpi_tui.views.chain.card import is_scored
from kpi_tui.views.chain.weeks import TARGET

_NEEDS_LINK = ("chain.explain", "chain.edit", "chain.actuals", "chain.points", "chain.drivers", "chain.panes")
_NEEDS_CARD = (*_NEEDS_LINK, "chain.roll", "chain.baseline", "chain.diagnosis", "chain.weak")


def refusal(command: str, display: ChainDisplay, space: Workspace) -> str:
    """A sentence; empty when it can run. Some need a chain, some a link, targets a rule, points links with targets."""
    if not space.chains and (command in _NEEDS_CARD or command == "chain.choose"):
        return _("There is no chain in this workspace.")
    if command == "sort":
        return _("A chain is read from its first link to its last.")
    if command.startswith("grain."):
        return _("A chain is read by month; its weeks stand below.")
    card, link = display.card, display.link
    if command in _NEEDS_CARD and card is None:
        return _("The chain is still being computed.")
    if command in _NEEDS_LINK and link is None:
        return _("There is no link here.")
    if card is not None and (why := _of_card(command, card)):
        return why
    return _of_link(command, link, display, space) if link is not None else ""


def _of_card(command: str, card: ChainCard) -> str:
    if command == "chain.baseline" and not is_scored(card):
        return _("This chain has no targets that grow.")
    if command == "chain.weak" and not card.weak.named and is_scored(card) and not card.possible:
        return _("No link has a score yet: which one is weak is not known.")
    if command == "chain.weak" and not card.weak.named:
        return _("No link is weak by gain: none has fallen by more than its usual swing.")
    return ""


def _of_link(command: str, link: LinkCard, display: ChainDisplay, space: Workspace) -> str:
    if command == "chain.edit" and TARGET not in display.cells.can_change:
        return _("This link has no target: it is only looked at.")
    if command == "chain.points" and link.link.rule is TargetRule.NONE:
        return _("This link has no points: it is only looked at.")
    if command == "chain.drivers" and link.link.ratio not in space.metrics:
        return _("This link names no metric of the library.")
    return ""
