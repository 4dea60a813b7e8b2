-- Government → department → core responsibility → program → sub-program.
with portfolio as (
    -- Of several ministers, the one who answers for most organisations; then by name.
    select l.org_id, max_by(m.name_fr, (m.organisations, m.name_fr)) as name_fr
    from input.org_to_minister l
    join (
        select i.id, i.name_fr, count(*) as organisations
        from input.ministers i join input.org_to_minister o on o.minister_id = i.id
        group by all
    ) m on m.id = l.minister_id
    group by l.org_id
)
select
    'infobase:CA' as organisation_id,
    'gouvernement' as genre,
    'Gouvernement du Canada' as libelle_fr,
    'Government of Canada' as libelle_en,
    null as parent_id,
    null as fonction_etat,
    null as effectif,
    min_by(_file, _line) as _file,
    min(_line) as _line
from used_department
union all
select
    'infobase:' || d.dept_code,
    case when d.inst_form_id = 'min_dept' then 'ministère' else 'organisme' end,
    coalesce(d.applied_title_fr, d.legal_title_fr),
    coalesce(d.applied_title_en, d.legal_title_en),
    'infobase:CA',
    coalesce(p.name_fr, 'Parlement'),
    null,
    d._file,
    d._line
from used_department d
left join portfolio p using (org_id)
union all
select
    'infobase:' || u.unit_id,
    case u.rung when 'crso' then 'secteur' when 'program' then 'direction' else 'équipe' end,
    case when length(u.name_fr) > 300 then left(u.name_fr, 299) || '…' else u.name_fr end,
    case when length(u.name_en) > 300 then left(u.name_en, 299) || '…' else u.name_en end,
    'infobase:' || u.parent_id,
    coalesce(p.name_fr, 'Parlement'),
    u.fte,
    u._file,
    u._line
from unit u
join unit_department ud using (unit_id)
join used_department d on d.dept_code = ud.dept_code
left join portfolio p using (org_id)
