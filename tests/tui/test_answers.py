"""What a screen asks: who gets the answer, the sentence instead of one, and what becomes of a question asked anew."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from textual.pilot import Pilot

from kpi_tui.definitions.issue import TableError
from kpi_tui.tui.screens.frame import KpiScreen
from tests.tui.driving import opened, settled, text


@dataclass(frozen=True, slots=True)
class Riddle:
    """A question that is answered by a call, once it may be."""

    answer: Callable[[], str]
    may: threading.Event | None = None

    def ask(self, _book: object, progress: Callable[[str, int, int], None], /) -> str:
        if self.may is not None:
            self.may.wait(10)
            progress("riddling", 0, 1)  # where a cancelled question stops
        return self.answer()


def fails(error: BaseException) -> Callable[[], str]:
    def answer() -> str:
        raise error

    return answer


def screen_of(pilot: Pilot[int]) -> KpiScreen:
    assert isinstance(pilot.app.screen, KpiScreen)
    return pilot.app.screen


async def test_the_answer_reaches_who_asked_for_it_and_the_status_line_is_free_again() -> None:
    async with opened() as pilot:
        screen, heard = screen_of(pilot), []
        screen.answers.ask(Riddle(lambda: "time"), heard.append)
        assert screen.status.progress is not None
        await settled(pilot)
        assert heard == ["time"] and screen.status.progress is None


async def test_a_sentence_stands_where_the_numbers_would_or_in_the_status_line() -> None:
    async with opened() as pilot:
        screen, heard, said = screen_of(pilot), [], []
        why = fails(TableError("orders.csv cannot be \x1b[31mread"))
        screen.answers.ask(Riddle(why), heard.append, said.append)
        await settled(pilot)
        assert heard == [] and said == ["orders.csv cannot be ␛[31mread"] and "orders.csv" not in text(pilot)
        screen.answers.ask(Riddle(why), heard.append)
        await settled(pilot)
        assert heard == [] and len(said) == 1 and "orders.csv cannot be" in text(pilot)


async def test_a_defect_is_said_in_both_places_and_tells_nothing_of_itself() -> None:
    async with opened() as pilot:
        said: list[str] = []
        screen_of(pilot).answers.ask(Riddle(fails(IndexError("list index"))), print, said.append)
        await settled(pilot)
        assert said == ["That could not be computed."]
        assert "internal error" in text(pilot) and "list index" not in text(pilot)


async def test_a_question_asked_anew_replaces_the_one_before_and_a_stopped_one_has_no_answer() -> None:
    async with opened() as pilot:
        screen, heard, may = screen_of(pilot), [], threading.Event()
        screen.answers.ask(Riddle(lambda: "old", may), heard.append)
        screen.answers.ask(Riddle(lambda: "new", may), heard.append)
        may.set()
        await settled(pilot)
        assert heard == ["new"]
        held = threading.Event()
        screen.answers.ask(Riddle(lambda: "unwanted", held), heard.append)
        assert screen.answers.stop() and not screen.answers.stop()
        held.set()
        screen.answers.ask(Riddle(lambda: "last"), heard.append)
        await settled(pilot)
        assert heard == ["new", "last"]
