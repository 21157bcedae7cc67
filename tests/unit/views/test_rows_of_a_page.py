"""Which rows stand behind a line of a page: of the segment or the cohort under the cursor."""

from __future__ import annotations

from types import SimpleNamespace

from kpi_tui.definitions.library.analysis_parts import CohortPart
from kpi_tui.definitions.library.page import BreakdownPart, PartColumn
from kpi_tui.tui.screens.page.segment_rows import behind_line

COLUMNS = (
    PartColumn("before", metric="registered_users", previous=True),
    PartColumn("share", formula="users / all"),
    PartColumn("users", metric="registered_users"),
)
PAGE = SimpleNamespace(
    sections=tuple(
        SimpleNamespace(section=SimpleNamespace(id=id_, part=part))
        for id_, part in (
            ("months", CohortPart(metric="active_users", by="cohort_month")),
            ("days", CohortPart()),
            ("states", BreakdownPart("state", COLUMNS, where="amount > 0")),
        )
    )
)


def test_a_cohort_and_a_segment_have_rows_of_their_own() -> None:
    assert behind_line(PAGE, "months 2026-03") == ("active_users", (("cohort_month", "2026-03"),), "")
    assert behind_line(PAGE, "states new") == ("registered_users", (("state", "new"),), "amount > 0")
    assert behind_line(PAGE, "states None") == ("registered_users", (), "amount > 0")


def test_all_cohorts_together_and_lines_of_other_kinds_have_none() -> None:
    assert behind_line(PAGE, "months together") is None
    assert behind_line(PAGE, "days 2026-03-01") is None and behind_line(PAGE, "metric d1_retention") is None
