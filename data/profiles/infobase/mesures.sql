-- Only results reports hold actuals; all of them stand for the fiscal year that ended.
select
    'infobase:' || id as indicateur_id,
    'infobase:' || subject_id as organisation_id,
    '2016-2017' as periode,
    case when actual is not null then actual_result_en end as valeur,
    case when actual is null then nullif(coalesce(actual_result_fr, actual_result_en), '.') end
        as valeur_texte,
    coalesce(explanation_fr, explanation_en) as commentaire,
    published as publie_le,
    _file,
    _line
from reading
where doc like 'drr%'
    and (actual is not null or nullif(coalesce(actual_result_fr, actual_result_en), '.') is not null)
