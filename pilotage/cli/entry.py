"""The commands, their names and their help; how one ends."""

import sys
from collections.abc import Sequence

import typer

from pilotage.analyst import command as analyst
from pilotage.cli import (
    closing_command,
    file_command,
    home_command,
    misuse,
    reminder_command,
    safety_command,
    token_command,
)
from pilotage.i18n import N_, Lang, translator

app = typer.Typer(
    help=N_("Salle de pilotage virtuelle : vérifier, verser, servir."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
export = typer.Typer(help=N_("Sortir des tableaux."), no_args_is_help=True)
app.add_typer(export, name="export")
app.add_typer(token_command.app, name="token")
_COMMANDS = (
    (file_command.check, N_("Dire tout ce qui ne va pas dans des fichiers, sans rien verser.")),
    (
        file_command.read,
        N_("Rendre n'importe quel CSV en UTF-8 net, avec son rapport, sans rien verser."),
    ),
    (
        file_command.load,
        N_(
            "Vérifier, puis verser ; un fichier en erreur est refusé en entier,"
            " ou ses seules lignes (quarantine)."
        ),
    ),
    (file_command.withdraw, N_("Retirer un versement : les valeurs d'avant reviennent.")),
    (
        closing_command.close,
        N_("Clore des périodes : une valeur n'y change plus que comme révision, avec sa raison."),
    ),
    (closing_command.reopen, N_("Rouvrir les périodes d'une organisation.")),
    (
        home_command.demo,
        N_("Écrire le gouvernement d'exemple, aux chiffres fictifs, en fichiers de contrat."),
    ),
    (
        reminder_command.remind,
        N_("Envoyer à chaque organisation ce qui est en retard ou attendu sous peu."),
    ),
    (home_command.watch, N_("Verser chaque fichier complet déposé dans un dossier.")),
    (home_command.serve, N_("Servir les salles d'une installation.")),
    (
        home_command.run,
        N_(
            "Préparer l'installation d'une source (le gouvernement d'exemple par défaut),"
            " puis la servir."
        ),
    ),
    (home_command.rebuild, N_("Refaire la projection à partir de l'archive et du journal.")),
    (safety_command.backup, N_("Copier l'archive, le journal et les profils dans un dossier.")),
    (safety_command.restore, N_("Refaire une installation à partir d'une sauvegarde.")),
    (
        safety_command.verify,
        N_("Prouver que l'archive, le journal et ce qui est montré disent la même chose."),
    ),
)
for _command, _help in _COMMANDS:
    app.command(help=_help)(_command)
export.command("verdicts", help=N_("Sortir chaque verdict : valeur, cible, jugement, provenance."))(
    home_command.export_verdicts
)
app.command()(analyst.spc)
app.command()(analyst.project)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; one sentence on the error stream for what was misused."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang = misuse.language_of(given)
    if given[:1] in (["--lang"], [f"--lang={lang}"]) or given[:1] == ["--help"]:
        given = [word for word in given if word not in {"--lang", lang, f"--lang={lang}"}]
    command = typer.main.get_command(app)
    _translate(command, lang)
    if not given:
        given, code = ["--help"], 2
    else:
        code = 0
    try:
        ended = command.main(args=given, prog_name="pilotage", standalone_mode=False)
    except typer.Exit as asked:
        return asked.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return 2
    except Exception as fault:
        return misuse.told(fault, lang)
    return code or (ended if isinstance(ended, int) else 0)


def _translate(command: object, lang: Lang) -> None:
    """Put the help of a command and of all below it in the reader's language."""
    _ = translator(lang)
    for thing in (command, *getattr(command, "params", ())):
        said = getattr(thing, "help", None)
        if said:
            thing.help = _(said)
    for below in getattr(command, "commands", {}).values():
        _translate(below, lang)
