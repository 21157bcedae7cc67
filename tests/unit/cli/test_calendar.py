"""The calendar of a workspace by command: founded with it, set, listed, checked; targets that it moves are named."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kpi_tui.book import Book
from kpi_tui.cli import cli
from kpi_tui.commands.base.session import Session
from kpi_tui.commands.workspaces import app
from kpi_tui.definitions.calendar import Calendar
from tests.unit.cli.conftest import Run
from tests.workspaces import Shop, orders

ROWS = orders(
    ("o1", "ann", "2026-03-31 23:59:59", 5),
    ("o2", "bob", "2026-04-01 00:00:00", 7),
    ("o3", "ann", "2026-11-07 12:00:00", 30),  # a Saturday
    ("o4", "ann", "2026-11-08 00:00:00", 100),  # a Sunday
    ("o5", "bob", "2026-11-14 23:59:59", 20),
)
SHEET = "订单号,下单时间,付款时间,用户ID,实付金额\n0001,2026-10-01 10:00:00,2026-10-01 10:05:00,u1,100\n"


def founded(root: Path, **calendar: str) -> Path:
    """A shop with five orders and that calendar."""
    shop = Shop(root).has("orders", ROWS)
    (shop.says(calendar=calendar) if calendar else shop).book().close()
    return root


def value(run: Run, root: Path, *period: str) -> tuple[str, float]:
    """Which period was meant, and what was paid in it."""
    (one,) = run("-w", root, "values", "paid_amount", *period).json
    return one["period"], one["value"]


def test_weeks_from_sunday_and_years_from_april(run: Run, tmp_path: Path) -> None:
    """2026-W45 is 8 to 14 November from Sunday (100 + 20), and 2 to 8 November from Monday (30 + 100)."""
    own, plain = founded(tmp_path / "own", week_start="sunday", fiscal_year="april"), founded(tmp_path / "plain")
    assert value(run, own, "--period", "2026-W45") == ("2026-W45", 120)
    assert value(run, plain, "--period", "2026-W45") == ("2026-W45", 130)
    assert value(run, own, "--period", "FY2027") == ("FY2027", 157)  # from 1 April 2026: all but the first
    assert value(run, own, "--period", "current", "--grain", "quarter") == ("FY2027-Q3", 150)
    assert value(run, plain, "--period", "2026") == ("2026", 162)
    refused = run("-w", own, "values", "paid_amount", "--period", "2026")
    assert refused.code == 2
    assert "write FY2026 for 2025-04-01 to 2026-03-31" in refused.err


def test_months_of_weeks_follow_in_values_targets_scores_and_the_sheet_of_the_year(run: Run, tmp_path: Path) -> None:
    """As the NRF counts: FY2023 has 53 weeks, from 29 January 2023 to 3 February 2024; FY2024-P01 is 4 February to
    2 March 2024, and stands beside 5 February to 4 March 2023, the restated February: 70 beside 50 (`--from year`).
    """
    paid = [("a", "2023-01-29", 7), ("b", "2023-02-05", 20), ("c", "2023-03-04", 30), ("d", "2023-03-05", 900)]
    paid += [("e", "2024-02-03", 800), ("f", "2024-02-04", 25), ("g", "2024-03-02", 45), ("h", "2024-03-03", 600)]
    rows = orders(*((name, "ann", f"{day} 12:00:00", amount) for name, day, amount in paid))
    calendar = {"kind": "4-5-4", "week_start": "sunday", "fiscal_year": "february", "fiscal_year_name": "start"}
    root = tmp_path / "shop"
    shop = Shop(root).has("orders", rows, complete_until=date(2024, 4, 6)).says(calendar=calendar)
    lines = 'lines = [{ metric = "paid_amount", weight = 100, method = "ratio" }]'
    shop.defines("roles/sales.toml", f'[roles.sales]\nname = "Sales"\n{lines}\n').book().close()

    def paid_in(period: str) -> tuple[str, float]:
        return value(run, root, "--period", period)

    assert paid_in("FY2024-P01") == ("FY2024-P01", 70)
    assert paid_in("FY2023-W53") == ("FY2023-W53", 800)
    assert paid_in("FY2023-Q1") == ("FY2023-Q1", 957)  # 29 January to 29 April 2023
    assert paid_in("current") == ("FY2024-P02", 600)
    refused = run("-w", root, "values", "paid_amount", "--period", "2024-02")
    assert (refused.code, "write FY2024-P01 for 2024-02-04 to 2024-03-02" in refused.err) == (2, True)
    for period, target in (("FY2024-P01", "100"), ("FY2024", "5200")):
        asked = ("sales", "paid_amount", target, "--period", period)
        assert run("-w", root, "target", "set", *asked, "--why", "plan").code == 0
    assert 'days = "2024-02-04/2024-03-02"' in (root / "targets" / "FY2024-P01.toml").read_text()
    scored = run("-w", root, "score", "sales", "--period", "FY2024-P01").json
    assert [(one["actual"], one["target"], one["points"]) for one in scored[0]["lines"][:1]] == [(70, 100, 70)]
    proposal = run("-w", root, "target", "propose", "sales", "--period", "FY2024-P01", "--from", "year").json
    assert (proposal["lines"][0]["value"], proposal["lines"][0]["why"]) == (50, "")
    (line,) = run("-w", root, "target", "year", "sales", "--period", "FY2024").json["lines"]
    assert [part["period"] for part in line["parts"]] == [f"FY2024-P{place:02d}" for place in range(1, 13)]
    assert (line["done"], line["needed"]) == (70 + 600, (5200 - 670) / 10)


def test_init_writes_what_it_was_told(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "orders.csv"
    file.write_text(SHEET, encoding="utf-8")
    asked = ("--week-start", "sunday", "--fiscal-year", "april", "--fiscal-year-name", "start")
    run("init", tmp_path / "own", file, "--yes", *asked)
    said = tomllib.loads((tmp_path / "own" / "workspace.toml").read_text(encoding="utf-8"))
    assert said["calendar"] == {"week_start": "sunday", "fiscal_year": "april", "fiscal_year_name": "start"}
    assert value(run, tmp_path / "own", "--period", "FY2026-Q3") == ("FY2026-Q3", 100)
    run("init", tmp_path / "plain", file, "--yes")
    assert "calendar" not in tomllib.loads((tmp_path / "plain" / "workspace.toml").read_text(encoding="utf-8"))
    wrong = run("init", tmp_path / "other", file, "--yes", "--week-start", "sonntag")
    assert (wrong.code, "'sunday'" in wrong.err, (tmp_path / "other").exists()) == (2, True, False)


def test_a_calendar_is_set_and_its_words_are_listed(run: Run, tmp_path: Path) -> None:
    root = founded(tmp_path / "shop")
    keys = {one["path"][-1]: one["choices"] for one in run("-w", root, "define", "keys", "calendar").json}
    assert keys["week_start"][0] == "monday"
    assert keys["week_start"][-1] == "sunday"
    assert len(keys["fiscal_year"]) == 12
    assert keys["fiscal_year_name"] == ["end", "start"]
    refused = run("-w", root, "define", "set", "calendar.fiscal_year", "aprl")
    assert refused.code == 2
    assert "did you mean 'april'?" in refused.err
    assert run("-w", root, "define", "set", "calendar.week_start", "sunday").code == 0
    assert value(run, root, "--period", "2026-W45") == ("2026-W45", 120)


def test_check_names_wrong_words_with_file_line_and_what_is_known(run: Run, tmp_path: Path) -> None:
    root = founded(tmp_path / "shop")
    head = root / "workspace.toml"
    lines = [*head.read_text().rstrip().splitlines(), "[calendar]", 'week_start = "mittwoch"', 'year = "april"']
    head.write_text("\n".join(lines) + "\n")
    found = {one["key"]: one for one in run("-w", root, "check").json if one["file"] == "workspace.toml"}
    day, key = found["calendar.week_start"], found["calendar.year"]
    assert (day["severity"], day["line"], key["line"]) == ("error", len(lines) - 1, len(lines))
    assert "'mittwoch' is not known" in day["message"]
    assert "monday, tuesday, wednesday, thursday, friday, saturday, sunday" in day["hint"]
    assert "unknown key 'year'" in key["message"]
    assert value(run, root, "--period", "2026-W45") == ("2026-W45", 130)  # as where nothing is said


def test_targets_that_another_calendar_moves_are_named_with_what_to_do(run: Run, tmp_path: Path) -> None:
    """A quarter and a week of the year before; months stay what they are."""
    root = founded(tmp_path / "shop")
    (root / "roles").mkdir()
    lines = 'lines = [{ metric = "paid_amount", weight = 100, method = "ratio" }]'
    (root / "roles" / "sales.toml").write_text(f'[roles.sales]\nname = "Sales"\n{lines}\n')
    for period in ("2026-Q4", "2026-W45", "2026-11"):
        ran = run("-w", root, "target", "set", "sales", "paid_amount", "100", "--period", period, "--why", "plan")
        assert ran.code == 0, ran.err
    assert "1 file of targets" in run("-w", root, "define", "set", "calendar.fiscal_year", "april").err
    assert "2 files of targets" in run("-w", root, "define", "set", "calendar.week_start", "sunday").err
    assert "of targets" not in run("-w", root, "define", "set", "currency", "EUR").err
    issues = [one for one in run("-w", root, "check").json if one["file"].startswith("targets/")]
    assert [one["file"] for one in issues] == ["targets/2026-Q4.toml", "targets/2026-W45.toml"]
    quarter, week = issues
    assert "calls it FY2027-Q3" in quarter["hint"]
    assert "of 2026-11-02/2026-11-08, and 2026-W45 is 2026-11-08/2026-11-14 here" in week["message"]
    assert run("-w", root, "score", "sales", "--period", "2026-11").code == 0
    refused = run("-w", root, "score", "sales", "--period", "2026-W45")
    assert refused.code != 0
    assert "targets/2026-W45.toml" in refused.err


@pytest.fixture
def moved(run: Run, tmp_path: Path) -> Path:
    """Targets of a quarter, a week and last of a year; then years begin in April and weeks on Sunday."""
    root = founded(tmp_path / "shop")
    (root / "roles").mkdir()
    lines = 'lines = [{ metric = "paid_amount", weight = 100, method = "ratio" }]'
    (root / "roles" / "sales.toml").write_text(f'[roles.sales]\nname = "Sales"\n{lines}\n')
    for period, value_ in (("2026-11", "10"), ("2026-Q4", "30"), ("2026-W45", "7"), ("2027", "120")):
        run("-w", root, "target", "set", "sales", "paid_amount", value_, "--period", period, "--why", f"plan {period}")
    run("-w", root, "define", "set", "calendar.fiscal_year", "april")
    run("-w", root, "define", "set", "calendar.week_start", "sunday")
    return root


def test_one_command_names_files_of_another_calendar_after_their_days(run: Run, moved: Path) -> None:
    """October to December are the third quarter of a year from April; neither a week from Monday nor a calendar year
    is a period any more: both are spans of their days. Numbers, who, when and why stay; the history says the old name.
    """
    found = run("-w", moved, "target", "calendar").json
    assert [(one["file"], one["now"]) for one in found] == [
        ("2026-Q4", "FY2027-Q3"),
        ("2026-W45", "2026-11-02/2026-11-08"),
        ("2027", "2027-01-01/2027-12-31"),
    ]
    assert (moved / "targets" / "2026-Q4.toml").exists(), "nothing is renamed before --set"
    ran = run("-w", moved, "target", "calendar", "--set")
    assert (ran.code, len(ran.json)) == (0, 3), ran.err
    for one, value_ in zip(found, (30, 7, 120), strict=True):
        (target,) = run("-w", moved, "target", "list", "--period", one["now"]).json
        assert (target["value"], target["why"]) == (value_, f"plan {one['file']}")
        assert not (moved / "targets" / f"{one['file']}.toml").exists()
    assert not [one for one in run("-w", moved, "check").json if one["file"].startswith("targets/")]
    assert run("-w", moved, "target", "calendar").json == []
    assert {one["why"] for one in run("-w", moved, "target", "history").json if one["kind"] == "rename"} == {
        "was called 2026-Q4",
        "was called 2026-W45",
        "was called 2027",
    }
    assert run("-w", moved, "target", "undo").json == [], "what was saved under the old names is not taken back blindly"


def test_a_name_that_is_no_period_any_more_stops_neither_the_check_nor_an_edit(run: Run, moved: Path) -> None:
    """The last edit of targets was of 2027, which no year is called here."""
    assert any(one["file"] == "targets/2027.toml" for one in run("-w", moved, "check").json)
    ran = run("-w", moved, "target", "set", "sales", "paid_amount", "11", "--period", "2026-12")
    assert ran.code == 0, ran.err
    assert len(run("-w", moved, "target", "history").json) == 5


def test_a_rename_that_was_cut_short_goes_on_and_one_that_would_cover_another_file_does_not(
    run: Run, moved: Path
) -> None:
    targets = moved / "targets"
    kept = (targets / "2026-Q4.toml").read_bytes()
    run("-w", moved, "target", "set", "sales", "paid_amount", "31", "--period", "FY2027-Q3", "--why", "new plan")
    ran = run("-w", moved, "target", "calendar", "--set")
    assert "2026-Q4 stays: FY2027-Q3.toml is there already" in ran.err
    assert (targets / "2026-Q4.toml").read_bytes() == kept and not (targets / "2027.toml").exists()
    (targets / "FY2027-Q3.toml").write_bytes(
        kept.replace(b"2026-Q4", b"FY2027-Q3", 1).replace(b"\n", b'\ndays = "2026-10-01/2026-12-31"\n', 1)
    )
    assert run("-w", moved, "target", "calendar", "--set").code == 0
    assert not (targets / "2026-Q4.toml").exists()


def test_the_app_reads_a_calendar_that_old_files_do_not_fit(moved: Path) -> None:
    """What is wrong in a file of targets does not keep the former definitions in force."""
    book = Book.open(moved, draft=False)
    book.definitions.set(("calendar", "fiscal_year"), "july")
    book.definitions.save()
    assert book.reopened().workspace.calendar.fiscal_year == "july"


def test_on_a_terminal_the_wizard_knows_what_the_options_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not said is asked: no calendar is given where no option of it is."""
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(app, "on_terminal", lambda: True)
    monkeypatch.setattr(app, "start_wizard", lambda *_place, **given: asked.append(given) or 0)
    for options in (["--fiscal-year", "april"], ["--currency", "EUR"]):
        CliRunner().invoke(cli, ["init", str(tmp_path), *options], obj=Session())
    assert asked == [{"calendar": Calendar(fiscal_year="april")}, {"currency": "EUR"}]
