"""Whose rules say what is more than chance is a setting; every verdict says whose they were."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from layouts.signal import sentences
from pilotage import settings
from pilotage.access.operator import OPERATOR
from pilotage.analyst.spc import causes
from pilotage.assessment.xmr import RULE_SETS
from pilotage.assessment.xmr_rule import SHIFT
from pilotage.errors import InvalidSetting
from pilotage.intake import loading
from pilotage.rooms.signal import signal_of
from pilotage.store.queries.passport import verdict
from pilotage.store.verification import verify
from pilotage.store.warehouse import open_warehouse
from tests.door import MEASUREMENTS, Door, HereChecker, opened_door

MONTHS = [f"{2024 + n // 12}-{n % 12 + 1:02d}" for n in range(24)]
# Seven in a row above the mean at the end: a shift of seven, and no shift of eight.
VALUES = np.r_[np.resize([48.3, 50.9, 48.1, 50.4], 17), np.full(7, 51.0) + np.resize([0, 0.3], 7)]
ON = date(2026, 2, 1)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    monkeypatch.setattr(loading, "Checker", HereChecker)
    with opened_door(tmp_path / "foyer") as opened:
        opened.warehouse.as_of = ON
        rows = [f"I-M;M;{month};{v:.1f}" for month, v in zip(MONTHS, VALUES, strict=True)]
        opened.load(MEASUREMENTS + "\n".join(rows) + "\n")
        yield opened


def test_the_setting_names_the_rules_there_are() -> None:
    assert tuple(RULE_SETS) == settings.RULES
    assert settings.from_environment({"PILOTAGE_RULES": "abspc"}).rules == "abspc"
    with pytest.raises(InvalidSetting, match="PILOTAGE_RULES"):
        settings.from_environment({"PILOTAGE_RULES": "autres"})


def test_another_choice_judges_every_series_again_and_says_so(door: Door) -> None:
    before = verdict(OPERATOR, door.warehouse, "I-M", "M")
    assert before is not None
    assert (signal_of(before).rule, before["rule_version"]) == ("shift", "2026-1")
    assert "7 valeurs de suite" in sentences(signal_of(before), "fr")[0]
    assert door.warehouse.follow("abspc")
    assert not door.warehouse.follow("abspc")
    after = verdict(OPERATOR, door.warehouse, "I-M", "M")
    assert after is not None
    assert (signal_of(after).rule, after["rule_version"]) == (None, "2026-1 abspc")
    assert signal_of(after).shift == 8


def test_the_choice_is_kept_by_the_home_and_by_its_rebuild(door: Door) -> None:
    home = door.warehouse.home
    door.warehouse.follow("nhs-excel")
    door.warehouse.close()
    again = open_warehouse(home, ON)
    assert again.rules == "nhs-excel"
    again.close()
    assert verify(home, ON).differing == ()
    door.warehouse = open_warehouse(home, ON, "reference")
    assert door.warehouse.rules == "reference"


def test_words_name_the_numbers_of_the_rules() -> None:
    assert causes()[SHIFT] == "7 Points Above CL"
    assert causes(RULE_SETS["abspc"])[SHIFT] == "8 Points Above CL"
