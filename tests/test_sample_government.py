"""The sample government: large enough, varied enough, sound, and the same for the same seed."""

import csv
import json
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.indicator import Direction, Frequency, Level, LinkKind, Nature, RollUp
from pilotage.domain.period import KINDS_OF_FREQUENCY, parse_period
from pilotage.sample.government import write_government
from pilotage.sample.history import histories
from pilotage.sample.story import Story

CONTRACTS = Path(__file__).parents[1] / "data" / "contracts"
ANCHOR = date(2026, 11, 22)
UNDATED = "indéterminée"
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_government(tmp_path_factory.mktemp("sample"), ANCHOR)


@pytest.fixture(scope="module")
def files(paths: list[Path]) -> dict[str, Rows]:
    """Rows by file, without the number that orders them."""
    found = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem[3:]] = list(csv.DictReader(file, delimiter=";"))
    return found


@pytest.fixture(scope="module")
def subjects(files: dict[str, Rows]) -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for name, rows in files.items():
        found[name.split("_")[0]] += rows
    return found


def schema(subject: str) -> dict[str, Any]:
    text = (CONTRACTS / f"{subject}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def stored(subject: str, column: str, rows: Rows) -> set[str]:
    """The stored words of one column."""
    field = next(field for field in schema(subject)["fields"] if field["name"] == column)
    return {field["values"][row[column].lower()] for row in rows if row[column]}


def number(text: str) -> float:
    return float(text.replace(",", "."))


def test_the_same_date_and_seed_give_the_same_bytes(paths: list[Path], tmp_path: Path) -> None:
    again = write_government(tmp_path, ANCHOR)
    assert [path.name for path in again] == [path.name for path in paths]
    assert all(one.read_bytes() == two.read_bytes() for one, two in zip(paths, again, strict=True))


def test_another_seed_gives_other_figures(paths: list[Path], tmp_path: Path) -> None:
    others = write_government(tmp_path, ANCHOR, seed=7)
    monthly = {path.stem: path.read_bytes() for path in paths if "mensuelles" in path.stem}
    assert all(path.read_bytes() != monthly[path.stem] for path in others if path.stem in monthly)


@pytest.mark.parametrize(
    "anchor", [date(2026, 1, 1), date(2026, 4, 1), date(2028, 2, 29), date(2027, 6, 30)]
)
def test_any_day_of_the_year_can_be_the_anchor(anchor: date) -> None:
    found = histories(anchor, 3)
    latest = max(one.published[:10] for history in found for one in history.sent)
    assert latest <= anchor.isoformat()
    assert sum(len(history.sent) for history in found) > 40_000


def test_the_government_is_large_enough(subjects: dict[str, Rows]) -> None:
    kinds = Counter(row["genre"] for row in subjects["organisations"])
    assert kinds["gouvernement"] == 1
    assert kinds["ministère"] >= 23
    assert kinds["organisme"] >= 8
    assert kinds["direction"] >= 25
    assert kinds["équipe"] >= 35
    assert len(subjects["indicateurs"]) >= 400
    assert len(subjects["bloquants"]) >= 60
    assert len(subjects["actions"]) >= 40
    assert 40_000 <= len(subjects["mesures"]) <= 80_000


def test_every_word_of_an_indicator_is_used(subjects: dict[str, Rows]) -> None:
    rows = subjects["indicateurs"]
    assert stored("indicateurs", "sens", rows) == set(Direction)
    assert stored("indicateurs", "nature", rows) == set(Nature)
    assert stored("indicateurs", "niveau", rows) == set(Level)
    assert stored("indicateurs", "frequence", rows) == set(Frequency)
    assert stored("indicateurs", "agregation_organisations", rows) == set(RollUp)
    assert stored("liens", "genre", subjects["liens"]) == set(LinkKind)
    assert stored("cibles", "trajectoire", subjects["cibles"]) == {"linear", "step", "explicit"}
    assert stored("mesures", "statut", subjects["mesures"]) == {"1", "2", "3", "4", "5"}


def test_a_room_has_no_more_indicators_than_its_zone_holds(subjects: dict[str, Rows]) -> None:
    level = {row["indicateur_id"]: row["niveau"] for row in subjects["indicateurs"]}
    places = {(row["indicateur_id"], row["organisation_id"]) for row in subjects["indicateurs"]}
    places |= {(row["indicateur_id"], row["organisation_id"]) for row in subjects["cibles"]}
    held = Counter((organisation, level[indicator]) for indicator, organisation in places)
    most = {"stratégique": 12, "tactique": 20, "opérationnel": 8}
    assert all(count <= most[rank] for (_, rank), count in held.items())


def test_no_organisation_has_two_indicators_of_one_title(subjects: dict[str, Rows]) -> None:
    for column in ("titre_fr", "titre_en"):
        titles = Counter((row["organisation_id"], row[column]) for row in subjects["indicateurs"])
        assert max(titles.values()) == 1
        assert all(title for _, title in titles)


def test_everything_is_written_in_both_languages(subjects: dict[str, Rows]) -> None:
    pairs = {
        "organisations": ("libelle_fr", "libelle_en"),
        "plans": ("mission_fr", "mission_en"),
        "objectifs": ("libelle_fr", "libelle_en"),
        "bloquants": ("titre", "titre_en"),
        "actions": ("titre", "titre_en"),
    }
    for subject, names in pairs.items():
        assert all(row[name] for row in subjects[subject] for name in names), subject


def test_every_story_is_told_at_every_level() -> None:
    told = defaultdict(set)
    for history in histories(ANCHOR, 2026):
        told[history.line.level].add(history.story)
    assert all(set(Story) - told[level] <= {Story.ROLLED} for level in Level)


def test_every_blocker_word_is_used_at_every_level_of_the_ladder(subjects: dict[str, Rows]) -> None:
    rows = subjects["bloquants"]
    levels = {str(int(level)) for level in LadderLevel}
    assert stored("bloquants", "niveau", rows) == levels
    assert stored("bloquants", "etat", rows) == set(BlockerState)
    assert stored("bloquants", "gravite", rows) == set(Seriousness)
    assert all(row["date_signalement"] <= row["date_niveau"] <= ANCHOR.isoformat() for row in rows)
    settled = {row["etat"] for row in rows if row["date_resolution"]}
    assert settled == {"résolu", "fermé"}


def test_every_key_is_said_once_per_file(files: dict[str, Rows]) -> None:
    for name, rows in files.items():
        key = schema(name.split("_")[0])["primaryKey"]
        assert max(Counter(tuple(row[part] for part in key) for row in rows).values()) == 1, name


@pytest.mark.parametrize("path", sorted(CONTRACTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_foreign_key_resolves(subjects: dict[str, Rows], path: Path) -> None:
    described = json.loads(path.read_text(encoding="utf-8"))
    for key in described["foreignKeys"]:
        (field,), (target,) = key["fields"], key["reference"]["fields"]
        known = {row[target] for row in subjects[key["reference"]["resource"]]}
        found = {row.get(field, "") for row in subjects[described["subject"]]} - {""}
        assert found <= known, field


def test_a_blocker_names_indicators_that_exist(subjects: dict[str, Rows]) -> None:
    known = {row["indicateur_id"] for row in subjects["indicateurs"]}
    named = {name for row in subjects["bloquants"] for name in row["indicateur_ids"].split()}
    assert named <= known


@pytest.mark.parametrize("path", sorted(CONTRACTS.glob("*.json")), ids=lambda path: path.stem)
def test_every_cell_keeps_to_its_contract(subjects: dict[str, Rows], path: Path) -> None:
    described = json.loads(path.read_text(encoding="utf-8"))
    for field in described["fields"]:
        rules = field["constraints"]
        cells = {row.get(field["name"], "") for row in subjects[described["subject"]]}
        assert not (rules.get("required") and "" in cells), field["name"]
        for cell in cells - {""}:
            assert len(cell) <= rules.get("maxLength", 10_000)
            assert "values" not in field or cell.lower() in field["values"], cell
            if field["type"] in {"number", "integer"}:
                assert rules.get("minimum", float("-inf")) <= number(cell)
            if field["type"] == "period" and cell != UNDATED:
                parse_period(cell)


def test_values_keep_to_the_bounds_and_the_rhythm_of_their_indicator(
    subjects: dict[str, Rows],
) -> None:
    passports = {row["indicateur_id"]: row for row in subjects["indicateurs"]}
    words = next(f["values"] for f in schema("indicateurs")["fields"] if f["name"] == "frequence")
    for row in subjects["mesures"]:
        passport = passports[row["indicateur_id"]]
        kinds = KINDS_OF_FREQUENCY[Frequency(words[passport["frequence"]])]
        assert parse_period(row["periode"]).kind in kinds
        if row["valeur"]:
            value = number(row["valeur"])
            assert not passport["borne_min"] or value >= number(passport["borne_min"])
            assert not passport["borne_max"] or value <= number(passport["borne_max"])


def test_a_rate_is_its_numerator_over_its_denominator(subjects: dict[str, Rows]) -> None:
    passports = {row["indicateur_id"]: row for row in subjects["indicateurs"]}
    rates = [row for row in subjects["mesures"] if row["denominateur"]]
    assert len(rates) > 10_000
    for row in rates:
        passport = passports[row["indicateur_id"]]
        scale = 100 if passport["unite"] == "%" else 1000
        rate = scale * number(row["numerateur"]) / number(row["denominateur"])
        assert abs(rate - number(row["valeur"])) <= 0.51 * 10.0 ** -int(passport["decimales"])


def test_sums_and_shared_series_agree(files: dict[str, Rows]) -> None:
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for name in ("mesures_mensuelles", "mesures_quotidiennes"):
        for row in files[name]:
            if row["valeur"]:
                values[row["indicateur_id"]][row["periode"]] = number(row["valeur"])
    parts = [values[f"SQ-URG-{place}"] for place in ("MTL-07", "CAP-05", "MTG-04")]
    for period, total in values["SQ-URG-02"].items():
        assert total == sum(part[period] for part in parts)
    assert values["MSSS-01"] == values["SQ-01"]
    assert not values["MJQ-DSJ-01"]


def test_a_revision_is_published_after_what_it_revises(files: dict[str, Rows]) -> None:
    first: dict[tuple[str, ...], str] = {}
    revised = 0
    for name, rows in files.items():
        if not name.startswith(("mesures", "cibles")):
            continue
        for row in rows:
            key = (name[:6], row["indicateur_id"], row["organisation_id"], row["periode"])
            if name.endswith(("revisees", "revisees_2")):
                revised += 1
                assert first[key] <= row["publie_le"]
            first[key] = row["publie_le"]
    assert revised > 150


def test_an_eased_target_says_why(files: dict[str, Rows]) -> None:
    assert len(files["cibles_revisees"]) > 5
    assert all(row["justification"] for row in files["cibles_revisees"])


def test_nothing_is_published_after_the_anchor(subjects: dict[str, Rows]) -> None:
    for rows in subjects.values():
        assert max(row["publie_le"][:10] for row in rows) <= ANCHOR.isoformat()


def test_daily_series_reach_back_a_year_and_monthly_ones_three(files: dict[str, Rows]) -> None:
    days = sorted({row["periode"] for row in files["mesures_quotidiennes"]})
    assert days[0] <= (ANCHOR - timedelta(days=395)).isoformat()
    months = sorted({row["periode"] for row in files["mesures_mensuelles"]})
    assert len(months) >= 35
    assert all(one < two for one, two in pairwise(months))
