"""The dictionary of the contracts, ``data/README.md``: written from the schemas, never by hand.

``python -m pilotage.intake.dictionary > data/README.md`` writes it again.
"""

import json
import sys
from typing import Any

from pilotage.intake.contract import CONTRACTS, ORDER

_TYPES = {
    "string": "texte",
    "number": "nombre",
    "integer": "nombre entier",
    "date": "date",
    "boolean": "oui ou non",
    "period": "période",
}
_INTRODUCTION = """# Ce que contient `data/`

*Écrit par `python -m pilotage.intake.dictionary > data/README.md` à partir des schémas ; ne pas
corriger à la main.*

| dossier | contenu |
|---|---|
| `contracts/` | les neuf contrats (Table Schema) et un exemple de chacun, `exemple_<sujet>.csv` |
| `samples/` | fichiers d'essai : `sain_…` se charge, les autres portent le code de leur problème |
| `profiles/` | comment lire les sources qui ne suivent pas les contrats |

Le gouvernement fictif n'est pas gardé ici : `python -m pilotage.sample DOSSIER` l'écrit.

## Écrire un fichier

Un fichier porte un seul sujet, reconnu à son en-tête. L'ordre des colonnes est libre ; une colonne
inconnue est signalée et laissée de côté.

- **Encodage** : UTF-8 (avec ou sans BOM), UTF-16, windows-1252.
- **Séparateur** : point-virgule, virgule, tabulation ou barre verticale.
- **Nombres** : virgule ou point décimal ; espace, espace insécable ou fine entre les milliers ; un
  `%` à la fin est admis.
- **Dates** : `2026-03-31`, `31/03/2026`, `31-03-2026`. `publie_le` accepte aussi l'heure :
  `2026-03-31T14:05`.
- **Périodes** : jour `2026-03-31`, heure `2026-03-31T13`, semaine `2026-S14`, mois `2026-03`,
  trimestre civil `2026-T1`, exercice `2025-2026` (1er avril au 31 mars), trimestre d'exercice
  `2025-2026-T1`, année civile `2026`. En anglais, `W` et `Q` remplacent `S` et `T`.
- **Case vide** : la ligne ne dit rien et n'efface rien. Pour retirer une valeur, écrire `RETIRER`
  dans `statut`, avec un commentaire et sans valeur.
- **Même clé, autre valeur** : une révision, gardée et datée. Une cible abaissée demande une
  `justification`.

★ colonne obligatoire · ✚ une de ces colonnes au moins. Une ligne par clé ; la clé est en gras.
"""


def _schema(subject: str) -> dict[str, Any]:
    path = CONTRACTS / f"{subject}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _mark(schema: dict[str, Any], field: dict[str, Any]) -> str:
    if field["constraints"].get("required"):
        return "★"
    return "✚" if any(field["name"] in group for group in schema.get("anyOf", ())) else ""


def _admitted(schema: dict[str, Any], field: dict[str, Any]) -> str:
    """What a cell may hold: its type, its list, its bounds, what it refers to."""
    rules = field["constraints"]
    if "enum" in rules:
        return " · ".join(f"`{value}`" for value in rules["enum"])
    for key in schema["foreignKeys"]:
        if field["name"] in key["fields"]:
            return f"identifiant de `{key['reference']['resource']}`"
    bounds = [f"≥ {rules['minimum']}"] if "minimum" in rules else []
    bounds += [f"≤ {rules['maximum']}"] if "maximum" in rules else []
    bounds += [f"≤ {rules['maxLength']} caractères"] if "maxLength" in rules else []
    return ", ".join([_TYPES[field["type"]], *bounds])


def _line(schema: dict[str, Any], field: dict[str, Any]) -> str:
    name = f"`{field['name']}`"
    cells = (
        f"**{name}**" if field["name"] in schema["primaryKey"] else name,
        _mark(schema, field),
        ", ".join(f"`{alias}`" for alias in field["aliases"]) or "(même nom)",
        _admitted(schema, field),
        field["description"].replace("|", "\\|"),
    )
    return f"| {' | '.join(cells)} |"


def _section(subject: str) -> str:
    schema = _schema(subject)
    head = "| colonne | | en anglais | contenu | sens |\n|---|---|---|---|---|"
    lines = "\n".join(_line(schema, field) for field in schema["fields"])
    return f"## {schema['title']} — `{subject}`\n\n{schema['description']}\n\n{head}\n{lines}\n"


def dictionary() -> str:
    """The whole dictionary in Markdown: one table for each contract, in load order."""
    return "\n".join([_INTRODUCTION, *(_section(subject) for subject in ORDER)])


if __name__ == "__main__":
    sys.stdout.write(dictionary())
