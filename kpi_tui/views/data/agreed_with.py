"""How many sentences were agreed with, as screen and command say it."""

from __future__ import annotations

from kpi_tui.text.phrase import Word, phrases


def agreed_with(count: int) -> Word:
    """`2 sentences are agreed with.`"""
    return phrases("{count} sentence is agreed with.", "{count} sentences are agreed with.", count)
