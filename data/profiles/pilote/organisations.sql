-- France → régions → départements: each territory is an organisation that answers for its figures.
select
    'pilote:' || zone_id as organisation_id,
    case when parent_id is null then 'gouvernement' else 'organisme' end as genre,
    libelle_fr,
    libelle_en,
    'pilote:' || parent_id as parent_id,
    ensemble as fonction_etat,
    _file,
    _line
from shipped.territoires
