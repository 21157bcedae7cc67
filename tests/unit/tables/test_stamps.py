"""Stamps with zones, in several forms, at times that do not exist; values by hand."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.issue import TableError
from kpi_tui.tables.mapping.suggested_stamp_forms import forms_of
from kpi_tui.tables.mapping.timestamps import Zones, to_stamp
from tests.table_kit import balanced, column, counts, read
from tests.workspaces import Shop, orders

SHANGHAI = Zones("", "Asia/Shanghai")


def stamps(cells: list[str | None], fmt: str = "", zones: Zones = SHANGHAI) -> list[datetime | None]:
    return to_stamp(pl.Series("t", cells, dtype=pl.String), zones, fmt).values.to_list()


@pytest.mark.parametrize(
    ("name", "day", "hour"),
    [
        ("UTC", 16, 7), ("GMT", 16, 7), ("Z", 16, 7), ("PDT", 16, 14), ("PST", 16, 15), ("EST", 16, 12),
        ("EDT", 16, 11), ("CET", 16, 6), ("CEST", 16, 5), ("JST", 15, 22), ("HKT", 15, 23), ("pdt", 16, 14),
        ("Asia/Tokyo", 15, 22), ("Europe/Berlin", 16, 5), ("America/New_York", 16, 11), ("Asia/Shanghai", 15, 23),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("form", "cell"),
    [
        ("%Y-%m-%d %H:%M:%S %Z", "2026-10-15 23:59:00 {}"),
        ("%Y-%m-%dT%H:%M:%S%Z", "2026-10-15T23:59:00{}"),
        ("%b %d, %Y %I:%M:%S %p %Z", "Oct 15, 2026 11:59:00 PM {}"),
        ("%a %b %d %H:%M:%S %Z %Y", "Thu Oct 15 23:59:00 {} 2026"),
    ],
)
def test_a_zone_that_a_stamp_names_is_honoured(name: str, day: int, hour: int, form: str, cell: str) -> None:
    """23:59 of 15 October there is this day and hour in Shanghai (UTC + 8)."""
    assert stamps([cell.format(name)], form) == [datetime(2026, 10, day, hour, 59)]


@pytest.mark.parametrize("name", ["CST", "IST", "BST", "XYZ", "Mars/Olympus"])
def test_a_name_that_means_several_zones_or_none_is_not_guessed(tmp_path: Path, name: str) -> None:
    text = f"order_id,t\n1,2026-10-15 23:59:00 {name}\n2,2026-10-15 23:59:00 UTC\n"
    columns = {"created_at": "strptime(t, '%Y-%m-%d %H:%M:%S %Z')"}
    made = read(tmp_path, text, columns=columns)
    assert column(made, "order_id") == ["2"]
    assert made.profile.rejected[0].examples == ((2, f"2026-10-15 23:59:00 {name}"),)
    with pytest.raises(TableError) as caught:
        read(tmp_path, text.replace("UTC", name), columns=columns)
    (issue,) = caught.value.issues
    assert f": {name} is " in issue.message
    assert f"strptime(t, '%Y-%m-%d %H:%M:%S {name}') and say the zone" in issue.hint
    columns = {"created_at": f"strptime(t, '%Y-%m-%d %H:%M:%S {name}')"}
    made = read(tmp_path, text.replace("UTC", name), columns=columns, zone="Asia/Tokyo")
    assert column(made, "created_at") == [datetime(2026, 10, 15, 22, 59)] * 2


def test_an_ambiguous_zone_behind_an_iso_stamp_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="CST is the name of several zones, and is never guessed"):
        read(tmp_path, "order_id,created_at\n1,2026-10-15 23:59:00 CST\n")


def test_each_cell_is_read_by_the_first_form_that_fits(tmp_path: Path) -> None:
    text = "order_id,t\n1,2026/10/1 8:03\n2,2026/10/01 08:03:05\n3,2026-10-01\n4,1.10.2026\n5,soon\n6,\n"
    forms = ["%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y-%m-%d", "%d.%m.%Y"]
    columns = {"paid_at": f"strptime(t, {forms})", "created_at": "'2026-10-01'"}
    made = read(tmp_path, text, columns=columns)
    assert column(made, "paid_at") == [
        datetime(2026, 10, 1, 8, 3), datetime(2026, 10, 1, 8, 3, 5), datetime(2026, 10, 1), datetime(2026, 10, 1), None,
    ]  # fmt: skip
    assert made.profile.rejected[0].examples == ((6, "soon"),)
    assert balanced(made)
    two = stamps(["01/02/2026", "13/02/2026"], "%m/%d/%Y\n%d/%m/%Y")
    assert two == [datetime(2026, 1, 2), datetime(2026, 2, 13)]  # the order of the list decides


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("2026-10-15 24:30:00", ""), ("2026-10-15 23:59:60", ""), ("2026-10-15T23:59:60Z", ""),
        ("2026-10-15 23:59:60.5", ""), ("2026-10-15 23:60:00", ""), ("2026-02-30", ""),
        ("2026-10-15 10:00:00+15:00", ""), ("2026-10-15 10:00:00-14:30", ""), ("2026-10-15 10:00:00+08:60", ""),
        ("2026/10/15 23:59:60", "%Y/%m/%d %H:%M:%S"), ("20261015235960", "%Y%m%d%H%M%S"),
        ("15.10.2026 23:59:60", "%d.%m.%Y %T"), ("2026/10/15 23:59:60.25", "%Y/%m/%d %H:%M:%S.%f"),
        ("2026-10-15 10:00:00 +15:00", "%Y-%m-%d %H:%M:%S %z"), ("+1430 2026-10-15 10:00", "%z %Y-%m-%d %H:%M"),
        ("10/15/60 23:59:60", "%m/%d/%y %H:%M:%S"),
    ],
)  # fmt: skip
def test_times_and_offsets_that_do_not_exist_are_no_stamps(cell: str, form: str) -> None:
    """Alone and beside cells of the usual form, which are read another way."""
    assert stamps([cell], form) == [None]
    if not form:
        assert stamps(["2026-10-15 10:00:00", cell]) == [datetime(2026, 10, 15, 10), None]
    assert to_stamp(pl.Series([cell]), SHANGHAI, form).bad.to_list() == [True]


def test_sixty_that_is_no_second_is_read() -> None:
    assert stamps(["10/15/60 10:00:00"], "%m/%d/%y %H:%M:%S") == [datetime(2060, 10, 15, 10)]
    assert stamps(["1960-06-06 10:06:00", "1960-06-06 10:00:00"]) == [
        datetime(1960, 6, 6, 10, 6), datetime(1960, 6, 6, 10),
    ]  # fmt: skip
    assert stamps(["2026-10-15 10:00:00+14:00"]) == [datetime(2026, 10, 15, 4)]


@pytest.mark.parametrize(("zone", "source"), [("America/New_York", ""), ("UTC", "America/New_York")])
def test_hours_that_a_clock_change_skips_or_repeats(tmp_path: Path, zone: str, source: str) -> None:
    """8 March 2026 has no 02:30, 1 November has 01:30 twice; midnight of a day is that day whatever the clocks do."""
    text = "order_id,created_at\n1,2026-03-08 02:30:00\n2,2026-11-01 01:30:00\n3,2026-03-08\n4,2026-03-08 03:00:00\n"
    made = read(tmp_path, text, timezone=zone, zone=source)
    assert column(made, "order_id") == ["2", "3", "4"]
    assert counts(made) == {"created_at: an hour that the clocks skipped": 1}
    assert made.profile.rejected[0].examples == ((2, "2026-03-08 02:30:00"),)
    hours = [stamp.hour for stamp in column(made, "created_at")]
    assert hours == ([1, 0, 3] if zone == "America/New_York" else [5, 5, 7])
    assert [note for note in made.profile.notes if "1 stamp lies in an hour that a clock change repeats" in note]
    assert balanced(made)


def test_a_stamp_of_parquet_that_does_not_exist_is_told_with_its_row(tmp_path: Path) -> None:
    at = [datetime(2026, 3, 8, 2, 30), datetime(2026, 3, 8, 3, 30)]
    pl.DataFrame({"order_id": ["1", "2"], "created_at": at}).write_parquet(tmp_path / "o.parquet")
    made = read(tmp_path, name="o.parquet", timezone="America/New_York")
    assert column(made, "created_at") == [datetime(2026, 3, 8, 3, 30)]
    assert made.profile.rejected[0].examples == ((1, "2026-03-08 02:30:00.000000"),)


def test_a_day_whose_midnight_is_skipped_is_a_day(tmp_path: Path) -> None:
    """Brazil moved its clocks at midnight of 4 November 2018: that day began at 01:00."""
    for zone in ("America/Sao_Paulo", "UTC"):
        made = read(tmp_path, "order_id,created_at\n1,2018-11-04\n", timezone=zone, zone="America/Sao_Paulo")
        assert [stamp.day for stamp in column(made, "created_at")] == [4]


@pytest.mark.parametrize(
    ("cell", "forms"),
    [
        ("2026/10/1 8:03", ["%Y/%m/%d %H:%M"]),
        ("2026/10/01", ["%Y/%m/%d"]),
        ("2026.10.01 08:00:01", ["%Y.%m.%d %H:%M:%S"]),
        ("2026年10月1日", ["%Y年%m月%d日"]),
        ("20261001080305", ["%Y%m%d%H%M%S"]),
        ("01/02/2026", ["%d/%m/%Y", "%m/%d/%Y"]),
        ("13/02/2026 10:00", ["%d/%m/%Y %H:%M"]),
        ("02/13/2026 10:00 AM", ["%m/%d/%Y %I:%M %p"]),
        ("1/2/26", ["%m/%d/%y", "%d/%m/%y"]),
        ("Oct 15, 2026 11:59:00 PM PDT", ["%b %d, %Y %I:%M:%S %p %Z"]),
        ("2026/10/15 23:59:00 +0800", ["%Y/%m/%d %H:%M:%S %z"]),
        ("1767200000", ["%s"]),
        ("46305.5", ["excel"]),
        ("soon", []),
    ],
)
def test_forms_that_are_offered_fit_the_cell_they_quote(tmp_path: Path, cell: str, forms: list[str]) -> None:
    assert forms_of(cell) == forms
    with pytest.raises(TableError) as caught:
        read(tmp_path, f'order_id,created_at\n1,"{cell}"\n')
    (issue,) = caught.value.issues
    for form in forms:
        assert f"strptime(created_at, '{form}')" in issue.hint
        made = read(tmp_path, columns={"created_at": f"strptime(created_at, '{form}')"})
        assert column(made, "created_at") != [None]
    assert ("strptime" in issue.hint) == bool(forms)


@given(st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31)), st.sampled_from(["%Y/%m/%d %H:%M", "%d.%m.%Y"]))
def test_a_form_that_is_offered_for_a_stamp_reads_it(at: datetime, form: str) -> None:
    cell = at.strftime(form)
    offered = forms_of(cell)
    assert form in offered
    for other in offered:
        assert stamps([cell], other) != [None]


def test_a_format_that_does_not_match_is_answered_with_one_that_does(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, "order_id,t\n1,2026/10/1 8:03\n", columns={"created_at": "strptime(t, '%d/%m/%Y %H:%M')"})
    (issue,) = caught.value.issues
    assert "does not match the format '%d/%m/%Y %H:%M'" in issue.message
    assert issue.hint == "write strptime(t, '%Y/%m/%d %H:%M')"


def test_a_zone_read_in_its_american_sense_is_told_with_its_rows_and_another_can_be_said(tmp_path: Path) -> None:
    """PST is Pacific time (23:59 + 8 h + 8 h = 15:59 in Shanghai) and Manila's, where 23:59 is 23:59 in Shanghai. PDT
    is nobody else's, a row that is rejected is not counted, and small letters are the same name."""
    form = "%Y-%m-%d %H:%M:%S"
    rows = [f"2026-10-15 23:59:00 {name}" for name in ("PST", "pst", "PDT", "EST", "XYZ")]
    text = "order_id,t\n" + "".join(f"{n},{row}\n" for n, row in enumerate(rows))
    made = read(tmp_path, text, columns={"created_at": f"strptime(t, '{form} %Z')"})
    assert column(made, "created_at")[0] == datetime(2026, 10, 16, 15, 59)
    told = [note for note in made.profile.notes if "North America" in note]
    assert told == [
        "t: 1 stamp names the zone EST, read as North America's (UTC-5); if it is another, write "
        f"strptime(t, '{form} EST') and say the zone, e.g. timezone = \"Australia/Sydney\"",
        "t: 2 stamps name the zone PST, read as North America's (UTC-8); if it is another, write "
        f"strptime(t, '{form} PST') and say the zone, e.g. timezone = \"Asia/Manila\"",
    ]
    other = read(
        tmp_path, f"order_id,t\n1,{rows[0]}\n", columns={"created_at": f"strptime(t, '{form} PST')"}, zone="Asia/Manila"
    )
    assert column(other, "created_at") == [datetime(2026, 10, 15, 23, 59)]
    assert not other.profile.notes


