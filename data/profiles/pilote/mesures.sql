select
    'pilote:' || v.indic_id as indicateur_id,
    'pilote:' || v.zone_id as organisation_id,
    periode(v.jour, r.periode_mois) as periode,
    v.actuelle as valeur,
    strftime(last_day(v.jour) + 1, '%Y-%m-%d') as publie_le,
    v._file,
    v._line
from valeur v
join rythme r using (indic_id)
where v.actuelle is not null
