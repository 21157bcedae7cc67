"""-o FILE: the format by its ending, the whole file or nothing, and where the numbers come from (R172)."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.unit.cli.conftest import Run

OCTOBER = ("--period", "2026-10")


@pytest.mark.parametrize("ending", ["html", "md", "svg", "csv", "json", "txt"])
def test_an_answer_goes_into_a_file_in_the_format_of_its_ending(
    shop: Path, run: Run, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"score.{ending}"
    ran = run("-w", shop, "score", *OCTOBER, "-o", file)
    assert (ran.code, ran.out) == (0, "") and str(file) in ran.err
    assert "Average order value" in file.read_text(encoding="utf-8") or ending in ("csv", "json")


def test_a_workbook_holds_the_numbers_of_the_json(shop: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "score.xlsx"
    run("-w", shop, "target", "set", "shop", "aov", "120", *OCTOBER, "--why", "agreed")
    assert run("-w", shop, "score", *OCTOBER, "-o", file).code == 0
    (card,) = run("-w", shop, "score", *OCTOBER, "--format", "json").json
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    cells = [cell.value for page in book.worksheets for row in page.iter_rows() for cell in row]
    for line in card["lines"]:
        wanted = [line[key] for key in ("actual", "target", "attainment", "points", "gain_if_met") if line["weight"]]
        assert [number for number in wanted if number is not None and number not in cells] == []


@pytest.mark.parametrize(
    ("command", "tab"),
    [
        (("target", "list", *OCTOBER), "targets"),
        (("target", "history"), "history 1"),  # Excel keeps "history" for itself
        (("role", "list"), "roles"),
        (("metrics",), "metrics"),
        (("metrics", "--plan"), "plan"),
        (("tables",), "tables"),
        (("check",), "issues"),
        (("values", "aov", *OCTOBER), "values"),
    ],
)
def test_the_tab_of_a_list_says_what_it_lists(
    shop: Path, run: Run, tmp_path: Path, command: tuple[str, ...], tab: str
) -> None:
    file = tmp_path / "list.xlsx"
    assert run("-w", shop, *command, "-o", file).code == 0
    assert openpyxl.load_workbook(file).sheetnames[0] == tab


def test_a_page_states_where_its_numbers_come_from(shop: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "score.html"
    run("-w", shop, "target", "set", "shop", "aov", "120", *OCTOBER, "--why", "agreed")
    run("-w", shop, "score", *OCTOBER, "-o", file)
    text = file.read_text(encoding="utf-8")
    for part in ("Tiny shop", "2026-10", "2026-10-31", "tester", "Digest of the data", "Rows left out"):
        assert part in text


def test_a_picture_of_all_scorecards_holds_them_all_and_states_its_origin(shop: Path, run: Run, tmp_path: Path) -> None:
    (shop / "roles" / "more.toml").write_text(
        '[roles.second]\nname = "Second post"\n[[roles.second.lines]]\nmetric = "orders"\nweight = 100\n',
        encoding="utf-8",
    )
    file = tmp_path / "score.svg"
    assert run("-w", shop, "score", "--period", "2026-11", "-o", file).code in (0, 4)
    text = file.read_text(encoding="utf-8")
    for part in ("Second post", "Average order value", "Tiny shop", "not over yet", "2026-10-31", "Digest of the data"):
        assert part in text


def test_the_digest_changes_with_the_data_and_only_then(shop: Path, run: Run, tmp_path: Path) -> None:
    def digests() -> list[str]:
        run("-w", shop, "score", *OCTOBER, "-o", tmp_path / "score.md")
        text = (tmp_path / "score.md").read_text(encoding="utf-8")
        return [line for line in text.splitlines() if "Digest of the data" in line]

    first = digests()
    assert first == digests() != []
    rows = shop / "orders.csv"
    rows.write_text(rows.read_text(encoding="utf-8").rstrip("\n") + "\n", encoding="utf-8")
    with rows.open("a", encoding="utf-8") as file:
        file.write("o99,2026-10-05 10:00:00,1.0,x\n")
    assert digests() != first


def test_a_folder_a_missing_folder_and_an_unknown_ending_are_one_sentence_each(
    shop: Path, run: Run, tmp_path: Path
) -> None:
    for file, words in ((tmp_path / "no" / "x.html", "no folder"), (tmp_path / "x.docx", "--format"), (tmp_path, "")):
        ran = run("-w", shop, "score", *OCTOBER, "-o", file)
        assert ran.code == 2 and words in ran.err and "Traceback" not in ran.err


def test_a_file_that_cannot_be_written_leaves_the_old_one(shop: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "score.json"
    file.write_text("old", encoding="utf-8")
    assert run("-w", shop, "score", *OCTOBER, "-o", file).code == 0
    assert json.loads(file.read_text(encoding="utf-8"))[0]["role"] == "shop"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []
