"""The shipped profiles on the real sources: rows accounted for, publishers' verdicts found again.

Nothing of ``../shared/data`` is copied here; without it these tests are skipped.
"""

from pathlib import Path

import duckdb
import pytest

from pilotage.domain.period import parse_period
from pilotage.intake.profile import PROFILES, contract_rows, load_profile
from tests.raw_case import raw_files

SOURCES = Path(__file__).parents[2] / "shared" / "data"
INFOBASE = SOURCES / "ca-infobase" / "2018-03"
PILOTE = SOURCES / "fr-pilote-2024"
EMERGENCIES = SOURCES / "qc-urgences"
FAILED_DOWNLOAD_BYTES = 1000

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SOURCES.is_dir(), reason="the real sources of ../shared/data are not on this machine"
    ),
]


def made(name: str, paths: list[Path]) -> duckdb.DuckDBPyConnection:
    """A connection holding the profile's contract rows of those files."""
    connection = duckdb.connect()
    profile = load_profile(PROFILES / name)
    contract_rows(connection, profile, raw_files(connection, profile, paths))
    return connection


@pytest.fixture(scope="module")
def infobase() -> duckdb.DuckDBPyConnection:
    return made("infobase", sorted(INFOBASE.iterdir()))


@pytest.fixture(scope="module")
def pilote() -> duckdb.DuckDBPyConnection:
    paths = [*sorted((PILOTE / "data").iterdir()), *sorted((PILOTE / "metadata").iterdir())]
    return made("pilote", paths)


@pytest.fixture(scope="module")
def montreal() -> duckdb.DuckDBPyConnection:
    paths = sorted((EMERGENCIES / "montreal-horaire").iterdir())
    return made("montreal-urgences", paths)


@pytest.fixture(scope="module")
def picture() -> duckdb.DuckDBPyConnection:
    paths = [EMERGENCIES / "msss_brut_2024-01-29_cp1252.csv"]
    return made("msss-urgences", paths)


def number(connection: duckdb.DuckDBPyConnection, asked: str) -> int:
    (found,) = connection.execute(asked).fetchone() or (0,)
    return int(found)


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    named = connection.execute(
        "select table_name from duckdb_tables() where table_name like 'profile_%'"
    ).fetchall()
    tables = sorted(name for (name,) in named)
    return {
        t.removeprefix("profile_"): number(connection, f"select count(*) from {t}") for t in tables
    }


def orphans(connection: duckdb.DuckDBPyConnection, subject: str, column: str, owner: str) -> int:
    """Rows that refer to something no row declares."""
    key = {"organisations": "organisation_id", "indicateurs": "indicateur_id"}.get(
        owner, "objectif_id" if owner == "objectifs" else "plan_id"
    )
    return number(
        connection,
        f"select count(*) from profile_{subject} where {column} is not null"
        f" and {column} not in (select {key} from profile_{owner})",
    )


REFERENCES = [
    ("organisations", "parent_id", "organisations"),
    ("plans", "organisation_id", "organisations"),
    ("objectifs", "plan_id", "plans"),
    ("objectifs", "parent_id", "objectifs"),
    ("indicateurs", "organisation_id", "organisations"),
    ("indicateurs", "objectif_id", "objectifs"),
    ("cibles", "organisation_id", "organisations"),
    ("cibles", "indicateur_id", "indicateurs"),
    ("mesures", "organisation_id", "organisations"),
    ("mesures", "indicateur_id", "indicateurs"),
]


@pytest.mark.parametrize("source", ["infobase", "pilote", "montreal", "picture"])
def test_everything_a_source_refers_to_is_there_and_every_row_knows_its_line(
    source: str, request: pytest.FixtureRequest
) -> None:
    connection: duckdb.DuckDBPyConnection = request.getfixturevalue(source)
    subjects = counts(connection)
    for subject, column, owner in REFERENCES:
        described = (
            connection.execute(f"select * from profile_{subject} limit 0").description
            if subject in subjects
            else []
        )
        if owner in subjects and column in {name for name, *_ in described or []}:
            assert orphans(connection, subject, column, owner) == 0, (subject, column)
    for subject in subjects:
        nowhere = f"select count(*) from profile_{subject} where _file is null or _line is null"
        assert number(connection, nowhere) == 0


