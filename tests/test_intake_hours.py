"""Hours as the clock shows them: the one that spring skips names no hour, autumn's comes twice."""

import pytest

from pilotage.domain.period import PeriodError, SkippedHourError, parse_period
from pilotage.intake.cell import day, period
from pilotage.intake.problem import Problem, sentence


@pytest.mark.parametrize("text", ["2025-03-09T02", "2025-03-09 2:30", "2026-03-08T02:00"])
def test_the_hour_that_spring_skips_is_refused_with_its_reason(text: str) -> None:
    with pytest.raises(SkippedHourError):
        parse_period(text)
    read = period(text, 4)
    assert read.code == "type-error"
    said = sentence(Problem("type-error", found=text, detail=read.detail), "fr")
    assert "où l'on avance l'heure" in said


def test_the_hours_around_it_follow_one_another() -> None:
    before, after = parse_period("2025-03-09T01"), parse_period("2025-03-09T03")
    assert before.end == after.start


def test_an_offset_names_either_of_autumns_repeated_hours() -> None:
    first, second = (parse_period(f"2025-11-02T01:00{offset}") for offset in ("-04:00", "-05:00"))
    assert first.end == second.start
    assert parse_period("2025-11-02T01") == first


def test_what_is_no_hour_at_all_is_still_no_period() -> None:
    with pytest.raises(PeriodError):
        parse_period("2025-03-09T24")


@pytest.mark.parametrize("text", ["2026-11-31", "31/02/2026", "11/25/2026", "2025-02-29"])
def test_a_day_in_no_calendar_is_told_as_such(text: str) -> None:
    read = period(text, 4)
    said = sentence(Problem("type-error", found=text, detail=read.detail), "fr")
    assert "un jour du calendrier" in said
    assert sentence(Problem("type-error", found=text, detail=day(text).detail), "fr") == said
