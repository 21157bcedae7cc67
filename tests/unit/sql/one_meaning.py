"""Statements whose meaning is compared with DuckDB's: functions × types × nulls × ties × letters beyond ASCII.

Every row of `ROWS` is there for a reason: nulls in every column, ties of a half, negative numbers, empty text, blanks
at both ends, Chinese, an accent, signs that patterns know, the turn of years and of ISO years, moments before 1970.
"""

from __future__ import annotations

from datetime import date, datetime

import polars as pl

ROWS = pl.DataFrame(
    {
        "id": [1, 2, 3, 4, 5, 6, 7, 8],
        "i": [-7, 3, 0, 9, None, 2, -3, 3],
        "j": [2, -2, 5, None, 4, 3, -2, 5],
        "f": [2.5, -2.5, 0.125, None, 3.5, -0.5, 49.0, 12.5],
        "g": [1.5, None, -0.5, 2.0, 0.25, -4.0, 7.25, -1.125],
        "s": ["北京市朝阳区", "上海市", " Ab-c ", "", None, "a-b-c", "Abc%_x.y", "été=1"],
        "u": ["市", "海", "b", None, "x", "-", "", "é"],
        "b": [True, False, None, True, False, None, True, True],
        "c": [None, True, True, False, False, None, True, False],
        "d": [date(2026, 10, 1), date(2024, 2, 29), None, date(2026, 12, 31), date(2027, 1, 1), date(2026, 1, 4),
              date(2025, 12, 29), date(2026, 10, 31)],
        "e": [date(2026, 10, 5), date(2024, 3, 1), date(2026, 1, 1), None, date(2026, 12, 27), date(2026, 1, 4),
              date(2026, 1, 5), date(2026, 11, 1)],
        "ts": [datetime(2026, 10, 1), datetime(2026, 10, 4, 23, 59, 59), datetime(2026, 10, 31, 12, 30, 45, 250000),
               None, datetime(2024, 2, 29, 6), datetime(2026, 1, 4), datetime(1969, 12, 31, 23),
               datetime(2026, 12, 31, 23, 59, 59, 999999)],
        "tu": [datetime(2026, 10, 1, 12), datetime(2026, 10, 5, 0, 0, 1), datetime(2026, 11, 1), datetime(2026, 1, 1),
               None, datetime(2026, 1, 3, 1), datetime(1970, 1, 1), datetime(2027, 1, 1)],
    },
    schema_overrides={"ts": pl.Datetime("us"), "tu": pl.Datetime("us")},
)  # fmt: skip

