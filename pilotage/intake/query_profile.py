"""The SELECTs of a profile run over its raw tables, their answers checked to be contract rows."""

from collections.abc import Mapping, Sequence

import duckdb

from pilotage.intake.contract import contracts
from pilotage.intake.declaration import ProfileError
from pilotage.intake.raw_view import view_columns
from pilotage.intake.sql_text import quoted_name


def run_queries(
    connection: duckdb.DuckDBPyConnection, queries: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Run the SELECTs of each subject in the contracts' order; the table made for each.

    Tables are named ``profile_<subject>``: contract headers, all text, ``_file``, ``_line``.
    Raises ProfileError when a SELECT fails or does not answer with contract columns.
    """
    made: dict[str, str] = {}
    for subject in contracts():
        if queries.get(subject):
            made[subject] = _run(connection, subject, queries[subject])
    return made


def run_preparation(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Run the statements several SELECTs share (views, tables). Raises ProfileError."""
    try:
        connection.execute(sql)
    except duckdb.Error as fault:
        raise _failed("prepare.sql", fault) from fault


def _run(connection: duckdb.DuckDBPyConnection, subject: str, queries: Sequence[str]) -> str:
    table = f"profile_{subject}"
    union = " union all by name ".join(f"({query.strip().rstrip(';')})" for query in queries)
    try:
        connection.execute(f"create or replace temp table {table}_made as {union}")
    except duckdb.Error as fault:
        raise _failed(f"{subject}.sql", fault) from fault
    columns = _checked(connection, subject, f"{table}_made")
    texts = [f"cast({quoted_name(c)} as varchar) as {quoted_name(c)}" for c in columns]
    provenance = "cast(_file as varchar) as _file, cast(_line as integer) as _line"
    connection.execute(
        f"create or replace temp table {table} as"
        f" select {', '.join([*texts, provenance])} from {table}_made"
    )
    connection.execute(f"drop table {table}_made")
    return table


def _checked(connection: duckdb.DuckDBPyConnection, subject: str, table: str) -> tuple[str, ...]:
    """The contract columns answered, in the contract's order."""
    contract = contracts()[subject]
    answered = connection.execute(f"select * from {table} limit 0").description or []
    names = {column[0] for column in answered}
    columns = view_columns(connection, table)
    known = {field.name for field in contract.fields}
    faults = [
        *(f"{name} ?" for name in columns if name not in known),
        *(f"{name} !" for name in contract.missing(list(columns))),
        *(f"{name} !" for name in ("_file", "_line") if name not in names),
    ]
    if faults:
        listed = ", ".join(faults)
        raise ProfileError(
            f"{subject}.sql ne donne pas les colonnes du contrat ({listed} ; « ? » de trop, « ! » "
            "manquante). Corrigez le SELECT.",
            f"{subject}.sql does not answer with the contract's columns ({listed}; “?” too many, "
            "“!” missing). Correct the SELECT.",
        )
    return tuple(field.name for field in contract.fields if field.name in names)


def _failed(file_name: str, fault: duckdb.Error) -> ProfileError:
    told = str(fault).splitlines()[0]
    return ProfileError(
        f"{file_name} ne s'exécute pas : {told} Corrigez la requête.",
        f"{file_name} does not run: {told} Correct the query.",
    )
