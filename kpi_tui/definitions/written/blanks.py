"""What exports put around an id or a word, and what is no part of it."""

from __future__ import annotations

BLANKS_AROUND = (
    " \t\r\n\v\f\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029"
    "\u202f\u205f\u3000"  # blanks: no-break, full-width, thin …
    "\u180e\u200b\u200c\u200d\u2060\ufeff"  # of no width; the last one is also a byte order mark
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # directions, as Windows copies them along
)