_EACH: dict[str, tuple[str, str]] = {  # a family: what it is written over, and its templates, one a line
    "numbers": (
        "i j f g i*0.5 -2.5 2.5e0",
        """
        abs({})
        sign({})
        ceil({})
        floor({})
        trunc({})
        round({})
        round({}, 1)
        round({} / 4, 1)
        cast({} as int)
        cast({} / 2 as bigint)
        cast({} as double)
        cast({} as decimal(18, 1))
        try_cast({} as int)
        cast({} as varchar)
        -({})
        {} + 1
        {} - 0.5
        {} * 3
        {} / 2
        {} / 49
        {} / 100.0
        {} / 3e0
        {} / 100 <= 0.03
        1 / ({} + 100)
        power({}, 2)
        ({}) ^ 3
        exp({} / 10)
        sqrt(abs({}))
        greatest({}, 2)
        least({}, 2, -1)
        coalesce({}, 7)
        nullif({}, 3)
        {} between 0 and 5
        {} not between 0 and 5
        {} in (3, 2.5, null)
        {} not in (3, 2.5)
        {} is null
        {} is not distinct from 3
        {} = '3'
        case when {} > 0 then 'p' when {} < 0 then 'n' end
        case when {} > 1 then 1 else 0.5 end
        if({} > 1, 'a', 'b')
        ({} > 1) is true
        ({} > 1) is not true
        ({} > 1) is false
        ({} > 1) is not false
        not ({} > 1)
        count_if({} > 1) over ()
    """,
    ),
    "whole numbers": (
        "i j 7 -7",
        """
        {} // 2
        {} // -2
        {} % 3
        mod({}, -3)
        d + cast({} as int)
        {} is true
        {} is not true
        cast({} as varchar) || '元'
        concat({}, '%')
        {} in (select j from t)
        {} not in (select j from t)
        {} not in (select j from t where j is not null)
        {} > (select avg(i) from t)
    """,
    ),
    "texts": (
        "s u '上海市' '' nullif(s,'')",
        """
        length({})
        length({}) - 10
        lower({})
        upper({})
        trim({})
        try_cast({} as decimal(10, 1))
        try_cast({} as double)
        ltrim({})
        rtrim({})
        trim({}, 'a ')
        reverse({})
        left({}, 0)
        left({}, 2)
        left({}, 100)
        left({}, -1)
        left({}, j)
        right({}, 0)
        right({}, 2)
        right({}, 4)
        right({}, 100)
        right({}, -1)
        right({}, j)
        substr({}, 2)
        substr({}, 0)
        substr({}, 0, 2)
        substr({}, -2)
        substr({}, -4, 2)
        substr({}, -1, 3)
        substr({}, -100, 3)
        substr({}, 3, 0)
        substr({}, 3, 100)
        substr({}, i)
        substr({}, j, 2)
        substring({}, 2, 2)
        substr({}, 1, strpos({}, '-') - 1)
        substr({}, strpos({}, '-') + 1)
        substr({}, length({}) - 1, 1)
        strpos({}, '市')
        strpos({}, '.')
        strpos({}, '%')
        strpos({}, '')
        strpos({}, u)
        strpos({}, '-') * 100 - 5
        contains({}, '市')
        contains({}, '.')
        contains({}, '')
        contains({}, u)
        starts_with({}, '上')
        starts_with({}, u)
        ends_with({}, '区')
        replace({}, '市', '')
        replace({}, '.', '#')
        replace({}, '', 'x')
        split_part({}, '-', 1)
        split_part({}, '-', 2)
        split_part({}, '-', 9)
        split_part({}, '-', -1)
        split_part(coalesce({}, s), u, 1)
        lpad({}, 4, '零')
        rpad({}, 4, '*')
        {} || '-' || u
        concat({}, u, null)
        concat_ws('-', {}, u)
        {} like 'A%'
        {} like '%市%'
        {} like '_-b%'
        {} not like '%.y'
        {} ilike 'a%'
        {} ilike '%É%'
        regexp_matches({}, '^[A-Z]')
        regexp_replace({}, '[a-z]', '#')
        regexp_replace({}, '[a-z]', '#', 'g')
        {} = u
        {} <> u
        {} > 'B'
        {} < u
        {} between 'A' and 'a'
        {} in ('上海市', '', null)
        {} not in ('上海市', '')
        coalesce({}, '无')
        nullif(trim({}), '')
        greatest({}, u)
        case {} when '上海市' then 1 when null then 2 else 3 end
        ({} = '上海市') is not true
        count(distinct {}) over (partition by b)
    """,
    ),
    "days": (
        "d e date'2024-02-29' cast(ts_as_date)",
        """
        {} - date '2026-01-01'
        {} - e
        ({} - e) / 2
        abs({} - e) * 2
        {} + 1
        {} - 7
        7 + {}
        {} + interval 1 day
        {} + interval 1 month
        {} - interval 1 year
        {} + interval 36 hour
        {} + interval 1 day + interval 12 hour
        cast({} + interval 1 day as date)
        cast({} + interval 1 day as varchar)
        cast({} as varchar)
        cast({} as timestamp)
        {} || '!'
        {} < e
        {} = ts
        {} <= ts
        {} > '2026-06-01'
        {} in ('2026-10-01', '2026-12-31')
        {} between '2026-01-01' and '2026-12-31'
        coalesce({}, date '2026-01-01')
        greatest({}, e)
        strftime({}, '%Y年%m月%d日')
        strftime({}, '%G-W%V')
        strftime({}, '%H:%M')
        {} + interval 1 day = e
    """,
    ),
    "times": (
        "d e ts tu d+interval_1_day",
        """
        year({}) * 100 + month({})
        month({}) * 100 + day({})
        quarter({}) * 1000
        week({}) * 10
        weekofyear({})
        dayofweek({})
        isodow({}) * 100
        hour({}) * 60 + minute({})
        second({}) * 100
        epoch({})
        date_part('year', {})
        date_part('dow', {})
        date_part('isodow', {})
        date_part('doy', {}) * 10
        date_part('week', {})
        date_part('isoyear', {})
        date_part('epoch', {}) / 86400
        extract(hour from {}) * 3600
        extract(epoch from {})
        date_trunc('day', {})
        date_trunc('week', {})
        date_trunc('month', {})
        date_trunc('quarter', {})
        date_trunc('year', {})
        cast(date_trunc('week', {}) as date)
        strftime({}, '%Y-%m-%d %H:%M:%S')
        strftime({}, '%j %a %b %y')
        strftime({}, '%f')
        cast({} as date)
        cast({} as timestamp)
        datediff('year', {}, tu)
        datediff('quarter', {}, tu)
        datediff('month', {}, tu)
        datediff('week', {}, tu)
        datediff('day', {}, tu)
        datediff('hour', {}, tu)
        datediff('minute', {}, tu)
        datediff('second', {}, tu)
        datediff('day', '2026-01-01', {})
        {} >= timestamp '2026-10-01 00:00:00'
        {} < '2026-10-04'
        {} is null
    """,
    ),
    "moments": (
        "ts tu timestamp'2026-10-31_12:30:45'",
        """
        {} + interval 90 minute
        {} - interval 1 month
        {} + interval 1 quarter
        {} - tu > interval 1 hour
        epoch({} - timestamp '2026-01-01')
        epoch({}) - epoch(tu)
        date_trunc('hour', {})
        date_trunc('minute', {})
        cast({} as varchar)
        {} || 'x'
        concat({}, b)
        cast({} as date) = d
        strftime({}, '%I:%M %p')
        strftime({}, '%-d/%-m %-H')
    """,
    ),
    "truths": (
        "b c (i>0) (s=u) null::boolean",
        """
        {} is true
        {} is not true
        {} is false
        {} is not false
        {} is null
        not {}
        {} and c
        {} or c
        ({} and b) is not true
        {} = c
        {} is distinct from c
        cast({} as int) + 1
        cast({} as varchar)
        coalesce({}, false)
        case when {} then 'y' else 'n' end
        case when not {} then 1 end
    """,
    ),
    "windows": (
        "i f s d ts b",
        """
        row_number() over (order by {}, id)
        row_number() over (order by {} desc, id)
        row_number() over (order by {} nulls first, id)
        row_number() over (order by {} desc nulls first, id)
        row_number() over (partition by b order by {} desc, id desc)
        rank() over (order by {} desc)
        dense_rank() over (partition by c order by {})
        ntile(3) over (order by {} desc, id)
        lag({}) over (order by id)
        lag({}, 2) over (partition by b order by id desc)
        lead({}) over (order by {} desc, id)
        first_value({}) over (partition by b order by {} desc, id)
        first_value(id) over (order by {} desc, id)
        last_value({}) over (order by id)
        last_value({}) over (partition by b order by id)
        last_value({}) over (order by id rows between unbounded preceding and unbounded following)
        count({}) over (partition by b)
        count(*) over (order by {})
        count(*) over (order by {} desc)
        min({}) over (partition by c order by id)
        max({}) over (order by id)
        sum(i) over (order by {}, id)
        sum(i) over (order by {} desc)
        sum(f) over (partition by b order by {} desc, id)
        avg(f) over (order by {} desc, id)
    """,
    ),
}

