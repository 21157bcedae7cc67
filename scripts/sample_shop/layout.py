"""Which file each table goes to, and its header."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """A file: name, header, encoding for text files."""

    file: str
    columns: tuple[str, ...]
    encoding: str = "utf-8"


def _sheet(file: str, columns: str, encoding: str = "utf-8") -> Sheet:
    return Sheet(file, tuple(columns.split()), encoding)


EVENTS = tuple(
    (
        "ts visitor_id user_id platform event page_id url content_id campaign_id feature query_id "
        "query_text result_count value is_valid"
    ).split()
)

SHEETS = {
    "users": _sheet(
        "users.csv",
        "user_id registered_at channel_id acquisition_type inviter_id device_id side card_bound_at "
        "member_since nickname",
    ),
    "orders": _sheet(
        "orders.csv",
        "order_id user_id seller_id created_at paid_at order_amount list_amount paid_amount "
        "paid_from_balance domain scene channel_id campaign_id content_id message_id guide_id",
    ),
    "order_items": _sheet(
        "order_items.csv",
        "order_id sku_id qty unit_price unit_cost",
    ),
    "refunds": _sheet(
        "refunds.csv",
        "refund_id order_id user_id refunded_at amount qty kind",
    ),
    "products": _sheet(
        "products.csv",
        "sku_id product_id category_id list_price unit_cost carried product_name",
    ),
    "purchases": _sheet(
        "purchases.csv",
        "purchase_id purchased_on sku_id qty unit_cost",
    ),
    "inventory_daily": _sheet(
        "inventory_daily.parquet",
        "day sku_id opening_qty received_qty sold_qty closing_qty",
    ),
    "channel_daily": _sheet(
        "channel_daily.gbk.csv",
        "日期 渠道 活动 计费方式 曝光 触达 点击 到站 行动 下载 注册 订单 订单金额 花费 展示时长 媒体收入",
        "gb18030",
    ),
    "costs": _sheet(
        "costs.csv",
        "day cost_type direct_acquisition channel_id campaign_id step domain team amount",
    ),
    "downloads": _sheet(
        "downloads.csv",
        "device_id downloaded_at store channel_id",
    ),
    "invites": _sheet(
        "invites.csv",
        "invite_id inviter_id invitee_id channel campaign_id sent_at accepted_at",
    ),
    "shares": _sheet(
        "shares.csv",
        "share_id user_id content_id campaign_id channel parent_share_id shared_at",
    ),
    "campaigns": _sheet(
        "campaigns.csv",
        "campaign_id kind starts_at ends_at audience_size campaign_name",
    ),
    "coupons": _sheet(
        "coupons.csv",
        "coupon_id kind variant campaign_id user_id claimed_at used_at order_id face_value",
    ),
    "messages": _sheet(
        "messages.parquet",
        "message_id channel user_id guide_id campaign_id content_id sent_at delivered_at opened_at responded_at",
    ),
    "contents": _sheet(
        "contents.csv",
        "content_id kind author_id published_at title",
    ),
    "feedback": _sheet(
        "feedback.csv",
        "feedback_id user_id order_id ts kind stage subject score scale_max satisfied",
        "utf-8-sig",
    ),
    "mystery_shopper": _sheet(
        "mystery_shopper.xlsx",
        "visit_id visited_on department staff_id score scale_max",
    ),
    "inquiries": _sheet(
        "inquiries.csv",
        "inquiry_id visitor_id user_id asked_at kind staff_id handled_at",
    ),
    "points_ledger": _sheet(
        "points_ledger.csv",
        "entry_id user_id ts action delta reward_kind reward_qty cost",
    ),
    "topup_ledger": _sheet(
        "topup_ledger.csv",
        "entry_id user_id ts kind amount",
    ),
    "member_levels": _sheet(
        "member_levels.csv",
        "user_id ts from_level to_level is_vip",
    ),
    "guide_customers": _sheet(
        "guide_customers.csv",
        "guide_id user_id touchpoint exposed_at invited_at added_at deleted_at served_at",
    ),
    "owned_followers": _sheet(
        "owned_followers.csv",
        "touchpoint follower_id user_id followed_at unfollowed_at",
    ),
    "user_tags": _sheet(
        "user_tags.csv",
        "user_id tag tagged_at",
    ),
    "staff": _sheet(
        "staff.csv",
        "staff_id team role employment hired_on left_on monthly_wage",
    ),
    "projects": _sheet(
        "projects.csv",
        "project_id parent_id owner_id team started_on due_on done_on",
    ),
    "work_items": _sheet(
        "work_items.csv",
        "item_id kind project_id owner_id due_on done_on",
    ),
    "reports": _sheet(
        "reports.csv",
        "report_id staff_id due_at published_at",
    ),
    "data_checks": _sheet(
        "data_checks.csv",
        "check_id staff_id checked_at kind stated actual correct",
    ),
    "trainings": _sheet(
        "trainings.csv",
        "record_id staff_id course_id required hours completed_on",
    ),
    "investments": _sheet(
        "investments.csv",
        "project_id invested_on amount payback_due target_roi",
    ),
    "finance_periodic": _sheet(
        "finance_periodic.csv",
        "day project_id revenue gross_profit net_profit",
    ),
    "platform_market": _sheet(
        "platform_market.csv",
        "channel_id as_of market_size",
    ),
}
TIME = {
    "orders": 3,
    "invites": 5,
    "shares": 6,
    "feedback": 3,
    "refunds": 3,
    "coupons": 5,
    "inquiries": 3,
    "points_ledger": 2,
    "topup_ledger": 2,
    "member_levels": 1,
    "guide_customers": 3,
    "owned_followers": 3,
    "user_tags": 2,
    "downloads": 1,
}  # the column rows are put in order by
