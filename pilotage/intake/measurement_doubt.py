"""Measurements beside what their series already hold: revised, far away, frozen, after a gap."""

from datetime import date

import duckdb

from pilotage.intake.report import Staged
from pilotage.store.holiday import quebec_holidays
from pilotage.store.version import StagedRows

_KEY = "indicator_key, organisation_key"
_FEWEST = 8
"""Values a series needs before anything is said of a new one."""
_FEWEST_KINDS = 4
"""Different values a series must have had to be one that varies."""

_STANDING = f"""
    create or replace temp table standing as
    select m.indicator_key, m.organisation_key, m.period_kind, m.period_start, m.period_end,
        m.value, m.published_at
    from measurements m semi join (select distinct {_KEY} from {{rows}}) i
        on i.indicator_key = m.indicator_key and i.organisation_key = m.organisation_key
    where m.superseded_seq is null
"""
_ARRIVING = """
    create or replace temp table arriving as
    select i.indicator_key, i.organisation_key, i.period_kind, i.period_start, i.period_end,
        i.value, i.file_row_number as row_no, i.load_file, i.load_line as line,
        s.indicator_key is not null as is_known, s.value as before,
        coalesce({published}::timestamp < s.published_at, false) as is_past
    from {rows} i
    semi join standing k
        on k.indicator_key = i.indicator_key and k.organisation_key = i.organisation_key
    left join standing s
        on s.indicator_key = i.indicator_key and s.organisation_key = i.organisation_key
        and s.period_start = i.period_start and s.period_end = i.period_end
"""
_FOUND = r"replace(regexp_replace(a.value::varchar, '\.0$', ''), '.', ',')"

_REVISED = f"""
    insert into doubts
    select a.row_no, a.load_file, a.line, ?, ?, 'revision', 'notice', {_FOUND},
        json_object('before', a.before, 'after', a.value)
    from arriving a where a.is_known and not a.is_past and a.before is distinct from a.value
"""

# Where the store holds too few values, those of the file stand beside them. A scaled MAD is a
# standard deviation for normal values; a series that hardly varies has none, and its mean deviation
# takes over. Within 2 %, nothing is far: it is the threshold of « stable ».
_SPREAD = f"""
    create or replace temp table spread as
    with past as (select {_KEY}, value from standing where value is not null),
    rich as (select {_KEY} from past group by all having count(*) >= {_FEWEST}),
    sample as (
        select p.* from past p semi join rich using ({_KEY})
        union all
        select b.* from (
            select * from past union all
            select {_KEY}, value from arriving where value is not null
        ) b anti join rich using ({_KEY})
    ),
    middle as (
        select {_KEY}, median(value) as middle, min(value) as lowest, max(value) as highest,
            quantile_cont(value, 0.05) as low, quantile_cont(value, 0.95) as high
        from sample group by all having count(*) >= {_FEWEST}
    )
    select m.*, greatest(3 * d.sigma, 0.02 * abs(m.middle)) as far
    from middle m join (
        select {_KEY}, case when median(abs(s.value - m.middle)) > 0
            then 1.4826 * median(abs(s.value - m.middle))
            else 1.2533 * avg(abs(s.value - m.middle)) end as sigma
        from sample s join middle m using ({_KEY}) group by all
    ) d using ({_KEY})
"""
_DEVIATED = f"""
    insert into doubts
    select a.row_no, a.load_file, a.line, ?, ?, 'deviated-value', 'warning', {_FOUND},
        json_object('low', s.low, 'high', s.high)
    from arriving a join spread s using ({_KEY})
    where a.value is not null and a.before is distinct from a.value and (
        (s.lowest <> s.highest and abs(a.value - s.middle) > s.far
            and coalesce(abs(a.value - a.before) > s.far, true))
        or (s.lowest > 0 and a.value < 0) or (s.highest < 0 and a.value > 0)
        or (s.middle <> 0 and abs(a.value) >= 10 * abs(s.middle))
        or (s.lowest > 0 and a.value > 0 and a.value <= s.middle / 10 and a.value < s.lowest)
    )
"""

# A rate that already stood near 1 % is no fraction: what the checker feared is settled.
_SETTLED = f"""
    insert into doubts
    select null, arg_min(a.load_file, a.line), min(a.line), ?, ?, 'rate-as-fraction', 'settled',
        null, null
    from arriving a semi join (
        select {_KEY} from standing group by all having median(abs(value)) <= 10
    ) s using ({_KEY})
    group by {_KEY}
"""

