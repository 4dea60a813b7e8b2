"""The homes one can open without bringing a file: the sample government and four real sources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pilotage.access.operator import OPERATOR
from pilotage.domain.period import GOVERNMENT_ZONE
from pilotage.errors import Refused
from pilotage.i18n import Lang, translator
from pilotage.intake import loading
from pilotage.intake.profile import load_profile
from pilotage.sample.government import write_government
from pilotage.sample.post import write_posts
from pilotage.sample.publication import write_publication
from pilotage.store.warehouse import Warehouse, open_warehouse

SHARED = Path(__file__).parents[2] / "shared" / "data"
"""Where real public files lie beside the project, when they do; never part of it."""
_PREPARED = "prepared"


@dataclass(frozen=True)
class Source:
    """One demonstration: its profile and the folders of its files; none for the sample."""

    name: str
    profile: str | None = None
    folders: tuple[str, ...] = ()

    def settings(self, home: Path) -> dict[str, Any]:
        """What the band of every page says and the day the figures are read at."""
        if self.profile is None:
            return {
                "source_fr": "Gouvernement d'exemple",
                "source_en": "Sample government",
                "is_fictitious": True,
                "incoming": home / "incoming",
            }
        described = load_profile(loading.profile_folder(self.profile, home)).source
        return {
            "source_fr": described.name_fr,
            "source_en": described.name_en,
            "as_of": described.judging_date,
            "incoming": home / "incoming",
        }


SOURCES = {
    source.name: source
    for source in (
        Source("sample"),
        Source("infobase", "infobase", ("ca-infobase/2018-03",)),
        Source("pilote", "pilote", ("fr-pilote-2024/data", "fr-pilote-2024/metadata")),
        Source("montreal", "montreal-urgences", ("qc-urgences/montreal-horaire",)),
        Source("msss", "msss-urgences", ("qc-urgences",)),
    )
}


def prepare(source: Source, home: Path, say: Callable[[str], None], lang: Lang = "fr") -> Path:
    """Load a source into its home unless it is there already; the home.

    A preparation cut short is taken up where it stopped.

    Raises Refused, with where the files were looked for, when a real source is not on this machine.
    """
    if (home / _PREPARED).exists():
        return home
    warehouse = open_warehouse(home, source.settings(home).get("as_of"))
    try:
        for told in _loads(warehouse, source, lang):
            say(told)
        (home / _PREPARED).touch()
    finally:
        loading.stop_checking(warehouse)
        warehouse.close()
    return home


def _loads(warehouse: Warehouse, source: Source, lang: Lang) -> Iterator[str]:
    """Load what the source has, one sentence a load."""
    _ = translator(lang)
    if source.profile:
        paths = _real_files(source)
        yield _("{n} fichiers : {outcome}").format(
            n=len(paths), outcome=_loaded(warehouse, paths, source.profile, lang)
        )
        return
    written = sorted((warehouse.home / "files").glob("*.csv"))
    today = datetime.now(GOVERNMENT_ZONE).date()
    paths = written or write_government(warehouse.home / "files", today, 2026)
    for number, path in enumerate(paths, start=1):
        outcome = _loaded(warehouse, [path], None, lang)
        yield f"[{number}/{len(paths)}] {path.name} — {outcome}"
    if count := write_posts(warehouse, today):
        yield _("Explications, commentaires et bravos fictifs : {n}").format(n=count)
    if name := write_publication(warehouse, today):
        yield _("Publication fictive : {name}").format(name=name)


def _real_files(source: Source) -> list[Path]:
    paths = [path for folder in source.folders for path in sorted((SHARED / folder).glob("*.csv*"))]
    if not paths:
        looked = ", ".join(str(SHARED / folder) for folder in source.folders)
        raise Refused(
            "Les fichiers de cette source ne sont pas sur cette machine."
            f" Cherchés dans : {looked}.",
            f"The files of this source are not on this machine. Looked for in: {looked}.",
        )
    return paths


def _loaded(warehouse: Warehouse, paths: list[Path], profile: str | None, lang: Lang) -> str:
    """Through the same door as any file; quarantine, since real files have bad rows."""
    received = [loading.receive(warehouse, path, path.name) for path in paths]
    known = loading.already_loaded(warehouse, OPERATOR, received, profile)
    if known:
        return known.sentence(lang)
    report = loading.check(warehouse, OPERATOR, received, profile)
    outcome = loading.load(warehouse, OPERATOR, report, "quarantine", "command", "operator")
    return outcome.sentence(lang)