_AGGREGATES = ("i f i*0.5 length(s) d-e month(d)", """
    sum({})
    avg({})
    min({})
    max({})
    count({})
    count(distinct {})
    median({})
    stddev({})
    variance({})
    stddev_pop({})
    var_pop({})
    sum(case when b is not true then {} end)
    sum({}) filter (where b)
    count({}) filter (where c)
    sum({}) / count(*)
    sum({}) / 49
    round(avg({}), 1)
    cast(avg({}) as int)
    coalesce(sum(case when id > 100 then {} end), 0)
    count_if({} > 1)
    bool_or({} > 1)
    bool_and({} > -100)
    max({}) - min({})
""")  # fmt: skip

_SINGLE = """
    sum(1000000000)
    sum(i * 1000000000)
    quantile_cont(f, 0.5)
    quantile_cont(f, 0.9)
    quantile_cont(i, 0.25)
    percentile_cont(0.9) within group (order by i)
    percentile_cont(0.25) within group (order by f desc)
    sum(b)
    sum(b::int)
    avg(b::int)
    min(b)
    max(c)
    bool_or(b)
    bool_and(c)
    count_if(b)
    count_if(b is not true)
    min(s)
    max(s)
    max(left(s, 1))
    min(d)
    max(ts)
    count(distinct b)
    count(distinct s)
    count(distinct cast(ts as date))
    stddev(case when id = 1 then i end)
    variance(case when id = 1 then f end)
    stddev_pop(case when id = 1 then i end)
    sum(datediff('hour', ts, tu))
    avg(datediff('second', ts, tu))
    any_value(case when b then 1 end)
    max(case when i > 100 then s end)
    count(case when s = '' then 1 end)
    sum(i * f) / nullif(sum(f), 0)
    avg(case when b then 1.0 else 0 end)
    sum(0.1) / 3
    sum(distinct i)
    greatest(max(i), max(j))
"""

