"""One id is one id: whatever an export put around it, in every file of a table, join, group and comparison."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.library.table import ColumnType, Join, SchemaColumn, TableSchema, TableSource
from kpi_tui.definitions.text import Text
from kpi_tui.tables.ids import as_ids, unlike
from kpi_tui.tables.prepare import prepare
from kpi_tui.tables.prepared import Prepared
from kpi_tui.tables.source.text_cells import tidy
from tests.table_kit import ORDERS, TODAY, column, read

LONG = "3900000000000000001"
AROUND = {
    "a blank behind": "a1 ",
    "a tab before": "\ta1",
    "a no-break blank": "\u00a0a1\u00a0",
    "a full-width blank": "\u3000a1",
    "a blank of no width": "a1\u200b",
    "a byte order mark": "\ufeffa1",
    "a direction": "\u202aa1\u202c",
    "a thin blank": "a1\u2009",
    "Excel's sign for text": "'a1",
    "a formula": '="a1"',
    "a formula around a tab": '="\ta1"',
    "a tab and a sign": "\t'a1",
    "the sign of a bill": "`a1",
}
PARTS = SchemaColumn("user_id", ColumnType.STR, references="users.user_id")
LINKED = replace(ORDERS, columns={**ORDERS.columns, "user_id": PARTS})


@pytest.mark.parametrize("cell", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("kind", ["csv", "quoted", "tsv", "xlsx", "parquet", "words"])
def test_what_stands_around_an_id_is_no_part_of_it(tmp_path: Path, cell: str, kind: str) -> None:
    """Every form of file gives the plain id, for an id column and for a column of words alike."""
    rows = [["order_id", "user_id", "created_at", "scene"], ["1", cell, "2026-10-01", cell]]
    if kind in ("csv", "quoted", "tsv"):
        mark = "\t" if kind == "tsv" else ","
        bare = kind == "csv" or (kind == "tsv" and "\t" not in cell)
        cells = [text if bare else '"' + text.replace('"', '""') + '"' for row in rows for text in row]
        made = read(tmp_path, mark.join(cells[:4]) + "\n" + mark.join(cells[4:]) + "\n")
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for at, row in enumerate(rows, 1):
            for place, text in enumerate(row, 1):
                book.active.cell(at, place, text).data_type = "s"
        book.save(tmp_path / "o.xlsx")
        made = read(tmp_path, name="o.xlsx")
    else:
        frame = pl.DataFrame(dict(zip(rows[0], ([text] for text in rows[1]), strict=True)))
        kinds = pl.Categorical() if kind == "words" else pl.String()
        frame.with_columns(pl.col("scene", "user_id").cast(kinds)).write_parquet(tmp_path / "o.parquet")
        made = read(tmp_path, name="o.parquet")
    assert column(made, "user_id") == column(made, "scene") == ["a1"]
    assert made.profile.notes == ()  # not doubtful: nothing to say


def test_nothing_but_blanks_is_an_empty_cell_and_signs_inside_stay(tmp_path: Path) -> None:
    lines = ["1,\u3000,a b", '2,"=""""",it\'s', "3,\u200b,'quoted'", "4,=1+1,x"]
    made = read(tmp_path, "order_id,user_id,scene,created_at\n" + "".join(f"{line},2026-10-01\n" for line in lines))
    assert column(made, "user_id") == [None, None, None, "=1+1"]
    assert column(made, "scene") == ["a b", "it's", "'quoted'", "x"]


@given(st.text("a1'=\"` \t\u3000", max_size=8))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidy(pl.Series([text]))
    assert tidy(once).to_list() == once.to_list()


def test_a_filter_and_a_choice_of_a_mapping_compare_what_stands_there(tmp_path: Path) -> None:
    """Written with or without the blanks that the file has, the word is the same."""
    text = "order_id,created_at,status\n1,2026-10-01,已付款\u3000\n2,2026-10-01,\t已付款\n3,2026-10-01,关闭\n"
    for word in ("已付款", "已付款 "):
        columns = {"scene": f"case when status in ('x', '{word}') then 'paid' else 'not' end"}
        made = read(tmp_path, text, where=f"status = '{word}'", columns=columns)
        assert column(made, "order_id") == ["1", "2"]
        assert column(made, "scene") == ["paid", "paid"]


