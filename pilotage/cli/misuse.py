"""What was misused, in one sentence and in the reader's language; the rest goes to a file."""

import errno
import sys
import tempfile
import traceback
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from pilotage.errors import PilotageError
from pilotage.i18n import N_, Lang, translator

_REASONS = {
    errno.ENOENT: N_("il n'existe pas, ou son dossier"),
    errno.EACCES: N_("l'accès en est refusé"),
    errno.EISDIR: N_("c'est un dossier"),
    errno.ENOTDIR: N_("un fichier tient la place d'un dossier"),
    errno.EROFS: N_("le disque est en lecture seule"),
}
_FULL = {errno.ENOSPC, errno.EDQUOT}


def language_of(arguments: Sequence[str]) -> Lang:
    """The language asked for, found before the arguments are understood."""
    joined = [*arguments, ""]
    asked = any(a == "--lang=en" or (a, b) == ("--lang", "en") for a, b in pairwise(joined))
    return "en" if asked else "fr"


def told(fault: Exception, lang: Lang) -> int:
    """Say a fault on the error stream; the exit code."""
    if isinstance(fault, PilotageError):
        print(fault.sentence(lang), file=sys.stderr)
        return fault.exit_code
    if hasattr(fault, "format_message"):
        print(_usage(fault, lang), file=sys.stderr)
        return 2
    if isinstance(fault, OSError) and fault.strerror:
        print(_refusal(fault, lang), file=sys.stderr)
        return 1 if fault.errno in _FULL else 2
    _ = translator(lang)
    print(
        _(
            "Une faute imprévue a arrêté la commande ; rien n'est écrit à moitié."
            " Donnez ce fichier à la personne qui vous soutient : {file}"
        ).format(file=_kept(fault)),
        file=sys.stderr,
    )
    return 1


def _usage(fault: Any, lang: Lang) -> str:
    """What the parser of the command line said, in our words."""
    _ = translator(lang)
    name = type(fault).__name__
    if name == "NoSuchOption":
        return _("L'option « {option} » n'existe pas. Voyez --help.").format(
            option=fault.option_name
        )
    if name == "BadOptionUsage":
        return _("L'option « {option} » attend une valeur.").format(option=fault.option_name)
    if name == "MissingParameter":
        return _("Il manque « {parameter} ». Voyez --help.").format(parameter=_named(fault))
    if name == "BadParameter":
        return _("La valeur de « {parameter} » ne convient pas. Voyez --help.").format(
            parameter=_named(fault)
        )
    if fault.message.startswith("No such command"):
        command = fault.message.split("'")[1] if "'" in fault.message else "?"
        return _("La commande « {command} » n'existe pas. Voyez --help.").format(command=command)
    return _("La commande est mal écrite ({message}). Voyez --help.").format(
        message=fault.format_message()
    )


def _named(fault: Any) -> str:
    parameter = fault.param
    options = [o for o in getattr(parameter, "opts", ()) if o.startswith("--")]
    return options[0] if options else str(getattr(parameter, "name", None) or "?")


def _refusal(fault: OSError, lang: Lang) -> str:
    _ = translator(lang)
    if fault.errno in _FULL:
        return _("Le disque est plein ; rien n'est écrit à moitié. Libérez de la place.")
    return _("« {file} » ne peut être ni lu ni écrit ({reason}).").format(
        file=fault.filename or "?", reason=_(_REASONS.get(fault.errno or 0, fault.strerror or "?"))
    )


def _kept(fault: Exception) -> Path:
    """The traceback, in a file of its own: never on screen."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="pilotage-", suffix=".txt", delete=False
    ) as file:
        file.writelines(traceback.format_exception(fault))
    return Path(file.name)