_ALONE = """
    7 / 2
    -7 / 2
    7.0 / 2
    1 / 3.0
    0.1 + 0.2 = 0.3
    -7 // 2
    -7 % 3
    -10.5e0 % 3
    49 / 49 = 1
    round(2.5)
    round(-2.5)
    round(2.5e0)
    round(-0.5e0)
    round(0.5e0)
    round(12345.678e0, 2)
    round(15, -1)
    round(-25e0, -1)
    cast(2.7 as int)
    cast(2.5 as int)
    cast(-2.5 as int)
    cast(2.5e0 as int)
    cast(-1.5e0 as int)
    cast('12' as int)
    cast(' 12 ' as int)
    cast('2.5' as int)
    cast('-2.5' as int)
    cast(' 1.5 ' as double)
    try_cast('abc' as double)
    try_cast('abc' as int)
    try_cast('2.5' as bigint)
    try_cast('2026-02-30' as date)
    cast('2026-10-01' as timestamp)
    cast('2026-10-01 10:00:00' as date)
    strptime('01/02/2026 10:00', '%d/%m/%Y %H:%M')
    cast(strptime('20261031', '%Y%m%d') as date)
    log(100)
    log10(1000)
    log2(8)
    log(3, 81)
    ln(10)
    ln(0)
    sqrt(-1)
    power(2, -1)
    pow(-8, 0.5)
    2 ** 10
    substr('ab', -3, 2)
    right('ab', 3)
    length('👩‍👧')
    trim('　a　')
    'a' || null
    concat('a', null, 'b')
    coalesce(null, 3)
    greatest(1, null, 3)
    case null when null then 1 else 2 end
    date '2026-01-31' + interval 1 month
    date '2024-02-29' + interval 1 year
    date '2026-03-01' - date '2026-02-01'
    datediff('day', timestamp '2026-01-01 23:59:59', timestamp '2026-01-02 00:00:00')
    datediff('week', date '2026-10-01', date '2026-10-12')
    datediff('month', date '2026-01-31', date '2026-02-01')
    nullif('a', 'a')
    5 in (1, null)
    5 not in (1, null)
    null = null
    null is not distinct from null
"""

