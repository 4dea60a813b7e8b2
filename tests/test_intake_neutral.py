"""A cell that a spreadsheet would run leaves as text; a number leaves as a number."""

import pytest

from pilotage.intake.neutral import neutral


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+CMD|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        " =1+1",
        "\ufeff=1+1",
        "%0A=1",
        "|calc",
    ],
)
def test_what_would_run_is_led_by_an_apostrophe(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["-12,5", "+3", "-1 234,5 %", "12 %", "Urgences", "", "a=b", "2026-03-31", "5 - 3"]
)
def test_numbers_and_plain_words_are_left_as_they_are(text: str) -> None:
    assert neutral(text) == text