@pytest.mark.parametrize("source", ["infobase", "pilote", "montreal", "picture"])
def test_every_period_a_source_gives_is_one_the_contract_reads(
    source: str, request: pytest.FixtureRequest
) -> None:
    connection: duckdb.DuckDBPyConnection = request.getfixturevalue(source)
    for subject in {"cibles", "mesures"} & counts(connection).keys():
        asked = f"select distinct periode from profile_{subject} where periode <> 'indéterminée'"
        for (period,) in connection.execute(asked).fetchall():
            parse_period(period)


def test_infobase_gives_the_whole_government(infobase: duckdb.DuckDBPyConnection) -> None:
    assert counts(infobase) == {
        "organisations": 1621,
        "plans": 166,
        "objectifs": 3980,
        "indicateurs": 5852,
        "cibles": 5704,
        "mesures": 2554,
    }
    departments = "select count(*) from profile_organisations where parent_id = 'infobase:CA'"
    assert number(infobase, departments) == 83


def test_infobase_keeps_words_as_words(infobase: duckdb.DuckDBPyConnection) -> None:
    numeric = "select count(*) from profile_mesures where valeur is not null"
    spoken = "select count(*) from profile_mesures where valeur_texte is not null"
    assert number(infobase, numeric) == 2206
    assert number(infobase, spoken) == 2554 - 2206
    unreadable = "select count(*) from profile_mesures where try_cast(valeur as double) is null"
    assert number(infobase, f"{unreadable} and valeur is not null") == 0


def test_infobase_records_on_several_lines_keep_their_first_line(
    infobase: duckdb.DuckDBPyConnection,
) -> None:
    lines = (INFOBASE / "Indicators.csv").read_text("utf-8-sig").splitlines()
    asked = "select indicateur_id, _line from profile_indicateurs where _line > 7000 limit 50"
    found = infobase.execute(asked).fetchall()
    assert found
    for indicator_id, line in found:
        assert lines[line - 1].startswith(f'"{indicator_id.removeprefix("infobase:")}"')


def test_infobase_past_verdicts_are_the_publishers(infobase: duckdb.DuckDBPyConnection) -> None:
    judged = """
        select i.status_color = 'success' as success,
            case d.sens
                when 'entre' then m.valeur::double between c.cible_min::double
                    and c.cible_max::double
                when 'au moins' then m.valeur::double >= c.cible_min::double
                else m.valeur::double <= c.cible_max::double
            end as met
        from profile_mesures m
        join profile_cibles c using (indicateur_id, organisation_id)
        join profile_indicateurs d using (indicateur_id)
        join input.indicators i on 'infobase:' || i.id = indicateur_id
        where i.status_period = 'past' and i.status_color in ('success', 'failure')
            and m.valeur is not null and coalesce(c.cible_min, c.cible_max) is not null
    """
    assert number(infobase, f"select count(*) from ({judged})") == 1736
    assert number(infobase, f"select count(*) from ({judged}) where met = success") >= 1715


def test_pilote_gives_each_territory_its_figures(pilote: duckdb.DuckDBPyConnection) -> None:
    assert counts(pilote) == {
        "organisations": 120,
        "plans": 1,
        "objectifs": 63,
        "indicateurs": 106,
        "cibles": 7011,
        "mesures": 61955,
    }
    repeated = "select count(*) - count(distinct (indicateur_id, organisation_id, periode))"
    assert number(pilote, f"{repeated} from profile_mesures") == 0
    assert number(pilote, f"{repeated} from profile_cibles") == 0


def test_pilote_periods_suit_the_frequency_of_their_indicator(
    pilote: duckdb.DuckDBPyConnection,
) -> None:
    unfit = r"""
        select count(*) from profile_mesures m join profile_indicateurs i using (indicateur_id)
        where not regexp_full_match(periode, case frequence when 'annuelle' then '\d{4}'
            when 'trimestrielle' then '\d{4}-T\d' else '\d{4}-\d\d' end)
    """
    assert number(pilote, unfit) == 0