_QUERIES = """
    select try_cast(case id when 1 then '12.25' when 2 then ' 7.45 ' when 3 then 'z' end as decimal(5, 1)) from t
    select try_cast(case id when 1 then '0.285' when 2 then '-0.295' when 3 then 'z' end as decimal(10, 2)) from t
    select cast(case id when 1 then '12345678901234567.895' else '2.675' end as decimal(20, 2)) from t
    select b, sum(i) as x, count(*) as n from t group by b
    select b, c, max(s) as x from t group by b, c
    select b, sum(i) as x from t group by b having sum(i) > 2
    select b, sum(i) as x from t group by b having x > 2
    select i > 0 as p, count(*) as n from t group by p
    select i > 0 as p, count(*) as n from t group by 1
    select distinct b, c from t
    select i from t union select j from t
    select i from t union all select j from t
    select i as x from t union all select f from t
    select i from t except select j from t
    select i from t intersect select j from t
    select d from t union select ts from t
    select null as x from t union all select i from t
    select id from t order by i desc, id
    select id from t order by i, id
    select id from t order by i desc nulls first, id
    select id from t order by i nulls first, id
    select id from t order by s desc, id limit 3
    select id from t order by f desc, id limit 2 offset 1
    select id from t order by b desc, i desc, id
    select id, i from t order by 2 desc, 1
    select id, i as k from t order by k desc, id
    select id, -i as i from t order by i desc, id
    select a.id, b.id as o from t as a join t as b on a.i = b.j
    select a.id, b.id as o from t as a left join t as b on a.i = b.j
    select a.id, b.id as o from t as a full join t as b on a.i = b.j
    select a.id, b.id as o from t as a right join t as b on a.i = b.j
    select a.id, b.id as o from t as a left join t as b on a.i = b.j and b.id > 3
    select a.id, b.id as o from t as a left join t as b on a.i = b.j and a.id > 3
    select a.id, b.id as o from t as a join t as b on a.d < b.e
    select a.id, b.id as o from t as a left join t as b on a.id < b.id - 5
    select a.id, b.id as o from t as a join t as b on a.s = b.u
    select a.id, b.id as o from t as a join t as b on a.i = b.f
    select a.id, b.id as o from t as a join t as b on a.d = date_trunc('day', b.ts)
    select a.id, b.id as o from t as a join t as b on a.d = cast(b.ts as date)
    select a.id, b.id as o from t as a join t as b on a.d + interval 1 day = b.e
    select a.id, b.id as o from t as a join t as b on a.d = b.ts
    select a.id, b.id as o from t as a join t as b on a.i is not distinct from b.j
    select a.id, count(b.id) as n from t as a left join t as b on a.i = b.i group by a.id
    select id from t where i in (select j from t where j is not null)
    select id from t where i not in (select j from t)
    select id from t where i not in (select j from t where j is not null)
    select id from t as a where exists (select 1 from t as b where b.j = a.i)
    select id from t as a where not exists (select 1 from t as b where b.j = a.i)
    select id from t where i > (select avg(j) from t)
    with x as (select id, i * 2 as k from t) select id, k from x where k > 0
    with x as (select b, sum(i) as k from t group by b) select t.id, x.k from t join x on t.b = x.b
    select x.id from (select id, row_number() over (partition by b order by i desc, id) as r from t) as x where r = 1
    select id, i as f from t where f > 0
    select id, f as i, i + 1 as k from t
    select b, avg(f) as m, min(d) as m2 from t group by b order by b
    select b, count(distinct s) as n from t group by b
    select b, sum(i) / count(*) as n from t group by b
    select b, sum(i) as n, sum(i) / sum(sum(i)) over () as share from t group by b
    select b, bool_or(c) as x, bool_and(c) as y, count_if(c) as z from t group by b
    select b, median(i) as x, quantile_cont(f, 0.25) as q from t group by b
    select id, stddev(i) as x, variance(i) as q, stddev_pop(i) as y, var_pop(i) as z from t group by id
    select date_trunc('month', d) as m, sum(i) as x from t group by date_trunc('month', d)
    select year(d) as y, month(d) as m, count(*) as n from t group by year(d), month(d)
    select id, sum(i) over (partition by year(d) order by d, id) as x from t
    select b, row_number() over (order by sum(i) desc, b) as r from t group by b
    select coalesce(a.id, b.id) as k from t as a full join (select id + 3 as id from t) as b on a.id = b.id
    select t.id from t where t.b
    select t.id from t where not t.b
    select t.id from t where t.b is not true and t.c is not false
    select max(id) as m from t having count(*) > 100
    select sum(i) as m, count(*) as n, count_if(b) as k from t where id > 100
    select sum(i) as m from t where id > 100 group by b
    select id, d + interval 1 day as x from t where d + interval 1 day <= date '2026-12-31'
    select id from t where ts between '2026-10-01' and '2026-10-31'
    select sum(n) as v from (select length(s) as n from t) as x
    select k, count(*) as n from (select left(s, 1) as k from t) as x group by k
    select x.k - y.k as v from (select d as k, id from t) as x join (select e as k, id from t) as y on x.id = y.id
    select id, k / 100 <= 0.03 as v from (select i as k, id from t) as x
    select id, sum(i) over (order by id rows between unbounded preceding and current row) as q from t
    select id, last_value(id) over (partition by b order by i desc, id) as q from t
"""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _spread(operands: str, templates: str) -> list[str]:
    words = {
        "date'2024-02-29'": "date '2024-02-29'",
        "cast(ts_as_date)": "cast(ts as date)",
        "d+interval_1_day": "(d + interval 1 day)",
        "timestamp'2026-10-31_12:30:45'": "timestamp '2026-10-31 12:30:45'",
    }
    return [
        template.replace("{}", words.get(operand, f"({operand})" if "*" in operand else operand))
        for template in _lines(templates)
        for operand in operands.split()
    ]


def selects() -> dict[str, list[str]]:
    """Expressions by the head of the SELECT they stand in, `{}`."""
    rows = [sql for family in _EACH.values() for sql in _spread(*family)] + _lines(_ALONE)
    groups = _spread(*_AGGREGATES)
    return {
        "select id, {} from t": list(dict.fromkeys(rows)),
        "select {} from t": list(dict.fromkeys([*groups, *_lines(_SINGLE)])),
        "select {} from t where id > 100": groups,
        "select b, {} from t group by b": groups,
        "select c, {} from t where i > 2 group by c": groups,
    }


def queries() -> list[str]:
    """Whole statements."""
    return _lines(_QUERIES)