_LINE = f"""
    create or replace temp table line_of_values as
    select {_KEY}, period_kind, period_start, period_end, value, row_no, load_file, line, is_past
    from arriving
    union all
    select {_KEY}, s.period_kind, s.period_start, s.period_end, s.value, null, null, null, false
    from standing s anti join arriving a using ({_KEY}, period_start, period_end)
"""
_FROZEN = f"""
    insert into doubts
    with last as (
        select {_KEY}, max(period_start) as at, arg_max(value, period_start) as value
        from line_of_values where value is not null group by all
    ),
    turn as (
        select {_KEY}, l.at, l.value,
            max(v.period_start) filter (v.value <> l.value) as turned_at
        from line_of_values v join last l using ({_KEY}) where v.value is not null group by all
    ),
    run as (
        select {_KEY}, t.at, count(*) filter (v.period_start > t.turned_at) as times
        from line_of_values v join turn t using ({_KEY})
        where v.value is not null and t.turned_at is not null group by all
        having times >= {_FEWEST} and count(*) - times >= {_FEWEST}
            and count(distinct v.value) > {_FEWEST_KINDS}
    )
    select a.row_no, a.load_file, a.line, ?, ?, 'frozen', 'notice', {_FOUND},
        json_object('times', r.times)
    from arriving a join run r on a.indicator_key = r.indicator_key
        and a.organisation_key = r.organisation_key and a.period_start = r.at
"""

_MISSING = """
    case period_kind
        when 1 then (epoch(period_start) - epoch(before_end)) / 3600
        when 2 then len(list_filter(
            range(before_end, period_start, interval 1 day),
            lambda d: isodow(d) < 6 and not list_contains($days_off, d::date)))
        when 3 then date_diff('day', before_end, period_start) / 7
        when 4 then date_diff('month', before_end, period_start)
        when 5 then date_diff('month', before_end, period_start) / 3
        when 6 then date_diff('month', before_end, period_start) / 3
        else date_diff('month', before_end, period_start) / 12
    end::integer
"""
_GAP = f"""
    insert into doubts
    with known as (select {_KEY}, max(period_start) as at from standing group by all),
    pairs as (
        select *, lag(period_end) over (
            partition by {_KEY}, period_kind order by period_start) as before_end
        from line_of_values
    ),
    gaps as (
        select p.*, {_MISSING} as missing
        from pairs p join known k using ({_KEY})
        where p.row_no is not null and p.period_start > k.at and p.period_start > p.before_end
    )
    select arg_min(row_no, period_start), arg_min(load_file, period_start),
        arg_min(line, period_start), $letter, $label, 'gap', 'notice', null,
        json_object('times', sum(missing)::integer)
    from gaps where missing > 0 group by {_KEY}
"""


def doubt_measurements(duck: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Fill ``doubts``; nothing when none of the series has a fact."""
    if duck.execute("select 1 from measurements limit 1").fetchone() is None:
        return
    rows = StagedRows(staged.path, staged.mask, staged.first_line).scan
    duck.execute(_STANDING.format(rows=rows))
    if duck.execute("select 1 from standing limit 1").fetchone() is None:
        return
    names = {row[0] for row in duck.execute(f"describe select * from {rows}").fetchall()}
    if "value" not in names:
        return
    file = "load_file" if "load_file" in names else "null::varchar"
    published = "i.published_at" if "published_at" in names else "null"
    rows = rows if file == "load_file" else f"(select *, {file} as load_file from {rows})"
    duck.execute(_ARRIVING.format(rows=rows, published=published))
    place = list(staged.labels.get("valeur", ("", "valeur")))
    duck.execute(_REVISED, place)
    duck.execute(_SPREAD)
    duck.execute(_DEVIATED, place)
    duck.execute(_SETTLED, place)
    duck.execute(_LINE)
    duck.execute(_FROZEN, place)
    letter, label = staged.labels.get("periode", ("", "periode"))
    duck.execute(_GAP, {"letter": letter, "label": label, "days_off": _days_off()})


def _days_off() -> list[date]:
    return [day.item() for day in quebec_holidays()]
