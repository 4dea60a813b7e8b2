-- Shared by the SELECTs of this folder.

create or replace temp macro identifiant(nom) as
    'msss:' || trim(regexp_replace(lower(strip_accents(nom)), '[^a-z0-9]+', '-', 'g'), '-');

-- One row per installation and update. Totals carry no permit number and would be counted twice; a
-- download cut half-way has no readable moment on its last line.
create or replace temp table releve as
select
    lpad(rss, 2, '0') as region_code, region, etablissement, installation, permis,
    fonctionnelles, occupees, plus_24h, plus_48h, presents, attente, sejour_civiere,
    sejour_ambulatoire,
    try_strptime(mise_a_jour, ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M']) as moment,
    _file, _line
from input.releve
where permis is not null
    and try_strptime(mise_a_jour, ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M']) is not null;
