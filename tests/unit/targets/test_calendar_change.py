"""Targets written in one calendar and read in another: never silently of other days."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kpi_tui.definitions.calendar import Calendar
from kpi_tui.definitions.edit import Author
from kpi_tui.definitions.issue import UsageError, WorkspaceError
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.workspace.edits.period_edits import PeriodEdits, open_edits
from kpi_tui.workspace.edits.recorded_writes import now

KEY = TargetKey("sales", "paid_amount")
SUNDAYS, APRIL = Calendar(week_start="sunday"), Calendar(fiscal_year="april")
JULY, STARTS = Calendar(fiscal_year="july"), Calendar(fiscal_year="april", fiscal_year_name="start")
ISO = Calendar()


def edits(root: Path, calendar: Calendar, *, draft: bool = False) -> PeriodEdits:
    """The targets of a workspace with that calendar."""
    state = {"XDG_STATE_HOME": str(root / "state")} if draft else None
    return open_edits(root, "targets", Author("Ann"), state, now, calendar=calendar)


def saved(root: Path, calendar: Calendar, period: str) -> dict[str, object]:
    """The file of a period with one target."""
    some = edits(root, calendar)
    some.set(KEY, Period.parse(period, calendar), 100.0)
    some.save()
    return tomllib.loads((root / "targets" / f"{period}.toml").read_text())


@pytest.mark.parametrize(
    ("calendar", "period", "days"),
    [
        (ISO, "2026-W45", None),
        (ISO, "2026", None),
        (ISO, "2026-Q4", None),
        (SUNDAYS, "2026", None),
        (SUNDAYS, "2026-11", None),
        (APRIL, "2026-W45", None),
        (APRIL, "2026-11-08", None),
        (SUNDAYS, "2026-W45", "2026-11-08/2026-11-14"),
        (APRIL, "FY2026", "2025-04-01/2026-03-31"),
        (STARTS, "FY2026-Q1", "2026-04-01/2026-06-30"),
    ],
)
def test_a_file_says_its_days_where_its_name_does_not(
    tmp_path: Path, calendar: Calendar, period: str, days: str | None
) -> None:
    assert saved(tmp_path, calendar, period).get("days") == days
    assert edits(tmp_path, calendar).of(Period.parse(period, calendar))[KEY].value == 100.0
    assert edits(tmp_path, calendar).files() == [period]


@pytest.mark.parametrize(
    ("written", "period", "read", "said"),
    [
        (ISO, "2026-W45", SUNDAYS, "of 2026-11-02/2026-11-08, and 2026-W45 is 2026-11-08/2026-11-14 here"),
        (SUNDAYS, "2026-W45", ISO, "of 2026-11-08/2026-11-14, and 2026-W45 is 2026-11-02/2026-11-08 here"),
        (APRIL, "FY2026", JULY, "of 2025-04-01/2026-03-31, and FY2026 is 2025-07-01/2026-06-30 here"),
        (APRIL, "FY2026-Q1", STARTS, "of 2025-04-01/2025-06-30, and FY2026-Q1 is 2026-04-01/2026-06-30 here"),
    ],
)
def test_a_file_of_other_days_is_not_read_nor_written(
    tmp_path: Path, written: Calendar, period: str, read: Calendar, said: str
) -> None:
    saved(tmp_path, written, period)
    before = (tmp_path / "targets" / f"{period}.toml").read_bytes()
    some = edits(tmp_path, read)
    (issue,) = some.issues()
    assert (issue.file, said in issue.message) == (f"targets/{period}.toml", True)
    assert f'write days = "{said.split(" is ")[1].split(" ")[0]}"' in issue.hint
    with pytest.raises(WorkspaceError, match=period):
        some.set(KEY, Period.parse(period, read), 7.0)
    assert (tmp_path / "targets" / f"{period}.toml").read_bytes() == before


def test_a_person_can_say_that_a_file_is_meant_for_these_days(tmp_path: Path) -> None:
    saved(tmp_path, ISO, "2026-W45")
    path = tmp_path / "targets" / "2026-W45.toml"
    path.write_text('days = "2026-11-08/2026-11-14"\n' + path.read_text())
    assert edits(tmp_path, SUNDAYS).of("2026-W45")[KEY].value == 100.0


def test_files_of_calendar_years_are_none_where_years_are_fiscal(tmp_path: Path) -> None:
    for period in ("2026", "2026-Q4", "2026-10"):
        saved(tmp_path, ISO, period)
    some = edits(tmp_path, APRIL)
    assert some.files() == ["2026-10"]
    with pytest.raises(UsageError, match="could be of a calendar year"):
        some.of("2026")


def test_a_draft_of_another_calendar_is_put_aside_and_told(tmp_path: Path) -> None:
    some = edits(tmp_path, ISO, draft=True)
    some.set(KEY, "2026-W45", 5.0)
    some.close()
    assert edits(tmp_path, ISO, draft=True).draft_found() == 1
    other = edits(tmp_path, SUNDAYS, draft=True)
    assert other.draft_found() == 0
    assert any("weeks and years began on other days" in note for note in other.notes())
    assert len(list((tmp_path / "state").rglob("*.former-*"))) == 1  # nothing is lost


def test_a_draft_goes_on_in_its_calendar(tmp_path: Path) -> None:
    some = edits(tmp_path, APRIL, draft=True)
    some.set(KEY, "FY2026", 5.0)
    some.close()
    again = edits(tmp_path, APRIL, draft=True)
    assert again.restore_draft() == 1
    assert again.of(Period.parse("FY2026", APRIL))[KEY].value == 5.0


def test_open_edits_follow_a_calendar_only_when_nothing_is_unsaved(tmp_path: Path) -> None:
    some = edits(tmp_path, ISO)
    some.set(KEY, "2026-W45", 5.0)
    with pytest.raises(WorkspaceError, match="save or discard what is unsaved"):
        some.follow(SUNDAYS)
    some.discard()
    some.follow(SUNDAYS)
    some.set(KEY, "2026-W45", 6.0)
    some.save()
    assert 'days = "2026-11-08/2026-11-14"' in (tmp_path / "targets" / "2026-W45.toml").read_text()


def test_a_period_of_another_calendar_is_taken_by_its_days_or_refused(tmp_path: Path) -> None:
    """October to December 2026 are FY2027-Q3 from April; the week from Monday 2 November is none from Sunday."""
    some = edits(tmp_path, Calendar("sunday", "april"))
    some.set(KEY, Period.parse("2026-Q4"), 5.0)
    assert some.of("FY2027-Q3")[KEY].value == 5.0
    with pytest.raises(UsageError, match="2026-11-02/2026-11-08 are no period of the calendar"):
        some.set(KEY, Period.parse("2026-W45"), 5.0)
