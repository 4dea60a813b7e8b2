-- An hourly figure stands for the hour of its update; average stays are yesterday's, renewed once a
-- day. The same picture comes again and again: the last update of the hour, or of the day, counts.
with longue as (
    unpivot (select * exclude (fonctionnelles, occupees), fonctionnelles,
        case when try_cast(fonctionnelles as double) > 0
            then round(100 * try_cast(occupees as double) / fonctionnelles::double, 1)::varchar end
            as occupation,
        occupees as _occupees, fonctionnelles as _fonctionnelles
    from releve)
    on occupation, fonctionnelles, plus_24h, plus_48h, presents, attente, sejour_civiere,
        sejour_ambulatoire
    into name mesure value valeur
)
select
    i.indicateur_id,
    'msss:' || l.permis as organisation_id,
    case i.frequence when 'horaire' then strftime(l.moment, '%Y-%m-%dT%H')
        else strftime(l.moment, '%Y-%m-%d') end as periode,
    l.valeur,
    case when l.mesure = 'occupation' then l._occupees end as numerateur,
    case when l.mesure = 'occupation' then l._fonctionnelles end as denominateur,
    strftime(l.moment, '%Y-%m-%dT%H:%M:%S') as publie_le,
    l._file,
    l._line
from longue l
join shipped.indicateurs i using (mesure)
qualify row_number() over (
    partition by i.indicateur_id, l.permis, periode order by l.moment desc, l._file desc, l._line
) = 1
