"""The pack as a boss, finance and HR get it: nothing of the program's own in it, every number, nothing empty."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.conftest import PROJECT
from tests.unit.cli.conftest import Run

OCTOBER = ("--period", "2026-10")
OWN = re.compile(r"\bR\d{3}\b|kpi-tui \w+")
"""The number of a rule, a command to type."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept")


@pytest.fixture(autouse=True)
def one_demo(home: Path, demo_of_run: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """All questions here are about the shipped demo."""
    monkeypatch.setenv("KPI_TUI_WORKSPACE", str(PROJECT / "config"))


def written(run: Run, kept: Path, ending: str, spoken: str, *words: str) -> bytes:
    """What a command writes into a file of that ending, asked once for all tests."""
    file = kept / f"{spoken}-{'-'.join(words)}.{ending}"
    assert file.exists() or run("--lang", spoken, *words, *OCTOBER, "-o", file).code == 0
    return file.read_bytes()


def text_of(made: bytes, ending: str) -> str:
    if ending != "xlsx":
        return made.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(made)) as files:
        return "".join(files.read(name).decode("utf-8") for name in files.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("ending", ["html", "md", "xlsx", "svg"])
def test_no_rule_and_no_command_stands_in_what_leaves(run: Run, kept: Path, ending: str, spoken: str) -> None:
    text = text_of(written(run, kept, ending, spoken, "pack"), ending)
    assert OWN.findall(text) == []
    beside = ("Orders 2", "Operations)") if spoken == "en" else ("订单 2", "运营岗")
    assert all(one in text for one in beside), "what stood beside them is still said"


def test_who_sits_at_the_program_is_told_both(run: Run) -> None:
    said = run("--lang", "en", "chain", *OCTOBER, "--format", "table").out
    assert "(Operations)" in said and "R077" not in said and "Orders 2 (`kpi-tui tables TABLE` says why)" in said


def test_markdown_tells_series_as_numbers_and_has_no_empty_section(run: Run, kept: Path) -> None:
    """The north star of May to October; a heading stands above something, or above a smaller heading."""
    text = written(run, kept, "md", "en", "pack").decode("utf-8")
    star = text.split("## North star")[1].split("\n## ")[0]
    assert re.search(r"2026-05 \| 2026-06 \| 2026-07 \| 2026-08 \| 2026-09 \| 2026-10 \|", star)
    assert re.search(r"\| Value \|( ¥[\d,]+ \|){6}", star)
    heads = re.findall(r"^(#+) .*\n+(?=(#+ |\Z))", text, re.MULTILINE)
    assert [(above, below) for above, below in heads if len(below.strip()) <= len(above)] == []


@pytest.mark.parametrize("ending", ["html", "md", "svg"])
def test_numbers_below_zero_have_one_sign(run: Run, kept: Path, ending: str) -> None:
    """The pack of October has a share of −7.8 % beside contributions of −¥31,087: none with a hyphen."""
    text = written(run, kept, ending, "en", "pack").decode("utf-8")
    assert "−7.8 %" in text and "−¥31,087" in text and not re.search(r"(?<=[\s>|])-\d[\d,.]* ?[%<|]", text)


def test_what_has_no_weight_has_no_gain(run: Run, kept: Path) -> None:
    """The north star misses its target and counts nothing: a dash; JSON keeps the 0."""
    made = written(run, kept, "md", "en", "score", "promotion").decode("utf-8")
    (star,) = [line for line in made.splitlines() if line.startswith("| ◐ | User payment")]
    assert "0.00" not in star and star.count("—") == 3


def numbers(data: object) -> Iterator[float]:
    if isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from numbers(one)
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield float(data)


@pytest.mark.parametrize("command", ["pack", "score", "chain"])
def test_a_workbook_holds_every_number_of_the_json(run: Run, kept: Path, command: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(run, kept, "xlsx", "en", command)))
    wanted = list(numbers(json.loads(written(run, kept, "json", "en", command))))
    cells = [cell for page in book.worksheets if page.title != "series" for row in page.iter_rows() for cell in row]
    found = {round(float(cell.value), 9) for cell in cells if isinstance(cell.value, int | float)}
    assert len(wanted) > 200 and [one for one in wanted if round(one, 9) not in found] == []


def test_tabs_say_what_they_hold(run: Run, kept: Path) -> None:
    tabs = openpyxl.load_workbook(io.BytesIO(written(run, kept, "xlsx", "en", "pack"))).sheetnames
    assert {"Balanced chain 2026-10", "Chain by week", "Platforms", "North star", "What moved the north star"} < {*tabs}
    assert [tab for tab in tabs if re.search(r"\(\d\)$|^Chain$", tab)] == []


def test_a_small_table_is_printed_on_one_page(run: Run, kept: Path) -> None:
    """Operations has six lines; the weeks of the chain, 26, may break."""
    text = written(run, kept, "html", "en", "pack").decode("utf-8")
    assert re.search(r"@media print.*\.whole \{ break-inside: avoid; \}", text, re.DOTALL)
    part = text.split("<h2>Operations")[1].split("</section>")[0]
    assert '<div class="wide whole">' in part
    assert '<div class="wide"><table><thead><tr><th scope="col">Week' in text
