"""Names that files give to canonical columns, in English and Chinese; compared without case, blanks and signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

SAID_SO: Mapping[str, tuple[str, ...]] = {
    "refunds": ("refund", "return", "chargeback", "reversal", "erstattung", "retour", "退", "售后"),
    "topup_ledger": ("topup", "recharge", "prepaid", "balance", "wallet", "充值", "储值", "余额", "钱包"),
    "costs": ("cost", "expense", "spend", "spent", "fee", "budget", "费", "成本", "支出", "花销", "投入"),
}
"""Tables that a file fills only where its name or a column says so: a sheet of sales has a number, a day and an amount,
too."""

# names of people, who are told apart by them where a file has no id
PEOPLE = (
    "customer name", "buyer name", "client name", "recipient name", "recipient", "ship name", "shipping name",
    "客户姓名", "顾客姓名", "买家姓名", "会员姓名", "收货人", "收货人姓名", "收件人", "姓名",
)  # fmt: skip

# canonical column (or table.column) -> names seen in exports of shops, trackers and back offices
SYNONYMS: dict[str, str] = {
    "rates.currency": "code|currency code|from currency|from|币种|货币|货币名称|外币",
    "rates.day": "date|valid from|time period|日期|发布日期|公布日期",
    "rates.rate": "exchange rate|value|obs value|price|汇率|中间价|折算率",
    "order_id": "order no|order number|order|invoice no|invoice number|invoice|invoice id|订单号|订单编号|"
    "订单id|单号|交易号|订单号码|商户订单号|主订单编号|子订单编号|transaction id|order sn|order reference|"
    "order key|sales order|sales id|bill no|receipt no|receipt id|basket id|ticket id|checkout id|订单流水号|"
    "交易单号|交易编号|销售单号|销售单编号|销售单|单据号|单据编号|开单号|父订单号|平台订单号|线上订单号|原始单号|订单sn|小票号|流水号",
    "user_id": "customer unique id|customer id|customer|customer no|member id|buyer id|client id|uid|user|"
    "cust id|用户id|用户编号|客户id|客户编号|会员id|会员号|会员编号|买家id|买家|用户|客户|email|buyer|"
    "买家会员名|买家昵称|买家账号|用户名|会员名|客户编码|customer key|customer code|household key|shopper id|"
    "account id|contact id|subscriber id|full visitor id|buyer email|customer email|email address|"
    "buyer username|会员卡号|会员账号|用户账号|用户昵称|会员昵称|顾客id|顾客编号|买家openid|用户openid|"
    "买家手机|手机号|客户名称|用户uid|会员|顾客|会员卡号码",
    "orders.created_at": "order date|order time|ordered at|order datetime|invoice date|date|created|"
    "create time|created time|purchase date|transaction date|下单时间|下单日期|订单时间|订单日期|创建时间|"
    "订单创建时间|日期|时间|order purchase timestamp|order created at|下单日|成交时间|invoice datetime|"
    "transaction time|transaction timestamp|purchased at|purchase time|sale date|sales date|created on|"
    "created date|date created|order placed at|交易时间|交易日期|成交日期|拍下时间|订单提交时间|提交时间|"
    "消费时间|购买时间|销售日期|开单时间",
    "orders.paid_at": "pay time|payment time|payment date|paid time|付款时间|支付时间|支付日期|付款日期|"
    "order approved at|paid at|订单付款时间|订单支付时间|付款日期时间|date paid|paid date|payment received at|"
    "completed date|captured at|支付完成时间|付款完成时间|交易付款时间|到账时间|支付成功时间",
    "orders.order_amount": "amount|total|order total|gmv|sales|revenue|price usd|dollar value|order value|"
    "订单金额|应付金额|总金额|金额|销售额|买家应付货款|应付货款|订单总额|order amount|grand total|"
    "total amount|total price|order total amount|order amount usd|net amount|total sales|sale amount|"
    "sales amount|transaction amount|purchase amount|monetary|订单总金额|订单应付金额|应收金额|商品总金额|"
    "消费金额|成交总额|订单实际金额|合计金额|交易金额",
    "orders.paid_amount": "paid|paid price|payment|amount paid|pay amount|payment amount|实付金额|支付金额|付款金额|"
    "实付|实收金额|已付金额|payment value|买家实际支付金额|实际支付金额|买家实付金额|实付款|paid total|total paid|"
    "amount received|net paid|payment total|captured amount|实收|实付总额|订单实付金额|实际支付|"
    "实际付款金额|买家实付|用户实付|商家实收|实际成交金额|支付总额",
    "orders.list_amount": "list price total|gross amount|原价|标价金额|原价金额|list total|商品原价|订单原价|吊牌金额",
    "orders.scene": "场景|交易场景|成交场景|直播间",
    "domain": "traffic domain|流量域|域",
    "seller_id": "seller|vendor id|merchant id|shop id|store id|卖家id|商家id|店铺id|供应商|shop|store|"
    "merchant|supplier|supplier id|branch|门店|门店id|门店编号|店铺|店铺名称|商家|商户号",
    "channel_id": "channel|source|utm source|acquisition channel|traffic source|渠道|渠道id|来源|来源渠道|"
    "source name|source medium|medium|channel grouping|default channel grouping|marketing channel|"
    "referral source|lead source|utm medium|platform name|order source|media source|network|publisher|"
    "渠道来源|流量来源|来源平台|订单来源|推广渠道|获客渠道|媒体|平台名称|广告平台",
    "campaign_id": "campaign|utm campaign|活动|活动id|计划|campaign name|utm campaign name|promotion id|"
    "promo id|推广计划|计划id|计划名称|推广计划名称|广告计划|活动名称|营销活动",
    "content_id": "content|article id|post id|video id|内容id|文章id|视频id",
    "guide_id": "guide|导购|导购id|sales id|sales rep|salesperson|导购员|销售员|业务员",
    "staff_id": "staff|employee id|agent id|员工|员工id|工号|客服|客服id",
    "sku_id": "sku|stock code|item id|product code|item code|product id|商品编码|商品编号|商品id|货号|"
    "规格编码|lineitem sku|article number|article id|article|barcode|upc|asin|item sku|seller sku|variant sku|"
    "product sku|goods id|item number|material|商家编码|规格id|sku编码|sku编号|sku货号|商品sku|商品条码|条码|"
    "宝贝id|物料编码|外部系统编号",
    "products.product_id": "spu|product|spu id|商品id|款号|item group id|parent sku|parent id|宝贝id|款式编码",
    "products.category_id": "category|product category|品类|类目|分类|category name|product category name|"
    "category code|department id|department|aisle id|product group|product type|class|subcategory|"
    "sub category|商品类目|商品分类|一级类目|类目名称|品类名称|叶子类目",
    "products.product_name": "goods name|product title|item name|item title|title|name|lineitem name|商品名称|商品标题|"
    "商品名|标题|宝贝标题|宝贝名称|品名|产品名称|货品名称|货品|商品|商品全称|商品信息",
    "campaigns.campaign_name": "campaign|name|title|活动名称|活动|计划名称|推广计划名称|名称",
    "staff.staff_name": "name|employee|employee name|姓名|员工姓名|客服姓名|导购姓名|名称",
    "products.list_price": "price|standard price|msrp|售价|标价|价格|retail price|regular price|"
    "list price usd|original price|吊牌价|零售价|市场价",
    "goods": "product name|item name|product title|product|item|商品名称|商品标题|商品|品名|产品名称|产品|"
    "货品名称|货品",
    "qty": "quantity|count|units|number|pieces|items|number of cds|数量|件数|购买数量|销量|lineitem quantity|"
    "商品数量|宝贝总数量|qty ordered|order quantity|quantity ordered|units sold|item count|num items|"
    "number of items|item quantity|sales qty|product quantity|订购数量|商品件数|购买件数|销售数量|成交件数|"
    "下单数量|商品数量(件)",
    "unit_price": "price|item price|price each|price usd|unit price usd|单价|售价|成交价|价格|lineitem price|"
    "商品价格|unitprice|sale price|selling price|item price usd|price per unit|price per item|avg price|"
    "product price|商品单价|成交单价|实际单价|销售单价|销售价|商品价格(元)",
    "unit_cost": "cost|cogs|cogs usd|cost price|成本|成本价|进价|unit cost usd|item cost|cost of goods|"
    "purchase price|采购价|进货价|成本单价",
    "refund_id": "return id|order item refund id|退款单号|退款id|退款编号|售后单号|refund number|refund no|"
    "return no|rma|退款单编号|售后编号|售后单编号",
    "refunds.refunded_at": "refund time|refund date|created at|return date|date|退款时间|退款日期|退货时间|"
    "refunded at|returned at|return time|refund created at|refund completed at|processed at|申请时间|"
    "退款申请时间|退款完成时间|退款成功时间|售后完成时间|完结时间",
    "refunds.amount": "refund amount|refund amount usd|refund|退款金额|金额|return amount|refunded amount|"
    "refund total|退货金额|实退金额|退款总金额|买家退款金额",
    "event_id": "id|log id|website pageview id|pageview id|事件id|日志id",
    "ts": "time|timestamp|event time|created at|datetime|date|时间|事件时间|发生时间|操作时间|行为时间|"
    "event timestamp|server time|event datetime|event date|event created at|occurred at|created|client time|"
    "hit time|visit time|log time|time stamp|session start time|行为发生时间|访问时间|上报时间|触发时间",
    "visitor_id": "visitor|anonymous id|cookie id|client id|openid|distinct id|session id|website session id|"
    "访客id|访客|user pseudo id|full visitor id|ga client id|visitor key|anonymous user id|cookie|"
    "device fingerprint|unionid|open id|fullvisitorid|访客标识|用户标识|distinctid",
    "device_id": "device|设备|设备id|设备号",
    "platform": "os|app platform|device type|平台|终端|端|device category|device os|source platform|terminal|"
    "client|device type name|终端类型|设备类型|访问终端",
    "event": "event name|action|event type|behavior type|behavior|行为|行为类型|事件|事件名|事件类型|行为名称|"
    "event type name|activity|activity type|interaction|interaction type|user action|operation|behaviour|"
    "behaviour type|behavior code|操作类型|操作行为|行为编码|动作",
    "page_id": "page|pageview url|page name|页面|页面id|page path|page title|landing page|product id|item id|"
    "页面路径|页面名称|商品id",
    "url": "page url|link|网址|链接|page location",
    "users.registered_at": "created at|signup date|sign up time|registration date|register time|joined|"
    "join date|注册时间|注册日期|创建时间|signup time|sign up date|signed up at|registration time|registered|"
    "created|created on|created date|customer since|member since|enrollment date|date joined|first seen|"
    "入会时间|成为会员时间|注册日|开户时间|入会日期|首次访问时间",
    "session_id": "session|会话id|会话|user session|visit id|visit key|ga session id|访问id|会话标识",
    "started_at": "start time|session start|开始时间|visit start time|session start time|visit date|"
    "visit time|开始日期|会话开始时间|date",
    "ended_at": "end time|session end|结束时间|visit end time|session end time|会话结束时间",
    "day": "date|stat date|日期|统计日期|天|日期时间|reporting starts|report date|reporting date|period|"
    "stat day|report day|dt|ds|统计时间|数据日期|报表日期|时间|投放日期",
    "impressions": "views|exposures|曝光|曝光量|展现|展现量|展示|展示量|展示次数|曝光次数|impr|imps|shows|"
    "展现数|展示数|曝光数|广告曝光|展现次数",
    "clicks": "click|点击|点击量|点击数|点击次数|link clicks|clicks all|click count|点击次|广告点击|点击人次",
    "channel_daily.orders": "成交订单数|订单数|conversions|purchases|orders count|order count|transactions|"
    "results|成交单数|转化数|直接成交订单数|支付订单数",
    "channel_daily.order_amount": "成交金额|成交额|conversion value|purchase value|conversions value|"
    "total conversion value|revenue|sales|purchase conversion value|直接成交金额|总成交金额|支付金额|gmv",
    "spend": "cost|ad cost|ad spend|消耗|花费|广告费|推广费|总消耗|总花费|消费|amount spent|amount spent usd|"
    "total spend|media cost|ad cost usd|costs|消耗(元)|花费(元)|消耗金额|推广花费|现金消耗|广告消耗|投放金额|"
    "投放费用",
    "costs.amount": "cost|fee|费用|金额|expense|费用金额|支出",
    "cost_type": "type|category|费用类型|类别|科目",
    "purchased_on": "purchase date|date|采购日期|进货日期",
    "feedback.score": "rating|stars|评分|分数|得分|review score|review rating|overall rating|star rating|"
    "评价分|评价星级|星级|评价得分",
    "score": "rating|points|评分|分数|得分",
    "inviter_id": "inviter|referrer id|邀请人|邀请人id",
    "invitee_id": "invitee|被邀请人|被邀请人id",
    "sent_at": "send time|sent|发送时间|send date|sent date|sent time|推送时间|发送日期",
    "delivered_at": "delivery time|送达时间",
    "opened_at": "open time|打开时间|阅读时间|open date|opened|read time|首次打开时间",
    "kind": "type|类型|种类",
    "coupon_id": "coupon|coupon code|优惠券|券码|优惠券id|coupon no|voucher code|voucher|discount code|"
    "promo code|优惠券编号|优惠码",
    "face_value": "value|discount|面值|面额",
    "tag": "label|标签",
    "channel_daily.reach": "unique reach|到达人数|触达人数|覆盖人数",
    "registrations": "sign ups|signups|leads|new users|注册数|注册人数|注册用户数|激活注册数",
    "downloads": "installs|app installs|安装数|下载数|激活数",
    "feedback.ts": "review creation date|review date|reviewed at|review time|review answer timestamp|评价时间|评论时间",
    "feedback.feedback_id": "review id|rating id|评价id|评论id",
    "page_views": "pageviews|pages viewed|hits|浏览页数|浏览量",
}


COUNTS_OF_DAYS = frozenset(
    re.sub(r"[\W_]+", "", name)
    for name in (
        "orders|order count|orders count|number of orders|total orders|transactions|visitors|unique visitors|visits|"
        "sessions|page views|pageviews|buyers|customers|number of customers|conversion rate|average order value|aov|"
        "订单数|订单量|总订单数|支付订单数|成交订单数|付款订单数|下单数|下单笔数|支付笔数|成交笔数|成交单数|单数|笔数|"
        "订单笔数|支付单数|访客数|访客|访客人数|uv|pv|浏览量|浏览次数|客流|客流量|进店人数|到店人数|买家数|支付买家数|成交人数|支付人数|"
        "付款人数|下单人数|成交客户数|成交用户数|客户数|顾客数|转化率|支付转化率|成交转化率|客单价|笔单价"
    ).split("|")
)
"""Names of what only many orders have together, in reports by day; as `plain` writes them."""

# what a name means only when nothing better is there: shops call an order's number its name
_LAST: dict[str, str] = {"orders.order_id": "name", "orders.user_id": "|".join(PEOPLE)}


# what happened then: `Ordered`, `Paid on`, `Date of sale`, 下单, 付款日期 (`moments`)
_HAPPENED: Mapping[str, tuple[str, str]] = {
    "orders.created_at": (
        "ordered|placed|order placed|sold|purchased|bought|booked|invoiced|issued|created|"
        "下单|下订|拍下|订购|订货|购买|购货|成交|交易|销售|售出|卖出|开单|开票|出单|提交|创建|制单|消费",
        "order|sale|sales|purchase|invoice|transaction|booking|receipt|bill|trade|deal|订单|单据",
    ),
    "orders.paid_at": (
        "paid|settled|captured|payment received|order paid|付款|支付|付清|收款|到账|结账|结算|买单|入账",
        "payment|pay|settlement|receipt of payment",
    ),
    "refunds.refunded_at": ("refunded|returned|given back|sent back|退款|退货|退回|返款", "refund|return"),
    "users.registered_at": (
        "registered|joined|signed up|enrolled|注册|入会|加入|开卡|办卡|建档",
        "registration|signup|sign up|enrolment",
    ),
}
# an amount or a number of pieces by its kind: what was done, then how much of it (退货款, 成交件数, `Total refunded`)
_MEASURED: Mapping[str, tuple[str, str]] = {
    "refunds.amount": (
        "refund|refunds|refunded|return|returned|given back|退款|退货|退回|返款|退还|退货款|实退|实退款|"
        "已退|已退款|售后退款|退货退款|累计退款|仅退款|客户退款|买家退款|订单退款|商品退款|应退|退",
        "{0}|{0} amount|{0} amt|{0} value|{0} total|{0} sum|{0} price|total {0}|amount {0}|"
        "total {0} amount|amount of {0}|"
        "{0}额|{0}金额|{0}总额|{0}总金额|{0}款|{0}款额|{0}合计|{0}价款|{0}数额|{0}总计|{0}金",
    ),
    "qty": (
        "sold|ordered|purchased|order|item|product|sales|sale|goods|line|shipped|成交|购买|商品|销售|售出|卖出|订购|订货|"
        "下单|拍下|宝贝|货品|产品|实购|采购|出货|出库|发货|消费|交易|付款|支付|sku|物品|货物",
        "{0} quantity|{0} qty|{0} units|{0} pieces|quantity {0}|qty {0}|units {0}|pieces {0}|quantity of {0}|"
        "number of {0}s|{0}数量|{0}件数|{0}个数|{0}总数量|{0}总件数|{0}总数|{0}量",
    ),
}
_WHEN = (
    "{0} at|{0} on|{0} date|{0} time|{0} day|{0} datetime|{0} timestamp|{0} when|date {0}|time {0}|when {0}|"
    "date of {0}|day of {0}|time of {0}|{0}时间|{0}日期|{0}日|{0}时刻|{0}日期时间|{0}年月日|{0}于"
).split("|")


def plain(name: str) -> str:
    """A name without case, blanks, underscores and signs: `Invoice No.` and `invoiceNo` are one."""
    return re.sub(r"[\W_]+", "", name.casefold())


@cache
def names_of(table: str, column: str) -> list[str]:
    """Plain names for a canonical column, its own first, those of its table before the general ones.

    Those of a time are widened by its kind: whatever is done to an order has a day, a date, a time. So are those of
    what was given back, and of pieces.
    """
    own = [column, *SYNONYMS.get(f"{table}.{column}", "").split("|"), *SYNONYMS.get(column, "").split("|")]
    happened, things = _HAPPENED.get(f"{table}.{column}", ("", ""))
    own += [form.format(one) for one in f"{happened}|{things}".split("|") if one for form in _WHEN]
    measured, forms = _MEASURED.get(f"{table}.{column}", _MEASURED.get(column, ("", "")))
    own += [form.format(one) for one in measured.split("|") if one for form in forms.split("|")]
    own += [*happened.split("|"), *_LAST.get(f"{table}.{column}", "").split("|")]
    return list(dict.fromkeys(plain(name) for name in own if name))


@cache
def happenings() -> frozenset[str]:
    """Plain names that say what happened and not that it is the time of it: `Paid` may be an amount."""
    return frozenset(plain(one) for happened, _things in _HAPPENED.values() for one in happened.split("|"))
