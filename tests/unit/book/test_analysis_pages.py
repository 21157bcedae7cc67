"""The shipped analysis pages on a small shop whose numbers are counted by hand; each is in the pack by its id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.cli import main
from kpi_tui.definitions.answers.projection import Assumed
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.period import Period
from kpi_tui.render.drawn import drawn, shade
from kpi_tui.text.fit import width
from kpi_tui.text.i18n import speaking
from kpi_tui.text.phrase import translate
from kpi_tui.tui.screens.page.what_if import label
from kpi_tui.views.page.page import page
from kpi_tui.views.view import Sheet
from tests.tui.driving import opened, press, text
from tests.workspaces import Shop, orders, users, views

MAY = Period.parse("2026-05")
BUYERS = {"2026-03": "ann bob cid dan", "2026-04": "ann eve fay", "2026-05": "bob eve gil"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("analyses")


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    rows = [
        (f"{month}{user}", user, f"{month}-{day:02} 10:00:00", 10)
        for month, users in BUYERS.items()
        for day, user in enumerate(users.split(), 1)
    ]
    shop = Shop(folder / "shop").says(as_of="2026-05-31").has("orders", orders(*rows), complete_until="2026-05-31")
    return shop.book(draft=False, environ={"HOME": str(folder)})


def told(sheet: Sheet) -> list[list[str]]:
    places = sheet.shown()
    return [[drawn(row.cells[place]) for place in places] for row in sheet.rows]


def section(book: Book, page_id: str, section_id: str, period: Period = MAY) -> Sheet:
    found = page(book.pages.of(page_id, period), book.workspace).sheet(section_id)
    assert found is not None
    return found


def asked(book: Book, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(book.workspace.root), *words])
    captured = capsys.readouterr()
    assert not ended.value.code, captured.err
    return captured.out


def test_cohorts_of_the_first_payment_are_a_triangle_with_a_shade_and_dots(book: Book) -> None:
    """Of four of March one buys in April and one in May; of two of April one in May: 2 of 6 after a month."""
    sheet = section(book, "retention", "buyers")
    rows = [[text for text in row if text] for row in told(sheet)]
    assert rows == [
        ["2026-03", "4⚠", "100.0 %", "25.0 %", "25.0 %"],  # ⚠: the data begin in March
        ["2026-04", "2⚠", "100.0 %", "50.0 %", "·"],
        ["2026-05", "1⚠", "100.0 %", "·", "·"],
        ["together", "7", "100.0 %", "33.3 %", "25.0 %"],
    ]
    assert [shade(cell) for cell in sheet.rows[0].cells[2:5]] == [0, 3, 3]
    assert shade(sheet.rows[1].cells[3]) == 5, "the largest share is the darkest"


def test_a_section_without_its_table_says_what_it_needs(book: Book) -> None:
    (line,) = section(book, "retention", "months").rows
    assert any("registered_month rests on the table users" in drawn(cell) for cell in line.cells)


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """ann and bob come in March, cid in May; ann is active in every month, bob in March and May only."""
    folder = tmp_path_factory.mktemp("members")
    shop = Shop(folder / "shop").says(as_of="2026-05-31")
    came = [("ann", "2026-03-01 09:00:00"), ("bob", "2026-03-02 09:00:00"), ("cid", "2026-05-03 09:00:00")]
    acts = {"2026-03-01": "ann bob", "2026-04-01": "ann", "2026-05-02": "ann bob", "2026-05-03": "cid"}
    shop.has("users", users(*came), complete_until="2026-05-31")
    seen = [(who, f"{day} 10:00:00", "home") for day, names in acts.items() for who in names.split()]
    shop.has("events", views(*seen), complete_until="2026-05-31")
    shop.has("orders", orders(("1", "ann", "2026-03-01 10:00:00", 5)), complete_until="2026-05-31")
    return shop.book(draft=False, environ={"HOME": str(folder)})


def test_moves_say_who_went_from_where_to_where(members: Book) -> None:
    """ann stays active or turns loyal in the third month in a row, bob returns, cid is new: everybody moved once."""
    answer = members.pages.of("life", MAY).section("state_moves")
    assert answer is not None
    rows = {
        row.origin: (row.whole.value, {name: one.value for name, one in row.parts.items()}) for row in answer.found.rows
    }
    assert rows == {
        "active": (1, {"loyal": 1}),
        "inactive": (1, {"returning": 1}),
        "unregistered": (1, {"new": 1}),
        None: (3, {"loyal": 1, "returning": 1, "new": 1}),
    }
    shown = [[text for text in row if text] for row in told(section(members, "life", "state_moves"))]
    assert shown == [  # ⚠: the data begin less than three months before
        ["Active", "0", "1⚠", "0", "1⚠"],
        ["Inactive", "0", "0", "1⚠", "1⚠"],
        ["Not there yet", "1⚠", "0", "0", "1⚠"],
        ["together", "1⚠", "1⚠", "1⚠", "3"],
    ]


@pytest.mark.parametrize("dimension", ["state", "stage"])
@pytest.mark.parametrize("month", ["2026-04", "2026-05"])
def test_before_is_what_was_counted_a_period_ago(members: Book, dimension: str, month: str) -> None:
    def counted(period: Period, by: str) -> dict[str | None, float | None]:
        return {one.segment: one.value for one in members.numbers.values(["registered_users"], period, by=by)}

    period = Period.parse(month)
    before, now = counted(period.previous(), dimension), counted(period, f"{dimension}_before")
    assert {name: n for name, n in now.items() if name not in (None, "unregistered")} == {
        name: n for name, n in before.items() if name is not None
    }


FUNNELS = """[funnels.trade]
name = { en = "Trade", zh = "交易" }
steps = [
  { name = "look", table = "events" },
  { name = "pay", table = "orders", where = "paid_at is not null", time = "paid_at" },
]
"""


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Four look in April, two by ads and two by mail, three pay; six look in May, three by each, two of mail pay."""
    folder = tmp_path_factory.mktemp("counter")
    shop = Shop(folder / "shop").says(as_of="2026-05-31").defines("funnels.toml", FUNNELS)
    people = [(f"a{n}", "ads") for n in range(5)] + [(f"m{n}", "mail") for n in range(5)]
    april, may = ["a0", "a1", "m0", "m1"], ["a2", "a3", "a4", "m2", "m3", "m4"]
    members = [{**row, "channel_id": way} for (who, way) in people for row in users((who, "2026-04-01 08:00:00"))]
    shop.has("users", members, complete_until="2026-05-31")
    seen = [(who, "2026-04-01 09:00:00", "home") for who in april] + [
        (who, "2026-05-01 09:00:00", "home") for who in may
    ]
    shop.has("events", views(*seen), complete_until="2026-05-31")
    paid = [(who, who, "2026-04-02 10:00:00", 1.0) for who in ("a0", "a1", "m0")]
    paid += [(who, who, "2026-05-02 10:00:00", 1.0) for who in ("m2", "m3")]
    shop.has("orders", orders(*paid), complete_until="2026-05-31")
    return shop.book(draft=False, environ={"HOME": str(folder)})