def _joined(folder: Path, keys: list[str], theirs: pl.DataFrame | str, **mapping: str) -> Prepared:
    rows = "".join(f"{at},{key},2026-10-01\n" for at, key in enumerate(keys))
    (folder / "o.csv").write_text("order_id,user_id,created_at\n" + rows)
    if isinstance(theirs, str):
        (folder / "p.csv").write_text(theirs)
    else:
        theirs.write_parquet(folder / "p.parquet")
    name = "p.csv" if isinstance(theirs, str) else "p.parquet"
    join = Join(TableSource("orders.join.p", (name,), columns=mapping), ("user_id",))
    source = TableSource("orders", ("o.csv",), columns={"paid_amount": "paid"}, joins={"p": join})
    return prepare(source, ORDERS, data=folder, roots=(folder,), timezone="UTC", today=TODAY)


@pytest.mark.parametrize(
    "theirs",
    [
        'user_id,paid\n"\t7",2\n="8",3\n',
        "user_id,paid\n7.0,2\n8.0,3\n",
        "user_id,paid\n7.0,2\n8,3\n",
        pl.DataFrame({"user_id": [7, 8], "paid": [2.0, 3.0]}),
        pl.DataFrame({"user_id": [7.0, 8.0], "paid": [2.0, 3.0]}),
        pl.DataFrame({"user_id": ["7\u00a0", "'8"], "paid": [2.0, 3.0]}),
    ],
    ids=["blanks", "numbers", "some numbers", "integers", "floats", "texts"],
)
@pytest.mark.parametrize("keys", [["7", "8"], ["7.0", "8.0"], ["'7", '="8"'], ["7\u3000", "8.0"]])
def test_the_keys_of_a_look_up_meet(tmp_path: Path, keys: list[str], theirs: pl.DataFrame | str) -> None:
    assert column(_joined(tmp_path, keys, theirs), "paid_amount") == [2.0, 3.0]
    assert column(_joined(tmp_path, keys, theirs, paid="paid"), "paid_amount") == [2.0, 3.0]


def test_a_look_up_that_adds_up_adds_up_all_of_one_id(tmp_path: Path) -> None:
    theirs = "user_id,paid\n7.0,2\n7,5\n\t7,1\n8,3\n"
    assert column(_joined(tmp_path, ["7", "8.0"], theirs, paid="sum(paid)"), "paid_amount") == [8.0, 3.0]


def test_rows_of_one_id_are_grouped_together(tmp_path: Path) -> None:
    text = "no,who,at,price\n1.0,7,2026-10-01,2\n1,7,2026-10-01,3\n1 ,7.0,2026-10-01,4\n2,8,2026-10-01,5\n"
    columns = {"order_id": "no", "user_id": "min(who)", "created_at": "min(at)", "paid_amount": "sum(price)"}
    made = read(tmp_path, text, columns=columns, group_by=("no",))
    assert column(made, "order_id") == ["1", "2"]
    assert column(made, "paid_amount") == [9.0, 5.0]
    assert "no: 1 id looks like a number (1.0), read as 1; export the column as text" in made.profile.notes


@pytest.mark.parametrize("sql", ["who", "trim(who)", "coalesce(who, other)", "cast(who as varchar)"])
def test_ids_written_with_point_zero_are_whole_and_it_is_said(tmp_path: Path, sql: str) -> None:
    text = (
        "order_id,who,other,created_at\n1,1.0,,2026-10-01\n2,2.00,,2026-10-01\n3,3,,2026-10-01\n4,007.0,,2026-10-01\n"
    )
    made = read(tmp_path, text, columns={"user_id": sql}, schema=LINKED)
    assert column(made, "user_id") == ["1", "2", "3", "007"]
    assert made.profile.notes == ("user_id: 3 ids look like numbers (1.0), read as 1; export the column as text",)


