-- A title longer than the contract allows is cut with « … » and kept whole as the definition.
select
    'infobase:' || id as indicateur_id,
    case when length(name_fr) > 300 then left(name_fr, 299) || '…' else name_fr end as titre_fr,
    case when length(name_en) > 300 then left(name_en, 299) || '…' else name_en end as titre_en,
    case when length(name_fr) > 300 then name_fr end as definition_fr,
    case when length(name_en) > 300 then name_en end as definition_en,
    case
        when target_type like 'percent%' or actual_datatype = 'percent' then '%'
        when target_type like 'dollar%' or actual_datatype = 'dollar' then '$'
        when target_type like 'num%' or actual_datatype = 'num' then 'nombre'
        else 'texte'
    end as unite,
    -- « exact » is read as at least: half of such targets not exactly hit were called a success.
    case
        when low < high then 'entre'
        when low is not null then 'au moins'
        when high is not null then 'au plus'
        else 'aucun'
    end as sens,
    case when is_efficiency = '1' then 'activité' else 'résultat' end as nature,
    case rung when 'crso' then 'stratégique' when 'program' then 'tactique' else 'opérationnel' end
        as niveau,
    'annuelle' as frequence,
    'infobase:' || subject_id as organisation_id,
    'infobase:' || result_id as objectif_id,
    'dernière' as agregation_temps,
    'aucune' as agregation_organisations,
    'publique' as visibilite,
    '0' as delai_jours,
    'InfoBase du GC' as systeme_source,
    _file,
    _line
from reading
