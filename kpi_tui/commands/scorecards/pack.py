"""`kpi-tui pack`: all scorecards, chain, north star, trends, drivers and what was left out, on one document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.issue import UsageError
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import phrase

if TYPE_CHECKING:
    from kpi_tui.book import Book, Progress
    from kpi_tui.definitions.answers.score import Scorecard
    from kpi_tui.definitions.period import Period
    from kpi_tui.views.view import View

TREND = 12
"""Periods of a chart."""


@click.command(
    cls=Command,
    name="pack",
    help=N_("Everything about a period on one document for others: -o FILE.html, .xlsx or .md."),
)
@period_option()
@click.pass_obj
def command(session: Session, period: str, grain: str) -> None:
    """Put the pack together."""
    from kpi_tui.views.pack import pack_data, pack_title

    with session.book() as book, session.progress() as progress:
        when = read_period(book, period, grain)
        found = book.provenance.of(when)
        cards = [book.scores.scorecard(role, when, progress=progress) for role in book.workspace.at(when).roles]
        views = _views(book, when, cards, progress)
        progress.clear()
        session.show_document(pack_title(when, book.workspace), views, pack_data(cards, views, found), found)


def _views(book: Book, when: Period, cards: list[Scorecard], progress: Progress) -> list[View]:
    """The parts of the pack in their order."""
    from kpi_tui.views import pack

    space, found = book.workspace, book.provenance.of(when)
    star = space.north_star if space.north_star in space.metrics else ""
    weak = dict.fromkeys(card.weakest for card in cards if card.weakest)
    parts = [pack.summary(cards, space, found), *pack.posts(cards, space), *_chains(book, when, progress)]
    if star:
        parts.append(pack.north_star(book.numbers.values([star], when, last=TREND, progress=progress), space))
        parts += _drivers(book, star, when, progress)
    rows = [book.numbers.values([metric], when, last=TREND, progress=progress) for metric in weak]
    return [*parts, *([pack.trends(rows, space)] if rows else []), pack.left_out(found)]


def _chains(book: Book, when: Period, progress: Progress) -> list[View]:
    """The workspace's chain, where it has one."""
    from kpi_tui.views.chain.card import chain_view

    if not book.workspace.chains:
        return []
    card = book.chains.card(book.chains.find().id, when, progress=progress)
    return [replace(chain_view(card, book.workspace), title=phrase("Chain"))]


def _drivers(book: Book, star: str, when: Period, progress: Progress) -> list[View]:
    """What moved the north star, unless that cannot be said."""
    from kpi_tui.views.causes.drivers import drivers

    try:
        found = book.drivers.of(star, when, progress=progress)
    except UsageError:
        return []  # a metric read off a chain has no drivers of its own
    return [replace(drivers(found, book.workspace), title=phrase("What moved the north star"))]