def test_a_funnel_by_channel_has_every_channel_against_its_own_past(counter: Book) -> None:
    """Ads: all paid in April, none of three in May; mail: a half in April, two of three in May."""
    found = counter.funnels.by("trade", MAY, "channel_id")
    rows = {segment: [(step.people, step.rate, step.baseline) for step in one.steps] for segment, one in found.parts}
    assert rows == {
        None: [(6, None, None), (2, pytest.approx(1 / 3), 0.75)],
        "ads": [(3, None, None), (0, 0, 1)],
        "mail": [(3, None, None), (2, pytest.approx(2 / 3), 0.5)],
    }
    assert {segment: one.weakest for segment, one in found.parts} == {None: "pay", "ads": "pay", "mail": ""}


def test_the_page_of_funnels_shows_each_of_the_workspace_and_each_by_channel(counter: Book) -> None:
    sections = counter.pages.of("funnel", MAY).sections
    ids = [one.section.id for one in sections]
    assert ids[0] == "trade" and "trade_by" in ids and "purchase" not in ids
    whole = next(one.found for one in sections if one.section.id == "trade")
    assert whole == counter.funnels.of("trade", MAY)


def test_the_command_of_a_funnel_by_a_column(counter: Book, capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(asked(counter, capsys, "funnel", "trade", "--by", "channel_id", "--period", "2026-05"))
    assert [(one["segment"], one["weakest"]) for one in said["segments"]] == [
        (None, "pay"),
        ("ads", "pay"),
        ("mail", None),
    ]


def test_a_page_without_its_tables_says_why_in_every_section(book: Book) -> None:
    """Orders without lines: no list and no rule can be made, and each says which table it wants."""
    answer = book.pages.of("basket", MAY)
    lacks = {one.section.id: one.lack for one in answer.sections if one.found is None}
    assert set(lacks) == {"hot", "profit", "pulls", "rules", "classes"}
    assert all("order_items" in lack for lack in lacks.values()), lacks


def test_tables_of_a_period_without_data_say_why_instead_of_leaving_the_page(
    members: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows end with May: the states of July are unknown, and that stands where they would."""
    for name in ("states", "stages", "relations"):
        sheet = section(members, "life", name, Period.parse("2026-07"))
        assert not sheet.rows
        assert "the data of Users cover" in " ".join(translate(note.word) for note in sheet.notes)
    said = json.loads(asked(members, capsys, "page", "life", "--period", "2026-07"))
    lacks = {one["id"]: one["lack"] for one in said["sections"]}
    assert "the data of users cover" in lacks["states"]


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A campaign of three days in May that ann and bob join, and one that has begun and runs into June."""
    folder = tmp_path_factory.mktemp("drive")
    shop = Shop(folder / "shop").says(as_of="2026-05-31")
    days = [
        ("may", "2026-05-10", "2026-05-12"),
        ("open", "2026-05-30", "2026-06-30"),
        ("june", "2026-06-02", "2026-06-03"),
    ]
    shop.has("campaigns", [
        {"campaign_id": name, "kind": "discount", "starts_at": f"{first} 00:00:00", "ends_at": f"{last} 23:59:59",
         "audience_size": 9} for name, first, last in days
    ])  # fmt: skip
    shop.has(
        "users", users(*((who, "2026-04-01 08:00:00") for who in ("ann", "bob", "cid"))), complete_until="2026-05-31"
    )
    joined = [
        ("ann", "2026-05-10 09:00:00", "may"),
        ("bob", "2026-05-11 09:00:00", "may"),
        ("cid", "2026-05-30 09:00:00", "open"),
    ]
    acts = [
        {**row, "event": "campaign_join", "campaign_id": name}
        for (who, at, name) in joined for row in views((who, at, "home"))
    ]  # fmt: skip
    shop.has("events", [{**row, "event_id": str(n)} for n, row in enumerate(acts)], complete_until="2026-05-31")
    paid = [
        ("1", "ann", "2026-05-08 10:00:00", 10),
        ("2", "ann", "2026-05-10 10:00:00", 30),
        ("3", "cid", "2026-05-11 10:00:00", 99),
    ]
    shop.has("orders", orders(*paid), complete_until="2026-05-31")
    return shop.book(draft=False, environ={"HOME": str(folder)})


def test_a_campaign_is_read_over_its_own_days_and_people_against_as_many_days_before(drive: Book) -> None:
    """ann pays 30 in the three days and 10 in the three before; cid took no part. What runs on ends with the data."""
    answer = drive.pages.of("campaign", MAY).section("campaigns")
    assert answer is not None and answer.lack == ""
    may, running = answer.found.rows
    assert (may.campaign, may.span.id, may.participants.value) == ("may", "2026-05-10/2026-05-12", 2)
    found = {now.metric: (now.value, before.value) for now, before in may.pairs}
    assert found["paid_amount"] == (30, 10) and found["active_trading_users"] == (1, 1)
    assert (running.campaign, running.span.id, running.running) == ("open", "2026-05-30/2026-05-31", True)
    assert running.participants.partial and running.pairs[0][1].period.id == "2026-05-28/2026-05-29"


def test_a_page_of_campaigns_without_them_says_what_to_map(book: Book) -> None:
    answer = book.pages.of("campaign", MAY).section("campaigns")
    assert answer is not None and "map it in tables.toml" in answer.lack


def test_a_table_without_lines_says_which_table_it_wants(book: Book) -> None:
    sheet = section(book, "goods", "skus")
    assert not sheet.rows and "inventory_daily" in translate(sheet.notes[0].word)


def test_a_projection_takes_other_numbers(book: Book) -> None:
    """The document's own example: 1000 seeds, K 1.5, ten days: 4,750 after two cycles (R141)."""
    found = book.projections.of("viral", MAY, Assumed(1000, 1.5, 10))
    assert [(row.days, row.joined, row.total) for row in found.generations][:3] == [
        (0, 1000, 1000), (10, 1500, 2500), (20, 2250, 4750)
    ]  # fmt: skip
    assert found.assumed == ("users", "rate", "cycle")


@pytest.mark.parametrize(("kind", "numbers"), [("churn", Assumed(rate=1.5)), ("viral", Assumed(users=-1))])
def test_a_projection_refuses_what_cannot_be(book: Book, kind: str, numbers: Assumed) -> None:
    with pytest.raises(UsageError):
        book.projections.of(kind, MAY, numbers)


async def test_the_screen_puts_numbers_into_a_projection_and_takes_them_out_again(book: Book) -> None:
    async with opened(book, (120, 40)) as pilot:
        await press(pilot, "8", "c", *"projection", "enter")
        assert "4,750" not in text(pilot)
        await press(pilot, "W", *"1000", "space", *"1.5", "space", *"10", "enter")
        assert "4,750" in text(pilot) and "put in by hand" in text(pilot)
        await press(pilot, "W", *"many", "enter")
        assert "4,750" in text(pilot), "a word is refused"
        await press(pilot, "escape")


async def test_the_caution_of_a_projection_stands_on_its_page_where_the_numbers_do(book: Book) -> None:
    """R142: not behind the key of the notes."""
    async with opened(book, (80, 24)) as pilot:
        await press(pilot, "8", "c", *"projection", "enter")
        await press(pilot, "W", *"1000", "space", *"1.5", "space", *"10", "enter")
        assert "4,750" in text(pilot) and "not for planning" in text(pilot)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["churn", "viral"])
def test_what_is_put_into_a_projection_is_asked_in_a_line_that_is_not_cut(kind: str, language: str) -> None:
    """A prompt gives its label three quarters of the line: 60 cells of 80."""
    with speaking(language):
        assert width(label(kind)) <= 60


def test_pages_named_stand_in_the_pack(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(asked(book, capsys, "pack", "--period", "2026-05", "--pages", "retention", "--format", "json"))
    assert [part["page"] for part in said["parts"] if "page" in part] == ["retention"]
    shown = asked(book, capsys, "pack", "--period", "2026-05", "--pages", "retention", "--format", "html")
    assert 'class="right shade-5"' in shown


def test_an_unknown_page_of_a_pack_is_refused(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["-w", str(book.workspace.root), "pack", "--period", "2026-05", "--pages", "retenton"])
    assert ended.value.code == 2 and "did you mean 'retention'" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["churn", "viral"])
def test_the_rate_of_a_period_that_is_not_over_is_continued_by_nobody(demo: Book, kind: str) -> None:
    """One month of the fourth quarter of 2026 is known; with a rate put in there is a projection."""
    quarter = Period.parse("2026-Q4")
    found = demo.projections.of(kind, quarter)
    assert (found.losses, found.generations) == ((), ()) and "2026-Q4 is not over" in found.detail
    assumed = demo.projections.of(kind, quarter, Assumed(rate=0.2))
    assert assumed.losses or assumed.generations
