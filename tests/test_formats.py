from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilotage.domain.period import parse_period
from pilotage.formats import (
    clock,
    day,
    figure,
    joined,
    moment,
    number,
    percent,
    period_label,
    period_short,
    quantity,
    size,
    target_label,
)

Lang = Literal["fr", "en"]
S = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "fr", "en"),
    [
        pytest.param(17.4, "h", 1, f"17,4{S}h", f"17.4{S}h", id="decimal comma and unit"),
        pytest.param(9812, "nombre", 0, f"9{S}812", "9,812", id="a count carries no word"),
        pytest.param(40, "%", 1, f"40,0{S}%", "40.0%", id="percent stands apart in French only"),
        pytest.param(12, "$", 0, f"12{S}$", "$12", id="the dollar goes first in English"),
        pytest.param(1, "jours", 0, f"1{S}jour", f"1{S}day", id="one day"),
        pytest.param(1.5, "jours", 1, f"1,5{S}jour", f"1.5{S}days", id="French plural starts at 2"),
        pytest.param(None, "h", 1, "—", "—", id="no value is a dash"),
    ],
)
def test_a_quantity_is_written_as_each_language_writes_it(
    value: float | None, unit: str, decimals: int, fr: str, en: str
) -> None:
    assert (quantity(value, unit, decimals, "fr"), quantity(value, unit, decimals, "en")) == (
        fr,
        en,
    )


def test_published_decimals_are_kept_and_unknown_ones_do_not_round_to_nothing() -> None:
    assert number(80, 2, "fr") == "80,00"
    assert number(1.25, None, "fr") == "1,25"


@given(
    st.decimals(-(10**9), 10**9, places=6, allow_nan=False),
    st.integers(0, 4),
    st.sampled_from(["fr", "en"]),
)
@example(Decimal("12.5"), 0, "fr")
@example(Decimal("0.125"), 2, "en")
@example(Decimal("-2.5"), 0, "fr")
@example(Decimal("1.005"), 2, "fr")
def test_half_way_is_written_away_from_zero(value: Decimal, decimals: int, lang: Lang) -> None:
    written = number(float(value), decimals, lang)
    plain = written.replace(S, "").replace("\N{MINUS SIGN}", "-")
    plain = plain.replace(",", ".") if lang == "fr" else plain.replace(",", "")
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert Decimal(plain) == expected


def test_a_share_half_way_is_written_the_same_in_both_languages() -> None:
    assert percent(12.5, "fr") == f"13{S}%"
    assert percent(12.5, "en") == "13%"


def test_a_very_large_figure_is_headlined_in_millions() -> None:
    assert joined(*figure(123_456_789, "$", 0, "en"), "en") == "$123.5M"
    assert figure(123_456_789, "$", 0, "fr") == ("123,5", "M$")


@pytest.mark.parametrize(
    ("direction", "low", "high", "expected"),
    [
        ("at_least", 86, None, f"≥{S}86,0{S}%"),
        ("at_most", None, 14, f"≤{S}14,0{S}%"),
        ("between", 3, 5, f"3,0 à 5,0{S}%"),
        ("exactly", 4, None, f"={S}4,0{S}%"),
        ("at_least", None, None, ""),
    ],
)
def test_a_target_says_which_side_is_good(
    direction: str, low: float | None, high: float | None, expected: str
) -> None:
    assert target_label(direction, low, high, "%", 1, "fr") == expected


@pytest.mark.parametrize(
    ("code", "fr", "en"),
    [
        ("2026-10", "octobre 2026", "October 2026"),
        ("2026-2027-T2", "T2 de l'exercice 2026-2027", "Q2 of fiscal 2026-2027"),
        ("2025-2026", "2025-2026", "2025-2026"),
        ("2026-T1", "T1 2026", "Q1 2026"),
        ("2026-S14", "semaine du 30 mars 2026", "week of Mar 30, 2026"),
        ("2026-04-01", "1er avr. 2026", "Apr 1, 2026"),
        ("2026-03-31T13", f"31 mars 2026, 13{S}h", "Mar 31, 2026, 13:00"),
        ("2026", "2026", "2026"),
    ],
)
def test_a_period_is_named_in_both_languages(code: str, fr: str, en: str) -> None:
    period = parse_period(code)
    assert (period_label(period, "fr"), period_label(period, "en")) == (fr, en)


def test_a_column_head_is_short() -> None:
    heads = [period_short(parse_period(code), "fr") for code in ("2026-10", "2025-2026")]
    assert heads == ["oct.", "25-26"]


def test_the_first_of_the_month_is_premier_in_french_only() -> None:
    assert day(date(2026, 4, 1), "fr") == "1er avril 2026"
    assert day(date(2026, 4, 1), "en") == "April 1, 2026"
    assert day(date(2026, 4, 11), "fr") == "11 avril 2026"


def test_a_moment_received_in_utc_is_read_on_the_government_clock() -> None:
    received = datetime(2026, 11, 8, 11, 31)
    assert moment(received, "fr") == f"8 nov. 2026 à 6{S}h{S}31"
    assert clock(datetime(2026, 11, 8, 8, 2), "en") == "8:02"


def test_a_rate_past_the_target_is_not_clipped() -> None:
    assert percent(120, "fr") == f"120{S}%"


@pytest.mark.parametrize("value", [-0.4, -0.0, 0.0, 0.4])
def test_what_rounds_to_zero_has_no_sign(value: float) -> None:
    assert percent(value, "fr") == f"0{S}%"
    assert percent(-0.6, "fr") == f"\N{MINUS SIGN}1{S}%"


def test_a_file_size_is_readable() -> None:
    assert size(1_234_567, "fr") == f"1,2{S}Mio"
