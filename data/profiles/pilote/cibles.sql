-- The target and the baseline of one indicator in one territory stand on two rows.
with depart as (
    select indic_id, zone_id, max_by(initiale, jour) as initiale, max(jour) as jour
    from valeur where initiale is not null
    group by indic_id, zone_id
)
select
    'pilote:' || v.indic_id as indicateur_id,
    'pilote:' || v.zone_id as organisation_id,
    periode(v.jour, r.periode_mois) as periode,
    case when i.tendance = 'hausse' then v.cible end as cible_min,
    case when i.tendance = 'baisse' then v.cible end as cible_max,
    d.initiale as depart,
    strftime(d.jour, '%Y-%m-%d') as depart_date,
    'linéaire' as trajectoire,
    strftime(greatest(date '2023-01-01', last_day(d.jour) + 1), '%Y-%m-%d') as publie_le,
    v._file,
    v._line
from valeur v
join input.indicateurs i using (indic_id)
join rythme r using (indic_id)
left join depart d using (indic_id, zone_id)
where v.cible is not null