def test_ids_beside_others_that_are_no_whole_numbers_stay_and_it_is_said(tmp_path: Path) -> None:
    text = "order_id,user_id,created_at\n1,1.0,2026-10-01\n2,A-2,2026-10-01\n3,1.5,2026-10-01\n"
    made = read(tmp_path, text, schema=LINKED)
    assert column(made, "user_id") == ["1.0", "A-2", "1.5"]
    (note,) = made.profile.notes
    assert note.startswith("user_id: 1 id looks like a number (1.0) beside others that are none; it meets no 1")


def test_words_and_versions_that_are_no_ids_keep_their_point(tmp_path: Path) -> None:
    made = read(tmp_path, "order_id,scene,created_at\n1,1.0,2026-10-01\n2,2.0,2026-10-01\n")
    assert column(made, "scene") == ["1.0", "2.0"]
    assert made.profile.notes == ()


def test_shortened_ids_stay_as_they_are_and_it_is_said(tmp_path: Path) -> None:
    text = "order_id,user_id,created_at\n1,1.03E+19,2026-10-01\n2,1.03E+19,2026-10-01\n3,12E5,2026-10-01\n"
    made = read(tmp_path, text, schema=LINKED)
    assert column(made, "user_id") == ["1.03E+19", "1.03E+19", "12E5"]
    (note,) = made.profile.notes
    assert note.startswith("user_id: 1 id is a shortened number (1.03E+19), in 2 rows: digits are lost")


def test_long_ids_rounded_by_a_spreadsheet_are_said(tmp_path: Path) -> None:
    head = "order_id,user_id,created_at\n"
    made = read(tmp_path, f"{head}3900123456789010000,a,2026-10-01\n3900123456789020000,b,2026-10-02\n")
    assert column(made, "order_id") == ["3900123456789010000", "3900123456789020000"]
    assert any(
        note.startswith("order_id: all 2 ids of more than 15 digits end in zeros") for note in made.profile.notes
    )
    made = read(tmp_path, f"{head}3900123456789010000,a,2026-10-01\n{LONG},b,2026-10-02\n")
    assert made.profile.notes == ()  # one keeps its last digit: nobody rounded


def test_ids_kept_as_numbers_in_parquet(tmp_path: Path) -> None:
    """Exact ones are read without a word; too long ones are said; lost zeros are said where digits differ."""
    frame = pl.DataFrame({"order_id": [1.0, 2.0], "user_id": [1.03e19, 7.0], "created_at": ["2026-10-01"] * 2})
    frame.write_parquet(tmp_path / "o.parquet")
    made = read(tmp_path, name="o.parquet", schema=LINKED)
    assert column(made, "order_id") == ["1", "2"]
    assert [note.partition(":")[0] for note in made.profile.notes] == ["user_id"]
    codes = pl.DataFrame({"order_id": [123, 80_001, 4_500], "created_at": ["2026-10-01"] * 3})
    codes.write_parquet(tmp_path / "o.parquet")
    made = read(tmp_path, name="o.parquet")
    assert column(made, "order_id") == ["123", "80001", "4500"]
    assert made.profile.notes[0].startswith("order_id: whole numbers of 3 to 5 digits are used as text; zeros")
    counted = pl.DataFrame({"order_id": list(range(1, 101)), "created_at": ["2026-10-01"] * 100})
    counted.write_parquet(tmp_path / "o.parquet")
    assert read(tmp_path, name="o.parquet").profile.notes == ()  # 1, 2, 3 …: nothing was lost


