"""What nobody counted is no share of a market and no link found well (R002, R077, R082, R083)."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from kpi_tui.render.drawn import drawn
from kpi_tui.text.phrase import translate
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.chain.card import chain_view
from kpi_tui.views.chain.link import diagnosis_view
from tests.workspaces import Shop, views

OCTOBER = Period.parse("2026-10")
SEEN = [
    (f"v{month}-{day}", f"2026-{month:02d}-{day:02d} 10:00:00", "home") for month in (9, 10) for day in range(1, 31)
]
MARKET = [{"channel_id": "wechat", "as_of": "2026-09-01", "market_size": 100}]
UNKNOWN = "its `where` keeps none of 60 rows of d_visitors (channel_id is not null)"


def test_r082_visitors_without_a_channel_are_doubted_and_no_link_is_called_strong(shop: Shop) -> None:
    """60 people in two months, none of them with a channel; no target is agreed, so no link has a score."""
    shop.has("events", views(*SEEN)).has("platform_market", MARKET).says(as_of="2026-10-31")
    book = shop.book()
    card = book.chains.card("site", OCTOBER)
    assert {(row.market_size, row.saturation) for row in card.platforms} == {(100, 0)}
    assert all(any(UNKNOWN in note for note in row.notes) for row in card.platforms)
    sheet = chain_view(card, book.workspace).sheet("platforms")
    assert sheet is not None
    shown = UNKNOWN.replace("d_visitors", "Visitors")
    assert any(shown in translate(note.word) for note in sheet.notes)
    cells = dict(zip((column.key for column in sheet.columns), sheet.rows[0].cells, strict=True))
    won, visitors = cells["saturation"], cells["visitors"]
    assert isinstance(won, NumberCell) and isinstance(visitors, NumberCell)
    assert (won.value, won.doubtful) == (0, True)
    assert (visitors.value, visitors.reason) == (None, "no_rows")
    told = [drawn(cell) for row in diagnosis_view(card, book.workspace).sheets[0].rows for cell in row.cells]
    assert "wechat 2026-W43: — / 100, 0.0 %⚠" in told
    assert (card.possible, card.reachable) == (0, 12.5)
    assert "nothing_weak" not in {finding.code for finding in card.findings}


def test_r077_with_a_score_it_is_said_that_none_is_weak(shop: Shop) -> None:
    shop.has("events", views(*SEEN)).says(as_of="2026-10-31")
    book = shop.book()
    book.chains.set_target("site", "B", Period.parse("2026-W41"), 0.5)
    card = book.chains.card("site", OCTOBER)
    assert card.possible == 2
    assert "nothing_weak" in {finding.code for finding in card.findings}
