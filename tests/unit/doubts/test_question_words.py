"""A word of a question that some rows write in another case: they do not count, and that is said (R002)."""

from __future__ import annotations

from tests.workspaces import Shop, orders


def asked(shop: Shop, where: str) -> tuple[float | None, list[str]]:
    """Five orders of ten through `web`, four through `Web`, one through `app`."""
    rows = orders(*((f"o{n}", f"u{n}", f"2026-10-0{n % 9 + 1} 10:00:00", 10) for n in range(10)))
    channels = ["web"] * 5 + ["Web"] * 4 + ["app"]
    shop.has("orders", [{**row, "channel_id": one} for row, one in zip(rows, channels, strict=True)])
    value = shop.says(as_of="2026-10-31").value("paid_amount", "2026-10", where=where)
    return value.value, [str(note) for note in value.notes if "case of letters" in str(note)]


def test_rows_that_write_a_word_of_the_question_otherwise_are_told(shop: Shop) -> None:
    assert asked(shop, "channel_id = 'web'") == (
        50,
        ["orders.channel_id: 4 rows have 'Web', and the condition says 'web': the case of letters differs"],
    )


def test_nothing_is_said_where_every_form_is_asked_for_or_none_is_written_otherwise(shop: Shop) -> None:
    assert asked(shop, "channel_id in ('web', 'Web')") == (90, [])


def test_nothing_is_said_of_a_word_that_all_rows_write_alike(shop: Shop) -> None:
    assert asked(shop, "channel_id = 'app'") == (10, [])
