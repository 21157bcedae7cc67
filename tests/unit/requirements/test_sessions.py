"""Sessions, pages, features, articles and search (R121–R125), and the health of the user base (R118)."""

from __future__ import annotations

from kpi_tui.definitions.period import Period
from tests.unit.library.example_shops import looked, people
from tests.unit.requirements.conftest import Run, Written
from tests.workspaces import Row, Shop, orders, users, views

DAY = "2026-04-10"


def said(run: Run, shop: Shop, metric: str, period: str, *more: str) -> list[str]:
    """What `values` puts beside the number of a metric."""
    (value,) = run("-w", shop.root, "values", metric, "--period", period, *more).json
    return [signal["says"] for signal in value["signals"]]


def test_r118_a_month_that_loses_as_many_users_as_it_wins_is_warned_about(
    written: Written, shop: Shop, run: Run
) -> None:
    """Three seen in January only are lost in April; April wins three, May wins one more than it loses."""
    came = [(who, "2026-01-10 09:00:00") for who in "abc"] + [(who, "2026-04-10 09:00:00") for who in "def"]
    came += [("g", "2026-05-10 09:00:00")]
    shop.has("users", users(*came), complete_until="2026-05-31")
    shop.has("orders", orders(("o1", "stranger", "2026-01-10 09:00:00", 1.0)), complete_until="2026-05-31")
    looked(shop, ("2026-01-10", list("abc")), ("2026-04-10", list("def")), ("2026-05-10", ["g"]), until="2026-05-31")
    written()
    assert shop.value("net_user_growth", "2026-04").value == 0
    assert said(run, shop, "net_user_growth", "2026-04") == ["new users do not make up for those who left"]
    assert shop.value("net_user_growth", "2026-05").value == 1
    assert said(run, shop, "net_user_growth", "2026-05") == []


def test_r118_the_churned_share_stands_in_its_trend(shop: Shop) -> None:
    """Of four registered users, one is away for 90 days by the end of April, two by the end of May."""
    came = users(*((who, "2026-01-01 09:00:00") for who in "abcd"))
    shop.has("users", came, complete_until="2026-05-31")
    shop.has("orders", orders(("o1", "stranger", "2026-01-01 09:00:00", 1.0)), complete_until="2026-05-31")
    looked(
        shop,
        ("2026-01-05", list("abcd")),
        ("2026-02-20", ["b"]),
        ("2026-05-20", list("cd")),
        ("2026-03-20", list("cd")),
        until="2026-05-31",
    )
    trend = shop.book().numbers.values(["churned_user_share"], Period.parse("2026-05"), last=3)
    assert [value.value for value in trend] == [0, 0.25, 0.5]


def test_r116_a_user_with_an_order_and_nothing_else_is_active(shop: Shop) -> None:
    shop.has("users", users(("ann", "2026-04-01 09:00:00"), ("bo", "2026-04-01 09:00:00")), complete_until=DAY)
    shop.has("orders", orders(("o1", "ann", f"{DAY} 10:00:00", 5.0)), complete_until=DAY)
    shop.has("events", views(("bo", "2026-04-02 09:00:00", "/")), complete_until=DAY).says(as_of=DAY)
    assert shop.value("dau", DAY).value == 1


def test_r120_web_sessions_end_after_30_minutes_and_app_sessions_after_5(shop: Shop) -> None:
    """Events at 0 and 30 min on the web: one session; at 0 and 31: two; in the app at 0 and 6: two."""
    web = views(("a", f"{DAY} 09:00:00", "/"), ("a", f"{DAY} 09:30:00", "/"))
    web += views(("b", f"{DAY} 09:00:00", "/"), ("b", f"{DAY} 09:31:00", "/"))
    app = views(("c", f"{DAY} 09:00:00", "/"), ("c", f"{DAY} 09:06:00", "/"), platform="app")
    rows = [{**row, "event_id": number} for number, row in enumerate(web + app)]
    shop.has("events", rows, complete_until=DAY).says(as_of=DAY)
    values = shop.book().numbers.values(["sessions"], Period.parse(DAY), by="visitor_id")
    assert {value.segment: value.value for value in values} == {None: 5, "a": 1, "b": 2, "c": 2}


def test_r121_sessions_per_active_user_near_one_is_marked_no_stickiness(written: Written, shop: Shop, run: Run) -> None:
    """Ten users; on the first day one of them comes twice (1.1 sessions each), on the second day all do."""
    everybody = people(10)
    shop.has("users", users(*((who, "2026-04-01 08:00:00") for who in everybody)), complete_until="2026-04-30")
    once = [(who, f"{DAY} 09:00:00", "/") for who in everybody] + [("u000000", f"{DAY} 20:00:00", "/")]
    twice = [(who, f"2026-04-11 {hour}:00:00", "/") for hour in ("09", "20") for who in everybody]
    shop.has("events", views(*once, *twice), complete_until="2026-04-30").says(as_of="2026-04-30")
    written()
    assert shop.value("sessions_per_active_user", DAY).value == 1.1
    assert said(run, shop, "sessions_per_active_user", DAY) == ["no stickiness: most came once only"]
    assert said(run, shop, "sessions_per_active_user", "2026-04-11") == []
    shop.says(settings={"no_stickiness": 1.05})
    written()
    assert said(run, shop, "sessions_per_active_user", DAY) == []