def test_pilote_progress_rates_are_the_publishers(pilote: duckdb.DuckDBPyConnection) -> None:
    rates = """
        with last as (
            select indicateur_id, organisation_id, max_by(valeur::double, _line) as a
            from (
                select m.*, row_number() over (
                    partition by indicateur_id, organisation_id order by publie_le desc
                ) as rank from profile_mesures m
            ) where rank = 1 group by all
        ),
        put as (
            select v.indic_ta::double as published, c.depart::double as b, a,
                coalesce(c.cible_min, c.cible_max)::double as t, d.sens = 'au moins' as rising
            from last
            join profile_cibles c using (indicateur_id, organisation_id)
            join profile_indicateurs d using (indicateur_id)
            join published v on 'pilote:' || v.indic_id = indicateur_id
                and 'pilote:' || v.enforce_zone_id = organisation_id
        )
        select abs(published - case
            when rising and b >= t then case when a >= t then 100 else 0 end
            when not rising and b <= t then case when a <= t then 100 else 0 end
            else greatest(0, least(100, 100 * (a - b) / (t - b))) end) as gap
        from put
    """
    pilote.execute(
        "create or replace temp table published as"
        " select indic_id, enforce_zone_id, indic_ta from"
        f" read_csv('{PILOTE}/data/*.csv', all_varchar = true) where indic_ta is not null"
    )
    assert number(pilote, f"select count(*) from ({rates})") == 6980
    assert number(pilote, f"select count(*) from ({rates}) where gap <= 1") >= 6973
    assert number(pilote, f"select count(*) from ({rates}) where gap <= 0.05") >= 6920


def test_montreal_hours_are_each_measured_once(montreal: duckdb.DuckDBPyConnection) -> None:
    hours = "select count(distinct Date) from input.horaire"
    assert number(montreal, hours) == 22_713
    # One hour says « NA » for every hospital of every file.
    measured = "select count(distinct periode) from profile_mesures where indicateur_id = "
    assert number(montreal, f"{measured} 'montreal-urgences:occupation'") == 22_712
    repeated = "select count(*) - count(distinct (indicateur_id, organisation_id, periode))"
    assert number(montreal, f"{repeated} from profile_mesures") == 0
    assert counts(montreal) == {"organisations": 33, "indicateurs": 6, "mesures": 1_532_675}


def test_montreal_total_is_the_regions_own_value(montreal: duckdb.DuckDBPyConnection) -> None:
    asked = """
        select organisation_id, valeur, _file, _line from profile_mesures
        where indicateur_id = 'montreal-urgences:patients' and periode = '2023-02-02T20'
            and organisation_id in ('msss:RSS-06', 'msss:51236297') order by all
    """
    assert montreal.execute(asked).fetchall() == [
        ("msss:51236297", "99", "patients_total.csv.gz", 2),
        ("msss:RSS-06", "1028", "patients_total.csv.gz", 2),
    ]


def test_the_ministrys_picture_leaves_totals_out(picture: duckdb.DuckDBPyConnection) -> None:
    assert counts(picture) == {"organisations": 160, "indicateurs": 8, "mesures": 903}
    asked = "select genre, count(*) from profile_organisations group by genre"
    assert dict(picture.execute(asked).fetchall()) == {
        "gouvernement": 1,
        "ministère": 1,
        "secteur": 15,
        "direction": 28,
        "équipe": 115,
    }
    names = "select count(*) from profile_organisations where contains(libelle_fr, 'Total')"
    assert number(picture, names) == 0
    accents = "select count(*) from profile_organisations where libelle_fr = 'HÔPITAL D''AMQUI'"
    assert number(picture, accents) == 1


def test_the_occupancy_of_the_picture_is_its_numerator_over_its_denominator(
    picture: duckdb.DuckDBPyConnection,
) -> None:
    asked = """
        select valeur, numerateur, denominateur, periode from profile_mesures
        where indicateur_id = 'msss:occupation' and organisation_id = 'msss:51227882'
    """
    assert picture.execute(asked).fetchall() == [("133.3", "16", "12", "2024-01-29T09")]
    unknown = "select count(*) from profile_mesures where organisation_id = 'msss:51248250'"
    assert number(picture, unknown) == 0


def test_later_pictures_are_read_and_failed_downloads_left_aside() -> None:
    paths = sorted(EMERGENCIES.glob("instantanes-*/*.csv"))
    assert any(path.stat().st_size < FAILED_DOWNLOAD_BYTES for path in paths)
    connection = made("msss-urgences", paths)
    assert number(connection, "select count(distinct periode) from profile_mesures") == 51
    repeated = "select count(*) - count(distinct (indicateur_id, organisation_id, periode))"
    assert number(connection, f"{repeated} from profile_mesures") == 0
