"""The codes of what can be wrong with a file, how much each costs, and its French sentence.

A code is stable: tests, documents and other people's scripts use it. A sentence ends with the
remedy; English lives in the catalogue.
"""

from enum import StrEnum

from pilotage.i18n import N_


class Severity(StrEnum):
    """An error refuses its row (or the file, under the strict policy); the others are told."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

RULES: dict[str, tuple[Severity, str]] = {
    # the file
    "source-error": (
        _E,
        N_("Le fichier est vide ou son téléchargement a échoué. Déposez-le de nouveau."),
    ),
    "encoding-error": (
        _E,
        N_(
            "Les accents de cette ligne sont illisibles. "
            "Enregistrez le fichier au format « CSV UTF-8 »."
        ),
    ),
    "format-error": (
        _E,
        N_("Ce fichier n'est pas du texte ({found}). Exportez le tableau au format « CSV UTF-8 »."),
    ),
    "table-dimensions": (
        _E,
        N_("Le tableau dépasse les limites ({found}). Séparez-le en fichiers plus petits."),
    ),
    "no-rows": (_E, N_("Le fichier n'a que son en-tête. Ajoutez au moins une ligne de données.")),
    "subject-unknown": (
        _E,
        N_(
            "L'en-tête ne correspond à aucun contrat (colonnes lues : {found}). "
            "Partez d'un exemple de la page Données."
        ),
    ),
    "unused-file": (
        _W,
        N_("Le profil n'a pas l'usage du fichier « {found} » ; il est laissé de côté."),
    ),
    "profile-error": (_E, N_("Le profil ne s'applique pas à ce fichier : {found}")),
    # the header
    "blank-label": (
        _E,
        N_("Une colonne contient des données sans titre. Nommez-la dans l'en-tête ou videz-la."),
    ),
    "duplicate-label": (
        _E,
        N_("La colonne « {column} » paraît deux fois dans l'en-tête. Gardez-en une seule."),
    ),
    "missing-label": (
        _E,
        N_("La colonne obligatoire « {column} » manque. Ajoutez-la à l'en-tête."),
    ),
    "extra-label": (
        _W,
        N_("La colonne « {column} » ne fait pas partie du contrat ; elle est laissée de côté."),
    ),
    # the structure
    "extra-cell": (
        _E,
        N_(
            "La ligne a plus de cellules que l'en-tête. "
            "Retirez le séparateur en trop ou mettez le texte entre guillemets."
        ),
    ),
    "missing-cell": (
        _E,
        N_("La ligne a moins de cellules que l'en-tête. Ajoutez les séparateurs qui manquent."),
    ),
    "blank-row": (_N, N_("Ligne vide, laissée de côté.")),
    "unclosed-quote": (
        _E,
        N_("Un guillemet ouvert sur cette ligne n'est jamais fermé. Fermez-le ou doublez-le."),
    ),
    "control-char": (_E, N_("La cellule contient un caractère de contrôle invisible. Retapez-la.")),
    "invisible-char": (
        _W,
        N_(
            "« {found} » contient un caractère invisible, gardé tel quel. "
            "Retapez la cellule s'il n'a rien à y faire."
        ),
    ),
    # the cell
    "required-value": (_E, N_("La cellule « {column} » est obligatoire. Remplissez-la.")),
    "type-error": (_E, N_("« {found} » n'est pas {expected}. Écrivez par exemple {example}.")),
    "ambiguous-number": (
        _E,
        N_(
            "« {found} » peut se lire de deux façons (milliers ou décimales). "
            "Écrivez 1234 ou 1234,5 sans séparateur de milliers."
        ),
    ),
    "mixed-decimal": (
        _W,
        N_(
            "« {found} » n'emploie pas la même marque décimale que le reste de la colonne. "
            "Écrivez la même partout."
        ),
    ),
    "mixed-percent": (
        _W,
        N_(
            "« {found} » n'a pas le signe % du reste de la colonne : est-ce {found} % ou une part "
            "de 1 ? Écrivez le signe partout."
        ),
    ),
    "spreadsheet-error": (
        _E,
        N_(
            "« {found} » est une erreur du chiffrier. "
            "Corrigez la formule, puis exportez de nouveau."
        ),
    ),
    "constraint-error": (_E, N_("« {found} » n'est pas admis dans « {column} » : {expected}.")),
    "formula-text": (
        _W,
        N_(
            "« {found} » commence comme une formule ; le texte est gardé tel quel et "
            "neutralisé à l'export."
        ),
    ),
    # the meaning
    "foreign-key": (_E, N_("« {found} » n'est pas connu dans « {column} ».{suggestion}")),
    "not-yours": (
        _E,
        N_(
            "Vous ne pouvez pas verser pour l'organisation « {found} ». "
            "Demandez-le à son responsable des données."
        ),
    ),
    "primary-key": (
        _E,
        N_(
            "Cette clé figure déjà à la ligne {other} avec d'autres valeurs. "
            "Gardez une seule des deux lignes."
        ),
    ),
    "duplicate-row": (_N, N_("Ligne identique à la ligne {other} ; comptée une seule fois.")),
    "low-above-high": (
        _E,
        N_("La cible minimale dépasse la cible maximale. Inversez-les ou corrigez-les."),
    ),
    "direction-conflict": (
        _E,
        N_(
            "La cible ne convient pas au sens de l'indicateur ({expected}). "
            "Remplissez la bonne colonne."
        ),
    ),
    "target-missing": (
        _E,
        N_("La ligne n'a ni cible_min, ni cible_max, ni cible_texte. Remplissez-en au moins une."),
    ),
    "numerator-mismatch": (
        _W,
        N_(
            "Le numérateur et le dénominateur donnent {expected}, et non {found}. "
            "Vérifiez les trois."
        ),
    ),
    "cycle": (_E, N_("« {found} » est son propre ancêtre. Corrigez parent_id.")),
    "period-in-future": (
        _E,
        N_(
            "La période « {found} » n'est pas commencée. Une mesure ne peut pas être dans l'avenir."
        ),
    ),
    "withdraw-needs-comment": (
        _E,
        N_(
            "Pour retirer une valeur, écrivez RETIRER dans « statut », videz « valeur » et "
            "dites pourquoi dans « commentaire »."
        ),
    ),
    "empty-value": (_N, N_("Valeur vide : la ligne ne dit rien et n'efface rien.")),
    # doubt
    "deviated-value": (
        _W,
        N_(
            "{found} s'écarte beaucoup de la série (neuf valeurs sur dix entre {low} et {high}). "
            "Vérifiez la valeur."
        ),
    ),
    "rate-as-fraction": (
        _W,
        N_(
            "Toutes les valeurs de cette série sont entre 0 et 1 (ici « {found} ») alors que "
            "l'unité est le pourcentage. "
            "Écrivez 85 pour 85 %."
        ),
    ),
    "frozen": (
        _N,
        N_(
            "La même valeur ({found}) revient depuis {times} périodes dans une série qui "
            "variait. "
            "Vérifiez que la source répond encore."
        ),
    ),
    "gap": (
        _N,
        N_("Périodes qui manquent avant celle-ci : {times}. Versez-les si elles existent."),
    ),
    "revision": (
        _N,
        N_("La valeur révise celle déjà versée : {before} devient {after}. L'ancienne est gardée."),
    ),
    "closed-period": (
        _E,
        N_(
            "La période est close jusqu'au {through} : sa valeur ne change plus sans raison. "
            "Dites pourquoi dans la colonne « commentaire »."
        ),
    ),
    "closed-revision": (
        _N,
        N_("La période est close jusqu'au {through} : révision gardée avec son commentaire."),
    ),
    "target-eased": (
        _E,
        N_(
            "La cible est assouplie sans justification : {before} devient {after}. "
            "Remplissez la colonne « justification »."
        ),
    ),
    # the reader
    "mojibake": (
        _E,
        N_(
            "Les accents de cette ligne ont été abîmés avant l'export (« {found} »). "
            "Exportez de nouveau depuis la source au format « CSV UTF-8 »."
        ),
    ),
    "no-header": (
        _W,
        N_(
            "La première ligne paraît être une donnée : le fichier n'a pas d'en-tête. "
            "Ajoutez-en un qui nomme chaque colonne."
        ),
    ),
    "multi-header": (
        _W,
        N_("L'en-tête tient sur plusieurs lignes ; elles sont réunies. Gardez-en une seule."),
    ),
    "multi-table": (
        _W,
        N_(
            "Un autre tableau, ou le même en-tête, commence ici (« {found} »). "
            "Mettez un seul tableau par fichier : ce qui n'est pas du premier est laissé de côté."
        ),
    ),
    "footer-row": (
        _W,
        N_(
            "« {found} » est un total, un titre ou une note, et non une donnée ; "
            "la ligne est laissée de côté."
        ),
    ),
    "ambiguous-date": (
        _E,
        N_(
            "« {found} » peut se lire jour/mois ou mois/jour, et rien dans la colonne ne tranche. "
            "Écrivez année-mois-jour, par exemple 2026-03-31."
        ),
    ),
    "stray-quote": (
        _W,
        N_(
            "Un guillemet isolé dans cette ligne est lu comme du texte. "
            "Doublez-le dans une cellule entre guillemets."
        ),
    ),
    "mixed-delimiter": (
        _W,
        N_(
            "Cette ligne n'emploie pas le même séparateur que les autres ; "
            "elle est lue avec le sien. Écrivez le même partout."
        ),
    ),
    "quoted-row": (
        _W,
        N_(
            "Chaque ligne est tout entière entre guillemets ; elle est lue sans eux. "
            "Exportez de nouveau depuis la source."
        ),
    ),
    "missing-delimiter": (
        _W,
        N_(
            "Il manque un séparateur dans cette ligne ; elle est lue comme s'il y était, "
            "au seul endroit possible. Ajoutez-le."
        ),
    ),
    "extra-sheet": (
        _W,
        N_(
            "La feuille « {found} » est laissée de côté : seule la première visible et remplie "
            "est lue. Exportez chaque feuille dans son fichier."
        ),
    ),
    "macro": (
        _W,
        N_(
            "Le classeur contient des macros ; elles ne sont ni lues ni exécutées. "
            "Enregistrez-le sans elles."
        ),
    ),
    "hidden-row": (
        _W,
        N_(
            "Le classeur a des lignes masquées ({found}, à partir d'ici) ; elles sont lues comme "
            "les autres. Affichez-les, ou retirez-les si elles ne comptent pas."
        ),
    ),
}
"""Every code with its severity and its French sentence."""
