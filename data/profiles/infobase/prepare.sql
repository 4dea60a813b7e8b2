-- Shared by the SELECTs of this folder. Everything is text until a number is needed.

-- A result hangs on a core responsibility (CRSO), a program or a sub-program; each is an
-- organisation of ours, under its department. Five CRSO share their id with their only program
-- (internal services, without a result): the program stands for both.
create or replace temp view unit as
select
    dept_code || '-' || activity_code as unit_id, 'program' as rung, name_fr, name_en,
    case when crso_id = dept_code || '-' || activity_code then dept_code else crso_id end
        as parent_id,
    null::varchar as fte, _file, _line
from input.program
union all
select c.id, 'crso', c.name_fr, c.name_en, c.dept_code, null, c._file, c._line
from input.crso c
where not exists (
    select 1 from input.program p where p.dept_code || '-' || p.activity_code = c.id
)
union all
select id, 'sub_program', name_fr, name_en, parent_id, fte, _file, _line
from input.subprograms;

-- Only what carries a result, and its ancestors: 83 departments out of 320 organisations.
create or replace temp table used_unit as
with recursive used as (
    select u.unit_id, u.parent_id from unit u
    where u.unit_id in (select subject_id from input.results)
    union
    select u.unit_id, u.parent_id from unit u join used on u.unit_id = used.parent_id
)
select * from used;

create or replace temp view used_department as
select o.*
from input.organisations o
where o.dept_code in (select parent_id from used_unit);

-- The department of a unit, however deep.
create or replace temp table unit_department as
with recursive climb as (
    select unit_id, parent_id from used_unit
    union all
    select climb.unit_id, u.parent_id
    from climb join used_unit u on u.unit_id = climb.parent_id
)
select climb.unit_id, climb.parent_id as dept_code
from climb
where climb.parent_id in (select dept_code from used_department);

-- An indicator with its numbers read whole, or not at all: « 2014: 97.7% » stays a text.
create or replace temp table reading as
select
    i.*,
    r.subject_id, r.is_efficiency, u.rung,
    case when i.target_type <> 'text' then try_cast(i.target_min as double) end as low,
    case when i.target_type <> 'text' then try_cast(i.target_max as double) end as high,
    case when i.actual_datatype <> 'text' then try_cast(i.actual_result_en as double) end
        as actual,
    case
        when i.target_month = '3' and try_cast(i.target_year as integer) is not null
            then (i.target_year::integer - 1) || '-' || i.target_year
        when try_cast(i.target_year as integer) is not null
            and try_cast(i.target_month as integer) between 1 and 12
            then i.target_year || '-' || lpad(i.target_month, 2, '0')
        else 'indéterminée'
    end as due,
    case when i.doc like 'drr%' then '2017-11-30' else '2017-03-31' end as published
from input.indicators i
join input.results r on r.id = i.result_id
join unit u on u.unit_id = r.subject_id;
