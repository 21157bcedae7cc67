"""Ninety-two texts that a cell of somebody's data may hold, and that must stay text wherever they are shown."""

from __future__ import annotations

from itertools import product

_CONTROL = [
    "\x1b[2J\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "a\x00b\x7fc",
    "tab\tline\nreturn\r",
    "\u202egpj.exe",
    "zero\u200bwidth\u2066",
    "lone\ud800surrogate",
    "\U000e0041tag",
    "para\u2029graph\u0085next",
    "\ufeffmark",
    "\x08\x08\x08back",
    "\ufffe\uffff",
    "\x0b\x0c",
]
_MARKUP = [
    "[bold red]x[/]",
    "[@click=app.quit]x[/]",
    "x[/]y",
    "| pipe `code` <b>",
    "<script>alert(1)</script>",
    "</td></tr></table><h1>out</h1>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '" onmouseover="alert(1)',
    "' onclick='alert(1)",
    "<style>body{display:none}</style>",
    "</style><script>1</script>",
    "<!-- comment",
    "]]>",
    "<![CDATA[x]]>",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "javascript:alert(1)",
    "[link](http://example.invalid)",
    "![image](http://example.invalid/x.png)",
    "<http://example.invalid>",
    "http://example.invalid/x",
    "mailto:a@example.invalid",
    "<iframe src=//example.invalid>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//example.invalid>",
    "</title><b>",
    "</svg><b>",
    "<?xml version='1.0'?>",
    "<a xlink:href='x'>",
]
_FORMULAS = [
    sign + rest
    for sign, rest in product(
        ("=", "+", "-", "@", "\t=", "\r=", " =", "\uff1d"),
        ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://example.invalid")', "SUM(A1:A9)", "A1"),
    )
]
_PLAIN = ["'", '"', "\\", "{name}", "%s %d", "${HOME}", "$(id)", "`id`"]
TEXTS: tuple[str, ...] = (*_CONTROL, *_MARKUP, *_FORMULAS, *_PLAIN)
assert len(TEXTS) == len(set(TEXTS)) == 92
