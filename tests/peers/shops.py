"""The public data sets beside the project, their published answers, and a Book on each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.period import Period
from tests.run_cache import computed_once

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"


@dataclass(frozen=True)
class Shop:
    """A data set: the Book on its example workspace, and the answers others computed from it."""

    book: Book
    answers: Mapping[str, Any]

    def value(self, metric: str, period: str) -> float | None:
        """One number; a reason instead of it fails the test with its words."""
        (found,) = self.book.numbers.values([metric], Period.parse(period))
        assert found.value is not None, f"{metric} {period}: {found.reason} {found.detail}"
        return found.value

    def parts(self, metric: str, period: str) -> Mapping[str, float | None]:
        """The base measures behind a number."""
        (found,) = self.book.numbers.values([metric], Period.parse(period))
        return found.measures

    def series(self, metric: str, last: str, count: int) -> dict[str, float | None]:
        """Period id -> number, `count` periods up to `last`."""
        return {v.period.id: v.value for v in self.book.numbers.values([metric], Period.parse(last), last=count)}

    def by(self, metric: str, period: str, column: str) -> dict[str, float | None]:
        """Segment -> number, the total left out."""
        found = self.book.numbers.values([metric], Period.parse(period), by=column)
        return {v.segment: v.value for v in found if v.segment is not None}

    def parts_by(self, metric: str, period: str, column: str) -> dict[str, Mapping[str, float | None]]:
        """Segment -> base measures, the total left out."""
        found = self.book.numbers.values([metric], Period.parse(period), by=column)
        return {v.segment: v.measures for v in found if v.segment is not None}


def open_shop(name: str, cache: Path, data: Path | None = None, root: Path | None = None) -> Shop:
    """The Book on examples/NAME (or a workspace at `root`) with the data beside the project, or in `data`.

    Skipped where there is none. What one worker of a run computes in a cache folder, the others find there.
    """
    if not (DATA / name / "answers.json").exists():
        pytest.skip(f"the public data set {name} is not at {DATA}")
    answers = json.loads((DATA / name / "answers.json").read_text(encoding="utf-8"))
    environ = {"XDG_CACHE_HOME": str(cache), "XDG_STATE_HOME": str(cache), "HOME": str(cache)}
    with computed_once(cache):
        book = Book.open(root or ROOT / "examples" / name, data=data or DATA / name, who="tester", environ=environ)
    return Shop(book, answers)


def exactly(value: float, decimals: int = 6) -> object:
    """Equal to a figure published with that many decimals."""
    return pytest.approx(value, abs=0.5000001 * 10**-decimals, rel=0)


Kind = TypeVar("Kind")


def page_part(shop: Shop, page: str, section: str, kind: type[Kind]) -> Kind:
    """What a section of a shipped page asks for."""
    part = next(one.part for one in shop.book.workspace.pages[page].sections if one.id == section)
    assert isinstance(part, kind)
    return part
