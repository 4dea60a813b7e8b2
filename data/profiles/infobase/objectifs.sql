-- A result of a program is an objective of its department's plan.
select
    'infobase:' || r.id as objectif_id,
    'infobase:' || ud.dept_code || ':' || r.doc as plan_id,
    'objectif' as genre,
    case when length(r.name_fr) > 500 then left(r.name_fr, 499) || '…' else r.name_fr end
        as libelle_fr,
    case when length(r.name_en) > 500 then left(r.name_en, 499) || '…' else r.name_en end
        as libelle_en,
    r._file,
    r._line
from input.results r
join unit_department ud on ud.unit_id = r.subject_id
