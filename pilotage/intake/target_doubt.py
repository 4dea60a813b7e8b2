"""Targets beside those in force: a revision is told, one that asks for less must say why."""

import duckdb

from pilotage.intake.report import Staged
from pilotage.store.version import StagedRows

_KEY = ("indicator_key", "organisation_key", "period_start", "period_end")
_SAME = " and ".join(f"t.{name} is not distinct from i.{name}" for name in _KEY)
_COLUMNS = ("low", "high", "justification", "published_at", "load_file")

_REVISED = f"""
    create or replace temp table revised as
    select i.file_row_number as row_no, i.load_file, i.load_line as line, i.justification,
        t.low as low_before, i.low, t.high as high_before, i.high,
        (d.direction in ('at_least', 'between') and t.low is not null
            and coalesce(i.low < t.low, true)) as is_low_eased,
        (d.direction in ('at_most', 'between') and t.high is not null
            and coalesce(i.high > t.high, true)) as is_high_eased
    from {{rows}} i
    join targets t on {_SAME} and t.superseded_seq is null
    join indicators d on d.indicator_key = i.indicator_key and d.superseded_seq is null
    where (i.low, i.high) is distinct from (t.low, t.high)
        and coalesce(i.published_at::timestamp >= t.published_at, true)
"""
# One problem a row, at the bound that moved; the sentence shows it before and after.
_TOLD = """
    insert into doubts
    select row_no, load_file, line, if(at_low, $low_letter, $high_letter),
        if(at_low, $low_label, $high_label), if(unsaid, 'target-eased', 'revision'),
        if(unsaid, 'error', 'notice'), null,
        json_object('before', if(at_low, low_before, high_before),
            'after', if(at_low, low, high))
    from (
        select *, is_low_eased or (not is_high_eased and low is distinct from low_before) as at_low,
            (is_low_eased or is_high_eased)
            and nullif(trim(coalesce(justification, '')), '') is null as unsaid
        from revised
    )
"""


def doubt_targets(duck: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Fill ``doubts``; nothing when no target is loaded yet."""
    if duck.execute("select 1 from targets limit 1").fetchone() is None:
        return
    scan = StagedRows(staged.path, staged.mask, staged.first_line).scan
    names = {row[0] for row in duck.execute(f"describe select * from {scan}").fetchall()}
    absent = "".join(f", null as {name}" for name in _COLUMNS if name not in names)
    duck.execute(_REVISED.format(rows=f"(select *{absent} from {scan})"))
    low = staged.labels.get("cible_min", ("", "cible_min"))
    high = staged.labels.get("cible_max", ("", "cible_max"))
    duck.execute(
        _TOLD,
        {
            "low_letter": low[0],
            "low_label": low[1],
            "high_letter": high[0],
            "high_label": high[1],
        },
    )