def acts(event: str, content: str, readers: list[str]) -> list[Row]:
    return [
        {**row, "event_id": f"{event}-{content}-{row['visitor_id']}", "event": event, "content_id": content}
        for row in views(*((who, f"{DAY} 09:00:00", "") for who in readers))
    ]


def test_r122_the_like_rates_of_two_articles_stand_side_by_side(shop: Shop) -> None:
    """a1: 10 readers, 4 likes; a2: 20 readers, 1 like."""
    rows = acts("read", "a1", people(10)) + acts("like", "a1", people(4))
    rows += acts("read", "a2", people(20)) + acts("like", "a2", people(1))
    shop.has("events", rows, complete_until=DAY).says(as_of=DAY)
    values = shop.book().numbers.values(["like_rate"], Period.parse(DAY), by="content_id")
    assert {value.segment: value.value for value in values if value.segment} == {"a1": 0.4, "a2": 0.05}


def test_r123_exit_rate_and_bounce_rate_are_different_on_one_data_set(shop: Shop) -> None:
    """The page p is seen by 1000 sessions: 300 end on it, 100 of those saw nothing else before."""
    seen = people(1000)
    looks = [(who, f"{DAY} 09:00:00", "home") for who in seen[100:]]
    looks += [(who, f"{DAY} 09:01:00", "p") for who in seen]
    looks += [(who, f"{DAY} 09:02:00", "cart") for who in seen[300:]]
    shop.has("events", views(*looks), complete_until=DAY).says(as_of=DAY)
    book, day = shop.book(), Period.parse(DAY)
    (left,) = book.numbers.values(["exit_rate"], day, where="page_id = 'p'")
    (bounced,) = book.numbers.values(["bounce_rate"], day)
    assert (left.value, bounced.value) == (0.3, 0.1)
    (bounces,) = book.numbers.values(["bounce_rate"], day, where="landing_page = 'p'")
    assert bounces.value == 1.0, "a bounce is an exit of its landing page"


def article(number: int, delivered: bool, opened: bool) -> Row:
    at = f"{DAY} 09:00:00"
    times = {"delivered_at": at if delivered else None, "opened_at": at if opened else None, "responded_at": None}
    return {"message_id": f"m{number}", "channel": "wechat_article", "user_id": f"u{number}", "sent_at": at, **times}


def share(number: int, parent: str | None) -> Row:
    known = {"share_id": f"s{number}", "user_id": f"u{number}", "shared_at": f"{DAY} 10:00:00"}
    return {**known, "channel": "wechat_chat", "content_id": "a1", "campaign_id": None, "parent_share_id": parent}


ARTICLE = ["article_delivery_rate", "article_share_rate", "secondary_share_rate", "follower_net_growth"]


def test_r124_an_article_is_delivered_shared_shared_again_and_wins_followers(shop: Shop) -> None:
    """10 sent, 8 delivered, 5 opened; 2 of the openers share, from there it is shared once more; 3 come, 1 goes."""
    shop.has("messages", [article(n, n < 8, n < 5) for n in range(10)], complete_until=DAY)
    shop.has("shares", [share(0, None), share(1, None), share(2, "s0")], complete_until=DAY)
    fans = [("f1", DAY, None), ("f2", DAY, None), ("f3", DAY, None), ("f4", "2026-04-01", DAY)]
    shop.has("owned_followers", [
        {"touchpoint": "official_account", "follower_id": who, "followed_at": since, "unfollowed_at": until}
        for who, since, until in fans
    ], complete_until=DAY)  # fmt: skip
    values = shop.says(as_of=DAY).book().numbers.values(ARTICLE, Period.parse(DAY))
    assert [value.value for value in values] == [0.8, 0.4, 0.5, 2]


def test_r124_what_a_third_party_does_not_deliver_is_unknown_and_not_zero(shop: Shop) -> None:
    """No column opened_at, no table of shares and of followers."""
    rows = [{name: cell for name, cell in article(n, True, True).items() if name != "opened_at"} for n in range(4)]
    shop.has("messages", rows, complete_until=DAY).says(as_of=DAY)
    values = shop.book().numbers.values(ARTICLE, Period.parse(DAY))
    assert [value.value for value in values] == [1.0, None, None, None]
    assert {value.reason for value in values[1:]} == {"no_table"}


def test_r125_empty_searches_and_those_with_a_click(shop: Shop) -> None:
    """100 searches, 20 of them empty, 40 clicked: 20 % and 50 %."""
    found = [(f"q{n}", "search", 0 if n < 20 else 7) for n in range(100)]
    found += [(f"q{n}", "search_click", None) for n in range(20, 60)]
    rows = [
        {**views(("ann", f"{DAY} 09:00:00", ""))[0], "event_id": f"{event}-{query}", "event": event,
         "query_id": query, "query_text": "shoes", "result_count": results}
        for query, event, results in found
    ]  # fmt: skip
    shop.has("events", rows, complete_until=DAY).says(as_of=DAY)
    values = shop.book().numbers.values(["empty_search_rate", "effective_search_rate"], Period.parse(DAY))
    assert [value.value for value in values] == [0.2, 0.5]