def test_milliseconds_are_seconds_once_they_are_divided(shop: Shop) -> None:
    """In Shanghai 5 October 2026 lasts from 1791129600 to 1791215999 seconds: 10 + 20 of 10, 20 and 40."""
    rows = [("1", 1791129600000, 10), ("2", 1791215999000, 20), ("3", 1791216000000, 40)]
    table = [{"order_id": no, "at": at, "paid_amount": amount} for no, at, amount in rows]
    moment = "to_timestamp(at / 1000)"
    shop.has("orders", table, columns={"created_at": moment, "paid_at": moment})
    assert shop.value("paid_amount", "2026-10-05").value == 30


def test_milliseconds_taken_for_seconds_lie_in_no_year(shop: Shop) -> None:
    """1791129600000 seconds are in the year 58728: the column is told, and one such cell rejects its row."""
    assert stamps(["1791129600", "1791129600000"], "%s") == [datetime(2026, 10, 5), None]
    rows = [{"order_id": no, "at": f"179112960{no}000", "paid_amount": 1} for no in range(4)]
    moment = "to_timestamp(at)"
    shop.has("orders", rows, columns={"created_at": moment, "paid_at": moment})
    with pytest.raises(TableError, match="1791129600000"):
        shop.value("paid_amount", "2026-10-05")


@pytest.mark.parametrize("kind", ["datetime", "date"])
def test_a_year_of_a_parquet_file_that_is_none_costs_its_row_alone(kind: str, shop: Shop) -> None:
    """Milliseconds that were taken for seconds when the file was written: the other two orders are 30."""
    rows = orders(*((f"o{n}", "ann", "2026-03-02 10:00", 10.0 * n) for n in range(3)))
    far = pl.Series([0, 0, 10**18]).cast(pl.Datetime("us"))  # the year 33658
    known = pl.DataFrame(rows)["paid_at"].str.to_datetime("%Y-%m-%d %H:%M")
    made = known.zip_with(far.dt.year() < 2000, far)
    frame = pl.DataFrame(rows).with_columns((made.cast(pl.Date) if kind == "date" else made).alias("paid_at"))
    frame.write_parquet(shop.root / "orders.parquet")
    shop.maps("orders", {"path": "orders.parquet"}).says(as_of="2026-03-31")
    (profile,) = shop.book().data.profiles().values()
    assert (profile.rows_kept, sum(one.count for one in profile.rejected)) == (2, 1)
