"""Which part moved the number under the cursor stands beside it: asked once, when the cursor rests (R164)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from textual.pilot import Pilot

from kpi_tui.book.analyses.moving_parts import MovingParts
from kpi_tui.definitions.answers.drivers import Driver, Drivers
from kpi_tui.definitions.answers.segments import Segment, SegmentBasis, SegmentDrivers
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.issue import UsageError
from tests.tui.driving import lines, opened, press, settled, text
from tests.tui.fake_book import FakeBook

# By hand: 430 people in September, 441 in October; wechat 69 → 47, douyin 42 → 60, five others by one to three.
PEOPLE = {"wechat": (69, 47), "douyin": (42, 60), **{f"c{n}": (50 + n, 50 + 2 * n) for n in range(1, 6)}}


class TakenApart(FakeBook):
    """Users by channel; a rate that no column takes apart by its factors; all else has no parts."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[str] = []
        columns = {"dau": ("channel_id",), "buyback_rate_day": ()}
        self.segments = SimpleNamespace(columns=lambda metric: columns.get(metric, ()), of=self._segments)
        self.drivers = SimpleNamespace(of=self._factors)
        self.moving_parts = MovingParts(self.segments, self.drivers, self.scores)

    def _segments(self, metric, period, *, by, where, progress):
        self.taken.append(metric)
        parts = tuple(Segment(name, was, now, None, now - was) for name, (was, now) in PEOPLE.items())
        before, now = (Value(metric, one, 1.0, unit="count") for one in (period.previous(), period))
        return SegmentDrivers(by, now, before, 11.0, SegmentBasis.DIFFERENCE, parts)

    def _factors(self, subject, period, *, where, progress):
        self.taken.append(subject)
        if subject != "buyback_rate_day":
            raise UsageError("no parts")
        before, now = Value(subject, period.previous(), 0.2), Value(subject, period, 0.1, unit="percent")
        factors = (Driver("small", 1.0, 1.1, 0.02), Driver("large", 2.0, 1.0, -0.12))
        return Drivers(subject, "small / large", "shapley", now, before, -0.1, factors)


@pytest.fixture(autouse=True)
def _at_once(_unhurried: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpi_tui.tui.screens.part_moved.REST", 0.01)


async def rest(pilot: Pilot[int], *keys: str) -> str:
    await press(pilot, *keys)
    await pilot.pause(0.05)
    await settled(pilot)
    return text(pilot)


async def test_the_part_that_moved_the_line_most_stands_beside_it_and_is_asked_for_once():
    book = TakenApart()
    async with opened(book, size=(120, 40)) as pilot:
        shown = await rest(pilot)
        assert "Which factor moved it" in shown
        assert shown.index("large ") < shown.index("small "), "the one that moved it most comes first"
        await rest(pilot, "j", "j", "j")
        pane = [line.partition("│")[2].rpartition("│")[2] for line in lines(pilot)]
        parts = [" ".join(line.split()) for line in pane if line.split() and line.split()[0] in PEOPLE]
        assert parts == ["wechat 47 −22", "douyin 60 +18", "c1 52 +1", "c2 54 +2"]
        assert "and 3 more: b" in text(pilot)
        await rest(pilot, "k", "j")
        assert book.taken.count("dau") == 1
        assert "error" not in text(pilot) and pilot.app.screen.status.text == "", "what has no parts is nothing to say"


async def test_narrow_screens_have_no_room_for_it_and_ask_for_nothing():
    book = TakenApart()
    async with opened(book, size=(100, 30)) as pilot:
        await rest(pilot, "j", "j")
        assert book.taken == []


@pytest.mark.parametrize("size", [(120, 40), (200, 50)])
async def test_targets_have_what_is_known_of_the_line_beside_them(size: tuple[int, int]):
    book = TakenApart()
    async with opened(book, size=size) as pilot:
        assert "Trend" in (shown := await rest(pilot, "4")) and "Attained" in shown
        pilot.app.look(metric="dau")
        assert "Which part moved it" in await rest(pilot)
