-- Equal bounds are one number to reach; a commitment in words is kept as words.
select
    'infobase:' || id as indicateur_id,
    'infobase:' || subject_id as organisation_id,
    due as periode,
    case when low is not null then target_min end as cible_min,
    case when high is not null and (low is null or low < high) then target_max end as cible_max,
    coalesce(target_narrative_fr, target_narrative_en) as cible_texte,
    published as publie_le,
    _file,
    _line
from reading
where low is not null or high is not null
    or coalesce(target_narrative_fr, target_narrative_en) is not null
