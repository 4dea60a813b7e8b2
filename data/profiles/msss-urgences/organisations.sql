-- Government → ministry → health region → establishment → installation, under their last names.
select 'msss:QC' as organisation_id, 'gouvernement' as genre,
    'Gouvernement du Québec' as libelle_fr, 'Government of Québec' as libelle_en,
    null as parent_id, null as fonction_etat,
    min_by(_file, moment) as _file, min_by(_line, moment) as _line
from releve having count(*) > 0
union all
select 'msss:MSSS', 'ministère',
    'Ministère de la Santé et des Services sociaux', 'Ministry of Health and Social Services',
    'msss:QC', 'Santé et services sociaux', min_by(_file, moment), min_by(_line, moment)
from releve having count(*) > 0
union all
select 'msss:RSS-' || region_code, 'secteur', max_by(region, moment), null,
    'msss:MSSS', 'Santé et services sociaux', max_by(_file, moment), max_by(_line, moment)
from releve group by region_code
union all
select identifiant(etablissement), 'direction', max_by(etablissement, moment), null,
    'msss:RSS-' || max_by(region_code, moment), 'Santé et services sociaux',
    max_by(_file, moment), max_by(_line, moment)
from releve group by identifiant(etablissement)
union all
select 'msss:' || permis, 'équipe', max_by(installation, moment), null,
    identifiant(max_by(etablissement, moment)), 'Santé et services sociaux',
    max_by(_file, moment), max_by(_line, moment)
from releve group by permis
