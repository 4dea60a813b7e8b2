-- One plan for the country: the government's priority policies.
select
    'pilote:politiques' as plan_id,
    'pilote:FRANCE' as organisation_id,
    'Politiques prioritaires du Gouvernement' as libelle_fr,
    'Priority policies of the Government' as libelle_en,
    'publié' as etat,
    min_by(_file, _line) as _file,
    min(_line) as _line
from input.engagements
