"""Commands that keep a home safe: backup, restore, verify."""

from pathlib import Path
from typing import Annotated

import typer

from pilotage.cli.option import Home, Language, home_of, lang_of, say_problem
from pilotage.cli.progress_bar import progress_bar
from pilotage.formats.figure import number, size
from pilotage.i18n import N_, Lang, translator
from pilotage.settings import from_environment
from pilotage.store import backup as safe
from pilotage.store.verification import Verified
from pilotage.store.verification import verify as verify_home
from pilotage.store.warehouse import open_warehouse

Folder = Annotated[Path, typer.Argument(help=N_("Dossier de la sauvegarde."))]


def backup(folder: Folder, home: Home = None, lang: Language = "fr") -> None:
    """Copy the truth of a home, also while it is served; again into the same folder adds to it."""
    said = lang_of(lang)
    _ = translator(said)
    with progress_bar(_("Sauvegarde")) as tell:
        copied = safe.backup(home_of(home), folder, tell)
    print(_("Sauvegarde faite : {what}.").format(what=_counted(copied, said)))


def restore(folder: Folder, home: Home = None, lang: Language = "fr") -> None:
    """Lay a backup into an empty home, and make its projection."""
    said, place = lang_of(lang), home_of(home)
    _ = translator(said)
    with progress_bar(_("Relecture de la sauvegarde")) as tell:
        copied = safe.restore(folder, place, tell)
    chosen = from_environment()
    open_warehouse(place, chosen.as_of, chosen.rules).close()
    print(_("Installation restaurée : {what}.").format(what=_counted(copied, said)))


def verify(home: Home = None, lang: Language = "fr") -> None:
    """Re-hash the archive, follow the chain of the journal, compare with a rebuild."""
    said = lang_of(lang)
    _ = translator(said)
    with progress_bar(_("Relecture de l'archive")) as tell:
        found = verify_home(home_of(home), from_environment().as_of, tell)
    for sentence in _faults(found, said):
        say_problem(sentence)
    if not found.is_sound:
        raise typer.Exit(1)
    print(
        _("Archive et journal intacts : version {version}, {n} fichiers relus.").format(
            version=found.version, n=number(found.files, 0, said)
        )
    )
    print(
        _("Ce qui est montré n'a pas été comparé : un serveur tourne. Arrêtez-le pour le comparer.")
        if found.differing is None
        else _("Ce qui est montré est égal à ce qu'ils redonnent.")
    )


def _faults(found: Verified, lang: Lang) -> list[str]:
    _ = translator(lang)
    altered = _("Fichier altéré dans l'archive : {name}. Remettez celui d'une sauvegarde.")
    missing = _("Fichier absent de l'archive : {name}. Remettez celui d'une sauvegarde.")
    differing = _(
        "La table « {name} » ne dit plus ce que le journal dit. Lancez « pilotage rebuild »."
    )
    told = [altered.format(name=name) for name in found.altered]
    told += [missing.format(name=name) for name in found.missing]
    told += [differing.format(name=name) for name in found.differing or ()]
    return told + ([found.broken_chain.sentence(lang)] if found.broken_chain else [])


def _counted(copied: safe.Copied, lang: Lang) -> str:
    _ = translator(lang)
    return _("version {version}, {n} fichiers, {size}").format(
        version=copied.version, n=number(copied.files, 0, lang), size=size(copied.size_bytes, lang)
    )
