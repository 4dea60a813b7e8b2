-- A commitment (engagement) is an orientation, a project (chantier) its objective.
select
    'pilote:' || engagement_short as objectif_id,
    'pilote:politiques' as plan_id,
    null as parent_id,
    'orientation' as genre,
    engagement_name as libelle_fr,
    _file,
    _line
from input.engagements
where engagement_short in (select engagement_short from input.chantiers)
union all
select
    'pilote:' || chantier_id,
    'pilote:politiques',
    'pilote:' || engagement_short,
    'objectif',
    ch_nom,
    _file,
    _line
from input.chantiers
