select
    indicateur_id, titre_fr, titre_en, definition_fr, definition_en, unite, sens, nature,
    'opérationnel' as niveau,
    frequence,
    'msss:MSSS' as organisation_id,
    'moyenne' as agregation_temps,
    agregation as agregation_organisations,
    decimales,
    'publique' as visibilite,
    '1' as delai_jours,
    'Relevé horaire des urgences, MSSS' as systeme_source,
    _file,
    _line
from shipped.indicateurs
