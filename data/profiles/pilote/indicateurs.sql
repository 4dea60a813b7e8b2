-- The delay leaves room for the rhythm seen and for the six months figures may take to come out.
select
    'pilote:' || i.indic_id as indicateur_id,
    i.indic_nom_baro as titre_fr,
    coalesce(i.indic_descr_baro, i.indic_descr) as definition_fr,
    case
        when u.unite is not null then u.unite
        when regexp_matches(i.indic_nom_baro, '(^|- )(Taux|Part) ') then '%'
        when regexp_matches(i.indic_nom_baro, '(^|- )Part d’') then '%'
        else 'nombre'
    end as unite,
    case i.tendance when 'hausse' then 'au moins' when 'baisse' then 'au plus' else 'aucun' end
        as sens,
    case when regexp_matches(i.indic_nom_baro, '^(Nombre|Kilométrage|Heures|Places|Montant)')
        then 'extrant' else 'résultat' end as nature,
    'stratégique' as niveau,
    case r.periode_mois when 12 then 'annuelle' when 3 then 'trimestrielle' else 'mensuelle' end
        as frequence,
    'pilote:FRANCE' as organisation_id,
    'pilote:' || i.indic_parent_ch as objectif_id,
    'dernière' as agregation_temps,
    'aucune' as agregation_organisations,
    'publique' as visibilite,
    greatest(0, r.ecart_mois - r.periode_mois) * 30 + 183 as delai_jours,
    'PILOTE' as systeme_source,
    i._file,
    i._line
from input.indicateurs i
join rythme r using (indic_id)
left join shipped.unites u using (indic_id)
