"""The words trackers use for actions, put into those the metrics know; and the orders hidden among the events."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.table import ColumnType
from kpi_tui.definitions.message import listed, say
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.mapping.column_names import sql_name
from kpi_tui.tables.propose.by_column_names import Match, column_for
from kpi_tui.tables.propose.column_shapes import Shape
from kpi_tui.tables.propose.synonyms import plain

# canonical event -> what others call it, the likeliest first; only one word of a file stands for it
_WORDS: Mapping[str, str] = {
    "page_view": "pv|pageview|view|product view|view item|browse|visit|浏览|访问|浏览商品|页面浏览",
    "add_to_cart": "cart|addtocart|add cart|加购|加购物车|加入购物车",
    "favorite": "fav|favourite|collect|wishlist|add to wishlist|收藏",
    "search": "query|搜索",
    "like": "thumbs up|点赞",
    "comment": "评论",
    "share": "forward|分享|转发",
    "app_open": "launch|app launch|启动|打开应用",
    "check_in": "sign in daily|签到",
}
_BOUGHT = frozenset(map(plain, "buy|purchase|purchased|order|transaction|购买|下单|支付|成交|付款".split("|")))
_MOST = 200  # different words of an event column


def translated(column: str, words: pl.Series) -> tuple[str, str]:
    """SQL that renames the events of a file, and the note that says so; ("", "") when there is nothing to rename."""
    seen = {plain(word): word for word in sorted(_distinct(words))}
    taken = {}
    for event, names in _WORDS.items():
        known = [seen[plain(name)] for name in names.split("|") if plain(name) in seen]
        if known and plain(event) not in seen:
            taken[known[0]] = event
        elif plain(event) in seen and seen[plain(event)] != event:
            taken[seen[plain(event)]] = event  # Page View, add-to-cart
    if not taken:
        return "", ""
    name = sql_name(column)
    cases = " ".join(f"when {quoted_text(word)} then '{event}'" for word, event in taken.items())
    said = listed(say("{word} is {event}", word=word, event=event) for word, event in taken.items())
    return f"case {name} {cases} else {name} end", say("events get the names that metrics know: {said}", said=said)


def bought(frame: pl.DataFrame, path: Path, events: Match, shapes: Mapping[str, Shape]) -> list[TableProposal]:
    """Orders made of the purchases among the events: one a session, or one a row where there are no sessions."""
    if not {"event", "ts"} <= events.columns.keys() or not (user := _user(events)):
        return []
    column = events.columns["event"][0]
    words = [word for word in sorted(_distinct(frame[column])) if plain(word) in _BOUGHT]
    if len(words) != 1:
        return []
    session = column_for("sessions", "session_id", shapes, ColumnType.STR)
    time = events.columns["ts"][1]
    price = column_for("order_items", "unit_price", shapes, ColumnType.FLOAT) or column_for(
        "orders", "order_amount", shapes, ColumnType.FLOAT
    )
    worth = shapes[price].sql[ColumnType.FLOAT] if price else ""
    taken = _by_session(session, user, time, worth) if session else _by_row(user, time, worth)
    each = say("one session ({session})", session=session) if session else say("one row")
    notes = [
        say(
            "an order is taken to be the {event!r} events of {each}; an order number in the file would be better",
            event=words[0],
            each=each,
        )
    ]
    missing = () if price else ("order_amount", "paid_amount")
    if not price:
        notes.append(say("no column says what was paid: amounts stay unknown, orders and buyers are counted"))
    where = f"{sql_name(column)} = {quoted_text(words[0])}"
    by = (sql_name(session),) if session else ()
    return [TableProposal("orders", path, taken, (), missing, 0.5, tuple(notes), where, by)]


def _by_session(session: str, user: str, time: str, worth: str) -> dict[str, str]:
    made = {"order_id": sql_name(session), "user_id": f"min({user})"}
    made |= {"created_at": f"min({time})", "paid_at": f"min({time})"}
    return made | dict.fromkeys(("order_amount", "paid_amount"), f"sum({worth})") if worth else made


def _by_row(user: str, time: str, worth: str) -> dict[str, str]:
    made = {"order_id": f"row_number() over (order by {time}, {user})", "user_id": user}
    made |= {"created_at": time, "paid_at": time}
    return made | dict.fromkeys(("order_amount", "paid_amount"), worth) if worth else made


def _user(events: Match) -> str:
    found = events.columns.get("user_id") or events.columns.get("visitor_id")
    return found[1] if found else ""


def _distinct(words: pl.Series) -> list[str]:
    if words.dtype != pl.String:
        return []
    found = words.drop_nulls().unique()
    return found.to_list() if len(found) <= _MOST else []