def test_numbers_in_one_file_and_text_in_another_are_one_column_of_ids(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("order_id,user_id,created_at\na,\t7,2026-10-01\nb,00012,2026-10-01\n")
    for name, ids in (("b", [7.0, 12.0]), ("c", [7, 12])):
        orders = {"order_id": [f"{name}1", f"{name}2"], "user_id": ids, "created_at": ["2026-10-01"] * 2}
        pl.DataFrame(orders).write_parquet(tmp_path / f"{name}.parquet")
    made = read(tmp_path, paths=("a.csv", "b.parquet", "c.parquet"))
    assert column(made, "user_id") == ["7", "00012", "7", "12", "7", "12"]
    assert any("text with leading zeros (00012) in another" in note for note in made.profile.notes)


def test_extra_columns_named_as_ids_are_never_numbers(tmp_path: Path) -> None:
    text = "order_id,created_at,shop,n\n1,2026-10-01,1.0,5\n2,2026-10-01,2,6\n"
    made = read(tmp_path, text, columns={"shop_id": "shop", "pieces": "n"})
    assert column(made, "shop_id") == ["1", "2"]
    assert column(made, "pieces") == [5, 6]


def test_parts_of_a_large_file_agree_on_their_ids(tmp_path: Path) -> None:
    """Whole in the first part, not in the last: `.0` stays in both, as if the file were read at once."""

    def parts(last: str) -> list[str]:
        lines = [f"{at},{at % 5}.0,2026-10-01" for at in range(400)] + [f"400,{last},2026-10-01"]
        (tmp_path / "o.csv").write_text("order_id,user_id,created_at\n" + "\n".join(lines) + "\n")
        source = TableSource("orders", ("o.csv",))
        kept: list[int] = []

        def keep(frames: object, judge: object) -> pl.LazyFrame:
            found = list(frames)  # type: ignore[call-overload]
            kept.append(len(found))
            rows = pl.concat(found).lazy()
            assert judge(rows).is_empty()  # type: ignore[operator]
            return rows

        made = prepare(source, LINKED, data=tmp_path, roots=(), timezone="UTC", today=TODAY, keep=keep, many=20)
        assert len(kept) == (last == "3.0")  # read in parts, or given up half way
        return column(made, "user_id")

    assert parts("3.0") == [str(at % 5) for at in range(400)] + ["3"]
    assert parts("A3") == [f"{at % 5}.0" for at in range(400)] + ["A3"]


def test_what_an_id_column_is() -> None:
    schema = TableSchema("t", Text("T"), {"code": SchemaColumn("code", ColumnType.STR)}, key=("code",))
    text = pl.Series("code", ["1.0", "2"])
    values, form = as_ids(text)
    assert (values.to_list(), form.pointed, form.whole, schema.key) == (["1", "2"], True, True, ("code",))
    other = as_ids(pl.Series("code", ["x"]))[1]
    assert unlike([form, other])
    assert not unlike([form, form])
    assert not unlike([other, other])


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("concat('a', code)", True),
        ("code || 'x'", True),
        ("case when cast(code as varchar) like '1%' then 'x' end", True),
        ("case when code = '007' then 'x' end", True),
        ("case when code in ('007', '8') then 'x' end", True),
        ("case when code = '7' then 'x' end", False),
        ("case when code = 7 then 'x' end", False),
        ("case when code > 7 then '007' end", False),
    ],
)
def test_whole_numbers_used_as_text_are_said(tmp_path: Path, sql: str, said: bool) -> None:
    """A file that keeps 007 as 7: whoever looks for '007', or cuts its digits, is told."""
    orders = pl.DataFrame({"order_id": ["a", "b"], "created_at": ["2026-10-01"] * 2, "code": [7, 12]})
    orders.write_parquet(tmp_path / "o.parquet")
    made = read(tmp_path, name="o.parquet", columns={"scene": sql})
    told = [note for note in made.profile.notes if note.startswith("code: whole numbers in the file, used as text")]
    assert len(told) == said


def test_codes_kept_as_numbers_are_doubted_but_not_counters(tmp_path: Path) -> None:
    orders = {"order_id": ["a", "b", "c"], "created_at": ["2026-10-01"] * 3}
    for codes, said in (([3, 21, 99], 1), ([1, 2, 3], 0), ([101, 220, 999], 0)):
        pl.DataFrame({**orders, "scene": codes}).write_parquet(tmp_path / "o.parquet")
        assert len(read(tmp_path, name="o.parquet").profile.notes) == said


def test_ids_in_full_width_beside_plain_ones_are_told() -> None:
    """Two of four ids are another in full width; one that meets none, and a column all in full width, are not told."""
    _, form = as_ids(pl.Series("user_id", ["u12", "u１２", "U7", "Ｕ７", "９９", None]))
    (doubt,) = form.damaged
    assert doubt.said == "user_id: 2 ids are written in full width ('u１２') where others write 'u12': two ids here"
    assert doubt.columns == ("user_id",) and doubt.counts
    assert as_ids(pl.Series("user_id", ["u１２", "会员７"]))[1].damaged == ()
