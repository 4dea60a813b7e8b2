"""The XmR rules as one DuckDB statement, table to table: what the arrays are measured against."""

STATEMENT = """
create or replace table labelled as
with stepped as (
    select series, date, value, lag(value) over dates as previous
    from points
    window dates as (partition by series order by date)
), first_pass as (
    select series, avg(value) as mean, avg(abs(value - previous)) as average
    from stepped group by series
), lines as (
    select series, any_value(mean) as mean,
        avg(abs(value - previous)) filter (abs(value - previous) < 3.267 * average) as average
    from stepped join first_pass using (series) group by series
), placed as (
    select series, date, value, mean, 2.66 * average as width,
        sign(value - mean)::tinyint as side,
        sign(value - previous)::tinyint as step,
        abs(value - mean) > 2.66 * average as outside,
        abs(value - mean) > 2 * 2.66 / 3 * average
            and not abs(value - mean) > 2.66 * average as close
    from stepped join lines using (series)
), ended as (
    select *,
        abs(sum(side) over (dates rows 6 preceding)) = 7 as shift_ends,
        abs(sum(step) over (dates rows 5 preceding)) = 6 as trend_ends,
        abs(sum(side) over (dates rows 2 preceding)) = 3
            and sum(close::tinyint) over (dates rows 2 preceding) >= 2 as pair_ends
    from placed
    window dates as (partition by series order by date)
), marked as (
    select *,
        bool_or(shift_ends) over (dates rows between current row and 6 following) as in_shift,
        bool_or(trend_ends) over (dates rows between current row and 6 following) as in_trend,
        close and bool_or(pair_ends) over (dates rows between current row and 2 following)
            as in_pair
    from ended
    window dates as (partition by series order by date)
), turned as (
    select *,
        lead(in_trend) over dates as trend_goes_on, lead(step) over dates as next_step
    from marked
    window dates as (partition by series order by date)
)
select series, date, mean, mean - width as lower, mean + width as upper,
    (case
        when outside then 4 * side
        when in_trend then
            3 * case when trend_goes_on and next_step <> 0 then next_step else step end
        when in_pair then 2 * side
        when in_shift then side
        else 0
    end)::tinyint as cause
from turned
"""
