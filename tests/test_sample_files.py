"""Every file of data/samples is told what its name says, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pilotage.domain.indicator import Level, Visibility
from pilotage.domain.viewer import Role, Scope
from pilotage.intake import loading
from pilotage.intake.contract import ORDER
from pilotage.intake.problem import RULES, Problem
from pilotage.intake.report import CheckReport
from pilotage.store.warehouse import Warehouse, open_warehouse

DATA = Path(__file__).parents[1] / "data"
SAMPLES = sorted((DATA / "samples").glob("*.csv"))
OF_PROFILES = {"unused-file", "profile-error"}
"""Said of profiles and folders, not of one contract file."""
OF_CLOSED_PERIODS = {"closed-period", "closed-revision"}
"""Said where a period was closed by hand, which no file does: tests/test_intake_closing.py."""
PLACES = {
    "ambiguous_number_mesures": "2D",
    "blank_label_mesures": "1I",
    "blank_row_mesures": "3 4",
    "constraint_error_indicateurs": "2D 3I",
    "constraint_error_mesures": "2D 3G 4C",
    "control_char_mesures": "3H",
    "cycle_organisations": "2D 3D",
    "deviated_value_mesures": "12D",
    "direction_conflict_cibles": "2D 3E",
    "duplicate_label_mesures": "1I",
    "duplicate_row_mesures": "3A",
    "empty_value_mesures": "3D",
    "encoding_error_mesures": "4",
    "encoding_error_mesures_utf16": "1",
    "extra_cell_mesures": "3",
    "extra_label_mesures": "1I",
    "foreign_key_bloquants": "2E",
    "foreign_key_mesures": "3A 4B",
    "format_error_mesures": "-",
    "format_error_mesures_html": "-",
    "format_error_mesures_nul": "-",
    "format_error_mesures_pdf": "-",
    "formula_text_mesures": "3H",
    "frozen_mesures": "17D",
    "gap_mesures": "2C",
    "invisible_char_mesures": "3H",
    "low_above_high_cibles": "2D",
    "missing_cell_mesures": "3",
    "missing_label_mesures": "1",
    "mixed_decimal_mesures": "4D",
    "no_rows_mesures": "1",
    "not_yours_mesures": "2B 3B",
    "numerator_mismatch_mesures": "2D",
    "period_in_future_mesures": "3C",
    "primary_key_mesures": "2A 3A",
    "rate_as_fraction_mesures": "2D",
    "required_value_mesures": "3A 4C",
    "revision_mesures": "2D",
    "source_error_mesures": "-",
    "source_error_mesures_bom": "-",
    "spreadsheet_error_mesures": "3D 4D",
    "subject_unknown_ventes": "1",
    "table_dimensions_mesures": "1",
    "target_eased_cibles": "2D",
    "target_missing_cibles": "2C",
    "type_error_bloquants": "2F",
    "type_error_cibles": "2C 3D",
    "type_error_mesures": "3D 4C 5C",
    "type_error_mesures_utf16": "3D",
    "type_error_mesures_windows1252": "3D",
    "unclosed_quote_mesures": "3",
    "unclosed_quote_mesures_milieu": "3",
    "withdraw_needs_comment_mesures": "2G 3G",
}
"""Line and column letter of each problem of a sample, as « 3D »; « - » for the whole file."""
READER = Path(__file__).parents[1] / "pilotage" / "intake" / "reader"


EVERYTHING = Scope(
    viewer_id="test",
    role=Role.ADMINISTRATOR,
    everything=True,
    organisation_ids=frozenset(),
    levels=frozenset(Level),
    visibilities=frozenset(Visibility),
    published_only=False,
    loads_everything=True,
    loadable=frozenset(),
)


def code_of(path: Path) -> str:
    """The code a sample's name starts with; empty for a sound one."""
    name = path.stem.replace("_", "-")
    return next(
        (code for code in sorted(RULES, key=len, reverse=True) if name.startswith(code)), ""
    )


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path_factory.mktemp("home"))
    for subject in ORDER:
        path = DATA / "contracts" / f"exemple_{subject}.csv"
        report = loading.check(opened, EVERYTHING, loading.receive(opened, path, path.name))
        assert report.codes == {}, path.name
        outcome = loading.load(opened, EVERYTHING, report, way_in="command", author="test")
        assert outcome.state == "loaded", path.name
    yield opened
    loading.stop_checking(opened)
    opened.close()


def told(warehouse: Warehouse, path: Path) -> CheckReport:
    scope = EVERYTHING
    if path.name.startswith("not_yours"):
        scope = replace(scope, loads_everything=False, loadable=frozenset({"EX-EQU"}))
    return loading.check(warehouse, scope, loading.receive(warehouse, path, path.name))


def place(problem: Problem) -> str:
    return f"{problem.line or '-'}{problem.column_letter or ''}"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_told_what_its_name_says(warehouse: Warehouse, path: Path) -> None:
    code, report = code_of(path), told(warehouse, path)
    assert set(report.codes) == ({code} if code else set())
    assert " ".join(sorted(map(place, report.problems))) == PLACES.get(path.stem, "")


def test_a_sample_without_a_code_says_that_it_is_sound() -> None:
    assert all(path.name.startswith("sain_") for path in SAMPLES if not code_of(path))


def test_every_code_a_contract_file_can_meet_has_its_unsound_file() -> None:
    reader = "".join(path.read_text(encoding="utf-8") for path in READER.glob("*.py"))
    of_reader = {code for code in RULES if f'"{code}"' in reader}
    shown = {code_of(path) for path in SAMPLES} - {""}
    assert shown <= set(RULES)
    assert set(RULES) - shown - OF_PROFILES - OF_CLOSED_PERIODS <= of_reader
