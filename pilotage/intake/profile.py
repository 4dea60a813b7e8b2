"""Profiles: files that do not follow the contract, and how they become contract rows.

A profile is a folder: ``profile.toml`` and, beside it, small CSV tables and, for a *query* profile,
one ``<subject>.sql`` per contract subject (and ``prepare.sql`` for what they share). A *mapping*
profile is its ``profile.toml`` alone. contract.md, section 3.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path

import duckdb

from pilotage.intake.contract import contracts
from pilotage.intake.declaration import Declaration, ProfileError
from pilotage.intake.mapping import MappingRule, read_rules
from pilotage.intake.mapping_query import rule_query
from pilotage.intake.query_profile import run_preparation, run_queries
from pilotage.intake.raw import Reading
from pilotage.intake.raw_view import Shipped, open_inputs, open_shipped, read_shipped, view_columns
from pilotage.intake.source import Input, Source, check_name, read_inputs, read_source

PROFILES = Path(__file__).parents[2] / "data" / "profiles"


@dataclass(frozen=True)
class Profile:
    """How the files of one source become contract rows; ``digest`` is of the folder's bytes."""

    name: str
    kind: str
    digest: str
    source: Source
    inputs: tuple[Input, ...]
    shipped: tuple[Shipped, ...]
    rules: tuple[MappingRule, ...] = ()
    queries: tuple[tuple[str, str], ...] = ()
    preparation: str | None = None

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it makes, in loading order."""
        made = {rule.subject for rule in self.rules} | {subject for subject, _ in self.queries}
        return tuple(subject for subject in contracts() if subject in made)

    @property
    def published_at(self) -> datetime | None:
        """When the source published what its rows do not date themselves."""
        day = self.source.published_at
        return datetime.combine(day, time.min) if day else None

    def input_of(self, file_name: str) -> Input | None:
        """The input a file is, by its name; None when the profile has no use for it."""
        return next((described for described in self.inputs if described.fits(file_name)), None)


def profile_names(folder: Path = PROFILES) -> tuple[str, ...]:
    """Names of the profiles in a folder, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/profile.toml")))


def load_profile(folder: Path) -> Profile:
    """Read and check a profile's folder. Raises ProfileError with what to correct."""
    declared = Declaration(_toml(folder / "profile.toml"), "")
    kind = declared.one_of("kind", {"mapping", "query"})
    shipped = _shipped(declared.section("tables"), folder)
    profile = Profile(
        name=folder.name,
        kind=kind,
        digest=_digest(folder),
        source=read_source(declared.section("source")),
        inputs=read_inputs(declared.section("inputs")),
        shipped=shipped,
    )
    profile = (
        _with_rules(profile, declared) if kind == "mapping" else _with_queries(profile, folder)
    )
    declared.finish()
    return profile


def reading_of(profile: Profile, file_name: str) -> Reading | None:
    """How a file of that name is to be read; None when the profile has no use for it."""
    described = profile.input_of(file_name)
    if described is None:
        return None
    return Reading(
        encoding=described.encoding,
        delimiter=described.delimiter,
        header_row=described.header_row,
        quote=described.quote,
    )


def contract_rows(
    connection: duckdb.DuckDBPyConnection, profile: Profile, tables: Mapping[str, str]
) -> dict[str, str]:
    """Contract rows of raw tables: one table of text per subject, with ``_file`` and ``_line``.

    ``tables`` gives the raw table of each file by its name: text columns under their header labels,
    ``_file`` and ``_line``. Raises ProfileError when they do not fit the profile.
    """
    given: dict[str, list[str]] = {}
    for file_name, table in tables.items():
        if described := profile.input_of(file_name):
            given.setdefault(described.name, []).append(table)
    open_shipped(connection, profile.shipped)
    open_inputs(connection, profile.inputs, given)
    if profile.kind == "mapping":
        return run_queries(connection, _mapped(connection, profile, given))
    if profile.preparation:
        run_preparation(connection, profile.preparation)
    return run_queries(connection, {subject: [sql] for subject, sql in profile.queries})


def _mapped(
    connection: duckdb.DuckDBPyConnection, profile: Profile, given: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    decimals = {described.name: described.decimal for described in profile.inputs}
    queries: dict[str, list[str]] = {}
    for rule in profile.rules:
        if rule.source in decimals and rule.source not in given:
            continue
        schema = "input" if rule.source in decimals else "shipped"
        place = f"{schema}.{rule.source}"
        query = rule_query(
            rule,
            place,
            view_columns(connection, place),
            decimals.get(rule.source, "."),
            profile.source.fiscal_month,
        )
        queries.setdefault(rule.subject, []).append(query)
    return queries


def _with_rules(profile: Profile, declared: Declaration) -> Profile:
    sources = [t.name for t in profile.shipped] + [i.name for i in profile.inputs]
    rules = read_rules(declared.sections("rows"), sources)
    tables = {table.name: table for table in profile.shipped}
    for cell in (cell for rule in rules for cell in rule.cells.values()):
        table = tables.get(cell.lookup.table) if cell.lookup else None
        if cell.lookup and (
            table is None or not {cell.lookup.key, cell.lookup.value} <= {*table.header}
        ):
            raise declared.fault(
                f"« lookup » ne trouve pas {cell.lookup}. Vérifiez la table et ses colonnes.",
                f"“lookup” does not find {cell.lookup}. Check the table and its columns.",
            )
    return replace(profile, rules=rules)


def _with_queries(profile: Profile, folder: Path) -> Profile:
    paths = {subject: folder / f"{subject}.sql" for subject in contracts()}
    queries = tuple(
        (subject, path.read_text("utf-8")) for subject, path in paths.items() if path.is_file()
    )
    if not queries:
        raise ProfileError(
            "Un profil de requêtes a au moins un fichier « <sujet>.sql ». Ajoutez-le.",
            "A query profile has at least one file “<subject>.sql”. Add it.",
        )
    for described in profile.inputs:
        if not described.is_required and not described.columns:
            raise ProfileError(
                f"L'entrée « {described.name} » est facultative : nommez ses colonnes.",
                f"The input “{described.name}” is optional: name its columns.",
            )
    preparation = folder / "prepare.sql"
    text = preparation.read_text("utf-8") if preparation.is_file() else None
    return replace(profile, queries=queries, preparation=text)


def _shipped(declared: Declaration, folder: Path) -> tuple[Shipped, ...]:
    tables = []
    for name, file_name in declared.everything().items():
        check_name(name, declared)
        if not isinstance(file_name, str) or Path(file_name).name != file_name:
            raise declared.fault(
                f"« {name} » doit nommer un fichier du dossier du profil.",
                f"“{name}” must name a file of the profile's folder.",
            )
        tables.append(read_shipped(name, folder / file_name))
    return tuple(tables)


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ProfileError(
            f"Il n'y a pas de profil « {path.parent.name} ». Choisissez-en un de la liste.",
            f"There is no profile “{path.parent.name}”. Choose one of the list.",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ProfileError(
            f"profile.toml ne se lit pas ({fault}). Corrigez cette ligne.",
            f"profile.toml cannot be read ({fault}). Correct that line.",
        ) from None


def _digest(folder: Path) -> str:
    """SHA-256 of every file of the folder, names included."""
    digest = sha256()
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
