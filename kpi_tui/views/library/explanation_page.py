"""The same at length, for a page to scroll through: every base measure with how it was read, and the meaning."""

from __future__ import annotations

from kpi_tui.definitions.answers.value import Explanation, Reading
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, decimals, in_full
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, is_empty, joined, phrase
from kpi_tui.views.library.explanation import PARTS, SETTINGS, inside
from kpi_tui.views.library.values import shown
from kpi_tui.views.metric_meaning import meaning, paragraphs
from kpi_tui.views.reasons import known, reason, without_number
from kpi_tui.views.view import Sentence, Sheet, View, pairs

WINDOWS = {
    "period": N_("the period"),
    "previous_period": N_("the period before"),
    "same_period_last_year": N_("the same period a year before"),
    "as_of_end": N_("as it stands at the end"),
    "to_date": N_("everything to the end"),
    "before_period": N_("everything before the period"),
    "cohort": N_("the cohort of the period"),
    "trailing": N_("the days up to the end"),
    "all": N_("everything"),
}


def explanation_page(found: Explanation, space: Workspace) -> View:
    """What `source_page` says, and what the metric means."""
    metric = space.metrics.get(found.value.metric)
    page = source_page(found, space)
    return View(page.title, page.sentences, (*page.sheets, *(meaning(metric, formula=False) if metric else ())))


def source_page(found: Explanation, space: Workspace) -> View:
    """Why there is no number, the formula, then every number it is made of."""
    value, metric = found.value, space.metrics.get(found.value.metric)
    missing = without_number(value)
    parts = inside(found, space)
    settings = [f"{name} = {value}" for name, value in found.settings.items()]
    return View(
        metric.name if metric else Text(value.metric),
        (Sentence(missing, "strong"),) if missing else (),
        (
            paragraphs(phrase("Formula"), [joined(found.formula, "=", shown(value), between=" ")]),
            *(part for part in parts if part.key == PARTS),
            *(_measure(reading) for reading in found.readings),
            *(part for part in parts if part.key != PARTS),
            *([paragraphs(SETTINGS, settings)] if settings else []),
        ),
    )


def _measure(reading: Reading) -> Sheet:
    """One base measure: its number, then how it was read."""
    number = reading.number
    why = reason(number.reason, number.detail)
    amount: Word = in_full(number.value) if number.value is not None else joined(DASH, why, between=" ")
    counted = joined(" ".join(filter(None, (reading.agg, reading.column))), reading.table, between=" · ")
    lines: list[tuple[Word, Word]] = [
        ("", reading.about),
        (phrase("computed as"), counted),
        (phrase("where"), reading.where),
        (phrase("window"), _window(reading)),
        (phrase("rows"), "" if reading.rows is None else decimals(reading.rows, 0)),
        *(("" if place else "SQL", line) for place, line in enumerate(reading.sql.splitlines())),
    ]
    return pairs(joined(reading.id, "=", amount, between=" "), [line for line in lines if not is_empty(line[1])])


def _window(reading: Reading) -> Word:
    kind = known(WINDOWS[reading.window]) if reading.window in WINDOWS else reading.window
    days = f"{reading.first_day} … {reading.last_day}" if reading.first_day and reading.last_day else ""
    return joined(joined(kind, days, between=" "), reading.time, between=" · ")
