-- Shared by the SELECTs of this folder.

create or replace temp table valeur as
select *, try_cast(date as date) as jour
from input.valeurs
where initiale is not null or actuelle is not null or cible is not null;

-- How often an indicator comes, from the months it has ever come in. A value of December stands for
-- its year only when all of them are of December, and likewise for quarters: no date is displaced.
create or replace temp table rythme as
with ecart as (
    select indic_id, jour,
        date_diff('month', lag(jour) over (partition by indic_id, zone_id order by jour), jour)
            as mois
    from valeur where actuelle is not null
),
vu as (
    select indic_id,
        bool_and(month(jour) = 12) as annuel,
        bool_and(month(jour) % 3 = 0) as trimestriel,
        coalesce(median(mois), 12)::integer as mois
    from ecart group by indic_id
)
select
    i.indic_id,
    case when coalesce(annuel, true) then 12 when trimestriel then 3 else 1 end as periode_mois,
    coalesce(mois, 12) as ecart_mois
from input.indicateurs i left join vu using (indic_id);

create or replace temp macro periode(jour, mois) as
    case
        when mois = 12 and month(jour) = 12 then strftime(jour, '%Y')
        when mois = 3 and month(jour) % 3 = 0 then year(jour) || '-T' || quarter(jour)
        else strftime(jour, '%Y-%m')
    end;
