"""Write the tables of examples/balanced_chain: rows from which the worked month of the balanced chain is counted.

    python scripts/make_balanced_chain.py

Every count is one of the worked month, R054 or R055; who comes on which day of a week is made up.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "balanced_chain"
WEEKS = tuple(date(2026, 5, 4) + timedelta(weeks=number) for number in range(4))
NEW, ALL = (2000, 1500, 3000, 1200), (2500, 2000, 3600, 1700)
ASKED, DEALS = (200, 180, 300, 120), (50, 45, 84, 30)
SURVEYS = {"pre_sale": ((40, 36, 60, 24), (30, 27, 48, 18)), "after_sale": ((20, 18, 30, 12), (16, 15, 24, 9))}
APRIL_VISITORS, APRIL_VIPS, MAY_VIPS = 7000, 20, 22
REPEATS, LAST_YEAR_DEALS, LAST_YEAR_REPEATS = 40, 190, 35


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """One CSV file."""
    with (FOLDER / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def day(start: date, number: int, days: int = 7) -> str:
    """The day of the number-th row of a stretch of days, one after the other; the first row is on the first day."""
    return (start + timedelta(days=number % days)).isoformat()


def visits() -> Iterable[tuple[str, str]]:
    """April's visitors come once; in May each week has its new ones, and some of April's again."""
    for number in range(APRIL_VISITORS):
        yield day(date(2026, 4, 1), number, 30), f"v{number:05d}"
    first = APRIL_VISITORS
    for week, new, everybody in zip(WEEKS, NEW, ALL, strict=True):
        for number in range(new):
            yield day(week, number), f"v{first + number:05d}"
        for number in range(everybody - new):
            yield day(week, number), f"v{number:05d}"
        first += new


def inquiries() -> Iterable[tuple[str, str, str]]:
    """Visitors of the week who asked."""
    first, asked = APRIL_VISITORS, 0
    for week, new, count in zip(WEEKS, NEW, ASKED, strict=True):
        for number in range(count):
            asked += 1
            yield f"q{asked:04d}", f"v{first + number:05d}", day(week, number)
        first += new


def deals() -> list[tuple[str, str]]:
    """(day, user) of every deal: the buyers first, then those of them who come again."""
    then = [(day(date(2025, 5, 1), n, 31), n % (LAST_YEAR_DEALS - LAST_YEAR_REPEATS)) for n in range(LAST_YEAR_DEALS)]
    buyers, now, place = sum(DEALS) - REPEATS, [], 0
    for week, count in zip(WEEKS, DEALS, strict=True):
        now += [(day(week, number), (place + number) % buyers) for number in range(count)]
        place += count
    return [(when, f"u{user:03d}") for when, user in (*then, *now)]


def feedback() -> Iterable[tuple[str, str, str, str, str]]:
    """Survey answers per stage and week."""
    answer = 0
    for stage, (asked, satisfied) in SURVEYS.items():
        for week, count, happy in zip(WEEKS, asked, satisfied, strict=True):
            for number in range(count):
                answer += 1
                yield f"f{answer:03d}", f"u{answer:03d}", day(week, number), stage, str(number < happy).lower()


def levels() -> Iterable[tuple[str, str, int, int, str]]:
    """New VIPs of April and May."""
    for number in range(APRIL_VIPS + MAY_VIPS):
        april = number < APRIL_VIPS
        when = day(date(2026, 4, 1), number, 30) if april else day(WEEKS[0], number - APRIL_VIPS, 28)
        yield f"u{number:03d}", when, 1, 3, "true"


def main() -> None:
    """Write all six tables."""
    made = deals()
    topped_up = [*range(0, len(made), 10)]  # every tenth deal is a top-up; number 31 is a second deal of 1 May 2025
    orders = [deal for number, deal in enumerate(made) if number not in topped_up]
    topups = [made[number] for number in topped_up]
    write("events", ("day", "visitor_id"), visits())
    write("inquiries", ("inquiry_id", "visitor_id", "day"), inquiries())
    write("orders", ("order_id", "user_id", "day", "amount"), _numbered("o", orders))
    write("topup_ledger", ("entry_id", "user_id", "day", "amount"), _numbered("t", topups))
    write("feedback", ("feedback_id", "user_id", "day", "stage", "satisfied"), feedback())
    write("member_levels", ("user_id", "day", "from_level", "to_level", "is_vip"), levels())


def _numbered(letter: str, rows: Sequence[tuple[str, str]]) -> Iterable[tuple[str, str, str, int]]:
    for number, (when, user) in enumerate(rows, 1):
        yield f"{letter}{number:03d}", user, when, 100


if __name__ == "__main__":
    main()
