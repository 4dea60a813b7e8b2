-- One plan per department and report: commitments of 2017-2018, results of 2016-2017.
select
    'infobase:' || d.dept_code || ':' || r.doc as plan_id,
    'infobase:' || d.dept_code as organisation_id,
    case when r.doc like 'drr%' then 'Rapport ministériel sur les résultats 2016-2017'
        else 'Plan ministériel 2017-2018' end as libelle_fr,
    case when r.doc like 'drr%' then '2016-17 Departmental Results Report'
        else '2017-18 Departmental Plan' end as libelle_en,
    'publié' as etat,
    case when r.doc like 'drr%' then '2016-04-01' else '2017-04-01' end as debut,
    case when r.doc like 'drr%' then '2017-03-31' else '2018-03-31' end as fin,
    min_by(r._file, r._line) as _file,
    min(r._line) as _line
from input.results r
join unit_department ud on ud.unit_id = r.subject_id
join used_department d on d.dept_code = ud.dept_code
group by d.dept_code, r.doc
