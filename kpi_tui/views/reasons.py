"""Why there is no number, as words that know no language yet (R002)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from kpi_tui.definitions.answers.value import Reason, Value
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH
from kpi_tui.text.phrase import Phrase, Word, joined
from kpi_tui.text.reasons import REASONS
from kpi_tui.text.terms import GRAINS
from kpi_tui.views.named_ids import in_names

Id = TypeVar("Id")


def reason(why: Reason | None, detail: Word = "", space: Workspace | None = None) -> Word:
    """Why there is no number; `detail` (a sentence of the core) follows in brackets, with the names of `space`.

    Without `space` it names ids: for who reads definitions.
    """
    if why is None:
        return ""
    told = in_names(detail, space) if space else detail
    return bracketed(known(REASONS[why]), told) if told else known(REASONS[why])


def without_number(value: Value, between: str = " ", space: Workspace | None = None) -> Word:
    """`— no data for this period (…)`; empty when there is a number."""
    return joined(DASH, reason(value.reason, value.detail, space), between=between) if value.value is None else ""


def bracketed(word: Word, inside: Word) -> Word:
    """`word (inside)`."""
    return Phrase("{word} ({inside})", {"word": word, "inside": inside})


def known(text: str) -> Phrase:
    """A text that stands in the catalogues already, marked with N_ where it is written down."""
    return Phrase(text, {})


def term(terms: Mapping[Id, str], id_: Id) -> Word:
    """What an id is called in `terms`, marked with N_ there; the id itself where they do not have it."""
    return known(terms[id_]) if id_ in terms else str(id_)


def period_kind(period: Period) -> Word:
    """`month`; with its first and last day where they do not follow from how the period is called."""
    return joined(grain_name(period.grain), own_days(period), between=" ")


def own_days(period: Period) -> str:
    """`2026-04-01 … 2027-03-31` of no week of ISO 8601 and no calendar year; "" where the name says its days."""
    return "" if period.is_plain else f"{period.start} … {period.last_day}"


def grain_name(grain: Grain) -> Phrase:
    """`month`."""
    return known(GRAINS[grain])
