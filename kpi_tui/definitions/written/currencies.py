"""Currencies: their codes, the signs and words that mean one, and which are offered where one is chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping

DEFAULT_CURRENCY = "CNY"
"""Of a new workspace whose files say none, or several."""
OFFERED = ("CNY", "USD", "EUR", "GBP", "HKD", "TWD", "JPY", "KRW", "SGD", "AUD", "CAD", "CHF", "INR", "THB", "VND")
"""To pick from; any other code can be written in workspace.toml."""
CODES = frozenset(
    """AED AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD IDR ILS INR JPY KRW MXN MYR NOK NZD PHP PLN RUB SAR SEK SGD THB TRY
    TWD USD VND ZAR""".split()
)
"""Codes that are known for such in the header of a column."""
ISO_4217 = CODES | frozenset(
    """AFN ALL AMD ANG AOA ARS AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BSD BTN BWP BYN BZD CDF CLP COP CRC CUP CVE
    DJF DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HNL HTG HUF IQD IRR ISK JMD JOD KES KGS KHR KMF KPW
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MZN NAD NGN NIO NPR OMR PAB PEN
    PGK PKR PYG QAR RON RSD RWF SBD SCR SDG SHP SLE SOS SRD SSP STN SVC SYP SZL TJS TMT TND TOP TTD TZS UAH UGX UYU
    UZS VED VES VUV WST XAF XCD XCG XOF XPF YER ZMW ZWG""".split()
)
"""Every currency that is money somewhere (ISO 4217): what a workspace may be in."""
NAMES: Mapping[str, str] = {
    "RMB": "CNY",
    "CNH": "CNY",
    "人民币": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "日元": "JPY",
    "港币": "HKD",
    "英镑": "GBP",
}
"""Other names of one currency."""
WORDS: Mapping[str, str] = {"元": "CNY", **NAMES}
"""What the unit in a header means; 元 alone is the yuan there."""
YEN_OR_YUAN = "¥"
"""What the sign ¥ says: one of `YENS`, untold which."""
YENS = frozenset({"CNY", "JPY"})
SIGNS: Mapping[str, str] = {
    **{"MOP$": "MOP", "US$": "USD", "HK$": "HKD", "NT$": "TWD", "NZ$": "NZD", "AU$": "AUD", "CA$": "CAD", "MX$": "MXN"},
    **{"RD$": "DOP", "R$": "BRL", "A$": "AUD", "C$": "CAD", "S$": "SGD", "RMB": "CNY"},
    **{code: code for code in ("CNY", "USD", "EUR", "GBP", "JPY", "HKD")},
    **{"¥": YEN_OR_YUAN, "￥": YEN_OR_YUAN, "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "₽": "RUB", "元": "CNY"},
}
"""What stands beside a printed amount -> its currency, where nothing else says it; longest first: US$ before $.

万 and k are no currency.
"""
PRINTED_SIGNS: Mapping[str, str] = {
    **{"CNY": "¥", "JPY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "RUB": "₽", "KRW": "₩", "THB": "฿"},
    **{"VND": "₫", "ILS": "₪", "TRY": "₺", "PHP": "₱", "HKD": "HK$", "TWD": "NT$", "SGD": "S$", "AUD": "A$"},
    **{"CAD": "C$", "NZD": "NZ$", "MXN": "MX$", "BRL": "R$"},
}
"""What is printed beside the amounts of a workspace in that currency; another has no sign, its code names it."""
SIGN = f"({'|'.join(map(re.escape, SIGNS))})"
"""The first sign of a currency in a cell, in capitals."""
_DOLLARS = frozenset(
    """ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUP DOP FJD GYD HKD JMD KYD LRD MOP MXN NAD NIO NZD SBD SGD SRD TTD
    TWD USD UYU XCD""".split()
)
_POUNDS = frozenset("EGP FKP GBP GIP LBP SDG SHP SSP SYP".split())
_MAY_BE = {
    **{"¥": YENS, "￥": YENS, "元": frozenset({"CNY", "HKD", "MOP", "TWD"})},
    **{"$": _DOLLARS, "C$": frozenset({"CAD", "NIO"}), "£": _POUNDS},
}


def codes_of_sign(sign: str) -> frozenset[str]:
    """The currencies that a sign may mean where something else says which."""
    return _MAY_BE.get(sign) or frozenset({SIGNS[sign]})
