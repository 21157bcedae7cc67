"""What the made-up shop sells and says: products, channels, campaigns, contents, staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .rhythm import END, START

_GOODS = {  # category -> SPU: name, price
    "茶 Tea": [
        ("明前龙井 Longjing", 168.0),
        ("凤凰单丛 Dancong", 128.0),
        ("正山小种 Lapsang", 98.0),
        ("老白茶饼 White tea", 218.0),
    ],
    "器 Ware": [
        ("汝窑盖碗 Gaiwan", 159.0),
        ("山茶马克杯 ☕ Mug", 69.0),
        ("竹茶则 Bamboo scoop", 29.0),
        ("旅行茶具 Travel set", 199.0),
    ],
    "肤 Skin": [
        ("山茶花油 Camellia oil", 138.0),
        ("山茶护手霜 Hand cream", 49.0),
        ("山茶面膜 Mask ×5", 79.0),
        ("香皂 Soap 🧼", 26.0),
    ],
    "食 Snack": [
        ("桂花糕 Osmanthus cake", 36.0),
        ("蛋黄酥 Yolk pastry", 45.0),
        ("坚果礼盒 Nut box", 118.0),
        ("月饼礼盒 Mooncake 🥮", 188.0),
    ],
    "礼 Gift": [
        ("新春礼盒 New Year box 🧧", 298.0),
        ("伴手礼 Souvenir set", 88.0),
        ("贺卡 Card", 12.0),
        ("企业定制 Corporate gift", 398.0),
    ],
    "家 Home": [("线香 Incense", 58.0), ("棉麻桌旗 Runner", 89.0), ("花器 Vase", 139.0), ("抱枕 Cushion", 75.0)],
}
_TITLES = (
    "一杯春茶的五分钟",
    "盖碗怎么拿不烫手",
    "Camellia oil, three ways",
    "618 清单 🛒",
    "老白茶值得囤吗?",
    "送长辈的礼",
    "双11 怎么买最划算",
    "Tea for beginners",
    "山茶花开了 🌺",
    "店员日记",
    "一个杯子的诞生",
    "中秋团圆桌",
)


@dataclass(frozen=True)
class Sku:
    """One article: stock unit, product it belongs to, list price, cost."""

    sku_id: str
    product_id: str
    name: str
    category: str
    price: float
    cost: float
    carried: bool = True


@dataclass(frozen=True)
class Channel:
    """An advertising channel: pricing model, share of promoted users, price of a new user."""

    name: str
    model: str
    share: float
    price: float


@dataclass(frozen=True)
class Campaign:
    """A campaign with its span."""

    campaign_id: str
    kind: str
    name: str
    first: date
    last: date
    audience: int


CHANNELS = (
    Channel("微信朋友圈 WeChat Moments", "cpm", 0.27, 30.0),
    Channel("抖音 Douyin", "cpa", 0.25, 34.0),
    Channel("小红书 RED", "cpc", 0.20, 26.0),
    Channel("百度 Baidu", "cpc", 0.13, 40.0),
    Channel("App Store", "cpd", 0.10, 28.0),
    Channel("地铁广告 Metro 🚇", "cpt", 0.05, 60.0),
)

ALLIANCE = "淘客联盟 Affiliates"  # paid per order; brings no registrations of its own
ALWAYS = "日常 always-on"  # advertising outside campaigns

CAMPAIGNS = (
    Campaign("c2510", "coupon", "国庆出游季 Golden Week", date(2025, 9, 28), date(2025, 10, 7), 1500),
    Campaign("c2511", "flash_sale", "双11 狂欢 🔥 Double 11", date(2025, 10, 25), date(2025, 11, 11), 2400),
    Campaign("c2512", "discount", "双12 返场 Double 12", date(2025, 12, 8), date(2025, 12, 12), 2200),
    Campaign("c2602", "exclusive_price", "年货节 🧧 New Year goods", date(2026, 1, 26), date(2026, 2, 12), 2800),
    Campaign("c2603", "coupon", "女神节 Goddess day", date(2026, 3, 4), date(2026, 3, 8), 2900),
    Campaign("c2605", "referral", "春茶好友团 Bring a friend", date(2026, 4, 20), date(2026, 5, 10), 3300),
    Campaign("c2606", "flash_sale", "618 大促 🛒", date(2026, 6, 1), date(2026, 6, 18), 3900),
    Campaign("c2608", "red_packet", "七夕红包 Qixi packet", date(2026, 8, 14), date(2026, 8, 20), 4200),
    Campaign("c2609", "discount", "中秋礼遇 🥮 Mid-Autumn", date(2026, 9, 12), date(2026, 9, 25), 4600),
    Campaign("c2610", "referral", "国庆邀友 Golden Week invites", date(2026, 10, 1), date(2026, 10, 12), 4800),
    Campaign("c2611", "flash_sale", "双11 预热 🔥 Double 11 warm-up", date(2026, 10, 20), date(2026, 11, 11), 5200),
)

SEARCHES = (
    "龙井",
    "盖碗",
    "礼盒",
    "tea set",
    "camellia oil",
    "护手霜",
    "月饼",
    "茶叶 送礼",
    "杯子 ☕",
    "抱枕",
    "优惠券",
    "gift box",
    "老白茶",
)
NO_HIT = ("咖啡机", "iphone 壳", "lao bai cha饼357", "xyz")
GUIDES = tuple(f"S{number:03d}" for number in range(11, 15))
PRE_SALE = tuple(f"S{number:03d}" for number in range(31, 34))


def skus() -> list[Sku]:
    """48 stock units of 24 products, and 12 the market has but we do not carry."""
    out: list[Sku] = []
    for category, goods in _GOODS.items():
        for name, price in goods:
            product = f"P{len(out) // 2 + 1:02d}"
            out.append(Sku(f"{product}-1", product, name, category, price, round(price * 0.46, 2)))
            out.append(
                Sku(f"{product}-2", product, f"{name} 大 L", category, round(price * 1.6, 2), round(price * 0.7, 2))
            )
    for number in range(12):
        category = list(_GOODS)[number % 6]
        out.append(
            Sku(f"M{number + 1:02d}-1", f"M{number + 1:02d}", f"别家款 Other {number + 1}", category, 99.0, 45.0, False)
        )
    return out


def contents() -> list[tuple[str, str, str, datetime, str]]:
    """(content_id, kind, author_id, published_at, title): two to three a week."""
    kinds = ("article", "article", "video", "post")
    out: list[tuple[str, str, str, datetime, str]] = []
    day = START - timedelta(days=20)
    while day <= END:
        number = len(out) + 1
        at = datetime(day.year, day.month, day.day, 9 + number % 9, 30)
        title = f"{_TITLES[number % len(_TITLES)]} {number}"
        out.append((f"T{number:03d}", kinds[number % 4], f"S{21 + number % 3:03d}", at, title))
        day += timedelta(days=2 + number % 2)
    return out


def running(day: date) -> Campaign | None:
    """The campaign of a day, the latest one if two overlap."""
    live = [campaign for campaign in CAMPAIGNS if campaign.first <= day <= campaign.last]
    return live[-1] if live else None
