"""Definitions edited through the Book: dates, reasons, history, undo, conflicts, drafts (R009, R038).

The shop of `test_dated_definitions.py`: 100 paid in 3 orders in October, 150 in 2 in November; targets 200 and 4.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from kpi_tui.book import Book
from kpi_tui.definitions.issue import ConflictError, UsageError
from kpi_tui.definitions.period import Period
from tests.unit.book.test_dated_definitions import FIRST, NOVEMBER, OCTOBER, opened
from tests.workspaces import Shop

MONEY = ("roles", "sales", "lines", "paid_amount", "weight")
ORDERS = ("roles", "sales", "lines", "paid_orders", "weight")
NOTED = FIRST.replace("weight = 80", "weight = 80   # agreed in spring")


@pytest.fixture
def book(shop: Shop) -> Book:
    """The as-of day is 30 November 2026: October is closed and was scored, November is the present month."""
    return opened(shop, NOTED)


def file(book: Book, name: str = "roles/sales.toml") -> str:
    return (book.workspace.root / name).read_text(encoding="utf-8")


def shift(book: Book, since: Period | None = NOVEMBER, money: int = 40) -> None:
    book.definitions.set_all({MONEY: money, ORDERS: 100 - money}, since)


def test_what_was_scored_gets_a_form_of_its_own_and_the_closed_month_keeps_its_score_r009(book: Book) -> None:
    """By 40/60 November makes 60, and October stays at 55 (worked out in `test_dated_definitions.py`)."""
    assert book.definitions.since_for(MONEY, NOVEMBER) == NOVEMBER
    shift(book)
    assert not book.definitions.needs_reason
    changes = book.definitions.save()
    assert [(one.keys, one.since, one.before, one.after, one.late) for one in changes] == [
        (MONEY, "2026-11", 80, 40, False),
        (ORDERS, "2026-11", 20, 60, False),
    ]
    assert "weight = 80   # agreed in spring" in file(book)
    scores = book.reopened().scores
    assert scores.scorecard("sales", OCTOBER).score == pytest.approx(55)
    assert scores.scorecard("sales", NOVEMBER).score == pytest.approx(60)


def test_a_second_edit_of_the_same_month_changes_the_same_form(book: Book) -> None:
    shift(book)
    book.definitions.save()
    shift(book, money=30)
    book.definitions.save()
    (version,) = tomllib.loads(file(book))["roles"]["sales"]["versions"]
    assert [line["weight"] for line in version["lines"]] == [30, 70]
    shift(book, money=80)
    book.definitions.save()
    assert file(book) == NOTED, "back to what counted before: nothing of its own is left to say"


def test_what_was_never_scored_is_changed_where_it_stands(shop: Shop) -> None:
    shop.has("orders", [{"order_id": "1", "paid_at": "2026-11-30", "paid_amount": 1}]).says(as_of="2026-11-30")
    shop.defines("roles/sales.toml", NOTED)
    book = shop.book()
    assert book.definitions.since_for(MONEY, NOVEMBER) is None
    shift(book, None)
    book.definitions.save()
    assert file(book) == NOTED.replace("80   #", "40   #").replace("weight = 20", "weight = 60")


def test_names_and_duties_move_no_score_and_are_changed_where_they_stand(book: Book) -> None:
    name = ("roles", "sales", "name")
    assert book.definitions.since_for(name, NOVEMBER) is None
    book.definitions.set(name, {"en": "Sales", "zh": "销售"})
    book.definitions.save()
    assert file(book) == NOTED.replace('name = "Sales"', 'name = { en = "Sales", zh = "销售" }')


def test_a_change_that_reaches_into_a_closed_period_needs_a_reason_and_is_marked_r009(book: Book) -> None:
    shift(book, OCTOBER)
    assert book.definitions.needs_reason
    with pytest.raises(UsageError, match=r"lines\.paid_amount\.weight since 2026-10 reaches into a closed period"):
        book.definitions.save()
    assert file(book) == NOTED
    changes = book.definitions.save("the weights of October were typed wrongly")
    assert [(one.late, one.why) for one in changes] == [(True, "the weights of October were typed wrongly")] * 2
    assert book.reopened().scores.scorecard("sales", OCTOBER).score == pytest.approx(40 * 0.5 + 60 * 0.75)


def test_weights_that_do_not_sum_to_100_are_told_and_not_saved_r036(book: Book) -> None:
    book.definitions.set(MONEY, 70, NOVEMBER)
    (error,) = [one for one in book.definitions.problems(NOVEMBER) if one.severity == "error"]
    assert (error.file, error.message) == ("roles/sales.toml", "role sales: the weights sum to 90, not 100")
    with pytest.raises(UsageError, match=r"roles/sales\.toml: role sales: the weights sum to 90, not 100; .*\+10"):
        book.definitions.save()
    assert file(book) == NOTED
    assert len(book.definitions.pending()) == 1, "the edit is kept"


def test_undo_and_redo_take_back_steps_then_what_was_saved(book: Book) -> None:
    definitions = book.definitions
    shift(book)
    definitions.undo()
    assert not definitions.pending()
    definitions.redo()
    assert len(definitions.pending()) == 2
    definitions.save()
    saved = file(book)
    definitions.undo()
    assert file(book) == NOTED
    definitions.redo()
    assert file(book) == saved
    assert [one.kind for one in definitions.history()] == ["set", "set", "undo", "undo", "redo", "redo"]
    assert len(definitions.history(MONEY)) == 3


def test_a_line_that_was_removed_comes_back_at_its_place(book: Book) -> None:
    definitions = book.definitions
    definitions.set_all({MONEY[:-1]: None, ORDERS: 100}, NOVEMBER)
    changes = definitions.save()
    assert [one.keys for one in changes] == [MONEY[:3]], "a list as a whole where a line came or went"
    assert [line["metric"] for line in definitions.value(MONEY[:3], NOVEMBER)] == ["paid_orders"]
    definitions.undo()
    assert [line["metric"] for line in definitions.value(MONEY[:3], NOVEMBER)] == ["paid_amount", "paid_orders"]
    assert file(book) == NOTED


def test_a_role_is_added_given_to_somebody_ended_and_all_of_it_undone(book: Book) -> None:
    definitions = book.definitions
    role = {"name": {"en": "Data", "zh": "数据"}, "lines": [{"metric": "paid_orders", "weight": 100}]}
    since = definitions.since_for(("roles", "data"), NOVEMBER)
    assert since == NOVEMBER, "who was not there must not appear among the closed scorecards"
    definitions.set_all({("roles", "data"): role, ("people", "ann"): {"name": "Ann", "roles": ["data"]}}, since)
    definitions.save()
    assert tomllib.loads(file(book, "roles/data.toml"))["roles"]["data"]["from"] == "2026-11"
    space = book.reopened().workspace
    assert list(space.at(NOVEMBER).roles) == ["data", "sales"]
    assert list(space.at(OCTOBER).roles) == ["sales"]
    assert space.at(NOVEMBER).people["ann"].roles == ("data",)

    december = Period.parse("2026-12")
    definitions.set_all({("roles", "data"): None, ("people", "ann"): None}, december)
    definitions.save()
    assert list(definitions.workspace(december).roles) == ["sales"]
    assert list(definitions.workspace(NOVEMBER).roles) == ["data", "sales"]
    definitions.undo()
    assert list(definitions.workspace(december).roles) == ["data", "sales"]
    definitions.undo()
    assert not (book.workspace.root / "roles/data.toml").exists()
    assert not (book.workspace.root / "people.toml").exists()


def test_bonus_modules_north_star_and_settings_are_edited_in_workspace_toml(book: Book) -> None:
    definitions = book.definitions
    steps = [{"attainment": 0.0, "effect": -0.2}, {"attainment": 0.9, "effect": 0.2}]
    assert definitions.since_for(("bonus", "steps"), NOVEMBER) == NOVEMBER
    definitions.set(("bonus", "steps"), steps, NOVEMBER)
    definitions.set(("modules", "off"), ["feedback"])
    assert definitions.since_for(("north_star",), NOVEMBER) == NOVEMBER, "October keeps the one it had"
    definitions.set(("north_star",), "paid_orders", NOVEMBER)
    assert not definitions.needs_reason
    definitions.set(("settings", "attainment_cap"), 1.5)
    assert definitions.needs_reason, "the cap has no date: it reaches into every closed period"
    definitions.save("one cap for all")
    assert [".".join(one.keys) for one in definitions.history()] == [
        "bonus.steps",
        "modules.off",
        "north_star",
        "settings.attainment_cap",
    ]
    space = book.reopened().workspace
    assert (space.north_star, space.modules_off, space.settings["attainment_cap"]) == (
        "paid_orders",
        frozenset({"feedback"}),
        1.5,
    )
    assert [step.effect for step in space.at(NOVEMBER).bonus.steps] == [-0.2, 0.2]
    assert [step.effect for step in space.at(OCTOBER).bonus.steps] == [-0.1, 0.1]


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("north_star",), "paid_amonut", "did you mean 'paid_amount'"),
        (("modules", "off"), ["feedbak"], "did you mean 'feedback'"),
        (("settings", "attainment_cap"), "high", "must be a number, not the text 'high'"),
        (("roles", "sales", "lines", "paid_amount", "method"), "ratoi", "did you mean 'ratio'"),
        (("people", "ann"), {"name": "Ann", "roles": ["sale"]}, "did you mean 'sales'"),
        (("chains", "site", "links", "C", "ratio"), "no_such", "no_such"),
    ],
)
def test_a_wrong_word_is_refused_with_the_right_one(book: Book, path, value, message: str) -> None:
    """What stands alone is refused at once, what leans on other keys when it is saved."""
    with pytest.raises(UsageError, match=message):
        book.definitions.set(path, value, NOVEMBER)
        assert path[0] in ("roles", "people", "chains")
        book.definitions.save("a reason")


def test_a_stage_of_the_library_is_taken_over_whole_when_one_of_its_texts_is_edited_r024(book: Book) -> None:
    book.definitions.set(("stages", "active", "aim"), "buy thrice")
    book.definitions.save()
    stage = book.reopened().workspace.stages["active"]
    assert stage.aim.en == "buy thrice"
    assert stage.key_point.en, "what was not edited is as the library says it"
    assert list(tomllib.loads(file(book, "stages.toml"))["stages"]) == ["active"]
    book.definitions.undo()
    assert not (book.workspace.root / "stages.toml").exists()


def test_two_people_at_one_weight_are_a_conflict_that_shows_both_sides(book: Book) -> None:
    other = Book.open(book.workspace.root, who="bo")
    shift(book, money=40)
    shift(other, money=60)
    other.definitions.save()
    with pytest.raises(ConflictError, match=r"you saw 80 and want 40, but it says 60 now \(bo changed it 20"):
        book.definitions.save()
    assert book.reopened().workspace.at(NOVEMBER).roles["sales"].lines[0].weight == 60
    clashes = book.definitions.clashes()
    assert [(one.cell, one.base, one.mine, one.theirs) for one in clashes] == [
        (("2026-11", MONEY), 80, 40, 60),
        (("2026-11", ORDERS), 20, 60, 40),
    ]
    for clash in clashes:
        book.definitions.keep_mine(clash.cell)
    assert [(one.before, one.after) for one in book.definitions.save()] == [(60, 40), (40, 60)]


def test_theirs_may_stand(book: Book) -> None:
    other = Book.open(book.workspace.root, who="bo")
    shift(book, money=40)
    shift(other, money=60)
    other.definitions.save()
    for clash in book.definitions.clashes():
        book.definitions.take_theirs(clash.cell)
    assert not book.definitions.pending()
    assert book.definitions.save() == []


def test_two_people_at_different_keys_merge(book: Book) -> None:
    other = Book.open(book.workspace.root, who="bo")
    shift(book)
    other.definitions.set(("roles", "sales", "duty"), "sells")
    other.definitions.save()
    book.definitions.save()
    role = tomllib.loads(file(book))["roles"]["sales"]
    assert (role["duty"], role["versions"][0]["lines"][0]["weight"]) == ("sells", 40)


def test_two_that_merge_to_weights_of_no_hundred_are_not_saved(book: Book) -> None:
    """One shifts between the two lines; the other, who saw the old weights, adds a third: each sums to 100 alone."""
    other = Book.open(book.workspace.root, who="bo")
    shift(book, money=60)
    other.definitions.set_all({ORDERS: 10, ("roles", "sales", "lines", "aov"): {"weight": 10}}, NOVEMBER)
    other.definitions.save()
    with pytest.raises(ConflictError):
        book.definitions.save()


def test_a_hand_that_edits_the_file_meanwhile_is_seen(book: Book) -> None:
    shift(book)
    by_hand = NOTED.replace("weight = 80", "weight = 70").replace("weight = 20", "weight = 30")
    (book.workspace.root / "roles/sales.toml").write_text(by_hand, encoding="utf-8")
    with pytest.raises(ConflictError, match="you saw 80 and want 40, but it says 70 now"):
        book.definitions.save()
    assert file(book) == by_hand


def test_a_draft_survives_the_app_and_is_taken_up(book: Book) -> None:
    shift(book)
    again = Book.open(book.workspace.root)
    assert again.definitions.draft_found() == 2
    assert again.definitions.restore_draft() == 2
    assert again.definitions.pending() == book.definitions.pending()
    again.definitions.save()
    assert Book.open(book.workspace.root).definitions.draft_found() == 0


def drafted(book: Book) -> Path:
    (path,) = (Path(os.environ["XDG_STATE_HOME"]) / "kpi-tui" / "drafts").iterdir()
    return path


def test_who_was_killed_between_the_file_and_the_end_of_the_draft_left_nothing_unsaved(book: Book) -> None:
    shift(book)
    draft = drafted(book)
    kept = draft.read_bytes()
    book.definitions.save()
    draft.write_bytes(kept)
    again = Book.open(book.workspace.root)
    assert again.definitions.draft_found() == again.definitions.restore_draft() == 0
    assert not draft.exists()
    assert not again.definitions.notes()


def test_a_draft_of_which_only_a_part_stands_in_the_files_is_offered_as_it_was(book: Book) -> None:
    book.definitions.set_all({("roles", "sales", "duty"): "sells", ("roles", "sales", "name"): "Shop"})
    other = Book.open(book.workspace.root, who="bo")
    other.definitions.set_all({("roles", "sales", "duty"): "sells"})
    other.definitions.save()
    assert Book.open(book.workspace.root).definitions.draft_found() == 2


def test_a_draft_is_offered_while_the_files_cannot_be_read_or_it_fits_no_key(book: Book) -> None:
    shift(book)
    draft = drafted(book)
    foreign = draft.read_text().replace('"paid_amount"', '"of", "no"')
    sales = book.workspace.root / "roles/sales.toml"
    sales.write_text("[roles.sales\n", encoding="utf-8")
    assert Book.open(book.workspace.root).definitions.draft_found() == 2
    sales.write_text(NOTED, encoding="utf-8")
    draft.write_text(foreign)
    assert Book.open(book.workspace.root).definitions.draft_found() == 2


def test_unsaved_edits_go_along_when_the_files_are_read_again(book: Book) -> None:
    shift(book)
    (book.workspace.root / "roles/sales.toml").write_text(NOTED + "# a word\n", encoding="utf-8")
    after = book.reopened()
    assert after.definitions.pending() == {("2026-11", MONEY): (80, 40), ("2026-11", ORDERS): (20, 60)}
    after.definitions.save()
    assert "# a word" in file(book)


def test_a_file_that_cannot_be_read_is_never_written_over(book: Book, tmp_path: Path) -> None:
    from kpi_tui.definitions.issue import WorkspaceError

    shift(book)
    broken = "[roles.sales\n"
    (book.workspace.root / "roles/sales.toml").write_text(broken, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=r"roles/sales\.toml:1: not valid TOML"):
        book.definitions.save()
    assert file(book) == broken


def test_two_who_wish_the_same_did_not_agree_on_it_but_one_s_own_save_is_done(book: Book) -> None:
    """As with targets; a draft whose save was done before the app died is no conflict with itself."""
    again = Book.open(book.workspace.root, who=book.who)
    other = Book.open(book.workspace.root, who="bo")
    shift(again)
    shift(other)
    shift(book)
    book.definitions.save()
    with pytest.raises(ConflictError):
        other.definitions.save()
    assert len(other.definitions.clashes()) == 2
    assert again.definitions.save() == []


def test_who_holds_a_role_that_ends_is_told_of_it_r033(book: Book) -> None:
    december = Period.parse("2026-12")
    book.definitions.set(("people", "ann"), {"name": "Ann", "roles": ["sales"]})
    book.definitions.set(("roles", "sales"), None, december)
    told = [one.message for one in book.definitions.problems() if one.code == "R033"]
    assert told == ["person ann holds sales since 2026-12-01, when it does not count"]
    book.definitions.set(("people", "ann"), None, december)
    assert not [one for one in book.definitions.problems() if one.code == "R033"]


def test_a_damaged_line_of_the_history_is_told_by_check_and_the_others_stay(book: Book) -> None:
    shift(book)
    book.definitions.save()
    history = book.workspace.root / "definitions/history.jsonl"
    history.write_text(history.read_text(encoding="utf-8") + "{torn\n", encoding="utf-8")
    (issue,) = [one for one in book.data.check() if one.code == "history"]
    assert (issue.file, "line 3" in issue.message) == ("definitions/history.jsonl", True)
    assert len(book.definitions.history()) == 2
