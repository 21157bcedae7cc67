"""Names that files give to canonical columns, in English and Chinese; compared without case, blanks and signs."""

from __future__ import annotations

import re

# canonical column (or table.column) -> names seen in exports of shops, trackers and back offices
SYNONYMS: dict[str, str] = {
    "order_id": "order no|order number|order|invoice no|invoice number|invoice|invoice id|"
    "订单号|订单编号|订单id|单号|交易号|"
    "订单号码|商户订单号|主订单编号|子订单编号|transaction id",
    "user_id": "customer id|customer|customer no|member id|buyer id|client id|uid|user|"
    "cust id|用户id|用户编号|客户id|客户编号|"
    "会员id|会员号|会员编号|买家id|买家|用户|客户|"
    "email|buyer|买家会员名|买家昵称|买家账号|用户名|会员名|客户编码",
    "orders.created_at": "order date|order time|ordered at|order datetime|invoice date|date|"
    "created|create time|created time|"
    "purchase date|transaction date|下单时间|下单日期|订单时间|订单日期|创建时间|订单创建时间|日期|时间|"
    "order purchase timestamp|order created at|下单日|成交时间",
    "orders.paid_at": "pay time|payment time|payment date|paid time|付款时间|支付时间|支付日期|付款日期|"
    "order approved at|paid at|订单付款时间|订单支付时间|付款日期时间",
    "orders.order_amount": "amount|total|order total|gmv|sales|revenue|price usd|"
    "dollar value|order value|订单金额|应付金额|"
    "总金额|金额|销售额|"
    "买家应付货款|应付货款|订单总额|order amount",
    "orders.paid_amount": "paid|payment|amount paid|pay amount|payment amount|实付金额|"
    "支付金额|付款金额|实付|实收金额|已付金额|"
    "payment value|买家实际支付金额|实际支付金额|买家实付金额|实付款",
    "orders.list_amount": "list price total|gross amount|原价|标价金额|原价金额",
    "orders.scene": "场景",
    "domain": "traffic domain|流量域|域",
    "seller_id": "seller|vendor id|merchant id|shop id|store id|卖家id|商家id|店铺id|供应商",
    "channel_id": "channel|source|utm source|acquisition channel|traffic source|渠道|渠道id|来源|来源渠道",
    "campaign_id": "campaign|utm campaign|活动|活动id|计划",
    "content_id": "content|article id|post id|video id|内容id|文章id|视频id",
    "guide_id": "guide|导购|导购id|sales id",
    "staff_id": "staff|employee id|agent id|员工|员工id|工号|客服|客服id",
    "sku_id": "sku|stock code|item id|product code|item code|product id|商品编码|商品编号|商品id|货号|规格编码|"
    "lineitem sku",
    "products.product_id": "spu|product|spu id|商品id|款号",
    "products.category_id": "category|product category|品类|类目|分类",
    "products.list_price": "price|standard price|msrp|售价|标价|价格",
    "qty": "quantity|count|units|number|pieces|items|number of cds|数量|件数|购买数量|销量|"
    "lineitem quantity|商品数量|宝贝总数量",
    "unit_price": "price|item price|price each|price usd|unit price usd|单价|售价|成交价|价格|lineitem price|商品价格",
    "unit_cost": "cost|cogs|cogs usd|cost price|成本|成本价|进价",
    "refund_id": "return id|order item refund id|退款单号|退款id|退款编号|售后单号",
    "refunds.refunded_at": "refund time|refund date|created at|return date|date|退款时间|退款日期|退货时间",
    "refunds.amount": "refund amount|refund amount usd|refund|退款金额|金额",
    "event_id": "id|log id|website pageview id|pageview id|事件id|日志id",
    "ts": "time|timestamp|event time|created at|datetime|date|时间|事件时间|发生时间|操作时间|行为时间|"
    "event timestamp|server time",
    "visitor_id": "visitor|anonymous id|cookie id|client id|openid|distinct id|"
    "session id|website session id|访客id|访客|user pseudo id",
    "device_id": "device|设备|设备id|设备号",
    "platform": "os|app platform|device type|平台|终端|端",
    "event": "event name|action|event type|behavior type|behavior|行为|行为类型|事件|事件名|事件类型|行为名称",
    "page_id": "page|pageview url|page name|页面|页面id",
    "url": "page url|link|网址|链接|page location",
    "users.registered_at": "created at|signup date|sign up time|registration date|register time|"
    "joined|join date|注册时间|"
    "注册日期|创建时间",
    "session_id": "session|会话id|会话",
    "started_at": "start time|session start|开始时间",
    "ended_at": "end time|session end|结束时间",
    "day": "date|stat date|日期|统计日期|天|日期时间",
    "impressions": "views|exposures|曝光|曝光量|展现|展现量|展示|展示量|展示次数|曝光次数",
    "clicks": "click|点击|点击量|点击数|点击次数",
    "channel_daily.orders": "成交订单数|订单数|conversions",
    "channel_daily.order_amount": "成交金额|成交额|conversion value",
    "spend": "cost|ad cost|ad spend|消耗|花费|广告费|推广费|总消耗|总花费|消费",
    "costs.amount": "cost|fee|费用|金额",
    "cost_type": "type|category|费用类型|类别|科目",
    "purchased_on": "purchase date|date|采购日期|进货日期",
    "feedback.score": "rating|stars|评分|分数|得分",
    "score": "rating|points|评分|分数|得分",
    "inviter_id": "inviter|referrer id|邀请人|邀请人id",
    "invitee_id": "invitee|被邀请人|被邀请人id",
    "sent_at": "send time|sent|发送时间",
    "delivered_at": "delivery time|送达时间",
    "opened_at": "open time|打开时间|阅读时间",
    "kind": "type|类型|种类",
    "coupon_id": "coupon|coupon code|优惠券|券码|优惠券id",
    "face_value": "value|discount|面值|面额",
    "tag": "label|标签",
}


# what a name means only when nothing better is there: shops call an order's number its name
_LAST: dict[str, str] = {"orders.order_id": "name"}


def plain(name: str) -> str:
    """A name without case, blanks, underscores and signs: `Invoice No.` and `invoiceNo` are one."""
    return re.sub(r"[\W_]+", "", name.casefold())


def names_of(table: str, column: str) -> list[str]:
    """Plain names for a canonical column, its own first, those of its table before the general ones."""
    own = [column, *SYNONYMS.get(f"{table}.{column}", "").split("|"), *SYNONYMS.get(column, "").split("|")]
    own += _LAST.get(f"{table}.{column}", "").split("|")
    return list(dict.fromkeys(plain(name) for name in own if name))
